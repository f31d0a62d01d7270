import FeatureTables
import QueryLanguage

/// Operators with their rules of units: sums and comparisons need one dimension, products make a new one.
extension ExpressionBinder {
  mutating func bindBinary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ operatorRange: Range<Int>,
    _ range: Range<Int>
  ) -> BoundExpression? {
    switch operation {
    case .and, .or:
      let a = bindCondition(left)
      let b = bindCondition(right)
      guard let a, let b else { return nil }
      return BoundExpression(operation == .and ? .and(a, b) : .or(a, b), type: .boolean, range: range)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      let boundLeft = bind(left)
      let boundRight = bind(right)
      guard let boundLeft, let boundRight else { return nil }
      if boundLeft.isNullConstant || boundRight.isNullConstant {
        return fail(.typeMismatch, operatorRange, "nothing is equal to null", fix: "write `is null` or `is not null`")
      }
      guard let (a, b) = align(boundLeft, boundRight, operation.rawValue, operatorRange) else { return nil }
      guard let comparison = BoundExpression.Comparison(rawValue: operation.rawValue) else { return nil }
      return BoundExpression(.compare(comparison, a, b), type: .boolean, range: range)
    case .add, .subtract:
      let boundLeft = bind(left)
      let boundRight = bind(right)
      guard let a = boundLeft, let b = boundRight else { return nil }
      if let date = dateArithmetic(operation, a, b, range) { return date }
      guard numeric(a, operation, left.range), numeric(b, operation, right.range) else { return nil }
      guard let (x, y) = align(a, b, operation.rawValue, operatorRange) else { return nil }
      let type =
        x.type == .integer
        ? ValueType.integer : a.type == .number(.percent) || b.type == .number(.percent) ? .number(.percent) : x.type
      return BoundExpression(.arithmetic(operation == .add ? .add : .subtract, x, y), type: type, range: range)
    case .multiply, .divide:
      let boundLeft = bind(left)
      let boundRight = bind(right)
      guard let a = boundLeft, let b = boundRight else { return nil }
      guard numeric(a, operation, left.range), numeric(b, operation, right.range) else { return nil }
      if operation == .multiply, a.type == .integer, b.type == .integer {
        return BoundExpression(.arithmetic(.multiply, a, b), type: .integer, range: range)
      }
      return BoundExpression(
        .arithmetic(operation == .multiply ? .multiply : .divide, a.asNumber, b.asNumber),
        type: .number(resultUnit(operation, a.type, b.type)), range: range)
    }
  }

  /// The unit in which a product or a quotient is printed.
  private func resultUnit(_ operation: BinaryOperator, _ left: ValueType, _ right: ValueType) -> Unit {
    let a = left.dimension ?? Dimension.one
    let b = right.dimension ?? Dimension.one
    let dimension = operation == .multiply ? a * b : a / b
    if case .number(let unit) = left, b == Dimension.one, unit != .percent || operation == .divide { return unit }
    if case .number(let unit) = right, a == Dimension.one, operation == .multiply, unit != .percent { return unit }
    return Unit.preferred(for: dimension)
  }

  private mutating func numeric(_ value: BoundExpression, _ operation: BinaryOperator, _ range: Range<Int>) -> Bool {
    if value.type.isNumeric && !value.isNullConstant { return true }
    let fix = value.type == .text && operation == .add ? "join texts with concat(a, b)" : nil
    diagnostics.append(
      Diagnostic(
        .typeMismatch, at: range, "`\(operation.rawValue)` needs numbers; this is \(describe(value))", fix: fix))
    return false
  }

  /// `date - date`, `date + time`, `date - time`; `nil` without a diagnostic for anything else.
  private func dateArithmetic(
    _ operation: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, _ range: Range<Int>
  ) -> BoundExpression? {
    let arithmetic = operation == .add ? BoundExpression.Arithmetic.add : .subtract
    if a.type == .date, b.type == .date, operation == .subtract, let day = Unit.named("d") {
      return BoundExpression(.arithmetic(.subtract, a, b), type: .number(day), range: range)
    }
    if a.type == .date, b.type.dimension == .time {
      return BoundExpression(.arithmetic(arithmetic, a, b), type: .date, range: range)
    }
    return nil
  }

  /// Two values brought to one type so that they can be compared or added; integers widen to numbers.
  mutating func align(_ a: BoundExpression, _ b: BoundExpression, _ verb: String, _ range: Range<Int>) -> (
    BoundExpression, BoundExpression
  )? {
    if a.type == b.type && a.type != .geometry { return (a, b) }
    if b.isNullConstant { return (a, BoundExpression(.constant(.null), type: a.type, range: b.range)) }
    if a.isNullConstant { return (BoundExpression(.constant(.null), type: b.type, range: a.range), b) }
    if let left: Dimension = a.type.dimension, let right: Dimension = b.type.dimension {
      if left == right { return (a.asNumber, b.asNumber) }
      // A bare number beside a quantity: the unit was forgotten.
      if left == .one || right == .one, case let (bare, other) = left == .one ? (a, b) : (b, a),
        bare.constantNumber != nil
      {
        let number = describeNumber(bare)
        return fail(
          .missingUnit, bare.range,
          "\(number) what? \(describe(other)) is \(left == .one ? right.description : left.description)",
          fix: "write \(unitExamples(for: other.type.dimension, number: number))")
      }
      return fail(
        .unitMismatch, range, "`\(verb)` between \(left.description) and \(right.description)",
        fix: "both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`")
    }
    // A date written as text is compared as a date.
    if a.type == .date, case .constant(.text(let text)) = b.kind {
      guard let date = CalendarDate(text) else {
        return fail(
          .typeMismatch, b.range, "\"\(text)\" is not a date", fix: "write a date such as 2021-05-11, without quotes")
      }
      return (a, .constant(.date(date), .date, b.range))
    }
    let fix =
      a.type == .text || b.type == .text
      ? "put texts in double quotes, and numbers without" : nil
    return fail(.typeMismatch, range, "`\(verb)` between \(a.type.description) and \(b.type.description)", fix: fix)
  }

  /// Several values brought to one type, as the branches of `case` or the arguments of coalesce.
  mutating func unify(_ values: [BoundExpression], _ place: String) -> [BoundExpression]? {
    guard var type = values.first(where: { !$0.isNullConstant })?.type ?? values.first?.type else { return nil }
    if type == .integer, values.contains(where: { $0.type != .integer && $0.type.isNumeric }) { type = .plainNumber }
    var result: [BoundExpression] = []
    for value in values {
      if value.isNullConstant {
        result.append(BoundExpression(.constant(.null), type: type, range: value.range))
      } else if value.type == type {
        result.append(value)
      } else if value.type.isNumeric, type.isNumeric, value.type.dimension == type.dimension {
        result.append(BoundExpression(value.asNumber.kind, type: type, range: value.range))
      } else {
        return fail(.typeMismatch, value.range, "\(place) differ: \(type.description) and \(value.type.description)")
      }
    }
    return result
  }

  func describe(_ value: BoundExpression) -> String {
    if case .field(let name) = value.kind, !name.hasPrefix("#") { return "\(name) (\(value.type.description))" }
    if let dimension = value.type.dimension { return dimension.description }
    return value.type.description
  }

  func describeNumber(_ value: BoundExpression) -> String {
    switch value.constantValue {
    case .integer(let whole)?: "\(whole)"
    case .number(let number)?: number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
    default: "this"
    }
  }

  /// `500 m or 500 km`
  func unitExamples(for dimension: Dimension?, number: String? = nil) -> String {
    let symbols = Unit.declarations.filter { $0.unit.dimension == dimension && $0.unit != .percent }.map(\.unit.symbol)
    let preferred: [String] =
      switch dimension {
      case .some(.length): ["m", "km"]
      case .some(.area): ["km2", "mu"]
      case .some(.time): ["min", "h"]
      default: Array(symbols.prefix(2))
      }
    return preferred.map { unit in number.map { "\($0) \(unit)" } ?? unit }.joined(separator: " or ")
  }
}
