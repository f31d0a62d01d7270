import FeatureTables
import QueryLanguage
import QueryPlanning

extension Session {
  /// Binds every statement of a text without running any, so that all mistakes are reported at once and nothing is
  /// half done when the last line is wrong.
  ///
  /// A statement that reads what an earlier `import`, `save` or `sql` of the same text will bring cannot be checked
  /// before; it is left for when it runs.
  func checkBeforeRunning(_ parsed: ParseResult, _ source: SourceText) -> [Diagnostic] {
    let scope = CheckScope(relations)
    let unread = Set(parsed.unreadNames.map(\.text))
    var parameters = parameters
    var mistakes: [Diagnostic] = []
    for statement in parsed.script.statements {
      scope.meetsUnknown = false
      var binder = Binder(
        catalog: scope, parameters: parameters, forcedSystem: relations.forcedSystem?.identifier)
      binder.unreadNames = unread
      switch statement.kind {
      case .query(let pipeline), .explain(let pipeline):
        _ = binder.bind(pipeline)
        mistakes += misplacedExports(in: pipeline)
      case .define(let name, let pipeline):
        if let plan = binder.bind(pipeline), !scope.meetsUnknown {
          scope.define(name.text, plan)
        } else {
          scope.expect(name.text)
        }
        mistakes += misplacedExports(in: pipeline)
      case .parameter(let name, let value): parameters[name.text] = binder.bindConstant(value)
      case .assert(let subject, let condition, _): _ = binder.bindAssertion(subject, condition: condition)
      case .export(let names, _):
        for name in names {
          _ = binder.bind(Pipeline(source: Source(.named(name), range: name.range), steps: [], range: name.range))
        }
      case .save(let name, let layer):
        _ = binder.bind(Pipeline(source: Source(.named(name), range: name.range), steps: [], range: name.range))
        if let layer { scope.expect(layer.text) }
      case .import(let clause):
        mistakes += ImportBounds(clause, &binder).mistakes
        scope.expectsAny = scope.expectsAny || clause.takesAll
        for name in layerNames(of: clause) {
          scope.expect(name)
          scope.expect(rejectedName(of: name))
        }
      case .set(let setting):
        if setting.key == "date", case .expression(let value) = setting.value {
          parameters["today"] = binder.bindConstant(value)
        }
        if setting.key == "network" { scope.choosesNetwork = true }
      case .mode(let clause): scope.expect(mode: clause.name.text)
      case .check(let clause):
        for subject in [clause.subject] + [clause.reference].compactMap({ $0 }) {
          _ = binder.bind(Pipeline(source: subject, steps: [], range: subject.range))
        }
      case .describe, .layers, .fileLayers, .help, .settings: break
      }
      if !scope.meetsUnknown { mistakes += binder.diagnostics.filter { $0.severity == .error } }
    }
    return mistakes
  }

  private func misplacedExports(in pipeline: Pipeline) -> [Diagnostic] {
    pipeline.steps.dropLast().compactMap { step in
      guard case .export = step.kind else { return nil }
      return Diagnostic(
        .misplacedExport, at: step.verb.range, "`export` ends a pipeline",
        fix: "name the result with `let` and export it in a statement of its own")
    }
  }
}

extension [Diagnostic] {
  /// As one reads the text; those without a place last, those of one place in their order.
  var inOrderOfPlaces: [Diagnostic] {
    enumerated().sorted { a, b in
      (a.element.range?.lowerBound ?? .max, a.offset) < (b.element.range?.lowerBound ?? .max, b.offset)
    }.map(\.element)
  }
}

/// The session's relations, with those that a text defines as it is checked, and those that only running will bring.
private final class CheckScope: PlanningCatalog {
  private let relations: Relations
  private var plans: [String: LogicalPlan] = [:]
  private var expected: Set<String> = []
  /// Modes that the text defines.
  private(set) var modes: Set<String> = []
  var meetsUnknown = false

  init(_ relations: Relations) { self.relations = relations }

  func define(_ name: String, _ plan: LogicalPlan) {
    plans[name] = plan
    expected.remove(name)
  }

  func expect(_ name: String) {
    plans[name] = nil
    expected.insert(name)
  }

  /// An `import … all` brings layers of unknown names.
  var expectsAny = false

  func expect(mode name: String) { modes.insert(name) }

  /// `set network` comes before what follows.
  var choosesNetwork = false

  var relationNames: [String] { Set(relations.relationNames + plans.keys).sorted() }

  func relation(named name: String) throws -> RelationInfo? {
    if let plan = plans[name] {
      return RelationInfo(
        schema: plan.schema, referenceSystem: plan.referenceSystem, rowCount: plan.estimatedRows, resultKey: name)
    }
    if expected.contains(name) {
      meetsUnknown = true
      return nil
    }
    let relation = try relations.relation(named: name)
    if relation == nil, expectsAny { meetsUnknown = true }
    return relation
  }

  func answer(sql: String) throws -> (table: Table, referenceSystem: String?) {
    meetsUnknown = true
    return (Table(schema: Schema([]), columns: [], rowCount: 0), nil)
  }

  func network() throws -> NetworkInfo? {
    // What the text imports may be streets.
    if !expected.isEmpty || choosesNetwork { meetsUnknown = true }
    var network = try relations.network()
    network?.modes += modes.sorted()
    return network
  }

  func workingSystem(longitude: Double, latitude: Double) -> String {
    relations.workingSystem(longitude: longitude, latitude: latitude)
  }
}
