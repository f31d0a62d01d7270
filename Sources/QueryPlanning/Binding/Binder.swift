import FeatureTables
import QueryLanguage

/// Turns a pipeline of the syntax tree into a logical plan: names, types, units and reference systems are settled here.
///
/// Mistakes are collected. After a step that holds one, the steps behind it are still bound, over the columns before it;
/// what they read of its own columns is passed over, so that every mistake is told once. Each step is bound once,
/// O(steps × columns).
public struct Binder {
  /// A plan is walked by recursion, step by step.
  public static let mostSteps = 500

  let catalog: any PlanningCatalog
  let parameters: [String: BoundExpression]
  /// `set crs`: every relation is brought to this system.
  let forcedSystem: String?
  /// Names that statements before would have given and could not, because of mistakes told there. A pipeline that reads
  /// one is not bound, and nothing is said about the name.
  public var unreadNames: Set<String> = []
  public internal(set) var diagnostics: [Diagnostic] = []
  var unknown = UnknownColumns()
  private var stepCount = 0

  public init(catalog: any PlanningCatalog, parameters: [String: BoundExpression] = [:], forcedSystem: String? = nil) {
    self.catalog = catalog
    self.parameters = parameters
    self.forcedSystem = forcedSystem
  }

  /// The plan of a pipeline, or `nil` when it holds a mistake; `diagnostics` then says which, in the order written.
  public mutating func bind(_ pipeline: Pipeline) -> LogicalPlan? {
    defer { sortDiagnostics() }
    return bind(pipeline, in: forcedSystem)
  }

  /// A constant, as `param` and `set` take it.
  public mutating func bindConstant(_ expression: Expression) -> BoundExpression? {
    var binder = ExpressionBinder(
      schema: Schema([]), parameters: parameters, aggregates: .refused("a constant is due here"))
    binder.unknown = UnknownColumns(unread: unreadNames)
    binder.isConstant = true
    let found = binder.bind(expression)
    diagnostics += binder.diagnostics
    guard let bound = found else { return nil }
    guard let value = bound.constantValue else {
      return fail(
        .notConstant, expression.range, "a constant is due here", fix: "write a value such as 500 m, 15 min or \"text\""
      )
    }
    return .constant(value, bound.type, expression.range)
  }

  /// The rows of a source for which a condition is not true, and how many were asked.
  ///
  /// A condition over aggregates alone is asked once, of the whole.
  public mutating func bindAssertion(_ source: Source, condition: Expression) -> (
    rows: LogicalPlan, failing: LogicalPlan
  )? {
    defer { sortDiagnostics() }
    unknown = UnknownColumns(unread: unreadNames)
    let found = bind(source, in: forcedSystem)
    if found == nil { unknown.insertEverything() }
    let plan = found ?? Self.lostRows(source.range)
    var aggregates: [BoundAggregate] = []
    let bound = bind(condition, over: plan.schema, &aggregates, isCondition: true)
    guard found != nil, let bound else { return nil }
    var rows = plan
    if !aggregates.isEmpty {
      let readsRows = !bound.fields.isSubset(of: Set(aggregates.map(\.field.name)))
      rows =
        readsRows
        ? withAggregates(plan, aggregates, condition.range)
        : extend(plan, .summarize(keys: [], aggregates), Schema(aggregates.map(\.field)), condition.range, rows: 1)
    }
    let notTrue = BoundExpression(
      .caseWhen(
        [BoundBranch(condition: bound, value: .constant(.boolean(false), .boolean, condition.range))],
        otherwise: .constant(.boolean(true), .boolean, condition.range)), type: .boolean, range: condition.range)
    var failing = extend(rows, .filter(notTrue), rows.schema, condition.range, rows: 0)
    failing = without(aggregates, failing, condition.range)
    return (rows, telling(failing, about: bound, condition.range))
  }

  /// The columns that tell which row fails and why: its name, and what the condition reads.
  private func telling(_ failing: LogicalPlan, about condition: BoundExpression, _ range: Range<Int>) -> LogicalPlan {
    let fields = failing.schema.fields
    let read = condition.fields
    guard fields.contains(where: { read.contains($0.name) && $0.type != .geometry }) else { return failing }
    let name = failing.schema.index(of: "name").map { fields[$0] } ?? failing.schema.attributes.first
    let told = fields.filter { $0 == name || read.contains($0.name) || $0.name == Field.geometryName }
    return extend(failing, .project(passOn(told, range)), Schema(told), range)
  }

  // MARK: Pipelines

  mutating func bind(_ pipeline: Pipeline, in system: String?, isNested: Bool = false) -> LogicalPlan? {
    let outside = unknown
    defer { unknown = outside }
    unknown = UnknownColumns(unread: unreadNames)
    let source = bind(pipeline.source, in: system)
    if source == nil { unknown.insertEverything() }
    var plan = source ?? Self.lostRows(pipeline.source.range)
    var isWhole = source != nil
    for step in pipeline.steps {
      stepCount += 1
      guard stepCount <= Self.mostSteps else {
        if stepCount == Self.mostSteps + 1 {
          diagnostics.append(
            Diagnostic(
              .tooManySteps, at: step.verb.range, "a query has at most \(Self.mostSteps) steps",
              fix: "name the part before this step with `let`, and go on from the name"))
        }
        return nil
      }
      if case .export = step.kind {
        // The session writes the file of a query; rows in parentheses are none.
        if isNested {
          isWhole = false
          diagnostics.append(
            Diagnostic(
              .nestedExport, at: step.verb.range, "`export` writes the rows of a whole query, not those in parentheses",
              fix: "name these rows with `let`, then export NAME to \"file\""))
        }
      } else if let next = bind(step, after: onStreets(plan, step)) {
        plan = next
        settle(step)
      } else {
        isWhole = false
        lose(step)
      }
    }
    return isWhole ? plan : nil
  }

  /// Stands for the rows of a source that could not be bound; all its columns are unknown.
  private static func lostRows(_ range: Range<Int>) -> LogicalPlan {
    let schema = Schema([Field(Field.geometryName, .geometry)])
    return LogicalPlan(
      .point(longitude: 0, latitude: 0), schema: schema, referenceSystem: nil, range: range, estimatedRows: 1)
  }

  /// What a step that was bound makes of unknown columns: it read none of them.
  private mutating func settle(_ step: Step) {
    switch step.kind {
    case .select, .summarize, .dissolve, .grid, .hexagons: unknown = UnknownColumns(unread: unreadNames)
    case .derive(let columns): columns.compactMap(Self.title(of:)).forEach { unknown.remove(name: $0) }
    default: break
    }
  }

  /// Marks what a step with a mistake would have added.
  private mutating func lose(_ step: Step) {
    func lose(_ columns: [NamedExpression]) {
      columns.compactMap(Self.title(of:)).forEach { unknown.insert(name: $0) }
    }
    switch step.kind {
    case .select(let columns), .derive(let columns), .dissolve(let columns): lose(columns)
    case .summarize(let columns, let keys): lose(columns + keys)
    case .join(let source, _, let name):
      if let name {
        unknown.insert(prefix: name.text)
      } else if case .named(let layer) = source.kind {
        unknown.insert(prefix: layer.text)
      }
    case .union: unknown.insertEverything()
    case .nearest(_, _, let name, _, _, _), .locate(_, let name), .around(_, _, let name, _):
      unknown.insert(prefix: name.text)
    case .beyond(_, _, let name):
      if let name { unknown.insert(prefix: name.text) } else { unknown.insert(name: "reason") }
    case .count(_, let name): unknown.insert(name: name?.text ?? "count")
    case .density(_, _, let name): unknown.insert(name: name?.text ?? "density")
    case .coverage(_, _, _, _, let name):
      if let name {
        unknown.insert(prefix: name.text)
      } else {
        ["share", "covered", "total", "reason"].forEach { unknown.insert(name: $0) }
      }
    case .grid, .hexagons: ["id", "column", "row"].forEach { unknown.insert(name: $0) }
    default: break
    }
  }

  private mutating func sortDiagnostics() {
    let order = diagnostics.indices.sorted { a, b in
      (diagnostics[a].range?.lowerBound ?? 0, a) < (diagnostics[b].range?.lowerBound ?? 0, b)
    }
    diagnostics = order.map { diagnostics[$0] }
  }
}
