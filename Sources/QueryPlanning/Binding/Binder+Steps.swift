import FeatureTables
import QueryLanguage

/// Steps that work on rows without looking at their places.
extension Binder {
  mutating func bind(_ step: Step, after plan: LogicalPlan) -> LogicalPlan? {
    switch step.kind {
    case .where(let condition): return bindWhere(condition, plan, step.range)
    case .select(let columns): return bindSelect(columns, plan, step.range)
    case .derive(let columns): return bindDerive(columns, plan, step.range)
    case .sort(let keys): return bindSort(keys, plan, step.range)
    case .take(let count):
      guard let count = wholeNumber(count, "take", 0...Int.max) else { return nil }
      return extend(plan, .take(count), plan.schema, step.range, rows: min(plan.estimatedRows, Double(count)))
    case .summarize(let aggregates, let keys): return bindSummarize(aggregates, by: keys, plan, step.range)
    case .join(let source, let condition, let name): return bindJoin(source, condition, name, plan, step.range)
    case .union(let source): return bindUnion(source, plan, step.range)
    case .distinct(let columns): return bindDistinct(columns, plan, step.range)
    case .within, .beyond, .inside, .outside, .intersecting, .nearest, .locate, .around, .count, .density, .coverage,
      .gaps:
      return bindPlaces(step, plan)
    case .buffer, .catchment, .dissolve, .clip, .erase, .centroid, .hull, .simplify, .grid, .hexagons:
      return bindShape(step, plan)
    case .export: return plan
    }
  }

  private mutating func bindWhere(_ condition: Expression, _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    guard let (bound, aggregates) = bindRowExpression(condition, over: plan.schema, isCondition: true) else {
      return nil
    }
    let wide = withAggregates(plan, aggregates, range)
    return named(
      extend(wide, .filter(bound), wide.schema, range, rows: plan.estimatedRows * Self.selectivity(of: bound)),
      aggregates, range)
  }

  private mutating func bindDerive(_ columns: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    var plan = plan
    // One after another, so that a column may use those before it.
    for column in columns {
      guard let (name, bound, aggregates) = bindColumn(column, over: plan.schema) else { return nil }
      let wide = withAggregates(plan, aggregates, range)
      var projection = passOn(plan.schema.fields, range)
      if let index = projection.firstIndex(where: { $0.name == name }) {
        projection[index].expression = bound
      } else {
        // New columns stand before the geometry's, in the order derived.
        projection.append(BoundColumn(name: name, expression: bound))
      }
      plan = extend(wide, .project(projection), Schema(projection.map(\.field)), range)
    }
    return plan
  }

  private mutating func bindSelect(_ columns: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    var projection: [BoundColumn] = []
    var aggregates: [BoundAggregate] = []
    var isWhole = true
    for column in columns {
      guard let (name, bound, found) = bindColumn(column, over: plan.schema, after: aggregates) else {
        isWhole = false
        continue
      }
      aggregates = found
      if projection.contains(where: { $0.name == name }) {
        return fail(.duplicateName, column.expression.range, "two columns \"\(name)\"", fix: "rename one: \(name)2 = …")
      }
      projection.append(BoundColumn(name: name, expression: bound))
    }
    guard isWhole else { return nil }
    // The geometry stays with its rows, so that a selection can still be mapped and exported.
    if plan.schema.hasGeometry, !projection.contains(where: { $0.name == Field.geometryName }) {
      projection += passOn([Field(Field.geometryName, .geometry)], range)
    }
    return extend(withAggregates(plan, aggregates, range), .project(projection), Schema(projection.map(\.field)), range)
  }

  /// A column's name, expression and the aggregates over all rows in it.
  private mutating func bindColumn(_ column: NamedExpression, over schema: Schema, after known: [BoundAggregate] = [])
    -> (String, BoundExpression, [BoundAggregate])?
  {
    var binder = ExpressionBinder(schema: schema, parameters: parameters, aggregates: .allowed)
    binder.aggregates = known
    let bound = binder.bind(column.expression)
    diagnostics += binder.diagnostics
    guard let bound, let name = name(of: column) else { return nil }
    if bound.type == .geometry, name != Field.geometryName, !name.hasSuffix("." + Field.geometryName) {
      return fail(
        .typeMismatch, column.expression.range, "a geometry cannot be a column beside others",
        fix: "write geometry = … to make it the rows' own")
    }
    if name == Field.geometryName, bound.type != .geometry {
      return fail(.typeMismatch, column.expression.range, "the column geometry must hold geometries")
    }
    return (name, bound, binder.aggregates)
  }

  /// What a column is called: as written, or by what it holds.
  mutating func name(of column: NamedExpression) -> String? {
    if let name = column.name { return name.text }
    switch column.expression.kind {
    case .column(let path): return path.map(\.text).joined(separator: ".")
    case .call(let function, let arguments):
      let parts = arguments.map { argument -> String? in
        if case .column(let path) = argument.kind { return path.map(\.text).joined(separator: ".") }
        return nil
      }
      if parts.allSatisfy({ $0 != nil }) {
        return ([function.text] + parts.compactMap { $0 }).joined(separator: "_")
      }
    case .convert(let inner, _): return name(of: NamedExpression(name: nil, expression: inner))
    default: break
    }
    return fail(.unnamedColumn, column.expression.range, "this column needs a name", fix: "write name = …")
  }

  private mutating func bindSort(_ keys: [SortKey], _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    var bound: [BoundSortKey] = []
    var aggregates: [BoundAggregate] = []
    for key in keys {
      var binder = ExpressionBinder(schema: plan.schema, parameters: parameters, aggregates: .allowed)
      binder.aggregates = aggregates
      let expression = binder.bind(key.expression)
      diagnostics += binder.diagnostics
      aggregates = binder.aggregates
      guard let expression else { continue }
      if expression.type == .geometry {
        return fail(
          .typeMismatch, key.expression.range, "geometries have no order", fix: "sort by a measure such as area()")
      }
      bound.append(BoundSortKey(expression: expression, descending: key.descending))
    }
    guard bound.count == keys.count else { return nil }
    let wide = withAggregates(plan, aggregates, range)
    return named(extend(wide, .sort(bound), wide.schema, range), aggregates, range)
  }

  private mutating func bindSummarize(
    _ columns: [NamedExpression], by keys: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>
  ) -> LogicalPlan? {
    guard let boundKeys = bindKeys(keys, over: plan.schema) else { return nil }
    var aggregates: [BoundAggregate] = []
    var results: [BoundColumn] = []
    var isWhole = true
    for column in columns {
      var binder = ExpressionBinder(schema: plan.schema, parameters: parameters, aggregates: .allowed)
      binder.aggregates = aggregates
      let bound = binder.bind(column.expression)
      diagnostics += binder.diagnostics
      aggregates = binder.aggregates
      guard let bound, let name = name(of: column) else {
        isWhole = false
        continue
      }
      let loose = bound.fields.subtracting(aggregates.map(\.field.name)).subtracting(boundKeys.map(\.name))
      if let field = loose.sorted().first {
        return fail(
          .misplacedAggregate, column.expression.range, "\(field) differs from row to row of a group",
          fix: "put it in an aggregate such as max(\(field)), or write `by \(field)`")
      }
      if results.contains(where: { $0.name == name }) || boundKeys.contains(where: { $0.name == name }) {
        return fail(.duplicateName, column.expression.range, "two columns \"\(name)\"", fix: "rename one: \(name)2 = …")
      }
      results.append(BoundColumn(name: name, expression: bound))
    }
    guard isWhole else { return nil }
    let rows = keys.isEmpty ? 1 : max(1, plan.estimatedRows.squareRoot())
    let summary = extend(
      plan, .summarize(keys: boundKeys, aggregates), Schema(boundKeys.map(\.field) + aggregates.map(\.field)), range,
      rows: rows)
    let projection = passOn(boundKeys.map(\.field), range) + results
    return extend(summary, .project(projection), Schema(projection.map(\.field)), range)
  }

  /// Grouping keys, each with a name and not a geometry.
  mutating func bindKeys(_ keys: [NamedExpression], over schema: Schema) -> [BoundColumn]? {
    var bound: [BoundColumn] = []
    for key in keys {
      var binder = ExpressionBinder(
        schema: schema, parameters: parameters, aggregates: .refused("rows are grouped before they are aggregated"))
      let expression = binder.bind(key.expression)
      diagnostics += binder.diagnostics
      guard let expression, let name = name(of: key) else { return nil }
      if expression.type == .geometry {
        return fail(
          .typeMismatch, key.expression.range, "geometries cannot be grouped",
          fix: "group by a column that names the place")
      }
      if bound.contains(where: { $0.name == name }) {
        return fail(.duplicateName, key.expression.range, "\"\(name)\" is named twice")
      }
      bound.append(BoundColumn(name: name, expression: expression))
    }
    return bound
  }

  private mutating func bindUnion(_ source: Source, _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    guard let other = bind(source, in: plan.referenceSystem ?? forcedSystem) else { return nil }
    if plan.schema.hasGeometry != other.schema.hasGeometry {
      return fail(
        .missingGeometry, source.range, "one side of `union` has geometry and the other has none",
        fix: "unite layers with layers, and summaries with summaries")
    }
    var fields = plan.schema.fields
    for field in other.schema.fields {
      guard let index = fields.firstIndex(where: { $0.name == field.name }) else {
        fields.append(field)
        continue
      }
      let a = fields[index].type
      if a == field.type { continue }
      guard a.isNumeric, field.type.isNumeric, a.dimension == field.type.dimension else {
        return fail(
          .typeMismatch, source.range,
          "column \(field.name) is \(a.description) on one side of `union` and \(field.type.description) on the other",
          fix: "rename or convert it on one side with `derive`")
      }
      if a == .integer { fields[index].type = field.type == .integer ? .integer : field.type }
    }
    let schema = Schema(fields)
    return extend(
      widened(plan, to: schema, range), .union, schema, range, with: [widened(other, to: schema, range)],
      rows: plan.estimatedRows + other.estimatedRows)
  }

  /// The same rows under a wider schema: missing columns are null, integers become numbers where the schema says so.
  private func widened(_ plan: LogicalPlan, to schema: Schema, _ range: Range<Int>) -> LogicalPlan {
    if plan.schema == schema { return plan }
    let projection = schema.fields.map { field -> BoundColumn in
      guard let index = plan.schema.index(of: field.name) else {
        return BoundColumn(name: field.name, expression: .constant(.null, field.type, range))
      }
      let own = BoundExpression(.field(field.name), type: plan.schema.fields[index].type, range: range)
      let widened = own.type == .integer && field.type != .integer ? own.asNumber : own
      return BoundColumn(name: field.name, expression: BoundExpression(widened.kind, type: field.type, range: range))
    }
    return extend(plan, .project(projection), schema, range)
  }

  private mutating func bindDistinct(_ columns: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    guard let keys = bindKeys(columns, over: plan.schema) else { return nil }
    for (key, column) in zip(keys, columns) where !key.isPassedOn {
      return fail(
        .notConstant, column.expression.range, "`distinct` compares columns",
        fix: "compute it before: derive \(key.name) = …")
    }
    let names = keys.isEmpty ? plan.schema.fields.map(\.name) : keys.map(\.name)
    return extend(plan, .distinct(names), plan.schema, range, rows: plan.estimatedRows / 2)
  }

  private mutating func bindJoin(
    _ source: Source, _ condition: Expression, _ name: Identifier?, _ plan: LogicalPlan, _ range: Range<Int>
  ) -> LogicalPlan? {
    guard let other = bind(source, in: plan.referenceSystem ?? forcedSystem) else { return nil }
    guard let prefix = prefix(name, or: source) else { return nil }
    guard let keys = joinKeys(condition, plan.schema, other.schema, prefix: prefix) else { return nil }
    guard let schema = joined(plan, other, prefix: prefix, [Field("reason", .text)], at: name?.range ?? source.range)
    else { return nil }
    return extend(
      plan, .join(left: keys.map(\.left), right: keys.map(\.right), prefix: prefix), schema, range, with: [other])
  }

  private mutating func joinKeys(_ condition: Expression, _ left: Schema, _ right: Schema, prefix: String) -> [(
    left: String, right: String
  )]? {
    guard case .binary(let operation, let a, let b, _) = condition.kind else {
      return fail(
        .typeMismatch, condition.range, "`on` compares columns of both sides",
        fix: "write on district == \(prefix).name")
    }
    if operation == .and {
      guard let first = joinKeys(a, left, right, prefix: prefix), let second = joinKeys(b, left, right, prefix: prefix)
      else { return nil }
      return first + second
    }
    guard operation == .equal, case .column(let pathA) = a.kind, case .column(let pathB) = b.kind else {
      return fail(
        .typeMismatch, condition.range, "`join` is on equal columns",
        fix: "write on district == \(prefix).name; compute other keys before with `derive`")
    }
    func field(_ path: [Identifier], in schema: Schema, stripping: Bool) -> Field? {
      let texts = path.map(\.text)
      let name = (stripping && texts.count > 1 && texts[0] == prefix ? Array(texts.dropFirst()) : texts).joined(
        separator: ".")
      return schema.index(of: name).map { schema.fields[$0] }
    }
    let isPrefixed = { (path: [Identifier]) in path.count > 1 && path[0].text == prefix }
    let (ownPath, otherPath) = isPrefixed(pathA) ? (pathB, pathA) : (pathA, pathB)
    guard let own = field(ownPath, in: left, stripping: false) else {
      return fail(
        .unknownColumn, ownPath[0].range, "no column \"\(ownPath.map(\.text).joined(separator: "."))\" before `join`",
        fix: "columns: \(left.attributes.map(\.name).joined(separator: ", "))")
    }
    guard let other = field(otherPath, in: right, stripping: true) else {
      return fail(
        .unknownColumn, otherPath[0].range,
        "no column \"\(otherPath.map(\.text).joined(separator: "."))\" in the layer that is joined",
        fix: "columns: \(right.attributes.map(\.name).joined(separator: ", "))")
    }
    guard own.type == other.type, own.type != .geometry else {
      return fail(
        .typeMismatch, condition.range,
        "\(own.name) is \(own.type.description) and \(other.name) is \(other.type.description)",
        fix: "join columns of one type")
    }
    return [(own.name, other.name)]
  }

  // MARK: Shared

  func passOn(_ fields: [Field], _ range: Range<Int>) -> [BoundColumn] {
    fields.map { BoundColumn(name: $0.name, expression: BoundExpression(.field($0.name), type: $0.type, range: range)) }
  }

  /// Adds aggregates over all rows as hidden fields.
  func withAggregates(_ plan: LogicalPlan, _ aggregates: [BoundAggregate], _ range: Range<Int>) -> LogicalPlan {
    guard !aggregates.isEmpty else { return plan }
    return extend(plan, .aggregateOverAll(aggregates), Schema(plan.schema.fields + aggregates.map(\.field)), range)
  }

  mutating func wholeNumber(_ expression: Expression, _ verb: String, _ limits: ClosedRange<Int>) -> Int? {
    guard let bound = bindConstant(expression) else { return nil }
    guard case .integer(let whole)? = bound.constantValue, limits.contains(Int(whole)) else {
      return fail(
        .outOfRange, expression.range, "`\(verb)` takes a whole number, \(limits.lowerBound) or more",
        fix: "write \(verb) 10")
    }
    return Int(whole)
  }

  /// The share of rows that a condition is expected to keep.
  static func selectivity(of condition: BoundExpression) -> Double {
    switch condition.kind {
    case .and(let a, let b): selectivity(of: a) * selectivity(of: b)
    case .or(let a, let b): min(1, selectivity(of: a) + selectivity(of: b))
    case .not(let a): 1 - selectivity(of: a)
    case .compare(.equal, _, _): 0.1
    case .compare(.notEqual, _, _): 0.9
    case .isIn(_, let list): min(1, 0.1 * Double(list.count))
    case .like: 0.2
    case .isNull: 0.1
    default: 1.0 / 3
    }
  }
}
