import QueryPlanning

/// Keeps the rows on which a condition is true; false and null drop a row.
///
/// The parts of an `and` are asked one after the other, each only about the rows that are left.
struct FilterStep: BatchStep {
  private let conditions: [BoundExpression]

  init(_ condition: BoundExpression) { conditions = condition.conjuncts }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let evaluator = ExpressionEvaluator(remarks)
    var batch = batch
    for condition in conditions where batch.rowCount > 0 {
      let rows = try evaluator.rows(where: condition, of: batch)
      if rows.count < batch.rowCount { batch = batch.selecting(rows) }
    }
    return batch
  }
}
