import FeatureTables
import QueryLanguage
import QueryPlanning

extension Session {
  /// Words that may come at a place in a text, for completion, sorted; only those that begin as the word there does.
  ///
  /// - Parameter offset: in bytes.
  public func completions(for source: SourceText, at offset: Int) -> [String] {
    let before = source[0..<offset]
    let typed = String(before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }.reversed())
    let rest = before.dropLast(typed.count)
    let words: [String]
    switch rest.last(where: { $0 != " " && $0 != "\t" }) {
    case nil, "\n", ";": words = StatementDeclaration.statements.map(\.name) + relations.relationNames
    case "|": words = StepDeclaration.all.map(\.name)
    default:
      words =
        options(in: before) + relations.relationNames + FunctionDeclaration.all.map(\.name) + columnNames(in: before)
    }
    return Set(words.filter { $0.hasPrefix(typed) }).sorted()
  }

  /// The words that may follow in a statement that has options, and the names of modes where one is due.
  private func options(in text: String) -> [String] {
    let statement = text.split(whereSeparator: { $0 == "\n" || $0 == ";" }).last ?? ""
    let words = statement.split(separator: " ").map(String.init)
    switch words.first.flatMap(Keyword.init(spelling:)) {
    case .import: return StatementDeclaration.importOptions
    case .check: return ["against", "as coverage"]
    case .layers: return ["of", "encoding"]
    case .set: return words.count > 2 ? [] : Self.settings
    case .describe: return relations.modes.names + ["modes"]
    case .mode: return relations.modes.names + ["like", "speed", "without"]
    default: return words.dropLast().last == "by" || words.last == "by" ? relations.modes.names : []
    }
  }

  /// The columns of every relation that the text names.
  private func columnNames(in text: String) -> [String] {
    let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    return relations.relationNames.filter(words.contains).flatMap { name in
      ((try? relations.relation(named: name)) ?? nil)?.schema.attributes.map(\.name) ?? []
    }
  }
}
