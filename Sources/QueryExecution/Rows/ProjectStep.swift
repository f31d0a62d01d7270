import FeatureTables
import QueryPlanning

/// Gives exactly the named columns; a field that is passed on, under whatever name, stays a view.
struct ProjectStep: BatchStep {
  let columns: [BoundColumn]
  let schema: Schema

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let evaluator = ExpressionEvaluator(remarks)
    let rows = RowMap(range: 0..<batch.rowCount)
    let views = try columns.map { column in
      try evaluator.view(of: column.expression, over: batch, computedRows: rows)
    }
    return Batch(schema: schema, views: views, rowCount: batch.rowCount)
  }
}
