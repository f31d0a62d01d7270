import FeatureTables
import QueryLanguage

/// Steps that choose and compute columns, and what columns are called.
extension Binder {
  mutating func bindSelect(_ columns: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    var projection: [BoundColumn] = []
    var aggregates: [BoundAggregate] = []
    var isWhole = true
    for column in columns {
      guard let bound = bindColumn(column, over: plan.schema, &aggregates) else {
        isWhole = false
        continue
      }
      isWhole = isNew(bound.name, among: projection, column) && isWhole
      projection.append(bound)
    }
    guard isWhole else { return nil }
    // The geometry stays with its rows, so that a selection can still be mapped and exported.
    if plan.schema.hasGeometry, !projection.contains(where: { $0.name == Field.geometryName }) {
      projection += passOn([Field(Field.geometryName, .geometry)], range)
    }
    return extend(withAggregates(plan, aggregates, range), .project(projection), Schema(projection.map(\.field)), range)
  }

  /// Columns are derived one after another, so that each may use those before it; those that do not are computed together.
  mutating func bindDerive(_ columns: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    var plan = plan
    var together: [BoundColumn] = []
    var named: [BoundColumn] = []
    var isWhole = true
    for column in columns {
      var aggregates: [BoundAggregate] = []
      let schema = Schema(Self.replacing(passOn(plan.schema.fields, range), with: together).map(\.field))
      guard let bound = bindColumn(column, over: schema, &aggregates) else {
        isWhole = false
        // The columns behind it may read it.
        if let name = Self.title(of: column) { unknown.insert(name: name) }
        continue
      }
      isWhole = isNew(bound.name, among: named, column) && isWhole
      named.append(bound)
      let read = aggregates.isEmpty ? bound.expression.fields : Set(together.map(\.name))
      if together.contains(where: { read.contains($0.name) }) {
        plan = deriving(together, plan, range)
        together = []
      }
      together.append(bound)
      if !aggregates.isEmpty {
        let fields = plan.schema.fields
        plan = deriving(together, withAggregates(plan, aggregates, range), range, keeping: fields)
        together = []
      }
    }
    guard isWhole else { return nil }
    return deriving(together, plan, range)
  }

  private func deriving(
    _ columns: [BoundColumn], _ plan: LogicalPlan, _ range: Range<Int>, keeping fields: [Field]? = nil
  ) -> LogicalPlan {
    if columns.isEmpty { return plan }
    let projection = Self.replacing(passOn(fields ?? plan.schema.fields, range), with: columns)
    return extend(plan, .project(projection), Schema(projection.map(\.field)), range)
  }

  /// Columns replaced in their places, and new ones in the order derived, before the rows' own geometry.
  private static func replacing(_ columns: [BoundColumn], with derived: [BoundColumn]) -> [BoundColumn] {
    var result = columns
    for column in derived {
      if let index = result.firstIndex(where: { $0.name == column.name }) {
        result[index] = column
      } else if result.last?.name == Field.geometryName {
        result.insert(column, at: result.count - 1)
      } else {
        result.append(column)
      }
    }
    return result
  }

  private mutating func bindColumn(
    _ column: NamedExpression, over schema: Schema, _ aggregates: inout [BoundAggregate]
  ) -> BoundColumn? {
    let bound = bind(column.expression, over: schema, &aggregates)
    let name = name(of: column)
    guard let bound, let name else { return nil }
    if bound.type == .geometry, name != Field.geometryName, !name.hasSuffix("." + Field.geometryName) {
      return fail(
        .typeMismatch, column.expression.range, "a geometry cannot be a column beside others",
        fix: "write geometry = … to make it the rows' own")
    }
    guard bound.type == .geometry || mayBeValue(name, column) else { return nil }
    return BoundColumn(name: name, expression: bound)
  }

  // MARK: Names

  /// What a column is called: as written, or by what it holds.
  mutating func name(of column: NamedExpression) -> String? {
    if let name = Self.title(of: column) { return name }
    return fail(.unnamedColumn, column.expression.range, "this column needs a name", fix: "write name = …")
  }

  /// `d.name`, `lower_name` of `lower(name)`; `nil` for what has no name of its own.
  static func title(of column: NamedExpression) -> String? {
    if let name = column.name { return name.text }
    switch column.expression.kind {
    case .column(let path): return path.map(\.text).joined(separator: ".")
    case .call(let function, let arguments):
      let parts = arguments.map { argument -> String? in
        if case .column(let path) = argument.kind { return path.map(\.text).joined(separator: ".") }
        return nil
      }
      guard parts.allSatisfy({ $0 != nil }) else { return nil }
      return ([function.text] + parts.compactMap { $0 }).joined(separator: "_")
    case .convert(let inner, _): return title(of: NamedExpression(name: nil, expression: inner))
    default: return nil
    }
  }

  mutating func isNew(_ name: String, among columns: [BoundColumn], _ column: NamedExpression) -> Bool {
    guard columns.contains(where: { $0.name == name }) else { return true }
    diagnostics.append(
      Diagnostic(
        .duplicateName, at: column.name?.range ?? column.expression.range, "two columns \"\(name)\"",
        fix: "rename one: \(name)2 = …"))
    return false
  }

  /// The name of the rows' own geometry is kept for geometries.
  mutating func mayBeValue(_ name: String, _ column: NamedExpression) -> Bool {
    guard name == Field.geometryName else { return true }
    diagnostics.append(
      Diagnostic(
        .typeMismatch, at: column.name?.range ?? column.expression.range, "the column geometry holds geometries",
        fix: "choose another name"))
    return false
  }
}
