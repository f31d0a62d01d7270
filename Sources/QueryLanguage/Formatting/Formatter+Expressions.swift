extension Formatter {
  typealias Precedence = RecursiveDescent.Precedence

  /// An expression with no more parentheses than it needs.
  public static func format(_ expression: Expression) -> String { format(expression, atLeast: .or) }

  static func format(_ expression: Expression, atLeast minimum: Precedence) -> String {
    guard let own = precedence(of: expression.kind) else { return formatAtom(expression.kind) }
    let text = formatOperation(expression.kind, own)
    return own < minimum ? "(\(text))" : text
  }

  /// `nil` for what needs no parentheses anywhere.
  private static func precedence(of kind: Expression.Kind) -> Precedence? {
    switch kind {
    case .binary(let sign, _, _, _):
      switch sign {
      case .or: .or
      case .and: .and
      case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
      case .add, .subtract: .sum
      case .multiply, .divide: .product
      }
    case .not: .not
    // The date of `open on` takes in a sum that follows.
    case .isIn, .like, .isNull, .openOn: .comparison
    case .convert: .conversion
    case .negate: .sign
    default: nil
    }
  }

  private static func formatOperation(_ kind: Expression.Kind, _ own: Precedence) -> String {
    switch kind {
    case .binary(let sign, let left, let right, _):
      // Comparisons do not chain, so that their left operand binds tighter, too.
      let leftMinimum = own == .comparison ? own.next : own
      return "\(format(left, atLeast: leftMinimum)) \(sign.rawValue) \(format(right, atLeast: own.next))"
    case .not(let operand): return "not \(format(operand, atLeast: .not))"
    case .isIn(let value, let items, let negated):
      let list = items.map(format).joined(separator: ", ")
      return "\(format(value, atLeast: .conversion)) \(negated ? "not in" : "in") (\(list))"
    case .like(let value, let pattern, let negated):
      let verb = negated ? "not like" : "like"
      return "\(format(value, atLeast: .conversion)) \(verb) \(format(pattern, atLeast: .conversion))"
    case .isNull(let value, let negated):
      return "\(format(value, atLeast: .conversion)) is \(negated ? "not null" : "null")"
    case .openOn(let date): return "open on \(format(date, atLeast: .sum))"
    case .convert(let value, let unit): return "\(format(value, atLeast: .conversion)) to \(format(unit))"
    case .negate(let operand):
      // Two hyphens would begin a comment.
      if case .negate = operand.kind { return "-(\(format(operand)))" }
      return "-\(format(operand, atLeast: .sign))"
    default: return formatAtom(kind)
    }
  }

  private static func formatAtom(_ kind: Expression.Kind) -> String {
    switch kind {
    case .number(let value, let whole): return whole.map { "\($0)" } ?? value.description
    case .quantity(let value, let unit): return "\(wholeDigits(value)) \(format(unit))"
    case .text(let text): return quoted(text)
    case .date(let year, let month, let day): return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    case .boolean(let value): return value ? "true" : "false"
    case .null: return "null"
    case .column(let path): return path.map(format).joined(separator: ".")
    case .call(let function, let arguments):
      return "\(format(function))(\(arguments.map(format).joined(separator: ", ")))"
    case .caseWhen(let branches, let otherwise):
      let parts = branches.map { "when \(format($0.condition)) then \(format($0.value))" }
      let last = otherwise.map { ["else \(format($0))"] } ?? []
      return (["case"] + parts + last + ["end"]).joined(separator: " ")
    default: return ""
    }
  }

  /// `km2`, `km/h`, `per km2`, `%`
  public static func format(_ unit: UnitName) -> String {
    let text = unitName(unit.text) + (unit.denominator.map { "/" + unitName($0) } ?? "")
    return unit.isReciprocal ? "per \(text)" : text
  }

  /// After a number, the words that go on with a step are units only in backticks.
  private static func unitName(_ text: String) -> String {
    if text == "%" { return text }
    return isPlainName(text) && Keyword(spelling: text.lowercased()) == nil ? text : inBackticks(text)
  }

  /// The shortest digits that give the number back, without an exponent when it is whole.
  private static func wholeDigits(_ value: Double) -> String {
    guard value == value.rounded() else { return value.description }
    if let whole = Int(exactly: value) { return String(whole) }
    // 1.234e+20 is 1234 and 17 zeros.
    let parts = value.description.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return value.description }
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    return mantissa[0] + fraction + String(repeating: "0", count: max(0, exponent - fraction.count))
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
