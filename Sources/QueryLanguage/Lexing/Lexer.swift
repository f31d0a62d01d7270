/// Cuts UTF-8 bytes into tokens in one pass; what it cannot read becomes a diagnostic and an `.invalid` token.
///
/// O(bytes). Full-width punctuation counts as its ASCII counterpart, `--` begins a comment, a leading byte-order mark is
/// skipped, and CR, LF and CRLF all end a line.
struct Lexer {
  let bytes: [UInt8]
  var index = 0
  var lexed = LexedText()

  static func lex(_ source: SourceText) -> LexedText {
    var lexer = Lexer(bytes: source.bytes)
    if source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { lexer.index = 3 }
    lexer.lexed.tokens.reserveCapacity(source.bytes.count / 4)
    while lexer.index < lexer.bytes.count { lexer.lexToken() }
    lexer.emit(.endOfText, from: lexer.index)
    return lexer.lexed
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func emit(_ kind: Token.Kind, from start: Int, payload: Int = 0) {
    lexed.tokens.append(Token(kind: kind, start: start, end: index, payload: payload))
  }

  mutating func report(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, fix: String?) {
    guard lexed.diagnostics.count < Parser.mostMistakes else { return lexed.unlisted += 1 }
    lexed.diagnostics.append(Diagnostic(code, at: range, message, fix: fix))
  }

  /// The sign or digit at `position` in ASCII, also when written full-width, and its length in bytes.
  func sign(at position: Int) -> (ascii: UInt8, length: Int)? {
    guard position < bytes.count else { return nil }
    if bytes[position] < 0x80 { return (bytes[position], 1) }
    guard let (scalar, length) = decodeScalar(bytes, at: position),
      let ascii = ScalarClass.asciiCounterpart(scalar)
    else { return nil }
    return (ascii, length)
  }

  private mutating func lexToken() {
    let start = index
    guard let (scalar, length) = decodeScalar(bytes, at: index) else { return lexStray() }
    if ScalarClass.isSpace(scalar) {
      index += length
    } else if ScalarClass.beginsName(scalar) {
      lexName()
    } else if let (ascii, length) = sign(at: index) {
      lexSign(ascii, length)
    } else {
      switch scalar {
      case 0x201C, 0x201D: lexText(closedBy: .curly)
      case 0x2018, 0x2019: lexText(closedBy: .single)
      case 0x2264: emit(.lessOrEqual, from: start, skipping: length)
      case 0x2265: emit(.greaterOrEqual, from: start, skipping: length)
      case 0x2260: emit(.notEqual, from: start, skipping: length)
      default: lexStray()
      }
    }
  }

  private mutating func emit(_ kind: Token.Kind, from start: Int, skipping length: Int) {
    index += length
    emit(kind, from: start)
  }

  private mutating func lexSign(_ ascii: UInt8, _ length: Int) {
    let start = index
    let next = sign(at: index + length)
    func isNext(_ character: Unicode.Scalar) -> Bool { next?.ascii == UInt8(ascii: character) }
    let single = length
    let double = length + (next?.length ?? 0)
    switch Unicode.Scalar(ascii) {
    case "\n": emit(.newline, from: start, skipping: 1)
    case "\r": emit(.newline, from: start, skipping: isNext("\n") ? 2 : 1)
    case "0"..."9": lexNumber()
    case "\"": lexText(closedBy: .double)
    case "'": lexText(closedBy: .single)
    case "`": lexQuotedName()
    case "-" where isNext("-"):
      while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
    case ";": emit(.semicolon, from: start, skipping: single)
    case ",": emit(.comma, from: start, skipping: single)
    case "(": emit(.opening, from: start, skipping: single)
    case ")": emit(.closing, from: start, skipping: single)
    case ":": emit(.colon, from: start, skipping: single)
    case "+": emit(.plus, from: start, skipping: single)
    case "-": emit(.minus, from: start, skipping: single)
    case "*": emit(.star, from: start, skipping: single)
    case "/": emit(.slash, from: start, skipping: single)
    case "%": emit(.percent, from: start, skipping: single)
    case "." where startsFraction(next): lexNumber()
    case ".": emit(.dot, from: start, skipping: single)
    case "|" where isNext("|"): emit(.doublePipe, from: start, skipping: double)
    case "|": emit(.pipe, from: start, skipping: single)
    case "&" where isNext("&"): emit(.doubleAmpersand, from: start, skipping: double)
    case "=" where isNext("="): emit(.equal, from: start, skipping: double)
    case "=" where isNext(">") || isNext("<"):
      let meant = isNext(">") ? ">=" : "<="
      report(
        .foreignOperator, start..<(start + double), "the sign of a comparison begins with < or >", fix: "write \(meant)"
      )
      emit(isNext(">") ? .greaterOrEqual : .lessOrEqual, from: start, skipping: double)
    case "=": emit(.assign, from: start, skipping: single)
    case "!" where isNext("="): emit(.notEqual, from: start, skipping: double)
    case "!": emit(.exclamation, from: start, skipping: single)
    case "<" where isNext("="): emit(.lessOrEqual, from: start, skipping: double)
    case "<" where isNext(">"):
      report(
        .foreignOperator, start..<(start + double), "two values are unequal with `!=` here", fix: "write `!=`")
      emit(.notEqual, from: start, skipping: double)
    case "<": emit(.less, from: start, skipping: single)
    case ">" where isNext("="): emit(.greaterOrEqual, from: start, skipping: double)
    case ">": emit(.greater, from: start, skipping: single)
    default: lexStray()
    }
  }

  /// A point begins a number when a digit follows and no name, call or number stands directly before.
  private func startsFraction(_ next: (ascii: UInt8, length: Int)?) -> Bool {
    guard let next, isASCIIDigit(next.ascii) else { return false }
    guard let last = lexed.tokens.last, last.end == index else { return true }
    return !(last.isName || last.isNumber || last.kind == .closing)
  }

  private mutating func lexName() {
    let start = index
    while index < bytes.count, let (scalar, length) = decodeScalar(bytes, at: index),
      ScalarClass.continuesName(scalar)
    {
      index += length
    }
    emit(.name, from: start)
    guard index - start <= Keyword.longestSpelling else { return }
    let spelling = String(decoding: bytes[start..<index], as: UTF8.self)
    guard let word = Keyword(spelling: spelling) else { return }
    lexed.tokens[lexed.tokens.count - 1].word = word
    lexed.tokens[lexed.tokens.count - 1].isReserved = Keyword.isReserved(spelling: spelling)
  }

  /// Takes in a run of malformed bytes, or of characters without a meaning, as one mistake.
  private mutating func lexStray() {
    let start = index
    if decodeScalar(bytes, at: index) == nil {
      while index < bytes.count, decodeScalar(bytes, at: index) == nil { index += 1 }
      report(.invalidUTF8, start..<index, "these bytes are not UTF-8 text", fix: "save the text as UTF-8")
    } else {
      var first: UInt32?
      while index < bytes.count, let (scalar, length) = decodeScalar(bytes, at: index), isStray(scalar) || first == nil
      {
        first = first ?? scalar
        index += length
      }
      reportStray(first ?? 0, start..<index)
    }
    emit(.invalid, from: start)
  }

  private func isStray(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0A, 0x0D, 0x2018, 0x2019, 0x201C, 0x201D, 0x2260, 0x2264, 0x2265: return false
    case 0x23...0x24, 0x26, 0x3F...0x40, 0x5B...0x5E, 0x7B, 0x7D...0x7E: return true
    case 0x20..<0x7F: return false
    default:
      return !ScalarClass.isSpace(scalar) && !ScalarClass.beginsName(scalar)
        && ScalarClass.asciiCounterpart(scalar) == nil
    }
  }

  private mutating func reportStray(_ scalar: UInt32, _ range: Range<Int>) {
    let known: [UInt32: String] = [
      0x26: "write `and` to join conditions", 0x7E: "write `like` to match a pattern",
      0x5B: "write ( and )", 0x5D: "write ( and )", 0x7B: "write ( and )", 0x7D: "write ( and )",
      0x5C: "put text in double quotes", 0x23: "begin a comment with --",
      0x3002: "end a statement with a new line or ;",
      0x2014: "write -- before a comment, - to subtract", 0x2013: "write - to subtract",
    ]
    let hex = String(scalar, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    let category = Unicode.Scalar(scalar)?.properties.generalCategory
    if scalar < 0x20 || scalar == 0x7F || category == .format || category == .control || category == .unassigned {
      report(.strayCharacter, range, "an invisible character (\(code)) has no meaning here", fix: "delete it")
    } else {
      let shown = String(decoding: bytes[range].prefix(40), as: UTF8.self)
      report(
        .strayCharacter, range, "`\(shown)` (\(code)) has no meaning here",
        fix: known[scalar] ?? "delete it, or put a name that holds it in backticks and a text in double quotes")
    }
  }
}

func isASCIIDigit(_ ascii: UInt8) -> Bool { (0x30...0x39).contains(ascii) }
