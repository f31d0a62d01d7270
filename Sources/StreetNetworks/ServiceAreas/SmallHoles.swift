import GeometryKernel

/// Closes the small holes of a service area in which no unreached street lies.
struct SmallHoles {
  private let streets: ReachedStreets
  private let largest: Double

  init(_ streets: ReachedStreets, largest: Double) {
    self.streets = streets
    self.largest = largest
  }

  /// One row of areas without such holes, and without the parts that lay in them.
  func closed(_ union: GeometryArray) -> GeometryArray {
    var isClosed: [Bool] = []
    var closed: [Int] = []
    for part in union.parts(at: 0) {
      for (i, ring) in union.rings(ofPart: part).enumerated() {
        let closes = i > 0 && abs(union.doubleSignedArea(ofRing: ring)) <= 2 * largest && isEmpty(union, ring)
        isClosed.append(closes)
        if closes { closed.append(ring) }
      }
    }
    guard !closed.isEmpty else { return union }
    let parts = union.parts(at: 0).filter { part in
      let first = union.coordinates(ofRing: union.rings(ofPart: part).lowerBound).lowerBound
      return !closed.contains { union.contains(ring: $0, union.xs[first], union.ys[first]) }
    }
    let firstRing = union.rings(ofPart: union.parts(at: 0).lowerBound).lowerBound
    var areas = GeometryArrayBuilder()
    areas.beginRow(parts.count == 1 ? .polygon : .multiPolygon)
    for part in parts {
      areas.beginPart(.area)
      for ring in union.rings(ofPart: part) where !isClosed[ring - firstRing] {
        let run = union.coordinates(ofRing: ring)
        areas.addRing(xs: union.xs[run], ys: union.ys[run])
      }
    }
    areas.endRow()
    return areas.finish()
  }

  /// Whether no unreached street passes through a ring.
  private func isEmpty(_ union: GeometryArray, _ ring: Int) -> Bool {
    var box = Box.empty
    let run = union.coordinates(ofRing: ring)
    for i in run { box.formUnion(x: union.xs[i], y: union.ys[i]) }
    return streets.unreached(in: box).allSatisfy { segment in
      // Between the places where it meets the ring a segment is inside or outside.
      var cuts = [0.0, 1.0]
      let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
      for i in run.dropFirst() {
        let (ex, ey) = (union.xs[i] - union.xs[i - 1], union.ys[i] - union.ys[i - 1])
        let denominator = dx * ey - dy * ex
        guard denominator != 0 else { continue }
        let (fx, fy) = (union.xs[i - 1] - segment.ax, union.ys[i - 1] - segment.ay)
        let share = (fx * ey - fy * ex) / denominator
        let along = (fx * dy - fy * dx) / denominator
        if share > 0, share < 1, along > -1e-9, along < 1 + 1e-9 { cuts.append(share) }
      }
      cuts.sort()
      return zip(cuts, cuts.dropFirst()).allSatisfy { a, b in
        let share = (a + b) / 2
        return !union.contains(ring: ring, segment.ax + share * dx, segment.ay + share * dy)
      }
    }
  }
}

extension GeometryArray {
  /// Whether a position is in a ring, by the even-odd rule.
  fileprivate func contains(ring: Int, _ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for i in coordinates(ofRing: ring).dropFirst() where (ys[i - 1] > y) != (ys[i] > y) {
      let t = (y - ys[i - 1]) / (ys[i] - ys[i - 1])
      if x < xs[i - 1] + t * (xs[i] - xs[i - 1]) { isInside.toggle() }
    }
    return isInside
  }
}
