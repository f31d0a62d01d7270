import FeatureTables
import QueryPlanning

/// Gives exactly the named columns; a field that is passed on, under whatever name, stays a view.
final class ProjectOperator: BatchOperator {
  private let columns: [BoundColumn]
  private let schema: Schema
  private let input: any BatchOperator
  private let evaluator: ExpressionEvaluator

  init(_ columns: [BoundColumn], schema: Schema, input: any BatchOperator, context: ExecutionContext) {
    self.columns = columns
    self.schema = schema
    self.input = input
    evaluator = ExpressionEvaluator(context)
  }

  func next() throws -> Batch? {
    guard let batch = try input.next() else { return nil }
    let rows = RowMap(range: 0..<batch.rowCount)
    let views = try columns.map { column in
      try evaluator.view(of: column.expression, over: batch, computedRows: rows)
    }
    return Batch(schema: schema, views: views, rowCount: batch.rowCount)
  }
}
