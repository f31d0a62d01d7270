import FeatureTables
import QueryLanguage

/// Groups of rows and their aggregates.
extension Binder {
  mutating func bindSummarize(
    _ columns: [NamedExpression], by keys: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>
  ) -> LogicalPlan? {
    let found = bindKeys(keys, over: plan.schema)
    let boundKeys = found ?? []
    var grouping = Grouping(schema: plan.schema, keys: boundKeys.map(\.field))
    // Keys that could not be bound are named already; what reads them is passed over.
    let outside = unknown
    defer { unknown = outside }
    if found == nil { keys.compactMap(Self.title(of:)).forEach { unknown.insert(name: $0) } }
    var results: [BoundColumn] = []
    var isWhole = found != nil
    for column in columns {
      guard let bound = bindAggregated(column, &grouping) else {
        isWhole = false
        continue
      }
      isWhole = isNew(bound.name, among: boundKeys + results, column) && isWhole
      results.append(bound)
    }
    guard isWhole else { return nil }
    let rows = keys.isEmpty ? 1 : max(1, plan.estimatedRows.squareRoot())
    let summary = extend(
      plan, .summarize(keys: boundKeys, grouping.aggregates),
      Schema(boundKeys.map(\.field) + grouping.aggregates.map(\.field)), range, rows: rows)
    let projection = passOn(boundKeys.map(\.field), range) + results
    return extend(summary, .project(projection), Schema(projection.map(\.field)), range)
  }

  /// Rows that are aggregated, with the keys by which they are grouped and the aggregates found so far.
  struct Grouping {
    var schema: Schema
    var keys: [Field] = []
    var aggregates: [BoundAggregate] = []
    /// Names that aggregates may not take beside those of the schema and the keys.
    var taken: [Field] = []
    var unknown: UnknownColumns?
    /// What makes a bare field wrong, and what mends it beside an aggregate: `or write by …`.
    var loose = ("differs from row to row of a group", true)
  }

  /// A column of a summary: of aggregates, keys and constants.
  mutating func bindAggregated(_ column: NamedExpression, _ grouping: inout Grouping) -> BoundColumn? {
    var binder = expressionBinder(over: grouping.schema)
    if let unknown = grouping.unknown { binder.unknown = unknown }
    binder.aggregates = grouping.aggregates
    binder.groupKeys = grouping.keys
    binder.taken = Set((grouping.keys + grouping.taken).map(\.name))
    let bound = binder.bind(column.expression)
    diagnostics += binder.diagnostics
    grouping.aggregates = binder.aggregates
    let name = name(of: column)
    guard let bound, let name, mayBeValue(name, column) else { return nil }
    let known = Set((grouping.aggregates.map(\.field) + grouping.keys).map(\.name))
    if let field = bound.fields.subtracting(known).sorted().first {
      return fail(
        .misplacedAggregate, column.expression.range, "\(field) \(grouping.loose.0)",
        fix: "put it in an aggregate such as max(\(field))" + (grouping.loose.1 ? ", or write `by \(field)`" : ""))
    }
    return BoundColumn(name: name, expression: bound)
  }

  /// Grouping keys, each with a name and not a geometry.
  mutating func bindKeys(_ keys: [NamedExpression], over schema: Schema) -> [BoundColumn]? {
    var bound: [BoundColumn] = []
    var isWhole = true
    for key in keys {
      var binder = expressionBinder(
        over: schema, aggregates: .refused("rows are grouped before they are aggregated"))
      let expression = binder.bind(key.expression)
      diagnostics += binder.diagnostics
      let name = name(of: key)
      guard let expression, let name else {
        isWhole = false
        continue
      }
      if expression.type == .geometry {
        isWhole = false
        diagnostics.append(
          Diagnostic(
            .typeMismatch, at: key.expression.range, "geometries cannot be grouped",
            fix: "group by a column that names the place"))
        continue
      }
      isWhole = mayBeValue(name, key) && isNew(name, among: bound, key) && isWhole
      bound.append(BoundColumn(name: name, expression: expression))
    }
    return isWhole ? bound : nil
  }
}
