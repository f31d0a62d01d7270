extension RecursiveDescent {
  /// A literal, a column, a call, `case`, `open on`, or an expression in parentheses.
  mutating func primary() throws(Abandoned) -> Expression {
    let token = current
    height = 1
    switch token.kind {
    case .wholeNumber, .number:
      advance()
      return try quantity(token)
    case .text:
      advance()
      return Expression(.text(value(ofText: token)), range: token.range)
    case .date:
      advance()
      let packed = token.payload
      return Expression(
        .date(year: packed / 10_000, month: packed / 100 % 100, day: packed % 100), range: token.range)
    case .opening: return try parenthesizedExpression()
    case .name, .quotedName: return try named()
    case .star:
      throw fail(
        .unexpected, at: token.range, "`*` stands between two numbers and does not mean all columns",
        fix: "leave select out to keep every column, or write the names")
    case .plus:
      throw fail(.unexpected, at: token.range, "`+` stands between two values", fix: "delete it")
    default:
      throw expectedValue()
    }
  }

  private mutating func parenthesizedExpression() throws(Abandoned) -> Expression {
    let open = current
    let failuresBefore = failures
    try descend()
    advance()
    let inner = try expression()
    if at(.pipe), failures == failuresBefore {
      throw fail(
        .unexpected, at: current.range, "a pipeline is no value",
        fix: "name it with let, or join it with nearest, locate or join")
    }
    try close(open, failuresBefore: failuresBefore)
    depth -= 1
    return Expression(inner.kind, range: open.start..<previousEnd)
  }

  private mutating func named() throws(Abandoned) -> Expression {
    let token = current
    switch token.word {
    case .true, .false:
      advance()
      return Expression(.boolean(token.word == .true), range: token.range)
    case .null:
      advance()
      return Expression(.null, range: token.range)
    case .case: return try caseWhen()
    case .open where peek().word == .on:
      advance()
      advance()
      let date = try expression(atLeast: .sum)
      try grow(over: height)
      return Expression(.openOn(date), range: token.start..<date.range.upperBound)
    default: break
    }
    if token.isReserved {
      // A word that goes on with the statement shows that a value is missing before it.
      let isName = [.dot, .assign, .equal, .notEqual, .less, .greater, .comma].contains(peek().kind)
      throw isName ? reserved(token) : expectedValue()
    }
    advance()
    let first = identifier(token)
    if at(.opening) { return try call(first) }
    var path = [first]
    while take(.dot) {
      guard current.isName else { throw expected("the name of a column", fix: "write h.name") }
      path.append(identifier(current))
      advance()
    }
    return Expression(.column(path), range: token.start..<previousEnd)
  }

  private mutating func call(_ function: Identifier) throws(Abandoned) -> Expression {
    if peek().kind == .closing {
      advance()
      advance()
      return Expression(.call(function, []), range: function.range.lowerBound..<previousEnd)
    }
    if peek().kind == .star, peek(2).kind == .closing {
      let star = peek().range
      report(.unexpected, at: star, "rows are counted without `*`", fix: "write \(function.text)()")
      for _ in 0..<3 { advance() }
      return Expression(.call(function, []), range: function.range.lowerBound..<previousEnd)
    }
    var highest = 0
    let arguments = try parenthesized { (descent) throws(Abandoned) in
      let argument = try descent.expression()
      highest = max(highest, descent.height)
      return argument
    }
    try grow(over: highest)
    return Expression(.call(function, arguments), range: function.range.lowerBound..<previousEnd)
  }

  /// `case when condition then value … [else value] end`
  private mutating func caseWhen() throws(Abandoned) -> Expression {
    let start = current.start
    let example = "write case when condition then value else value end"
    advance()
    var branches: [CaseBranch] = []
    var otherwise: Expression?
    var highest = 0
    guard at(.when) else { throw expected("`when`", fix: example) }
    while take(.when) {
      let condition = try expression()
      highest = max(highest, height)
      if !take(.then) { throw expected("`then`", fix: example) }
      let value = try expression()
      highest = max(highest, height)
      branches.append(CaseBranch(condition: condition, value: value))
    }
    if take(.else) {
      otherwise = try expression()
      highest = max(highest, height)
    }
    if !take(.end) { throw expected("`end`", fix: example) }
    try grow(over: highest)
    return Expression(.caseWhen(branches, otherwise: otherwise), range: start..<previousEnd)
  }

  // MARK: Units

  /// The number just read, with the unit that follows it.
  private mutating func quantity(_ token: Token) throws(Abandoned) -> Expression {
    let (value, whole) = lexed.numbers[token.payload]
    let isReciprocal = at(.per) && (peek().isFreeName || peek().kind == .percent)
    guard isReciprocal || current.kind == .percent || isUnit(current) else {
      return Expression(.number(value, whole: whole), range: token.range)
    }
    var unit = try unit("a unit")
    if !unit.isReciprocal, unit.denominator == nil, at(.per), peek().isFreeName {
      advance()
      unit.denominator = identifier(current).text
      unit.range = unit.range.lowerBound..<current.end
      advance()
    }
    return Expression(.quantity(value, unit), range: token.start..<previousEnd)
  }

  /// A name after a number is its unit, unless it is a word that goes on with the step.
  private func isUnit(_ token: Token) -> Bool {
    guard token.isName else { return false }
    if token.kind == .quotedName { return true }
    if let word = token.word ?? capitalized(token) {
      return !(Keyword.reserved.contains(word) || word == .from || word.isStep || word.isStatement || word.isOption)
    }
    return true
  }

  /// `km2`, `km/h` written without spaces, `%`, or `per km2`.
  mutating func unit(_ what: String, fix: String? = nil) throws(Abandoned) -> UnitName {
    let start = current.start
    let isReciprocal = take(.per)
    if take(.percent) { return UnitName("%", isReciprocal: isReciprocal, range: start..<previousEnd) }
    let above = try name(what, fix: fix)
    var denominator: String?
    if at(.slash), current.start == previousEnd, peek().isFreeName, peek().start == current.end {
      advance()
      denominator = identifier(current).text
      advance()
    }
    return UnitName(
      above.text, denominator: denominator, isReciprocal: isReciprocal, range: start..<previousEnd)
  }
}
