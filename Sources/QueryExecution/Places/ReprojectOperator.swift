import FeatureTables
import QueryPlanning

/// Brings the rows to another reference system.
final class ReprojectOperator: BatchOperator {
  private let input: any BatchOperator
  private let plan: PhysicalPlan
  private let context: ExecutionContext

  init(_ plan: PhysicalPlan, input: any BatchOperator, context: ExecutionContext) {
    self.plan = plan
    self.input = input
    self.context = context
  }

  func next() throws -> Batch? {
    guard let batch = try input.next() else { return nil }
    guard let from = plan.inputs[0].referenceSystem, let to = plan.referenceSystem else { return batch }
    let moved = try context.data.reproject(batch.places, from: from, to: to)
    return batch.with([Field.geometryName: Column(.geometry(moved))], schema: plan.schema)
  }
}
