import FeatureTables
import QueryPlanning

/// Bound expressions as they would be typed, with numbers in the units they are printed in.
enum ExpressionText {
  static func of(_ expression: BoundExpression) -> String { text(expression, inside: 0) }

  /// How tightly an operator binds; operands that bind less get parentheses.
  private static func text(_ expression: BoundExpression, inside outer: Int) -> String {
    let (text, strength) = written(expression)
    return strength < outer ? "(\(text))" : text
  }

  private static func written(_ expression: BoundExpression) -> (text: String, strength: Int) {
    switch expression.kind {
    case .constant(let value): return (of(value, expression.type), 9)
    case .field(let name): return (name, 9)
    case .number(let inner): return written(inner)
    case .or(let a, let b): return ("\(text(a, inside: 1)) or \(text(b, inside: 1))", 1)
    case .and(let a, let b): return ("\(text(a, inside: 2)) and \(text(b, inside: 2))", 2)
    case .not(let inner): return negated(inner)
    case .compare(let comparison, let a, let b):
      return ("\(text(a, inside: 5)) \(comparison.rawValue) \(text(b, inside: 5))", 4)
    case .isIn(let a, let list): return ("\(text(a, inside: 5)) in \(listed(list))", 4)
    case .like(let a, let pattern): return ("\(text(a, inside: 5)) like \(quoted(pattern))", 4)
    case .isNull(let a): return ("\(text(a, inside: 5)) is null", 4)
    case .arithmetic(let operation, let a, let b):
      let strength = operation == .add || operation == .subtract ? 5 : 6
      return ("\(text(a, inside: strength)) \(operation.rawValue) \(text(b, inside: strength + 1))", strength)
    case .negate(let a): return ("-\(text(a, inside: 8))", 7)
    case .caseWhen(let branches, let otherwise):
      let parts = branches.map { "when \(of($0.condition)) then \(of($0.value))" }
      let last = otherwise.map { " else \(of($0))" } ?? ""
      return ("case \(parts.joined(separator: " "))\(last) end", 9)
    case .call(let function, let arguments):
      let shown = arguments.count == 1 && arguments[0].kind == .field(Field.geometryName) ? [] : arguments
      return ("\(function.rawValue)(\(shown.map { of($0) }.joined(separator: ", ")))", 9)
    }
  }

  private static func negated(_ inner: BoundExpression) -> (text: String, strength: Int) {
    switch inner.kind {
    case .isIn(let a, let list): ("\(text(a, inside: 5)) not in \(listed(list))", 4)
    case .like(let a, let pattern): ("\(text(a, inside: 5)) not like \(quoted(pattern))", 4)
    case .isNull(let a): ("\(text(a, inside: 5)) is not null", 4)
    default: ("not \(text(inner, inside: 4))", 3)
    }
  }

  private static func listed(_ list: [BoundExpression]) -> String {
    let shown = list.prefix(6).map { of($0) } + (list.count > 6 ? ["… \(list.count - 6) more"] : [])
    return "(\(shown.joined(separator: ", ")))"
  }

  private static func of(_ value: Value, _ type: ValueType) -> String {
    switch value {
    case .null: "null"
    case .text(let text): quoted(text)
    case .number(let number):
      if case .number(let unit) = type { quantity(number, unit) } else { value.text }
    default: value.text
    }
  }

  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }

  /// `500 m` for 500 in base units; what the unit's factor leaves behind the twelfth digit is not shown.
  static func quantity(_ number: Double, _ unit: Unit) -> String {
    let shown = number / unit.factor
    let whole = shown.rounded()
    let isWhole = abs(shown - whole) <= 1e-12 * abs(whole) && abs(whole) < 1e15
    let digits = isWhole ? String(Int64(whole)) : shown.description
    return unit.symbol.isEmpty ? digits : "\(digits) \(unit.symbol)"
  }
}
