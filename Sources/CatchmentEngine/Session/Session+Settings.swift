import FeatureTables
import Projections
import QueryLanguage
import QueryPlanning
import StreetNetworks

extension Session {
  /// `param name = value`; a value from outside takes its place, if it is of the same kind.
  func declareParameter(_ name: Identifier, _ value: Expression, _ notes: inout [Diagnostic]) throws -> Outcome {
    let standard = try binding(&notes) { $0.bindConstant(value) }
    guard let text = options.parameters[name.text] else {
      parameters[name.text] = standard
      return .defined("\(name.text) is set")
    }
    markUsed(parameter: name.text)
    let outside = SourceText("param \(name.text) = \(text)", name: "--set")
    let parsed = Parser.parse(outside)
    var binder = binder()
    guard case .parameter(_, let expression)? = parsed.script.statements.first?.kind, parsed.diagnostics.isEmpty,
      let given = binder.bindConstant(expression)
    else {
      let mistake = (parsed.diagnostics + binder.diagnostics).first.map { ": \($0.message)" } ?? ""
      throw Diagnostic(
        .settingValue, at: name.range, "--set \(name.text)=\(text) is no value\(mistake)",
        fix: "write \(standard.type.description) as in a query, like the value here")
    }
    let agrees =
      given.type == standard.type || (given.type.dimension != nil && given.type.dimension == standard.type.dimension)
    guard agrees else {
      throw Diagnostic(
        .settingValue, at: name.range,
        "--set \(name.text)=\(text) is \(given.type.description), and the script needs \(standard.type.description)",
        fix: "write a value of the kind that stands here")
    }
    parameters[name.text] = given
    return .done("\(name.text) is set from outside")
  }

  /// `set key = value`
  func change(_ setting: SettingClause, _ notes: inout [Diagnostic]) throws -> Outcome {
    switch (setting.key, setting.value) {
    case ("crs", .word(let word)) where word.text == "auto":
      relations.forcedSystem = nil
      return .done("everything is measured in the zone of the data")
    case ("crs", .referenceSystem(let written)):
      let system = try diagnosing(at: written.range) { try ReferenceSystem(parsing: written.text) }
      guard !system.isGeographic else {
        throw Diagnostic(
          .settingValue, at: written.range, "\(system.name) is in degrees, and distances and areas are taken in metres",
          fix: "choose a projected system, such as epsg:4548")
      }
      if ["EPSG:3857", "EPSG:3395", "EPSG:900913"].contains(system.identifier) {
        throw Diagnostic(
          .settingValue, at: written.range,
          "\(system.name) stretches what it shows: in Jinan lengths by a quarter and areas by a half",
          fix: "choose a zone made for measuring, such as epsg:4548, or write set crs = auto")
      }
      relations.forcedSystem = system
      return .done("everything is measured in \(system.identifier), \(system.name)")
    case ("crs", _):
      throw wrongValue(setting, "write set crs = epsg:4548, or set crs = auto")
    case ("date", .expression(let expression)):
      let bound = try binding(&notes) { $0.bindConstant(expression) }
      guard bound.type == .date else { throw wrongValue(setting, "write set date = 2021-06-01") }
      parameters["today"] = bound
      return .done("today is now the day that was set")
    case ("date", _): throw wrongValue(setting, "write set date = 2021-06-01")
    case ("language", .word(let word)) where ["zh", "en"].contains(word.text):
      language = word.text
      return .done(word.text == "zh" ? "标题以中文显示" : "titles are in English")
    case ("language", _): throw wrongValue(setting, "write set language = zh, or en")
    case ("workers", .word(let word)) where word.text == "auto":
      execution.workers = nil
      return .done("queries use all processors")
    case ("workers", .expression(let expression)):
      guard case .constant(.integer(let count)) = try binding(&notes, { $0.bindConstant(expression) }).kind,
        1...256 ~= count
      else { throw wrongValue(setting, "write set workers = 2, from 1 to 256, or set workers = auto") }
      execution.workers = Int(count)
      return .done(count == 1 ? "queries use 1 thread" : "queries use \(count) threads")
    case ("workers", _): throw wrongValue(setting, "write set workers = 2, or set workers = auto")
    case ("snap", .expression(let expression)):
      relations.modes.settings.snapping.limit = try quantity(
        expression, .length, "a length from 0 m to 1000 km", "write set snap = 100 m", &notes
      ) { 0...1e6 ~= $0 }
      return .done("points join streets within that length")
    case ("snap", .word(let word)) where word.text == "auto":
      relations.modes.settings.snapping = Snapping()
      return .done("points join streets within \(Int(Snapping().limit)) m")
    case ("snap", .word(let word)) where ["nodes", "edges"].contains(word.text):
      // As the accessibility libraries have it, which leave out the way to the node.
      relations.modes.settings.snapping.toNodes = word.text == "nodes"
      relations.modes.settings.snapping.countsApproach = word.text == "edges"
      return .done("points join the nearest \(word.text == "nodes" ? "node" : "position on a street")")
    case ("snap", _): throw wrongValue(setting, "write set snap = 100 m, nodes or edges, or set snap = auto")
    case ("detour", .word(let word)) where ["none", "auto"].contains(word.text):
      relations.modes.settings.detour = nil
      return .done("where there are no streets, nothing is reached")
    case ("detour", .expression(let expression)):
      relations.modes.settings.detour = try quantity(
        expression, .one, "a factor from 1 to 10", "write set detour = 1.3", &notes
      ) { 1...10 ~= $0 }
      return .done("where there are no streets, ways are the straight line times that factor")
    case ("detour", _): throw wrongValue(setting, "write set detour = 1.3, or set detour = none")
    case ("network", .word(let word)):
      try chooseNetwork(word)
      return .done(word.text == "auto" ? "the only network is used" : "people travel on \(word.text)")
    case ("network", _): throw wrongValue(setting, "write set network = roads")
    default:
      if setting.key.hasSuffix(" speed") {
        let name = String(setting.key.dropLast(" speed".count))
        let end = setting.keyRange.lowerBound + name.utf8.count
        let mode = Identifier(name, range: setting.keyRange.lowerBound..<end)
        switch setting.value {
        case .expression(let expression): return try setSpeed(mode, expression, &notes)
        case .word(let word) where word.text == "auto": return try resetSpeed(mode)
        default: throw wrongValue(setting, "write set \(name) speed = 4.8 km/h, or set \(name) speed = auto")
        }
      }
      let similar = nearestNames(to: setting.key, in: Self.settings)
      throw Diagnostic(
        .unknownSetting, at: setting.keyRange, "no setting \"\(setting.key)\"",
        fix: (similar.first.map { "did you mean \($0)? " } ?? "") + "settings: \(Self.settings.joined(separator: ", "))"
      )
    }
  }

  static let settings = ["crs", "date", "detour", "language", "network", "snap", "walk speed", "workers"]

  /// `set network = roads`
  private func chooseNetwork(_ name: Identifier) throws {
    if name.text == "auto" {
      relations.modes.network = nil
      return
    }
    guard let layer = try diagnosing(at: name.range, { try relations.catalog.layer(named: name.text) }), layer.isNetwork
    else {
      if try holdsLines(name) {
        throw Diagnostic(
          .unknownNetwork, at: name.range, "\(name.text) is no street network yet",
          fix: "make one of its lines: export \(name.text) to \"\(name.text).gpkg\", then "
            + "import \"\(name.text).gpkg\" as \(name.text)_streets network")
      }
      let names = try diagnosing { try relations.catalog.summaries() }.filter(\.isNetwork).map(\.name)
      let similar = nearestNames(to: name.text, in: names)
      throw Diagnostic(
        .unknownNetwork, at: name.range, "no street network \"\(name.text)\"",
        fix: (similar.first.map { "did you mean \($0)? " } ?? "")
          + (names.isEmpty
            ? "import one: import \"lines.gpkg\" as \(name.text) network"
            : "networks: \(names.joined(separator: ", "))"))
    }
    relations.modes.network = name.text
  }

  /// Whether a layer or a result could be made a network; of a result that has no rows yet its geometry is enough.
  private func holdsLines(_ name: Identifier) throws -> Bool {
    if let definition = relations.definition(named: name.text) {
      guard let table = definition.table else { return definition.plan.schema.hasGeometry }
      guard let geometry = table.geometry else { return false }
      return (0..<geometry.count).contains { geometry.kind(at: $0).partDimension == .line }
    }
    let layer = try diagnosing(at: name.range) { try relations.catalog.layer(named: name.text) }
    return layer?.description.kinds.contains { $0.partDimension == .line } ?? false
  }

  /// `set` alone: every setting as it stands.
  func settingsPage() -> Page {
    let modes = relations.modes
    var rows = [
      ["crs", relations.forcedSystem?.identifier ?? "auto"], ["language", language],
      ["workers", execution.workers.map { "\($0)" } ?? "auto"],
      ["network", modes.network ?? "auto"],
      ["snap", snapText(modes.settings.snapping)],
      ["detour", modes.settings.detour.map { "\($0)" } ?? "none"],
    ]
    if case .constant(.date(let date))? = parameters["today"]?.kind { rows.append(["date", date.text]) }
    rows += modes.all.map { ["\($0.name) speed", $0.speedText] }
    return Page([.table(headings: ["setting", "is"], rows: rows)])
  }

  private func snapText(_ snapping: Snapping) -> String {
    let limit = snapping.limit
    let metres = limit == limit.rounded() && abs(limit) < 1e15 ? "\(Int64(limit))" : "\(limit)"
    return "\(metres) m to \(snapping.toNodes ? "nodes" : "edges")"
  }

  private func wrongValue(_ setting: SettingClause, _ fix: String) -> Diagnostic {
    Diagnostic(.settingValue, at: setting.keyRange, "`\(setting.key)` cannot be set to that", fix: fix)
  }
}
