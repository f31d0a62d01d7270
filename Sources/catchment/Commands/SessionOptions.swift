import ArgumentParser
import CatchmentEngine
import Reporting

/// The options of everything that runs queries.
struct SessionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A SpatiaLite file that keeps imports and saved results; made when missing.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("table, json (one document a line), csv or geojson.", valueName: "format"))
  var format: OutputFormat = .table

  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp("A value for a script's parameter, as in --set radius=\"500 m\".", valueName: "name=value"))
  var parameters: [ParameterValue] = []

  @Option(
    help: ArgumentHelp(
      "How many rows of a table are shown: a number or all. (default: 40, more in the console)", valueName: "n"))
  var rows: RowLimit?

  @Flag(help: "Write the seconds of each statement to standard error, as JSON lines.")
  var timing = false

  @Flag(help: "Write only answers, verdicts and what went wrong.")
  var quiet = false

  var session: Session.Options {
    Session.Options(
      storePath: store,
      parameters: Dictionary(parameters.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last }))
  }
}

extension OutputFormat: ExpressibleByArgument {}

/// `name=value` of `--set`.
struct ParameterValue: ExpressibleByArgument {
  let name: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else { return nil }
    name = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

/// `--rows`: how many rows of a table are shown.
enum RowLimit: ExpressibleByArgument {
  case all
  case first(Int)

  init?(argument: String) {
    if argument == "all" {
      self = .all
    } else if let count = Int(argument), count > 0 {
      self = .first(count)
    } else {
      return nil
    }
  }

  /// `nil` for all.
  var count: Int? { if case .first(let count) = self { count } else { nil } }
}
