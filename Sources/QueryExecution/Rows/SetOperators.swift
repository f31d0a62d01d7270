import FeatureTables
import QueryPlanning

/// The rows of one input, then those of the other.
final class UnionOperator: BatchOperator {
  private let plan: PhysicalPlan
  private let inputs: [any BatchOperator]
  private var current = 0

  init(_ plan: PhysicalPlan, inputs: [any BatchOperator]) {
    self.plan = plan
    self.inputs = inputs
  }

  func next() throws -> Batch? {
    while current < inputs.count {
      if let batch = try inputs[current].next() {
        return try Batch(plan.schema, taking: batch.viewsByName, rowCount: batch.rowCount, at: plan.range)
      }
      current += 1
    }
    return nil
  }
}

/// The first row of each combination of the named fields; null is equal to null here.
final class DistinctOperator: BatchOperator {
  private let plan: PhysicalPlan
  private let fields: [BoundExpression]
  private let input: any BatchOperator
  private let evaluator: ExpressionEvaluator
  private var keys: RowKeys
  private var isDone = false

  init(_ plan: PhysicalPlan, _ names: [String], input: any BatchOperator, context: ExecutionContext) throws {
    self.plan = plan
    self.input = input
    evaluator = ExpressionEvaluator(context.remarks)
    fields = try names.map { name in
      guard let index = plan.schema.index(of: name) else { throw ExecutionDiagnostic.noField(name, at: plan.range) }
      return BoundExpression(.field(name), type: plan.schema.fields[index].type, range: plan.range)
    }
    .filter { $0.type != .geometry }
    keys = RowKeys(fields.map(\.type))
  }

  var detail: String { fields.isEmpty ? "" : "hash table, \(keys.count) combinations" }

  func next() throws -> Batch? {
    guard !isDone, let batch = try input.next() else { return nil }
    if fields.isEmpty {
      isDone = true
      return batch.slice(0..<min(1, batch.rowCount))
    }
    let known = keys.count
    let numbers = keys.identify(try fields.map { try evaluator.vector($0, batch) }, count: batch.rowCount)
    let new = SummarizeOperator.firstRows(of: numbers, beyond: known)
    return new.count == batch.rowCount ? batch : batch.selecting(new)
  }
}
