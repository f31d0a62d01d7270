import GeometryKernel
import WorkControl

/// Points whose coordinates were cut: whole degrees or hundredths, whole hundreds of metres, in a layer of finer ones.
///
/// A row is suspected when both of its coordinates are multiples of 0.01° (100 m), while half of the layer or more is
/// finer than 0.001° (10 m). Of fine coordinates one in 10 000 looks like this by chance; where more rows do than three
/// times what the next finer step lets expect, they were cut. Layers drawn on a grid, in which many rows have the same x,
/// are left alone, and so are layers in which a fifth of the rows is coarse. O(rows).
enum CoarseCoordinates {
  static let mostCoarse = 0.2

  static func symptoms(of layer: CheckedLayer, _ monitor: WorkMonitor) throws -> [Symptom] {
    guard layer.geometry != nil else { return [] }
    try monitor.report("looking for coarse coordinates", fraction: nil, done: 0)
    let unit = layer.isInDegrees ? 0.01 : 100
    var rows: [Int32] = []
    var middling = 0
    var fine = 0
    for row in 0..<layer.rowCount {
      try monitor.check(atRow: row)
      guard layer.hasPlace(row), layer.isSinglePoint(row) else { continue }
      let (x, y) = (layer.xs[row], layer.ys[row])
      if isMultiple(x, of: unit), isMultiple(y, of: unit) {
        if x != 0 || y != 0 { rows.append(Int32(row)) }
      } else if isMultiple(x, of: unit / 10), isMultiple(y, of: unit / 10) {
        middling += 1
      } else {
        fine += 1
      }
    }
    let all = rows.count + middling + fine
    guard !rows.isEmpty, 2 * fine >= all, Double(rows.count) <= mostCoarse * Double(all),
      Double(rows.count) > 3 * Double(middling) / 99, !isGridded(layer)
    else { return [] }
    return [Symptom(kind: .truncatedCoordinates, rows: rows)]
  }

  private static func isMultiple(_ value: Double, of unit: Double) -> Bool {
    let steps = value / unit
    return abs(steps - steps.rounded()) < 1e-7
  }

  /// Whether half of some rows or more share their x with another.
  private static func isGridded(_ layer: CheckedLayer) -> Bool {
    let step = max(1, layer.rowCount / 4096)
    let xs = stride(from: 0, to: layer.rowCount, by: step).map { layer.xs[$0] }.filter(\.isFinite)
    return 2 * Set(xs).count <= xs.count
  }
}
