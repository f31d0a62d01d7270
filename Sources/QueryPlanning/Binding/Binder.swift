import FeatureTables
import QueryLanguage

/// Turns a pipeline of the syntax tree into a logical plan: names, types, units and reference systems are settled here.
///
/// Mistakes are collected; a step that holds one ends its pipeline, the other pipelines of the statement are still
/// bound. Each step is bound once, O(steps × columns).
public struct Binder {
  let catalog: any PlanningCatalog
  let parameters: [String: BoundExpression]
  /// `set crs`: every relation is brought to this system.
  let forcedSystem: String?
  public internal(set) var diagnostics: [Diagnostic] = []

  public init(catalog: any PlanningCatalog, parameters: [String: BoundExpression] = [:], forcedSystem: String? = nil) {
    self.catalog = catalog
    self.parameters = parameters
    self.forcedSystem = forcedSystem
  }

  /// The plan of a pipeline, or `nil` with diagnostics.
  public mutating func bind(_ pipeline: Pipeline) -> LogicalPlan? { bind(pipeline, in: forcedSystem) }

  /// A constant, as `param` and `set` take it.
  public mutating func bindConstant(_ expression: Expression) -> BoundExpression? {
    var binder = ExpressionBinder(
      schema: Schema([]), parameters: parameters, aggregates: .refused("a constant is due here"))
    guard let bound = binder.bind(expression) else {
      diagnostics += binder.diagnostics
      return nil
    }
    guard let value = bound.constantValue else {
      diagnostics.append(
        Diagnostic(
          .notConstant, at: expression.range, "a constant is due here",
          fix: "write a value such as 500 m, 15 min or \"text\""))
      return nil
    }
    return .constant(value, bound.type, expression.range)
  }

  /// The rows of a source for which a condition is not true, and how many were asked.
  ///
  /// A condition over aggregates alone is asked once, of the whole.
  public mutating func bindAssertion(_ source: Source, condition: Expression) -> (
    rows: LogicalPlan, failing: LogicalPlan
  )? {
    guard let plan = bind(source, in: forcedSystem) else { return nil }
    guard let (bound, aggregates) = bindRowExpression(condition, over: plan.schema, isCondition: true) else {
      return nil
    }
    var rows = plan
    if !aggregates.isEmpty {
      let readsRows = !bound.fields.isSubset(of: Set(aggregates.map(\.field.name)))
      rows =
        readsRows
        ? extend(
          plan, .aggregateOverAll(aggregates), Schema(plan.schema.fields + aggregates.map(\.field)), condition.range)
        : extend(plan, .summarize(keys: [], aggregates), Schema(aggregates.map(\.field)), condition.range, rows: 1)
    }
    let notTrue = BoundExpression(
      .caseWhen(
        [BoundBranch(condition: bound, value: .constant(.boolean(false), .boolean, condition.range))],
        otherwise: .constant(.boolean(true), .boolean, condition.range)), type: .boolean, range: condition.range)
    var failing = extend(rows, .filter(notTrue), rows.schema, condition.range, rows: 0)
    failing = named(failing, aggregates, condition.range)
    return (rows, failing)
  }

  // MARK: Pipelines and sources

  mutating func bind(_ pipeline: Pipeline, in system: String?) -> LogicalPlan? {
    guard var plan = bind(pipeline.source, in: system) else {
      return nil
    }
    for step in pipeline.steps {
      if case .export = step.kind { continue }  // the session's work: it ends the pipeline
      guard let next = bind(step, after: plan) else { return nil }
      plan = next
    }
    return plan
  }

  mutating func bind(_ source: Source, in system: String?) -> LogicalPlan? {
    switch source.kind {
    case .named(let name): return bindName(name, in: system)
    case .pipeline(let pipeline): return bind(pipeline, in: system)
    case .point(let longitude, let latitude): return bindPoint(longitude, latitude, in: system, source.range)
    case .sql(let text, let range):
      do {
        let (table, referenceSystem) = try catalog.answer(sql: text)
        let plan = LogicalPlan(
          .table(table, label: "sql"), schema: table.schema, referenceSystem: referenceSystem, range: range,
          estimatedRows: Double(table.rowCount))
        return reprojected(plan, to: system)
      } catch {
        diagnostics.append(Self.diagnostic(error, at: range))
        return nil
      }
    case .values(let names, let rows): return bindValues(names, rows, source.range)
    }
  }

  private mutating func bindName(_ name: Identifier, in system: String?) -> LogicalPlan? {
    let info: RelationInfo
    do {
      guard let found = try catalog.relation(named: name.text) else {
        let names = catalog.relationNames
        let similar = nearestNames(to: name.text, in: names)
        return fail(
          .unknownLayer, name.range, "no layer \"\(name.text)\"",
          fix: (similar.first.map { "did you mean \"\($0)\"? " } ?? "") + "layers: \(names.joined(separator: ", "))")
      }
      info = found
    } catch {
      diagnostics.append(Self.diagnostic(error, at: name.range))
      return nil
    }
    if let key = info.resultKey {
      let plan = LogicalPlan(
        .result(name: key), schema: info.schema, referenceSystem: info.referenceSystem, range: name.range,
        estimatedRows: info.rowCount)
      return reprojected(plan, to: system)
    }
    let target = info.referenceSystem == nil ? nil : system ?? info.referenceSystem
    if let target, let own = info.referenceSystem, target != own, system != forcedSystem {
      diagnostics.append(
        Diagnostic(
          .mixedReferenceSystems, severity: .note, at: name.range,
          "\(name.text) belongs in \(own) and is brought to \(target), the system of this query"))
    }
    return LogicalPlan(
      .scan(layer: name.text), schema: info.schema, referenceSystem: target, range: name.range,
      estimatedRows: info.rowCount)
  }

  private mutating func bindPoint(
    _ longitude: Expression, _ latitude: Expression, in system: String?, _ range: Range<Int>
  ) -> LogicalPlan? {
    guard let x = number(longitude, "a longitude", -180...180), let y = number(latitude, "a latitude", -90...90) else {
      return nil
    }
    return LogicalPlan(
      .point(longitude: x, latitude: y), schema: Schema([Field(Field.geometryName, .geometry)]),
      referenceSystem: system ?? catalog.workingSystem(longitude: x, latitude: y), range: range, estimatedRows: 1)
  }

  private mutating func number(_ expression: Expression, _ what: String, _ limits: ClosedRange<Double>) -> Double? {
    guard let bound = bindConstant(expression) else { return nil }
    guard bound.type.dimension == Dimension.one, let value = bound.constantNumber else {
      return fail(
        .typeMismatch, expression.range, "\(what) is a plain number of degrees",
        fix: "write point(117.10, 36.83): longitude, then latitude")
    }
    guard limits.contains(value) else {
      return fail(
        .outOfRange, expression.range, "\(what) lies within \(Int(limits.lowerBound))…\(Int(limits.upperBound))",
        fix: "write point(longitude, latitude), in this order")
    }
    return value
  }

  private mutating func bindValues(_ names: [Identifier], _ rows: [[Expression]], _ range: Range<Int>) -> LogicalPlan? {
    var seen: Set<String> = []
    for name in names where !seen.insert(name.text).inserted {
      return fail(.duplicateName, name.range, "two columns \"\(name.text)\"")
    }
    var columns: [[BoundExpression]] = names.map { _ in [] }
    for row in rows {
      guard row.count == names.count else {
        return fail(
          .argumentCount, row.first?.range ?? range, "\(row.count) values for \(names.count) columns",
          fix: "give each row a value for \(names.map(\.text).joined(separator: ", "))")
      }
      for (i, expression) in row.enumerated() {
        guard let value = bindConstant(expression) else { return nil }
        columns[i].append(value)
      }
    }
    var binder = ExpressionBinder(schema: Schema([]), parameters: [:], aggregates: .refused(""))
    var fields: [Field] = []
    var built: [Column] = []
    for (name, values) in zip(names, columns) {
      guard let unified = binder.unify(values, "the values of \(name.text)") else {
        diagnostics += binder.diagnostics
        return nil
      }
      let type = unified[0].type
      var builder = ColumnBuilder(type)
      for value in unified { builder.append(value.constantValue ?? .null) }
      fields.append(Field(name.text, type))
      built.append(builder.finish())
    }
    let table = Table(schema: Schema(fields), columns: built, rowCount: rows.count)
    return LogicalPlan(
      .table(table, label: "values"), schema: table.schema, referenceSystem: nil, range: range,
      estimatedRows: Double(rows.count))
  }

  // MARK: Shared by the steps

  /// A relation in another reference system; itself when that is its own or none is asked for.
  func reprojected(_ plan: LogicalPlan, to system: String?) -> LogicalPlan {
    guard let system, let own = plan.referenceSystem, own != system else { return plan }
    return LogicalPlan(
      .reproject, inputs: [plan], schema: plan.schema, referenceSystem: system, range: plan.range,
      estimatedRows: plan.estimatedRows)
  }

  /// A step over one input: the same rows and system unless said otherwise.
  func extend(
    _ plan: LogicalPlan, _ operation: LogicalPlan.Operation, _ schema: Schema, _ range: Range<Int>,
    with others: [LogicalPlan] = [], rows: Double? = nil
  ) -> LogicalPlan {
    LogicalPlan(
      operation, inputs: [plan] + others, schema: schema,
      referenceSystem: schema.hasGeometry ? plan.referenceSystem : nil, range: range,
      estimatedRows: rows ?? plan.estimatedRows)
  }

  /// An expression over the rows of a schema, with the aggregates over all rows that it holds.
  mutating func bindRowExpression(_ expression: Expression, over schema: Schema, isCondition: Bool = false) -> (
    BoundExpression, [BoundAggregate]
  )? {
    var binder = ExpressionBinder(schema: schema, parameters: parameters, aggregates: .allowed)
    let bound = isCondition ? binder.bindCondition(expression) : binder.bind(expression)
    diagnostics += binder.diagnostics
    guard let bound else { return nil }
    return (bound, binder.aggregates)
  }

  /// Drops the hidden fields of aggregates again.
  func named(_ plan: LogicalPlan, _ aggregates: [BoundAggregate], _ range: Range<Int>) -> LogicalPlan {
    guard !aggregates.isEmpty else { return plan }
    let kept = plan.schema.fields.filter { !$0.name.hasPrefix("#") }
    guard !kept.isEmpty else {
      let columns = aggregates.map { aggregate in
        BoundColumn(
          name: Self.title(of: aggregate),
          expression: BoundExpression(.field(aggregate.field.name), type: aggregate.field.type, range: range))
      }
      return extend(plan, .project(unique(columns)), Schema(unique(columns).map(\.field)), range)
    }
    let columns = kept.map {
      BoundColumn(name: $0.name, expression: BoundExpression(.field($0.name), type: $0.type, range: range))
    }
    return extend(plan, .project(columns), Schema(kept), range)
  }

  /// `sum(pop)` of an aggregate, for a column that nobody named.
  static func title(of aggregate: BoundAggregate) -> String {
    guard case .field(let name)? = aggregate.argument?.kind else { return aggregate.function.rawValue }
    return "\(aggregate.function.rawValue)(\(name))"
  }

  private func unique(_ columns: [BoundColumn]) -> [BoundColumn] {
    var seen: [String: Int] = [:]
    return columns.map { column in
      let count = (seen[column.name] ?? 0) + 1
      seen[column.name] = count
      return count == 1 ? column : BoundColumn(name: "\(column.name) \(count)", expression: column.expression)
    }
  }

  mutating func fail<Result>(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, fix: String? = nil)
    -> Result?
  {
    diagnostics.append(Diagnostic(code, at: range, message, fix: fix))
    return nil
  }

  /// An error of the catalog as a diagnostic at the place that needed it.
  static func diagnostic(_ error: any Error, at range: Range<Int>) -> Diagnostic {
    if let diagnostic = error as? Diagnostic {
      return Diagnostic(
        diagnostic.code, severity: diagnostic.severity, at: diagnostic.range ?? range, diagnostic.message,
        fix: diagnostic.fix)
    }
    return Diagnostic(.unreadableLayer, at: range, "\(error)")
  }
}
