/// Decides which line ends end a statement.
///
/// A line continues inside parentheses, after `|`, a comma, an operator or a word that needs something after it, and when
/// the next line begins with `|` or a connecting word. A line that plainly begins a statement (`let x`, `import "f"`) never
/// continues the one before, so that a forgotten parenthesis does not hide what follows it.
struct StatementLayout {
  private(set) var tokens: [Token] = []
  /// The last statement is not finished: more must follow.
  private(set) var isOpen = false

  /// O(tokens).
  init(_ lexed: LexedText) {
    tokens.reserveCapacity(lexed.tokens.count)
    /// Places of the parentheses that are open.
    var open: [Int] = []
    var index = 0
    var statementStart = 0
    let all = lexed.tokens
    while index < all.count {
      let token = all[index]
      switch token.kind {
      case .newline:
        var next = index
        while all[next].kind == .newline { next += 1 }
        index = next
        let keepsOpen = isUnfinished(from: statementStart, depth: open.count)
        let last = tokens.last?.kind
        if Self.continues(all[next], atDepth: open.count) { continue }
        if keepsOpen, last != .brokenText, !Self.beginsStatement(all, next) { continue }
        open = []
        tokens.append(token)
        statementStart = tokens.count
        continue
      case .opening: open.append(tokens.count)
      case .closing:
        if let place = open.popLast() { tokens[place].payload = tokens.count }
      case .semicolon:
        open = []
        statementStart = tokens.count + 1
      case .endOfText:
        isOpen = tokens.last?.kind != .brokenText && isUnfinished(from: statementStart, depth: open.count)
      default: break
      }
      tokens.append(token)
      index += 1
    }
  }

  private func isUnfinished(from statementStart: Int, depth: Int) -> Bool {
    guard statementStart < tokens.count, let last = tokens.last else { return false }
    // The topic of `help` may be any word or sign.
    if tokens[statementStart].word == .help, statementStart + 2 == tokens.count { return false }
    return depth > 0 || Self.needsMore(last)
  }

  /// Something must follow this token before a statement can end.
  private static func needsMore(_ token: Token) -> Bool {
    switch token.kind {
    case .pipe, .doublePipe, .comma, .colon, .assign, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .plus, .minus, .star, .slash, .doubleAmpersand:
      return true
    case .name:
      guard token.isReserved, let word = token.word else { return false }
      switch word {
      case .null, .true, .false, .end, .asc, .desc: return false
      default: return true
      }
    default: return false
    }
  }

  /// This token at the beginning of a line belongs to the statement before it.
  private static func continues(_ token: Token, atDepth depth: Int) -> Bool {
    if token.kind == .pipe || token.kind == .doublePipe { return true }
    if token.kind == .closing { return depth > 0 }
    guard token.isReserved, let word = token.word else { return false }
    switch word {
    case .not, .null, .true, .false, .case, .within: return false
    default: return true
    }
  }

  /// A statement's word with a name or text after it on the same line can be nothing else.
  private static func beginsStatement(_ tokens: [Token], _ index: Int) -> Bool {
    guard tokens[index].word?.isStatement == true, index + 1 < tokens.count else { return false }
    return tokens[index + 1].isFreeName || tokens[index + 1].kind == .text
  }
}
