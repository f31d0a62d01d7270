import GeometryKernel
import WorkControl

/// Rows without geometry, and rows whose geometry has no coordinate. No step that works with places finds them.
///
/// Certain: both are plain to see. O(rows).
enum AbsentGeometry {
  static func symptoms(of layer: CheckedLayer, _ monitor: WorkMonitor) throws -> [Symptom] {
    guard let geometry = layer.geometry else { return [] }
    try monitor.report("looking for geometry", fraction: nil, done: 0)
    var missing: [Int32] = []
    var empty: [Int32] = []
    for row in 0..<geometry.count {
      try monitor.check(atRow: row)
      guard geometry.isNullOrEmpty(at: row) else { continue }
      if geometry.isNull(at: row) { missing.append(Int32(row)) } else { empty.append(Int32(row)) }
    }
    return [
      Symptom(kind: .missingGeometry, rows: missing),
      Symptom(
        kind: .emptyGeometry, rows: empty, detail: { "an empty \(geometry.kind(at: $0).name)" }),
    ]
  }
}
