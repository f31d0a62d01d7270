/// Thrown to give up a step or statement whose mistake has been reported.
struct Abandoned: Error {}

/// A parser by recursive descent over laid-out tokens: its place, its mistakes, and how it finds its feet again.
///
/// The grammar's parts are extensions. A mistake that leaves the meaning plain is reported and reading goes on; any other is
/// thrown as `Abandoned`, caught where a step or a statement begins.
struct RecursiveDescent {
  let original: SourceText
  let lexed: LexedText
  /// Without the line ends that do not matter; the last is `.endOfText`.
  let tokens: [Token]
  var position = 0
  /// The first `Parser.mostMistakes`.
  var diagnostics: [Diagnostic] = []
  var unlisted = 0
  var unreadNames: [Identifier] = []
  /// Mistakes that left something unread, those of the lexer included.
  var failures = 0
  /// Open parentheses and nested operators.
  var depth = 0
  /// Height of the tree of the expression read last.
  var height = 0
  var isTooDeep = false

  init(original: SourceText, lexed: LexedText, tokens: [Token]) {
    self.original = original
    self.lexed = lexed
    self.tokens = tokens
  }

  // MARK: Looking

  var current: Token { tokens[position] }
  var previous: Token? { position > 0 ? tokens[position - 1] : nil }
  var previousEnd: Int { previous?.end ?? 0 }

  func peek(_ distance: Int = 1) -> Token { tokens[min(position + distance, tokens.count - 1)] }
  func at(_ kind: Token.Kind) -> Bool { current.kind == kind }
  func at(_ word: Keyword) -> Bool { current.word == word }
  var atEndOfStatement: Bool { current.endsStatement }

  /// Something with which a source may begin.
  func beginsSource(_ token: Token) -> Bool { token.isFreeName || token.kind == .opening }

  func text(_ token: Token) -> String { original[token.range] }

  func value(ofText token: Token) -> String { lexed.texts[token.payload] }

  func identifier(_ token: Token) -> Identifier {
    Identifier(token.kind == .quotedName ? value(ofText: token) : text(token), range: token.range)
  }

  /// A keyword written with capital letters, as in `WHERE`.
  func capitalized(_ token: Token) -> Keyword? {
    guard token.kind == .name, token.word == nil, token.end - token.start <= Keyword.longestSpelling else { return nil }
    let spelling = text(token)
    let lower = spelling.lowercased()
    return lower == spelling ? nil : Keyword(spelling: lower)
  }

  // MARK: Moving

  mutating func advance() {
    if position < tokens.count - 1 { position += 1 }
  }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  mutating func take(_ word: Keyword) -> Bool {
    guard current.word == word else { return false }
    advance()
    return true
  }

  /// Takes a keyword, reporting one in capital letters.
  mutating func takeInAnyCase(_ word: Keyword) -> Bool {
    if take(word) { return true }
    guard capitalized(current) == word else { return false }
    reportCapitals(current, word)
    advance()
    return true
  }

  // MARK: Mistakes

  /// Reports a mistake after which the meaning is still plain.
  mutating func report(_ code: DiagnosticCode, at range: Range<Int>, _ message: String, fix: String? = nil) {
    guard diagnostics.count < Parser.mostMistakes else { return unlisted += 1 }
    diagnostics.append(Diagnostic(code, at: range, Self.brief(message), fix: fix.map(Self.brief)))
  }

  /// Names of any length may have found their way into a message.
  private static func brief(_ text: String) -> String { text.utf8.count <= 500 ? text : text.prefix(400) + "…" }

  /// Reports a mistake that leaves the step or statement unread, unless the lexer has reported this place.
  mutating func fail(_ code: DiagnosticCode, at range: Range<Int>, _ message: String, fix: String? = nil) -> Abandoned {
    failures += 1
    let isReported = current.kind == .invalid || current.kind == .brokenText
    if !isReported { report(code, at: range, message, fix: fix) }
    return Abandoned()
  }

  mutating func reportCapitals(_ token: Token, _ word: Keyword) {
    report(
      .letterCase, at: token.range, "words of the language are written in small letters",
      fix: "write \(word.rawValue)")
  }

  /// `what` is due at the present place.
  mutating func expected(_ what: String, fix: String? = nil) -> Abandoned {
    let after = previous.flatMap { $0.endsStatement ? nil : " after \(shown($0))" } ?? ""
    if atEndOfStatement {
      let place = after.isEmpty ? current.start..<current.start : previousEnd..<previousEnd
      return fail(.expected, at: place, "\(what) is due\(after)", fix: fix)
    }
    return fail(.expected, at: current.range, "\(what) is due\(after), not \(shown(current))", fix: fix)
  }

  mutating func expectedValue() -> Abandoned {
    let isAfterComma = previous?.kind == .comma
    return expected(
      "a value",
      fix: isAfterComma ? "write one more, or delete the comma" : "write a column, a number with its unit, or \"text\"")
  }

  func shown(_ token: Token) -> String {
    if token.kind == .endOfText { return "the end of the text" }
    if token.kind == .newline { return "the end of the line" }
    let written = text(token)
    let cut = written.count > 30 ? written.prefix(29) + "…" : written[...]
    return token.kind == .text ? String(cut) : "`\(cut)`"
  }

  mutating func require(_ kind: Token.Kind, _ what: String, fix: String? = nil) throws(Abandoned) {
    if !take(kind) { throw expected(what, fix: fix) }
  }

  // MARK: Names

  /// A name that is due; a reserved word in its place is reported.
  mutating func name(_ what: String, fix: String? = nil) throws(Abandoned) -> Identifier {
    let token = current
    guard token.isName else { throw expected(what, fix: fix) }
    guard !token.isReserved else { throw reserved(token) }
    advance()
    return identifier(token)
  }

  mutating func reserved(_ token: Token) -> Abandoned {
    let word = text(token)
    return fail(
      .reservedWord, at: token.range, "`\(word)` is a word of the language and stands here for a name",
      fix: "write a name; one that is spelt so goes in backticks: `\(word)`")
  }

  // MARK: Recovery

  /// Skips from a mistake in the step that begins at token `start` to the next `|` of its pipeline, or to what ends it.
  mutating func skipStep(from start: Int) {
    if atEndOfStatement { return }
    var open = 0
    for token in tokens[start..<position] {
      if token.kind == .opening { open += 1 }
      if token.kind == .closing, open > 0 { open -= 1 }
    }
    while !atEndOfStatement {
      switch current.kind {
      case .opening: open += 1
      case .closing:
        if open == 0 { return }
        open -= 1
      case .pipe, .doublePipe:
        if open == 0, !isTooDeep { return }
      default: break
      }
      advance()
    }
  }

  mutating func skipStatement() {
    while !atEndOfStatement { advance() }
  }

  // MARK: Depth

  /// Counts one more level of nesting; every success is matched by `depth -= 1`.
  mutating func descend() throws(Abandoned) {
    guard depth < Parser.deepestNesting else { throw tooDeep() }
    depth += 1
  }

  mutating func tooDeep() -> Abandoned {
    let isFirst = !isTooDeep
    isTooDeep = true
    failures += 1
    if isFirst {
      report(
        .tooDeep, at: current.range, "this is nested more than \(Parser.deepestNesting) levels deep",
        fix: "name the inner part with let, or compute it in a step of its own")
    }
    skipStatement()
    return Abandoned()
  }

  /// Sets the height of a tree whose parts are at most `parts` high.
  mutating func grow(over parts: Int) throws(Abandoned) {
    guard parts < 2 * Parser.deepestNesting else { throw tooDeep() }
    height = parts + 1
  }

  // MARK: Parentheses

  /// Reads the closing parenthesis; silent when something inside was already given up.
  mutating func close(_ open: Token, failuresBefore: Int) throws(Abandoned) {
    if take(.closing) { return }
    if failures > failuresBefore { throw Abandoned() }
    if atEndOfStatement {
      throw fail(.unclosedParenthesis, at: open.range, "this parenthesis is not closed", fix: "close it with )")
    }
    throw expected("`)` or a comma", fix: "write a comma between items, or close the list with )")
  }

  /// The token after the parenthesis that closes the one at `index`; `nil` when none does.
  func tokenAfterMatchingParenthesis(from index: Int) -> Token? {
    let closing = tokens[index].payload
    return closing > 0 ? tokens[closing + 1] : nil
  }
}
