/// What parsing a text gives: the statements that could be read and everything that was wrong with the others.
public struct ParseResult: Sendable {
  public let script: Script
  public let diagnostics: [Diagnostic]
  /// Names that `let`, `param` or `import … as` would have given in statements that could not be read; saying that they
  /// are unknown would report one mistake twice.
  public let unreadNames: [Identifier]

  public init(script: Script, diagnostics: [Diagnostic], unreadNames: [Identifier] = []) {
    self.script = script
    self.diagnostics = diagnostics
    self.unreadNames = unreadNames
  }
}

/// Reads text into a syntax tree; the grammar is in `Grammar.productions`.
public enum Parser {
  /// Parentheses, operators and steps may be nested so deep; a tree is never higher than twice this.
  public static let deepestNesting = 200
  /// After so many mistakes the rest is not listed.
  public static let mostMistakes = 100

  /// Reads a whole text, never failing: mistakes come back as diagnostics in the order of their places, and reading goes
  /// on with the next step or statement. A statement with a mistake that leaves its meaning plain (`=` for `==`) is
  /// still part of the script. O(bytes).
  public static func parse(_ source: SourceText) -> ParseResult {
    let lexed = Lexer.lex(source)
    var descent = RecursiveDescent(original: source, lexed: lexed, tokens: StatementLayout(lexed).tokens)
    let script = descent.script()
    var found = lexed.diagnostics + descent.diagnostics
    let places = found.indices.sorted { a, b in
      (found[a].range?.lowerBound ?? 0, a) < (found[b].range?.lowerBound ?? 0, b)
    }
    found = places.map { found[$0] }
    let more = max(0, found.count - mostMistakes) + lexed.unlisted + descent.unlisted
    if more > 0 {
      found = Array(found.prefix(mostMistakes))
      found.append(
        Diagnostic(
          .tooManyMistakes, severity: .note, at: nil, "\(more) more mistakes are not listed",
          fix: "mend the first ones, then run it again"))
    }
    return ParseResult(script: script, diagnostics: found, unreadNames: descent.unreadNames)
  }

  /// True when the text plainly goes on in the next line: it ends with `|`, a comma, an operator or a connecting word, or
  /// inside a parenthesis or the string of `sql`. Any other open string is a mistake to be shown at once.
  public static func isIncomplete(_ source: SourceText) -> Bool {
    let lexed = Lexer.lex(source)
    return lexed.endsInsideText || StatementLayout(lexed).isOpen
  }
}
