import FeatureTables
import GeometryKernel
import WorkControl

/// Shapes that are valid and odd: rings that run the wrong way, slivers, lines that run over themselves.
///
/// - Ring order: an outer ring clockwise or a hole counter-clockwise (RFC 7946, 3.1.6); shapefiles have it the other way
///   round, and programs that trust it take the inside for the outside. Certain.
/// - Sliver: an area so thin (4πA/P² below `thinnest`, where a circle is 1) and so small beside the others (below a
///   hundredth of the median area) or so narrow (2A/P below half a metre) that an overlay has left it. Suspected.
/// - Self-overlap: a line that runs along one of its own segments again, or turns back on itself. Suspected, because a bus
///   may do so.
///
/// O(vertices), O(n log n) in the vertices of a line.
enum Shapes {
  /// A rectangle 60 times as long as it is wide.
  static let thinnest = 0.05
  static let smallestShare = 0.01
  /// Metres.
  static let narrowest = 0.5

  static func symptoms(of layer: CheckedLayer, _ workers: Workers) throws -> [Symptom] {
    guard let geometry = layer.geometry, !geometry.isPointsLayout else { return [] }
    let runs = workers.runs(of: geometry.count, atLeast: 4096)
    let found = try workers.map(pieces: runs.count) { piece in
      try workers.monitor.report(
        "measuring shapes", fraction: Double(piece) / Double(runs.count), done: runs[piece].lowerBound)
      return try geometry.withView { view in
        var turned: [Int32] = []
        var overlapping: [Int32] = []
        var thin: [(row: Int32, size: CheckedLayer.Size)] = []
        var areas: [Double] = []
        for row in runs[piece] {
          try workers.monitor.check(atRow: row)
          let number = Int32(row)
          if view.runsTheWrongWay(row) { turned.append(number) }
          if view.runsOverItself(row) { overlapping.append(number) }
          guard let size = layer.size(of: geometry, row), size.area > 0 else { continue }
          areas.append(size.area)
          if size.thinness < thinnest { thin.append((number, size)) }
        }
        return (turned, overlapping, thin, areas)
      }
    }
    let areas = found.flatMap(\.3)
    let median = areas.count >= 10 ? Bulk.median(areas) : 0
    let slivers = found.flatMap(\.2).filter { $0.size.area < smallestShare * median || $0.size.width < narrowest }
    let sizes = Dictionary(slivers.map { (Int($0.row), $0.size) }) { first, _ in first }
    return [
      Symptom(kind: .ringOrder, rows: found.flatMap(\.0)),
      Symptom(
        kind: .sliver, rows: slivers.map(\.row),
        detail: { row in
          sizes[row].map { "\(Coverage.shown($0.area)), \(($0.width * 100).rounded() / 100) m wide" } ?? ""
        }),
      Symptom(kind: .selfOverlap, rows: found.flatMap(\.1)),
    ]
  }
}

extension CheckedLayer {
  /// What an area measures.
  struct Size: Sendable {
    /// Square metres.
    let area: Double
    /// Metres, with the holes' outlines.
    let perimeter: Double
    /// 1 for a circle, 0 for a line: 4πA/P².
    var thinness: Double { perimeter > 0 ? 4 * .pi * area / (perimeter * perimeter) : 0 }
    /// Metres; that of a long rectangle.
    var width: Double { perimeter > 0 ? 2 * area / perimeter : 0 }
  }

  /// `nil` for rows without areas. O(vertices).
  func size(of geometry: GeometryArray, _ row: Int) -> Size? {
    guard !geometry.isPointsLayout else { return nil }
    return geometry.withView { view in
      var area = 0.0
      var perimeter = 0.0
      var isArea = false
      for part in view.parts(at: row) where view.dimension(ofPart: part) == .area {
        isArea = true
        for (number, ring) in view.rings(ofPart: part).enumerated() {
          let run = view.coordinates(ofRing: ring)
          guard let first = run.first else { continue }
          let scale = metresPerUnit(atY: view.ys[first])
          area += abs(view.doubleSignedArea(of: run)) * scale.x * scale.y / 2 * (number == 0 ? 1 : -1)
          for i in run.dropLast() {
            let dx = (view.xs[i + 1] - view.xs[i]) * scale.x
            let dy = (view.ys[i + 1] - view.ys[i]) * scale.y
            perimeter += (dx * dx + dy * dy).squareRoot()
          }
        }
      }
      return isArea ? Size(area: area, perimeter: perimeter) : nil
    }
  }
}

extension GeometryView {
  /// Twice the area of a ring, positive counter-clockwise, relative to its first vertex.
  func doubleSignedArea(of run: Range<Int>) -> Double {
    guard let first = run.first else { return 0 }
    var sum = 0.0
    for i in run.dropLast() {
      sum += (xs[i] - xs[first]) * (ys[i + 1] - ys[first]) - (xs[i + 1] - xs[first]) * (ys[i] - ys[first])
    }
    return sum
  }

  fileprivate func runsTheWrongWay(_ row: Int) -> Bool {
    parts(at: row).contains { part in
      guard dimension(ofPart: part) == .area else { return false }
      let rings = rings(ofPart: part)
      return rings.contains { ring in
        let area = doubleSignedArea(of: coordinates(ofRing: ring))
        return ring == rings.lowerBound ? area < 0 : area > 0
      }
    }
  }

  /// Whether a line runs a segment twice, or turns straight back.
  fileprivate func runsOverItself(_ row: Int) -> Bool {
    parts(at: row).contains { part in
      guard dimension(ofPart: part) == .line else { return false }
      let run = coordinates(ofPart: part)
      guard run.count > 2 else { return false }
      for i in run.dropFirst().dropLast() {
        let (ax, ay, bx, by) = (xs[i] - xs[i - 1], ys[i] - ys[i - 1], xs[i + 1] - xs[i], ys[i + 1] - ys[i])
        if ax * bx + ay * by < 0, orientation(xs[i - 1], ys[i - 1], xs[i], ys[i], xs[i + 1], ys[i + 1]) == 0 {
          return true
        }
      }
      guard run.count > 3 else { return false }
      let segments = run.dropLast().filter { xs[$0] != xs[$0 + 1] || ys[$0] != ys[$0 + 1] }.map(ends).sorted(by: <)
      return zip(segments, segments.dropFirst()).contains { $0 == $1 }
    }
  }

  /// The ends of a segment, the lesser first.
  private func ends(of i: Int) -> (Double, Double, Double, Double) {
    (xs[i], ys[i]) < (xs[i + 1], ys[i + 1])
      ? (xs[i], ys[i], xs[i + 1], ys[i + 1]) : (xs[i + 1], ys[i + 1], xs[i], ys[i])
  }
}
