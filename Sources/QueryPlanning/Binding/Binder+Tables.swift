import FeatureTables
import QueryLanguage

extension Binder {
  /// The rows of a table for which a condition on its columns is true; `nil` with diagnostics where it holds a mistake.
  ///
  /// The table may be a piece of something larger, so a condition over all its rows is refused.
  public mutating func bindCondition(
    _ condition: Expression, over table: Table, label: String
  ) -> (rows: LogicalPlan, condition: BoundExpression)? {
    var aggregates: [BoundAggregate] = []
    guard let bound = bind(condition, over: table.schema, &aggregates, isCondition: true) else { return nil }
    guard aggregates.isEmpty else {
      return fail(
        .misplacedAggregate, condition.range, "an aggregate needs all rows, and these are chosen one by one",
        fix: "filter after the import: … | where …")
    }
    let rows = LogicalPlan(
      .table(table, label: label), schema: table.schema, referenceSystem: nil, range: condition.range,
      estimatedRows: Double(table.rowCount))
    return (extend(rows, .filter(bound), table.schema, condition.range), bound)
  }
}
