import FeatureTables
import GeometryKernel
import QueryPlanning

/// Gives the rows of a layer, a result, a table or a point as ranges of its columns, without a copy.
final class SourceOperator: BatchOperator {
  private let plan: PhysicalPlan
  private let context: ExecutionContext
  private var output: BatchReader

  init(_ plan: PhysicalPlan, context: ExecutionContext) {
    self.plan = plan
    self.context = context
    output = BatchReader(context)
  }

  func next() throws -> Batch? {
    if output.rows == nil { output.rows = try rows() }
    guard let batch = output.next() else { return nil }
    let whole = Double(output.rows?.rowCount ?? 1)
    try context.monitor.report(
      "through \(plan.layerName)", fraction: Double(output.position) / whole, done: output.position)
    return batch
  }

  private func rows() throws -> Batch {
    let table = try table()
    guard table.rowCount <= Int(Int32.max) else {
      throw ExecutionDiagnostic.tooManyRows(table.rowCount, at: plan.range)
    }
    // A plan may read fewer fields than a layer has.
    return try Batch(plan.schema, taking: Batch(table).viewsByName, rowCount: table.rowCount, at: plan.range)
  }

  private func table() throws -> Table {
    switch plan.operation {
    case .scan(let layer): return try context.data.table(layer: layer, referenceSystem: plan.referenceSystem)
    case .result(let name):
      let (table, system) = try context.data.result(named: name)
      guard let geometry = table.geometry, let from = system, let to = plan.referenceSystem, from != to else {
        return table
      }
      return table.replacingGeometry(try context.data.reproject(geometry, from: from, to: to))
    case .table(let table, _): return table
    case .point(let longitude, let latitude): return try point(longitude: longitude, latitude: latitude)
    default: throw ExecutionDiagnostic.unknownOperation(plan)
    }
  }

  /// One row; fields other than the geometry are null.
  private func point(longitude: Double, latitude: Double) throws -> Table {
    var position = (x: longitude, y: latitude)
    if let system = plan.referenceSystem {
      position = try context.data.position(longitude: longitude, latitude: latitude, in: system)
    }
    let columns = plan.schema.fields.map { field in
      field.type == .geometry
        ? Column(.geometry(GeometryArray(pointsX: [position.x], y: [position.y])))
        : Column.nulls(type: field.type, count: 1)
    }
    return Table(schema: plan.schema, columns: columns, rowCount: 1)
  }
}
