/// Syntax trees as canonical text: parsing what was formatted gives the same tree but for its ranges.
///
/// English keywords, one space between words, one line per statement, or one per step where a line would be wider than
/// 100 columns. Comments are not part of the tree and are lost.
public enum Formatter {
  static let widestLine = 100

  /// All statements, each ended by a line end.
  public static func format(_ script: Script) -> String {
    script.statements.map { format($0) + "\n" }.joined()
  }

  public static func format(_ statement: Statement) -> String {
    switch statement.kind {
    case .query(let pipeline): return laidOut("", pipeline)
    case .define(let name, let pipeline): return laidOut("let \(format(name)) = ", pipeline)
    case .parameter(let name, let value): return "param \(format(name)) = \(format(value))"
    case .assert(let source, let condition, let label):
      let suffix = label.map { " as \(quoted($0))" } ?? ""
      return "assert \(format(source)): \(format(condition))\(suffix)"
    case .export(let names, let target):
      return "export \(names.map(format).joined(separator: ", ")) \(format(target))"
    case .import(let clause): return format(clause)
    case .save(let name, let layer): return "save \(format(name))\(asName(layer))"
    case .set(let clause): return format(clause)
    case .settings: return "set"
    case .mode(let clause): return format(clause)
    case .explain(let pipeline): return laidOut("explain ", pipeline)
    case .describe(let name): return "describe \(format(name))"
    case .check(let clause):
      let coverage = clause.asCoverage ? " as coverage" : ""
      let reference = clause.reference.map { " against \(format($0))" } ?? ""
      return "check \(format(clause.subject))\(coverage)\(reference)"
    case .layers: return "layers"
    case .fileLayers(let clause): return format(clause)
    case .help(let topic): return topic.map { "help \(formatTopic($0))" } ?? "help"
    }
  }

  /// A pipeline on one line.
  public static func format(_ pipeline: Pipeline) -> String {
    ([format(pipeline.source)] + pipeline.steps.map(format)).joined(separator: " | ")
  }

  private static func laidOut(_ prefix: String, _ pipeline: Pipeline) -> String {
    let line = prefix + format(pipeline)
    guard displayWidth(line) > widestLine, !pipeline.steps.isEmpty else { return line }
    return ([prefix + format(pipeline.source)] + pipeline.steps.map { "  | " + format($0) }).joined(separator: "\n")
  }

  static func format(_ target: ExportTarget) -> String {
    var words = ["to", quoted(target.path)]
    if let layer = target.layer { words += ["layer", quoted(layer)] }
    if let name = target.format { words += ["as", format(name)] }
    if let system = target.referenceSystem { words += ["crs", format(system)] }
    if let encoding = target.encoding { words += ["encoding", isPlainName(encoding) ? encoding : quoted(encoding)] }
    return words.joined(separator: " ")
  }

  private static func format(_ clause: SettingClause) -> String {
    let key = clause.key.split(separator: " ").map { word in
      let spelling = String(word)
      let isItself = Keyword(spelling: spelling).map { $0.rawValue == spelling } ?? true
      return isItself && hasNameForm(spelling) ? spelling : "`\(spelling)`"
    }
    let value =
      switch clause.value {
      case .word(let word): format(word)
      case .referenceSystem(let system): format(system)
      // A lone name would be read as a word.
      case .expression(let expression):
        if case .column(let path) = expression.kind, path.count == 1 {
          "(\(format(expression)))"
        } else {
          format(expression)
        }
      }
    return "set \(key.joined(separator: " ")) = \(value)"
  }

  private static func formatTopic(_ topic: String) -> String {
    topic.split(separator: " ", omittingEmptySubsequences: false).allSatisfy { hasNameForm(String($0)) }
      ? topic : quoted(topic)
  }

  static func format(_ system: ReferenceName) -> String {
    let parts = system.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isBare =
      isPlainName(parts[0])
      && (parts.count == 1 || isPlainName(parts[1])
        || (!parts[1].isEmpty && parts[1].utf8.allSatisfy(isASCIIDigit) && parts[1].utf8.count < 16
          && (parts[1] == "0" || !parts[1].hasPrefix("0"))))
    return isBare ? system.text : quoted(system.text)
  }

  // MARK: Names and strings

  /// A name, in backticks where it would not be read as one.
  public static func format(_ name: Identifier) -> String {
    isPlainName(name.text) ? name.text : inBackticks(name.text)
  }

  static func inBackticks(_ text: String) -> String {
    "`" + text.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
  }

  static func asName(_ name: Identifier?) -> String { name.map { " as \(format($0))" } ?? "" }

  /// A string in double quotes with its escapes.
  public static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\u{FF02}": result += scalar == "\"" ? "\\\"" : "\\\u{FF02}"
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  static func isPlainName(_ text: String) -> Bool { hasNameForm(text) && !Keyword.isReserved(spelling: text) }

  private static func hasNameForm(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, ScalarClass.beginsName(first.value) else { return false }
    return text.unicodeScalars.allSatisfy { ScalarClass.continuesName($0.value) }
  }
}
