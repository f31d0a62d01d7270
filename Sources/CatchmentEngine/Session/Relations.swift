import DataCatalog
import DataQuality
import FeatureTables
import GeometryKernel
import Projections
import QueryExecution
import QueryLanguage
import QueryPlanning
import StreetNetworks
import WorkControl

/// What can be named in a query: the catalog's layers and the session's results.
///
/// The binder asks it what relations look like, operators ask it for their rows.
final class Relations {
  let catalog: Catalog
  let monitor: WorkMonitor
  /// `set crs`
  var forcedSystem: ReferenceSystem?
  /// `mode`, `set walk speed`, `set snap` and the like.
  var modes = TravelModes()
  /// What layers and projections had to say since the last statement.
  private(set) var notes: [String] = []

  private var definitions: [String: Definition] = [:]
  /// The newest definition of each name.
  private var keys: [String: String] = [:]
  /// How often each name was defined.
  private var versions: [String: Int] = [:]

  /// A `let`: a plan, and its rows once they were needed.
  final class Definition {
    let name: String
    let plan: LogicalPlan
    let source: SourceText
    var table: Table?

    init(name: String, plan: LogicalPlan, source: SourceText) {
      self.name = name
      self.plan = plan
      self.source = source
    }
  }

  init(catalog: Catalog, monitor: WorkMonitor) {
    self.catalog = catalog
    self.monitor = monitor
  }

  func takeNotes() -> [String] {
    defer { notes = [] }
    return notes
  }

  func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  // MARK: Results

  /// Names a result. An earlier one of the same name lives on for the plans that already read it.
  func define(_ name: String, _ plan: LogicalPlan, in source: SourceText) {
    let version = versions[name, default: 0] + 1
    versions[name] = version
    let key = version == 1 ? name : "\(name)@\(version)"
    definitions[key] = Definition(name: name, plan: plan, source: source)
    keys[name] = key
  }

  func definition(named name: String) -> Definition? { keys[name].flatMap { definitions[$0] } }

  /// The names given by `let`, sorted.
  var resultNames: [String] { keys.keys.sorted() }

  // MARK: Accuracy

  /// The layers of the catalog that a plan rests on, through results, in the order in which they are read.
  func layerNames(under plan: LogicalPlan) -> [String] {
    var names: [String] = []
    // The last is the next; a result that many read is visited once.
    var waiting = Array(plan.sourceNames.reversed())
    var seen: Set<String> = []
    while let name = waiting.popLast() {
      guard seen.insert(name).inserted else { continue }
      if let definition = definitions[name] {
        waiting += definition.plan.sourceNames.reversed()
      } else {
        names.append(name)
      }
    }
    return names
  }

  /// How well the places behind a plan's rows are known.
  func provenance(of plan: LogicalPlan) -> Provenance {
    let layers = layerNames(under: plan).compactMap { name in
      ((try? catalog.layer(named: name)) ?? nil).map { (name, $0.metadata) }
    }
    let others = layers.dropFirst().compactMap(\.1.accuracy).max()
    guard let poorest = layers.compactMap(\.1.accuracy).max() else { return Provenance() }
    guard poorest > .located else { return Provenance(poorest: poorest, ofOthers: others) }
    // The poorest kind first; each with what its first layer says of how far it is off.
    let kinds = Accuracy.allCases.reversed().filter { $0 > .located }.compactMap { kind -> String? in
      let members = layers.filter { $0.1.accuracy == kind }
      guard !members.isEmpty else { return nil }
      let word = kind == .sketch ? (members.count == 1 ? "a sketch" : "sketches") : kind.rawValue
      let names = members.map(\.0).joined(separator: ", ")
      // An uncertainty may say the word itself: "synthetic: right in number, made up in place".
      guard let uncertainty = members.compactMap(\.1.uncertainty).first else { return "\(names), \(word)" }
      return uncertainty.hasPrefix(kind.rawValue) ? "\(names), \(uncertainty)" : "\(names), \(word), \(uncertainty)"
    }
    let note = "uses \(kinds.joined(separator: "; "))"
    return Provenance(poorest: poorest, ofOthers: others, note: note)
  }
}

/// How well the places behind a result are known.
struct Provenance {
  /// The poorest accuracy of all layers it used; `nil` when none of them says.
  var poorest: Accuracy?
  /// The poorest of those that its rows were compared with: of all but the first.
  var ofOthers: Accuracy?
  /// The sentence for its readers: "uses districts, a sketch, ±3 km".
  var note: String?
}

extension Relations: PlanningCatalog {
  var relationNames: [String] { Set((try? catalog.names()) ?? []).union(keys.keys).sorted() }

  func relation(named name: String) throws -> RelationInfo? {
    if let key = keys[name], let definition = definitions[key] {
      return RelationInfo(
        schema: definition.plan.schema, referenceSystem: definition.plan.referenceSystem,
        rowCount: definition.table.map { Double($0.rowCount) } ?? definition.plan.estimatedRows, resultKey: key)
    }
    guard let layer = try diagnosing({ try catalog.layer(named: name) }) else { return nil }
    layer.notes.forEach(note)
    let system = layer.schema.hasGeometry ? forcedSystem ?? layer.workingSystem : nil
    return RelationInfo(
      schema: layer.schema, referenceSystem: system?.identifier, keptSystem: layer.referenceSystem?.identifier,
      rowCount: Double(layer.rowCount), resultKey: nil)
  }

  func answer(sql: String) throws -> (table: Table, referenceSystem: String?) {
    let answer = try diagnosing { try catalog.query(sql, monitor: monitor) }
    let table = answer.table
    guard let system = answer.referenceSystem, let geometry = table.geometry else { return (table, nil) }
    // What comes from SQL is in the system of its column; it is measured in a working system like everything else.
    let toDegrees = try CoordinateTransform(from: system, to: .wgs84)
    let working = try forcedSystem ?? ReferenceSystem.working(forExtent: toDegrees.apply(to: geometry).geometry.middle)
    let moved = try reproject(geometry, from: system.identifier, to: working.identifier)
    return (table.replacingGeometry(moved), working.identifier)
  }

  /// The layer that `set network` names, else the user's only network, else the embedded one.
  func network() throws -> NetworkInfo? {
    let summaries = try diagnosing { try catalog.summaries() }.filter(\.isNetwork)
    let own = summaries.filter { $0.place != .embedded }.map(\.name).sorted()
    guard modes.network != nil || own.count < 2 else {
      throw Diagnostic(
        .severalNetworks, at: nil, "there are several street networks: \(own.joined(separator: ", "))",
        fix: "choose one: set network = \(own[0])")
    }
    guard let name = modes.network ?? own.first ?? summaries.first?.name else { return nil }
    let system = try diagnosing { try catalog.layer(named: name)?.workingSystem?.identifier }
    return NetworkInfo(layer: name, modes: modes.allNames, referenceSystem: system)
  }

  func workingSystem(longitude: Double, latitude: Double) -> String {
    let place = Box(minX: longitude, minY: latitude, maxX: longitude, maxY: latitude)
    return ReferenceSystem.working(forExtent: place).identifier
  }
}

extension Relations: ExecutionData {
  func table(layer: String, referenceSystem: String?) throws -> Table {
    try diagnosing {
      let system = try referenceSystem.map { try ReferenceSystem(parsing: $0) }
      let (table, notes) = try catalog.table(named: layer, in: system, monitor: monitor)
      notes.forEach(note)
      return table
    }
  }

  func result(named key: String) throws -> (table: Table, referenceSystem: String?) {
    guard let definition = definitions[key] else {
      throw Diagnostic(.unknownLayer, at: nil, "no result \"\(key)\"")
    }
    for needed in unevaluated(under: definition) { try evaluate(needed) }
    guard let table = definition.table else { throw Diagnostic(.unknownLayer, at: nil, "no result \"\(key)\"") }
    return (table, definition.plan.referenceSystem)
  }

  /// A definition and those under it that have no rows yet, each behind what it reads: a chain of results may be longer
  /// than the stack is deep.
  private func unevaluated(under definition: Definition) -> [Definition] {
    var order: [Definition] = []
    var seen: Set<ObjectIdentifier> = []
    var path: [(definition: Definition, isOpen: Bool)] = [(definition, false)]
    while let (next, isOpen) = path.popLast() {
      if isOpen {
        order.append(next)
      } else if next.table == nil, seen.insert(ObjectIdentifier(next)).inserted {
        path.append((next, true))
        path += next.plan.sourceNames.reversed().compactMap { definitions[$0].map { ($0, false) } }
      }
    }
    return order
  }

  private func evaluate(_ definition: Definition) throws {
    var settings = ExecutionSettings()
    settings.workers = catalog.workers
    let context = ExecutionContext(data: self, monitor: monitor, settings: settings)
    do {
      let table = try Executor.run(definition.plan.physical(), context: context)
      context.notes.forEach(note)
      definition.table = table
    } catch let diagnostic as Diagnostic {
      // The place is in the text of the `let`, which need not be the text that is running.
      throw Diagnostic(
        diagnostic.code, severity: diagnostic.severity, at: nil, "in let \(definition.name): \(diagnostic.message)",
        fix: diagnostic.fix)
    }
  }

  func reproject(_ geometry: GeometryArray, from: String, to: String) throws -> GeometryArray {
    try diagnosing {
      let transform = try CoordinateTransform(
        from: ReferenceSystem(parsing: from), to: ReferenceSystem(parsing: to))
      return try transform.apply(to: geometry, workers: Workers(catalog.workers, monitor: monitor)).geometry
    }
  }

  func position(longitude: Double, latitude: Double, in referenceSystem: String) throws -> (x: Double, y: Double) {
    try diagnosing {
      let transform = try CoordinateTransform(from: .wgs84, to: ReferenceSystem(parsing: referenceSystem))
      return try transform.apply(x: longitude, y: latitude)
    }
  }

  func travelNetwork(named layer: String, in referenceSystem: String) throws -> TravelNetwork {
    try diagnosing {
      if let known = try catalog.layer(named: layer), known.description.networkState == .outdated {
        known.notes.forEach(note)
      }
      return try catalog.network(named: layer, in: ReferenceSystem(parsing: referenceSystem), monitor: monitor).network
    }
  }

  func travelMode(named name: String) throws -> TravelMode {
    guard let mode = modes.named(name) else {
      throw Diagnostic(
        .unknownMode, at: nil, "nobody travels by \"\(name)\"", fix: "modes: \(modes.names.joined(separator: ", "))")
    }
    return mode
  }

  var travelSettings: TravelSettings { modes.settings }

  func namedAreas(in referenceSystem: String) throws -> [ReferenceAreas] {
    try diagnosing {
      let system = try ReferenceSystem(parsing: referenceSystem)
      return try ["districts", "subdistricts"].compactMap { name in
        guard let known = try catalog.layer(named: name), known.referenceSystem != nil else { return nil }
        return ReferenceAreas(
          name: name, table: try catalog.table(named: name, in: system, monitor: monitor).table,
          uncertainty: ReferenceAreas.uncertainty(in: known.metadata.uncertainty))
      }
    }
  }

  func networks(beside layer: String) -> [String] {
    ((try? catalog.summaries()) ?? []).filter { $0.isNetwork && $0.name != layer }.map(\.name).sorted()
  }
}
