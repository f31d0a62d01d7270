/// A word, literal or sign with the bytes it was written in.
struct Token: Sendable, Hashable {
  enum Kind: UInt8, Sendable {
    case name, quotedName
    /// Written without point and exponent.
    case wholeNumber
    case number, text, date
    case newline, semicolon, endOfText
    case pipe, comma, opening, closing, dot, colon
    case assign, equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case plus, minus, star, slash, percent
    /// Signs of other languages, kept so that the parser can say what to write: `&&`, `||`, `!`.
    case doubleAmpersand, doublePipe, exclamation
    /// Something that the lexer has already reported.
    case invalid
    /// A string that runs to the end of its line, already reported.
    case brokenText
  }

  var kind: Kind
  var start: Int
  var end: Int
  /// What the word means where the grammar expects it; always `nil` in backticks.
  var word: Keyword?
  /// The word cannot be a name.
  var isReserved = false
  /// Index of a number's or text's value in the lexed text; a date as year · 10000 + month · 100 + day; after layout, the
  /// index of the token that closes an opening parenthesis, or 0.
  var payload = 0

  var range: Range<Int> { start..<end }
  var isName: Bool { kind == .name || kind == .quotedName }
  /// A name that is not a reserved word.
  var isFreeName: Bool { isName && !isReserved }
  var isNumber: Bool { kind == .wholeNumber || kind == .number }
  var endsStatement: Bool { kind == .newline || kind == .semicolon || kind == .endOfText }
}

/// A source text cut into tokens, the last of which is `.endOfText`.
struct LexedText: Sendable {
  var tokens: [Token] = []
  /// Whole ones of 64 bits also as they are written: beyond 2⁵³ the nearest `Double` is another.
  var numbers: [(value: Double, whole: Int64?)] = []
  /// Values of strings and of names in backticks.
  var texts: [String] = []
  /// The first `Parser.mostMistakes`.
  var diagnostics: [Diagnostic] = []
  /// How many mistakes came after those.
  var unlisted = 0
  /// The text ends inside a string that may go on in the next line.
  var endsInsideText = false
}
