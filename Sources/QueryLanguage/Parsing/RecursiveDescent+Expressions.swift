extension RecursiveDescent {
  /// How tightly operators bind, the loosest first: `a or b and not c + d * -e to m < f` is
  /// `a or (b and (not (((c + (d * (-e))) to m) < f)))`.
  enum Precedence: Int, Comparable {
    case or = 1, and, not, comparison, conversion, sum, product, sign

    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
    /// The operand on the right of a left-associative operator binds tighter.
    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .sign }
  }

  /// An expression by precedence climbing (Richards and Whitby-Strevens 1979), its operators at least so tight.
  mutating func expression(atLeast minimum: Precedence = .or) throws(Abandoned) -> Expression {
    try descend()
    var left = try prefixed(minimum)
    while let longer = try continued(left, atLeast: minimum) { left = longer }
    depth -= 1
    return left
  }

  private mutating func prefixed(_ minimum: Precedence) throws(Abandoned) -> Expression {
    let token = current
    switch token.kind {
    case .minus:
      advance()
      let operand = try expression(atLeast: .sign)
      try grow(over: height)
      return Expression(.negate(operand), range: token.start..<operand.range.upperBound)
    case .exclamation:
      report(.foreignOperator, at: token.range, "a condition is turned round with `not` here", fix: "write not")
    case .name where token.word == .not: break
    default: return try primary()
    }
    advance()
    if minimum > .not, token.kind == .name {
      throw fail(
        .unexpected, at: token.range, "`not` and its condition stand in parentheses here", fix: "write (not …)")
    }
    let operand = try expression(atLeast: .not)
    try grow(over: height)
    return Expression(.not(operand), range: token.start..<operand.range.upperBound)
  }

  /// `left` with the operator that follows and its right operand; `nil` when none that binds tightly enough follows.
  private mutating func continued(
    _ left: Expression, atLeast minimum: Precedence
  ) throws(Abandoned) -> Expression? {
    let token = current
    switch token.kind {
    case .doublePipe:
      guard isLogicalOr(token), minimum <= .or else { return nil }
      report(.foreignOperator, at: token.range, "conditions are joined with `or` here", fix: "write or")
      return try binary(.or, left, .or)
    case .doubleAmpersand:
      guard minimum <= .and else { return nil }
      report(.foreignOperator, at: token.range, "conditions are joined with `and` here", fix: "write and")
      return try binary(.and, left, .and)
    case .assign:
      guard minimum <= .comparison else { return nil }
      report(.singleEquals, at: token.range, "values are compared with `==`", fix: "write ==")
      return try comparison(.equal, left)
    case .name: return try worded(left, atLeast: minimum)
    case .percent:
      throw fail(
        .unexpected, at: token.range, "`%` is the unit of a number and no operator", fix: "write 80 %, or delete it")
    default: break
    }
    guard let (sign, precedence) = Self.signs[token.kind], precedence >= minimum else { return nil }
    return precedence == .comparison ? try comparison(sign, left) : try binary(sign, left, precedence)
  }

  private static let signs: [Token.Kind: (BinaryOperator, Precedence)] = [
    .equal: (.equal, .comparison), .notEqual: (.notEqual, .comparison), .less: (.less, .comparison),
    .lessOrEqual: (.lessOrEqual, .comparison), .greater: (.greater, .comparison),
    .greaterOrEqual: (.greaterOrEqual, .comparison), .plus: (.add, .sum), .minus: (.subtract, .sum),
    .star: (.multiply, .product), .slash: (.divide, .product),
  ]

  /// `||` is `or` unless a step follows.
  private func isLogicalOr(_ token: Token) -> Bool { !(peek().word?.isStep ?? false) || peek(2).kind == .opening }

  private mutating func binary(
    _ sign: BinaryOperator, _ left: Expression, _ precedence: Precedence
  ) throws(Abandoned) -> Expression {
    let operatorRange = current.range
    let leftHeight = height
    advance()
    let right = try expression(atLeast: precedence.next)
    try grow(over: max(leftHeight, height))
    return Expression(
      .binary(sign, left, right, operatorRange: operatorRange),
      range: left.range.lowerBound..<right.range.upperBound)
  }

  /// A comparison; `a < b < c` is reported and read as `a < b and b < c`.
  private mutating func comparison(_ sign: BinaryOperator, _ left: Expression) throws(Abandoned) -> Expression {
    let compared = try binary(sign, left, .comparison)
    guard case .binary(_, _, let middle, let place) = compared.kind else { return compared }
    if middle.kind == .null || left.kind == .null, sign == .equal || sign == .notEqual {
      report(
        .comparedWithNull, at: place, "a comparison with null never holds",
        fix: sign == .equal ? "write is null" : "write is not null")
    }
    return try unchained(compared, middle)
  }

  /// `compared`, and the comparisons wrongly chained to it by their common operand.
  private mutating func unchained(_ compared: Expression, _ common: Expression) throws(Abandoned) -> Expression {
    var result = compared
    var common = common
    var isFirst = true
    while let (sign, precedence) = Self.signs[current.kind], precedence == .comparison {
      let again = current
      let resultHeight = height
      let next = try binary(sign, common, .comparison)
      guard case .binary(_, _, let right, _) = next.kind else { return result }
      try grow(over: max(resultHeight, height))
      if isFirst {
        let fix = "write \(Formatter.format(compared)) and \(Formatter.format(next))"
        report(
          .chainedComparison, at: again.range, "comparisons do not chain",
          fix: fix.utf8.count <= 160 ? fix : "write two comparisons joined by and")
      }
      result = Expression(
        .binary(.and, result, next, operatorRange: again.range),
        range: compared.range.lowerBound..<right.range.upperBound)
      common = right
      isFirst = false
    }
    return result
  }

  /// The operators that are words: `and or in like is to`, and `not` before `in` and `like`.
  private mutating func worded(_ left: Expression, atLeast minimum: Precedence) throws(Abandoned) -> Expression? {
    let token = current
    let small = capitalized(token)
    guard let word = token.word ?? small, let precedence = Self.words[word], precedence >= minimum else {
      if token.word == nil, text(token) == "between" { throw between(left) }
      return nil
    }
    if small != nil { reportCapitals(token, word) }
    switch precedence {
    case .or: return try binary(.or, left, .or)
    case .and: return try binary(.and, left, .and)
    case .conversion:
      advance()
      let unit = try unit("a unit", fix: "write to m, to km2, to mu …")
      try grow(over: height)
      return Expression(.convert(left, to: unit), range: left.range.lowerBound..<previousEnd)
    default: return try membership(word, left)
    }
  }

  private static let words: [Keyword: Precedence] = [
    .or: .or, .and: .and, .in: .comparison, .like: .comparison, .is: .comparison, .not: .comparison, .to: .conversion,
  ]

  private mutating func between(_ left: Expression) -> Abandoned {
    let name = Formatter.format(left)
    return fail(
      .foreignOperator, at: current.range, "limits are written as two comparisons",
      fix: name.utf8.count <= 60 ? "write \(name) >= … and \(name) <= …" : "write a >= … and a <= …")
  }

  private mutating func membership(_ word: Keyword, _ left: Expression) throws(Abandoned) -> Expression {
    let leftHeight = height
    var word: Keyword? = word
    var negated = false
    advance()
    if word == .not {
      negated = true
      word = current.word ?? capitalized(current)
      guard word == .in || word == .like else {
        throw expected("`in` or `like`", fix: "write not in (…), not like \"…\", or not before the whole condition")
      }
      advance()
    }
    switch word {
    case .in:
      let items = try list()
      try grow(over: max(leftHeight, height))
      return Expression(.isIn(left, items, negated: negated), range: left.range.lowerBound..<previousEnd)
    case .like:
      let pattern = try expression(atLeast: .conversion)
      try grow(over: max(leftHeight, height))
      return Expression(
        .like(left, pattern: pattern, negated: negated), range: left.range.lowerBound..<pattern.range.upperBound)
    default:
      negated = takeInAnyCase(.not)
      if !takeInAnyCase(.null) {
        throw expected(
          "`null`",
          fix: negated ? "write is not null; values are compared with !=" : "write is null; values are compared with =="
        )
      }
      height = leftHeight
      try grow(over: height)
      return Expression(.isNull(left, negated: negated), range: left.range.lowerBound..<previousEnd)
    }
  }

  /// `( a, b, … )` after `in`.
  private mutating func list() throws(Abandoned) -> [Expression] {
    guard at(.opening) else { throw expected("a list in parentheses", fix: "write in (\"a\", \"b\")") }
    if peek().kind == .closing {
      throw fail(.expected, at: current.start..<peek().end, "this list is empty", fix: "write in (\"a\", \"b\")")
    }
    var highest = 0
    let items = try parenthesized { (descent) throws(Abandoned) in
      let item = try descent.expression()
      highest = max(highest, descent.height)
      return item
    }
    height = highest
    return items
  }
}
