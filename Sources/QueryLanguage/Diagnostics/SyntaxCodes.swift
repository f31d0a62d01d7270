/// The mistakes of writing; what each means stands above it.
extension DiagnosticCode {
  // Characters and literals
  /// Bytes that are not UTF-8.
  public static let invalidUTF8 = syntax("invalid-utf8")
  /// A character that the language does not use.
  public static let strayCharacter = syntax("stray-character")
  /// A string without its closing quote.
  public static let unterminatedString = syntax("unterminated-string")
  /// A backslash before a character that needs none.
  public static let unknownEscape = syntax("unknown-escape")
  /// A string in single quotes.
  public static let singleQuotes = syntax("single-quotes")
  /// A name in backticks that is empty or has no closing backtick.
  public static let malformedName = syntax("malformed-name")
  /// Digits that make no number, or a number too large to hold.
  public static let malformedNumber = syntax("malformed-number")
  /// A day that the calendar does not have.
  public static let noSuchDate = syntax("no-such-date")

  // Structure
  /// Something is missing or something else stands in its place.
  public static let expected = syntax("expected")
  /// Text after the end of a statement or step.
  public static let unexpected = syntax("unexpected")
  /// Two steps without `|` between them.
  public static let missingPipe = syntax("missing-pipe")
  /// Nothing between two `|`, or after the last.
  public static let emptyStep = syntax("empty-step")
  /// A word after `|` that is no step.
  public static let unknownStep = syntax("unknown-step")
  /// A statement that begins with a step.
  public static let missingSource = syntax("missing-source")
  /// SQL outside `sql "…"`.
  public static let notSQL = syntax("not-sql")
  /// A result named without `let`.
  public static let missingLet = syntax("missing-let")
  /// A step whose result needs a name after `as`.
  public static let missingName = syntax("missing-name")
  /// A parenthesis that is never closed.
  public static let unclosedParenthesis = syntax("unclosed-parenthesis")
  /// A closing parenthesis that was never opened.
  public static let unmatchedParenthesis = syntax("unmatched-parenthesis")
  /// Parentheses, operators or steps nested too deeply.
  public static let tooDeep = syntax("too-deep")
  /// A reserved word used as a name.
  public static let reservedWord = syntax("reserved-word")
  /// A keyword in capital letters.
  public static let letterCase = syntax("letter-case")
  /// An option given twice.
  public static let repeatedOption = syntax("repeated-option")
  /// A row of `values` that does not fit the first.
  public static let unevenRows = syntax("uneven-rows")
  /// More mistakes than are worth listing.
  public static let tooManyMistakes = syntax("too-many-mistakes")

  // Expressions
  /// `=` where values are compared.
  public static let singleEquals = syntax("single-equals")
  /// An operator of another language.
  public static let foreignOperator = syntax("foreign-operator")
  /// `a < b < c`
  public static let chainedComparison = syntax("chained-comparison")
  /// `== null`, which never holds.
  public static let comparedWithNull = syntax("compared-with-null")
  /// A distance without its unit in front of a layer.
  public static let missingUnit = syntax("missing-unit")

  private static func syntax(_ name: String) -> DiagnosticCode { DiagnosticCode("syntax." + name, .query) }
}
