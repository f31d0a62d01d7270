import FeatureTables
import GeometryKernel
import GeometryOperations
import WorkControl

/// The invalid rows of a layer, and the layer with them mended.
struct LayerValidity {
  /// Ascending by row.
  private(set) var defects: [ValidityDefect] = []
  /// As given, or with every defect repaired.
  private(set) var geometry: GeometryArray
  /// Rows of which repairing kept nothing.
  private(set) var lostRows = 0

  /// Rows between two looks at the monitor.
  private static let batch = 2048

  /// - Throws: `Cancelled`; `GeometryError` when GEOS cannot be started.
  init(_ geometry: GeometryArray, repair: Bool, activity: String, _ monitor: WorkMonitor) throws {
    self.geometry = geometry
    // A point has nothing that could be wrong.
    guard let highest = geometry.maximumDimension, highest > .point else { return }
    let context = try GEOSContext()
    var start = 0
    while start < geometry.count {
      let end = min(start + Self.batch, geometry.count)
      defects += try context.validity(of: geometry.slice(start..<end)).map {
        ValidityDefect(row: $0.row + start, reason: $0.reason, x: $0.x, y: $0.y)
      }
      start = end
      try monitor.report(activity, fraction: Double(start) / Double(geometry.count), done: start)
    }
    if repair && !defects.isEmpty { try mend(context) }
    if repair || defects.isEmpty { self.geometry = self.geometry.knownValid() }
  }

  private mutating func mend(_ context: GEOSContext) throws {
    let repaired = try context.makeValid(geometry.gather(defects.map { Int32($0.row) }))
    lostRows = repaired.lostRows.count
    var builder = GeometryArrayBuilder(reservingRows: geometry.count)
    var next = 0
    for row in 0..<geometry.count {
      if next < defects.count && defects[next].row == row {
        builder.append(repaired.geometry, row: next)
        next += 1
      } else {
        builder.append(geometry, row: row)
      }
    }
    geometry = builder.finish()
  }
}
