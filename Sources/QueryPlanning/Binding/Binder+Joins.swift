import FeatureTables
import QueryLanguage

/// Steps that bring the rows of two relations together without looking at their places.
extension Binder {
  mutating func bindUnion(_ source: Source, _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    guard let other = bind(source, in: plan.referenceSystem ?? forcedSystem) else { return nil }
    // What is unknown on this side may be what the other side has.
    if unknown.mayExplain(Field.geometryName) { return nil }
    if plan.schema.hasGeometry != other.schema.hasGeometry {
      return fail(
        .missingGeometry, source.range, "one side of `union` has geometry and the other has none",
        fix: "unite layers with layers, and summaries with summaries")
    }
    var fields = plan.schema.fields.filter { $0.name != Field.geometryName }
    var isWhole = true
    for field in other.schema.fields where field.name != Field.geometryName {
      guard let index = fields.firstIndex(where: { $0.name == field.name }) else {
        fields.append(field)
        continue
      }
      let own = fields[index].type
      if own == field.type || unknown.hides(field.name) { continue }
      guard own.isNumeric, own.dimension == field.type.dimension else {
        isWhole = false
        diagnostics.append(
          Diagnostic(
            .typeMismatch, at: source.range,
            "column \(field.name) is \(own.described) on one side of `union` and \(field.type.described) on the other",
            fix: "rename it on one side: select other = \(field.name), …"))
        continue
      }
      if own == .integer { fields[index].type = field.type }
    }
    guard isWhole else { return nil }
    let geometry = plan.schema.fields.filter { $0.name == Field.geometryName }
    let schema = Schema(fields + geometry)
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

  mutating func bindJoin(
    _ source: Source, _ condition: Expression, _ name: Identifier?, _ plan: LogicalPlan, _ range: Range<Int>
  ) -> LogicalPlan? {
    let found = bind(source, in: plan.referenceSystem ?? forcedSystem)
    let prefix = prefix(name, or: source)
    guard let other = found, let prefix else { return nil }
    let keys = joinKeys(condition, plan.schema, other.schema, prefix: prefix)
    let schema = joined(plan, other, prefix: prefix, [Field("reason", .text)], at: name?.range ?? source.range)
    guard let keys, let schema else { return nil }
    return extend(
      plan, .join(left: keys.map(\.left), right: keys.map(\.right), prefix: prefix), schema, range, with: [other])
  }

  private typealias KeyPair = (left: String, right: String)

  private mutating func joinKeys(_ condition: Expression, _ left: Schema, _ right: Schema, prefix: String) -> [KeyPair]?
  {
    guard case .binary(let operation, let a, let b, _) = condition.kind, operation == .and || operation == .equal else {
      return fail(
        .typeMismatch, condition.range, "`join` is on equal columns of both sides",
        fix: "write on district == \(prefix).name")
    }
    if operation == .and {
      let first = joinKeys(a, left, right, prefix: prefix)
      let second = joinKeys(b, left, right, prefix: prefix)
      guard let first, let second else { return nil }
      return first + second
    }
    guard case .column(let pathA) = a.kind, case .column(let pathB) = b.kind else {
      return fail(
        .typeMismatch, condition.range, "`join` is on equal columns of both sides",
        fix: "write on district == \(prefix).name; compute other keys before with `derive`")
    }
    let isPrefixed = { (path: [Identifier]) in path.count > 1 && path[0].text == prefix }
    let (ownPath, otherPath) = isPrefixed(pathA) && !isPrefixed(pathB) ? (pathB, pathA) : (pathA, pathB)
    let own = joinKey(ownPath, in: left, side: "the rows before `join`", isOther: false)
    let inner = isPrefixed(otherPath) ? Array(otherPath.dropFirst()) : otherPath
    let other = joinKey(inner, in: right, side: "the layer that is joined", isOther: true)
    guard let own, let other else { return nil }
    let isComparable =
      own.type == other.type
      || own.type.isNumeric && own.type.dimension == other.type.dimension
        && (own.type == .integer) == (other.type == .integer)
    guard isComparable, own.type != .geometry else {
      return fail(
        .typeMismatch, condition.range,
        "\(own.name) is \(own.type.described) and \(prefix).\(other.name) is \(other.type.described)",
        fix: own.type == .geometry
          ? "places are joined by `locate`, `nearest` or `around`" : "join columns of one type")
    }
    return [(own.name, other.name)]
  }

  private mutating func joinKey(_ path: [Identifier], in schema: Schema, side: String, isOther: Bool) -> Field? {
    let name = path.map(\.text).joined(separator: ".")
    if !isOther, unknown.hides(name) { return nil }
    if let index = schema.index(of: name) { return schema.fields[index] }
    if !isOther, unknown.mayExplain(name) { return nil }
    let names = schema.attributes.map(\.name)
    let start = path.first?.range.lowerBound ?? 0
    return fail(
      .unknownColumn, start..<(path.last?.range.upperBound ?? start), "no column \"\(name)\" in \(side)",
      fix: (nearestNames(to: name, in: names).first.map { "did you mean \($0)? " } ?? "")
        + "columns: \(names.joined(separator: ", "))")
  }

  /// The schema after a join: the other layer's fields under a prefix, then what the join measures.
  mutating func joined(
    _ plan: LogicalPlan, _ other: LogicalPlan, prefix: String, _ measured: [Field], at range: Range<Int>
  ) -> Schema? {
    let added =
      other.schema.fields.filter { field in !measured.contains { $0.name == field.name } }
      .map { Field("\(prefix).\($0.name)", $0.type) } + measured.map { Field("\(prefix).\($0.name)", $0.type) }
    for field in added where plan.schema.index(of: field.name) != nil {
      return fail(
        .duplicateName, range, "\"\(prefix)\" is taken: there is a column \(field.name) already",
        fix: "choose another name after `as`")
    }
    return appending(added, to: plan.schema)
  }

  /// The name after `as`, or the layer's own.
  private mutating func prefix(_ name: Identifier?, or source: Source) -> String? {
    if let name { return name.text }
    if case .named(let layer) = source.kind { return layer.text }
    return fail(
      .unnamedColumn, source.range, "the joined columns need a name", fix: "write `as x` behind the condition")
  }
}
