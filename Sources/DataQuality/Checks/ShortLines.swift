import GeometryKernel
import WorkControl

/// Lines that lead nowhere: one vertex, or all vertices on one place. They have no length and no direction, and join
/// nothing in a street network.
///
/// Certain. O(vertices).
enum ShortLines {
  static func symptoms(of layer: CheckedLayer, _ monitor: WorkMonitor) throws -> [Symptom] {
    guard let geometry = layer.geometry, !geometry.isPointsLayout else { return [] }
    try monitor.report("looking for short lines", fraction: nil, done: 0)
    var rows: [Int32] = []
    try geometry.withView { view in
      for row in 0..<view.count {
        try monitor.check(atRow: row)
        if view.parts(at: row).contains(where: { view.isShortLine(part: $0) }) { rows.append(Int32(row)) }
      }
    }
    return [
      Symptom(
        kind: .shortLine, rows: rows,
        detail: { geometry.coordinates(at: $0).count == 1 ? "one vertex" : "all vertices on one place" })
    ]
  }
}

extension GeometryView {
  fileprivate func isShortLine(part: Int) -> Bool {
    guard dimension(ofPart: part) == .line else { return false }
    let run = coordinates(ofPart: part)
    guard let first = run.first else { return false }
    return run.dropFirst().allSatisfy { xs[$0] == xs[first] && ys[$0] == ys[first] }
  }
}
