import FeatureTables
import QueryLanguage
import WorkControl

/// How steps grow a plan and bind the expressions in them.
extension Binder {
  /// No estimate is higher, so that estimates stay finite however they are multiplied.
  static let mostRows = 1e12

  /// A step over one input: the same rows and system unless said otherwise.
  func extend(
    _ plan: LogicalPlan, _ operation: LogicalPlan.Operation, _ schema: Schema, _ range: Range<Int>,
    with others: [LogicalPlan] = [], rows: Double? = nil
  ) -> LogicalPlan {
    // Geometry may stand in a joined column alone; the other inputs have been brought to the system of the first.
    let hasGeometry = schema.fields.contains { $0.type == .geometry }
    let system = plan.referenceSystem ?? others.lazy.compactMap(\.referenceSystem).first
    return LogicalPlan(
      operation, inputs: [plan] + others, schema: schema, referenceSystem: hasGeometry ? system : nil, range: range,
      estimatedRows: min(Self.mostRows, max(0, rows ?? plan.estimatedRows)))
  }

  /// A relation in another reference system; itself when that is its own or none is asked for.
  ///
  /// Only the rows' own geometry is brought along: geometries that a join added, `c.geometry`, are left out.
  func reprojected(_ plan: LogicalPlan, to system: String?) -> LogicalPlan {
    guard let system, let own = plan.referenceSystem, own != system else { return plan }
    let kept = plan.schema.fields.filter { $0.type != .geometry || $0.name == Field.geometryName }
    var source = plan
    if kept.count < plan.schema.fields.count {
      source = extend(plan, .project(passOn(kept, plan.range)), Schema(kept), plan.range)
    }
    guard source.schema.hasGeometry else { return source }
    return LogicalPlan(
      .reproject, inputs: [source], schema: source.schema, referenceSystem: system, range: plan.range,
      estimatedRows: plan.estimatedRows)
  }

  func passOn(_ fields: [Field], _ range: Range<Int>) -> [BoundColumn] {
    fields.map { BoundColumn(name: $0.name, expression: BoundExpression(.field($0.name), type: $0.type, range: range)) }
  }

  /// Fields behind the others and before the rows' own geometry, which stays last.
  func appending(_ added: [Field], to schema: Schema) -> Schema {
    let own = schema.fields.filter { $0.name == Field.geometryName }
    return Schema(schema.fields.filter { $0.name != Field.geometryName } + added + own)
  }

  // MARK: Expressions

  /// An expression over the rows of a schema; what it holds of aggregates over all rows is added to those known.
  mutating func bind(
    _ expression: Expression, over schema: Schema, _ aggregates: inout [BoundAggregate], isCondition: Bool = false
  ) -> BoundExpression? {
    var binder = expressionBinder(over: schema)
    binder.aggregates = aggregates
    let bound = isCondition ? binder.bindCondition(expression) : binder.bind(expression)
    diagnostics += binder.diagnostics
    aggregates = binder.aggregates
    return bound
  }

  func expressionBinder(
    over schema: Schema, aggregates policy: ExpressionBinder.AggregatePolicy = .allowed
  ) -> ExpressionBinder {
    var binder = ExpressionBinder(schema: schema, parameters: parameters, aggregates: policy)
    binder.unknown = unknown
    return binder
  }

  /// Adds aggregates over all rows as hidden fields.
  func withAggregates(_ plan: LogicalPlan, _ aggregates: [BoundAggregate], _ range: Range<Int>) -> LogicalPlan {
    guard !aggregates.isEmpty else { return plan }
    return extend(plan, .aggregateOverAll(aggregates), Schema(plan.schema.fields + aggregates.map(\.field)), range)
  }

  /// Drops the hidden fields of aggregates again; when nothing else is there they get names that can be read.
  func without(_ aggregates: [BoundAggregate], _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan {
    guard !aggregates.isEmpty else { return plan }
    let hidden = Set(aggregates.map(\.field.name))
    let kept = plan.schema.fields.filter { !hidden.contains($0.name) }
    var columns = passOn(kept, range)
    if kept.isEmpty {
      var seen: [String: Int] = [:]
      columns = aggregates.map { aggregate in
        let title = Self.title(of: aggregate)
        let count = seen[title, default: 0] + 1
        seen[title] = count
        return BoundColumn(
          name: count == 1 ? title : "\(title) \(count)",
          expression: BoundExpression(.field(aggregate.field.name), type: aggregate.field.type, range: range))
      }
    }
    return extend(plan, .project(columns), Schema(columns.map(\.field)), range)
  }

  /// `sum(pop)` of an aggregate, for a column that nobody named.
  private static func title(of aggregate: BoundAggregate) -> String {
    guard case .field(let name)? = aggregate.argument?.kind else { return aggregate.function.rawValue }
    return "\(aggregate.function.rawValue)(\(name))"
  }

  // MARK: Estimates

  /// The share of rows that a condition is expected to keep, from 0 to 1.
  static func selectivity(of condition: BoundExpression) -> Double {
    switch condition.kind {
    case .constant(.boolean(let value)): value ? 1 : 0
    case .constant: 0
    case .and(let a, let b): selectivity(of: a) * selectivity(of: b)
    case .or(let a, let b): min(1, selectivity(of: a) + selectivity(of: b))
    case .not(let a): 1 - selectivity(of: a)
    case .compare(.equal, _, _): 0.1
    case .compare(.notEqual, _, _): 0.9
    case .isIn(_, let list): min(0.9, 0.1 * Double(list.count))
    case .like: 0.2
    case .isNull: 0.1
    default: 1.0 / 3
    }
  }

  // MARK: Mistakes

  mutating func fail<Result>(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, fix: String? = nil)
    -> Result?
  {
    diagnostics.append(Diagnostic(code, at: range, message, fix: fix))
    return nil
  }

  /// An error of the catalog as a diagnostic at the place that needed it.
  static func diagnostics(_ error: any Error, at range: Range<Int>) -> [Diagnostic] {
    switch error {
    case let diagnostic as Diagnostic:
      [
        Diagnostic(
          diagnostic.code, severity: diagnostic.severity, at: diagnostic.range ?? range, diagnostic.message,
          fix: diagnostic.fix)
      ]
    case let several as Diagnostics: several.list.flatMap { diagnostics($0, at: range) }
    case is Cancelled: [Diagnostic(.interrupted, at: nil, "interrupted")]
    default: [Diagnostic(.unreadableLayer, at: range, "\(error)")]
    }
  }
}
