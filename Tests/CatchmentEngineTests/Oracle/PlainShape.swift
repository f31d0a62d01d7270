import GeometryKernel

struct Place: Hashable {
  var x: Double
  var y: Double

  func distance(to other: Place) -> Double {
    ((x - other.x) * (x - other.x) + (y - other.y) * (y - other.y)).squareRoot()
  }
}

/// A feature's geometry written out plainly, with the school's formulas: what the engine is checked against.
struct PlainShape {
  var points: [Place] = []
  var lines: [[Place]] = []
  /// Outer ring, then holes; rings are closed.
  var areas: [[[Place]]] = []

  var isNowhere: Bool { points.isEmpty && lines.isEmpty && areas.isEmpty }

  /// The single point that it is, if it is one.
  var point: Place? { points.count == 1 && lines.isEmpty && areas.isEmpty ? points[0] : nil }

  /// Whether an area holds a place; outlines belong to it.
  func holds(_ place: Place) -> Bool { areas.contains { Self.holds(place, $0) } }

  private static func holds(_ place: Place, _ rings: [[Place]]) -> Bool {
    var isInside = false
    for ring in rings {
      for i in 1..<ring.count {
        let a = ring[i - 1]
        let b = ring[i]
        let side = (b.x - a.x) * (place.y - a.y) - (b.y - a.y) * (place.x - a.x)
        if side == 0, min(a.x, b.x) <= place.x, place.x <= max(a.x, b.x), min(a.y, b.y) <= place.y,
          place.y <= max(a.y, b.y)
        {
          return true
        }
        if (a.y > place.y) != (b.y > place.y), (side > 0) == (b.y > a.y) { isInside.toggle() }
      }
    }
    return isInside
  }

  /// The straight distance from a place; `nil` where there is nothing.
  func distance(from place: Place) -> Double? {
    if isNowhere { return nil }
    if holds(place) { return 0 }
    var least = Double.infinity
    for point in points { least = min(least, point.distance(to: place)) }
    for ring in lines + areas.joined() {
      for i in 1..<ring.count { least = min(least, Self.distance(place, ring[i - 1], ring[i])) }
    }
    return least
  }

  /// To the segment a–b, by projecting onto it.
  private static func distance(_ p: Place, _ a: Place, _ b: Place) -> Double {
    let dx = b.x - a.x
    let dy = b.y - a.y
    let square = dx * dx + dy * dy
    let along = square == 0 ? 0 : max(0, min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
    return p.distance(to: Place(x: a.x + along * dx, y: a.y + along * dy))
  }

  /// By the shoelace formula about the ring's first corner, less the holes.
  var area: Double {
    areas.reduce(0) { sum, rings in
      sum + abs(Self.signedArea(rings[0])) - rings.dropFirst().reduce(0) { $0 + abs(Self.signedArea($1)) }
    }
  }

  private static func signedArea(_ ring: [Place]) -> Double {
    let origin = ring[0]
    var double = 0.0
    for i in 1..<ring.count {
      let a = ring[i - 1]
      let b = ring[i]
      double += (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
    }
    return double / 2
  }

  /// Of the areas, from the triangles that each edge makes with the first corner of its ring; holes run the other way.
  var centreOfMass: Place {
    var (x, y, whole) = (0.0, 0.0, 0.0)
    for rings in areas {
      for (number, ring) in rings.enumerated() {
        let origin = ring[0]
        let sign = (Self.signedArea(ring) > 0) == (number == 0) ? 0.5 : -0.5
        for i in 1..<ring.count {
          let (ax, ay) = (ring[i - 1].x - origin.x, ring[i - 1].y - origin.y)
          let (bx, by) = (ring[i].x - origin.x, ring[i].y - origin.y)
          let area = sign * (ax * by - bx * ay)
          x += area * (origin.x + (ax + bx) / 3)
          y += area * (origin.y + (ay + by) / 3)
          whole += area
        }
      }
    }
    return Place(x: x / whole, y: y / whole)
  }

  var length: Double {
    (lines + areas.joined()).reduce(0) { sum, ring in
      sum + (1..<ring.count).reduce(0) { $0 + ring[$1 - 1].distance(to: ring[$1]) }
    }
  }

  var corners: [Place] { points + lines.joined() + areas.joined().joined() }
}

extension PlainShape {
  /// A row of the engine's, to hold its results against.
  init(_ geometry: GeometryArray, row: Int) {
    for part in geometry.parts(at: row) {
      let rings = geometry.rings(ofPart: part).map { ring in
        geometry.coordinates(ofRing: ring).map { Place(x: geometry.xs[$0], y: geometry.ys[$0]) }
      }
      switch geometry.dimension(ofPart: part) {
      case .point: points += rings.joined()
      case .line: lines += rings
      case .area: areas.append(rings)
      }
    }
  }
}
