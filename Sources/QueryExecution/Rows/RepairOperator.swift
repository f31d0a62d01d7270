import DataQuality
import FeatureTables
import GeometryOperations
import Projections
import QueryLanguage
import QueryPlanning
import WorkControl

/// Mends what is certainly wrong with the rows, and marks the rest: duplicates and outliers show among all rows only.
final class RepairOperator: CollectingOperator {
  private let plan: PhysicalPlan
  private let input: any BatchOperator
  private let context: ExecutionContext
  var output: BatchReader

  init(_ plan: PhysicalPlan, input: any BatchOperator, context: ExecutionContext) {
    self.plan = plan
    self.input = input
    self.context = context
    output = BatchReader(context)
  }

  func compute() throws -> Batch {
    let table = try input.collected(plan.inputs[0].schema)
    guard table.rowCount <= Int(Int32.max) else {
      throw ExecutionDiagnostic.tooManyRows(table.rowCount, at: plan.range)
    }
    let name = plan.layerName
    let system = try plan.referenceSystem.map { try ReferenceSystem(parsing: $0) }
    let areas = try plan.referenceSystem.map { try context.data.namedAreas(in: $0) } ?? []
    let layer = CheckedLayer(name: name, table: table, referenceSystem: system)
    do {
      let (mended, notes) = try Repair.run(
        layer, references: areas.filter { $0.name != name }, workers: context.workers)
      notes.forEach(context.note)
      return Batch(mended)
    } catch let error as GeometryError {
      throw Diagnostic(.geometry, at: plan.range, error.description, fix: error.fix)
    }
  }
}
