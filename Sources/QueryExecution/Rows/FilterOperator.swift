import FeatureTables
import QueryPlanning

/// Keeps the rows on which a condition is true; false and null drop a row.
///
/// The parts of an `and` are asked one after the other, each only about the rows that are left.
final class FilterOperator: BatchOperator {
  private let conditions: [BoundExpression]
  private let input: any BatchOperator
  private let evaluator: ExpressionEvaluator

  init(_ condition: BoundExpression, input: any BatchOperator, context: ExecutionContext) {
    conditions = condition.conjuncts
    self.input = input
    evaluator = ExpressionEvaluator(context)
  }

  func next() throws -> Batch? {
    guard var batch = try input.next() else { return nil }
    for condition in conditions where batch.rowCount > 0 {
      let rows = try evaluator.rows(where: condition, of: batch)
      if rows.count < batch.rowCount { batch = batch.selecting(rows) }
    }
    return batch
  }
}
