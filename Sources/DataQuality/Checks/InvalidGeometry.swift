import GeometryKernel
import GeometryOperations
import WorkControl

/// Geometry that is not valid (OGC 06-103r4 clause 6.1.11): GEOS names the defect and its place.
///
/// Certain. Most areas are a few corners round one ring; those that cross nowhere are told by the orientation of their
/// corners, exactly, and GEOS is asked about the others only. O(vertices²) for rings of up to `fewCorners`, O(n log n) in
/// a row's vertices beyond.
enum InvalidGeometry {
  static func symptoms(of layer: CheckedLayer, _ workers: Workers) throws -> [Symptom] {
    guard let geometry = layer.geometry, !geometry.isKnownValid else { return [] }
    let runs = workers.runs(of: geometry.count, atLeast: 1024)
    let found = try workers.map(pieces: runs.count) { piece in
      try workers.monitor.report(
        "looking at shapes", fraction: Double(piece) / Double(runs.count), done: runs[piece].lowerBound)
      let doubtful = try geometry.withView { view in
        try runs[piece].filter { row in
          try workers.monitor.check(atRow: row)
          return !view.isPlainlyValid(row: row)
        }.map { Int32($0) }
      }
      return try judged(geometry, rows: doubtful)
    }.flatMap { $0 }
    // What has a kind of its own is not told twice.
    let own = found.filter { geometry.kind(at: $0.row).partDimension != .line || !isShort($0.reason) }
    return [symptom(own)]
  }

  private static func isShort(_ reason: String) -> Bool {
    reason == "a line of one vertex" || reason.hasPrefix("Too few points")
  }

  private static func symptom(_ defects: [ValidityDefect]) -> Symptom {
    let byRow = Dictionary(defects.map { ($0.row, $0) }) { first, _ in first }
    return Symptom(
      kind: .invalidArea, rows: defects.map { Int32($0.row) }, detail: { byRow[$0]?.reason ?? "" },
      place: { byRow[$0].map { ($0.x, $0.y) } ?? (.nan, .nan) })
  }

  /// - Throws: `Cancelled`, `GeometryError`.
  private static func judged(_ geometry: GeometryArray, rows: [Int32]) throws -> [ValidityDefect] {
    guard !rows.isEmpty else { return [] }
    do {
      return try GEOSContext().validity(of: geometry.gather(rows)).map {
        ValidityDefect(row: Int(rows[$0.row]), reason: $0.reason, x: $0.x, y: $0.y)
      }
    } catch {
      if error == .cancelled { throw Cancelled() }
      throw error
    }
  }
}

/// Rings of more corners are GEOS's.
private let fewCorners = 24

extension GeometryView {
  /// True for a row that is valid beyond doubt: finite points, lines of two places or more, and areas of one ring with few
  /// corners in which no two edges meet but neighbours, and these in their corner alone.
  fileprivate func isPlainlyValid(row: Int) -> Bool {
    let parts = parts(at: row)
    if parts.isEmpty { return true }
    if finiteBox(at: row).isEmpty { return false }
    for part in parts {
      switch dimension(ofPart: part) {
      case .point: continue
      case .line:
        let run = coordinates(ofPart: part)
        guard run.contains(where: { xs[$0] != xs[run.lowerBound] || ys[$0] != ys[run.lowerBound] }) else {
          return false
        }
      case .area:
        let rings = rings(ofPart: part)
        guard parts.count == 1, rings.count == 1, isPlainRing(coordinates(ofRing: rings.lowerBound)) else {
          return false
        }
      }
    }
    return true
  }

  private func isPlainRing(_ run: Range<Int>) -> Bool {
    let edges = run.count - 1
    guard edges >= 3, edges <= fewCorners else { return false }
    let first = run.lowerBound
    guard xs[first] == xs[run.upperBound - 1], ys[first] == ys[run.upperBound - 1] else { return false }
    for i in 0..<edges {
      let a = first + i
      // Neighbours leave their corner in different directions.
      let c = first + (i + 2 > edges ? 1 : i + 2)
      if xs[a] == xs[a + 1] && ys[a] == ys[a + 1] { return false }
      if orientation(xs[a], ys[a], xs[a + 1], ys[a + 1], xs[c], ys[c]) == 0 {
        let forward = (xs[a + 1] - xs[a]) * (xs[c] - xs[a + 1]) + (ys[a + 1] - ys[a]) * (ys[c] - ys[a + 1])
        if !(forward > 0) { return false }
      }
      guard i + 2 < edges else { continue }
      for j in (i + 2)..<edges where !(i == 0 && j == edges - 1) {
        if meet(a, first + j) { return false }
      }
    }
    return true
  }

  /// Whether two edges share a position, exactly.
  private func meet(_ a: Int, _ b: Int) -> Bool {
    if max(xs[a], xs[a + 1]) < min(xs[b], xs[b + 1]) || max(xs[b], xs[b + 1]) < min(xs[a], xs[a + 1])
      || max(ys[a], ys[a + 1]) < min(ys[b], ys[b + 1]) || max(ys[b], ys[b + 1]) < min(ys[a], ys[a + 1])
    {
      return false
    }
    let b1 = orientation(xs[a], ys[a], xs[a + 1], ys[a + 1], xs[b], ys[b])
    let b2 = orientation(xs[a], ys[a], xs[a + 1], ys[a + 1], xs[b + 1], ys[b + 1])
    if b1 * b2 > 0 { return false }
    let a1 = orientation(xs[b], ys[b], xs[b + 1], ys[b + 1], xs[a], ys[a])
    let a2 = orientation(xs[b], ys[b], xs[b + 1], ys[b + 1], xs[a + 1], ys[a + 1])
    return a1 * a2 <= 0
  }
}
