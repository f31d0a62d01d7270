import FeatureTables
import Projections
import QueryLanguage
import QueryPlanning

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
    default:
      if setting.key.hasSuffix(" speed") {
        throw Diagnostic(
          .noNetwork, at: setting.keyRange, "no street network is loaded, so nobody travels on it",
          fix: "use lengths for the straight line, such as `within 1000 m of …`")
      }
      let similar = nearestNames(to: setting.key, in: Self.settings)
      throw Diagnostic(
        .unknownSetting, at: setting.keyRange, "no setting \"\(setting.key)\"",
        fix: (similar.first.map { "did you mean \($0)? " } ?? "") + "settings: \(Self.settings.joined(separator: ", "))"
      )
    }
  }

  private static let settings = ["crs", "date", "language", "workers"]

  private func wrongValue(_ setting: SettingClause, _ fix: String) -> Diagnostic {
    Diagnostic(.settingValue, at: setting.keyRange, "`\(setting.key)` cannot be set to that", fix: fix)
  }
}
