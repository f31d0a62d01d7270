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
      if a.type == .date || b.type == .date { return failDates(operation, a, b, range) }
      guard numeric(a, operation, left.range), numeric(b, operation, right.range) else { return nil }
      guard let (x, y) = align(a, b, operation.rawValue, operatorRange) else { return nil }
      let isShare = a.type == .number(.percent) || b.type == .number(.percent)
      let type = isShare ? .number(.percent) : x.type
      return BoundExpression(.arithmetic(operation == .add ? .add : .subtract, x, y), type: type, range: range)
    case .multiply, .divide:
      let boundLeft = bind(left)
      let boundRight = bind(right)
      guard let a = boundLeft, let b = boundRight else { return nil }
      guard numeric(a, operation, left.range), numeric(b, operation, right.range) else { return nil }
      if operation == .multiply, a.type == .integer, b.type == .integer {
        return BoundExpression(.arithmetic(.multiply, a, b), type: .integer, range: range)
      }
      guard let unit = resultUnit(operation, a.type, b.type) else {
        return fail(
          .unitMismatch, range, "this has a unit beyond the \(Self.highestPower)th power",
          fix: "divide by a unit on the way to get plain numbers, such as `length() / 1 m`")
      }
      return BoundExpression(
        .arithmetic(operation == .multiply ? .multiply : .divide, a.asNumber, b.asNumber), type: .number(unit),
        range: range)
    }
  }

  /// Nothing that is planned has a higher one, and exponents must not overflow.
  private static let highestPower = 9

  /// The unit in which a product or a quotient is printed; `nil` for one of no use.
  private func resultUnit(_ operation: BinaryOperator, _ left: ValueType, _ right: ValueType) -> Unit? {
    let a = left.dimension ?? Dimension.one
    let b = right.dimension ?? Dimension.one
    let dimension = operation == .multiply ? a * b : a / b
    guard [dimension.length, dimension.time, dimension.mass].allSatisfy({ abs(Int($0)) <= Self.highestPower }) else {
      return nil
    }
    // A share keeps its sign when a number divides it, and is a factor anywhere else.
    if case .number(let unit) = left, b == .one, unit != .percent || operation == .divide && right.isPlain {
      return unit
    }
    if case .number(let unit) = right, a == .one, operation == .multiply, unit != .percent { return unit }
    return Unit.preferred(for: dimension)
  }

  private mutating func numeric(_ value: BoundExpression, _ operation: BinaryOperator, _ range: Range<Int>) -> Bool {
    if value.type.isNumeric && !value.isNullConstant { return true }
    let isText = value.type == .text && !value.isNullConstant
    let fix: String? =
      value.isNullConstant
      ? "give nulls a value before, such as coalesce(a, 0)"
      : isText && operation == .add ? "join texts with concat(a, b)" : nil
    diagnostics.append(
      Diagnostic(
        .typeMismatch, at: range, "`\(operation.rawValue)` needs numbers; this is \(describe(value))", fix: fix))
    return false
  }

  /// `date - date`, `date + time`, `time + date`, `date - time`; `nil` without a diagnostic for anything else.
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
    if b.type == .date, a.type.dimension == .time, operation == .add {
      return BoundExpression(.arithmetic(.add, b, a), type: .date, range: range)
    }
    return nil
  }

  private mutating func failDates(
    _ operation: BinaryOperator, _ a: BoundExpression, _ b: BoundExpression, _ range: Range<Int>
  ) -> BoundExpression? {
    let (date, other) = a.type == .date ? (a, b) : (b, a)
    if other.type.isPlain, let number = other.constantNumber {
      return fail(
        .missingUnit, other.range, "\(written(number)) what? it stands beside \(describe(date))",
        fix: "write \(written(number)) d")
    }
    return fail(
      .typeMismatch, range, "`\(operation.rawValue)` between \(describe(a)) and \(describe(b))",
      fix: "a time is added to a date, as in valid_from + 30 d; two dates are subtracted, valid_to - valid_from")
  }

  /// Two values brought to one type so that they can be compared or added; integers widen to numbers.
  mutating func align(_ a: BoundExpression, _ b: BoundExpression, _ verb: String, _ range: Range<Int>) -> (
    BoundExpression, BoundExpression
  )? {
    if a.type == .geometry || b.type == .geometry {
      return fail(
        .typeMismatch, range, "`\(verb)` does not compare geometries",
        fix: "use distance(a, b), or a step such as `inside` or `intersecting`")
    }
    if b.isNullConstant { return (a, .constant(.null, a.type, b.range)) }
    if a.isNullConstant { return (.constant(.null, b.type, a.range), b) }
    if a.type == b.type { return (a, b) }
    if let left = a.type.dimension, let right = b.type.dimension {
      if let mistake = missingUnit(a, beside: b) ?? missingUnit(b, beside: a) {
        diagnostics.append(mistake)
        return nil
      }
      if left == right { return (a.asNumber, b.asNumber) }
      return fail(
        .unitMismatch, range, "`\(verb)` between \(left.description) and \(right.description)",
        fix: "both sides must be of one kind; divide by a unit to get a plain number, such as `area() / 1 km2`")
    }
    // A date written as text is compared as a date.
    if a.type == .date, case .constant(.text(let text)) = b.kind { return date(text, b.range).map { (a, $0) } }
    if b.type == .date, case .constant(.text(let text)) = a.kind { return date(text, a.range).map { ($0, b) } }
    let isMixed = a.type == .text && b.type.isNumeric || b.type == .text && a.type.isNumeric
    let isDate = a.type == .date || b.type == .date
    return fail(
      .typeMismatch, range, "`\(verb)` between \(describe(a)) and \(describe(b))",
      fix: isMixed
        ? "put texts in double quotes, and numbers without"
        : isDate ? "write a date such as 2021-05-11" : nil)
  }

  /// A bare number beside a quantity: its unit was forgotten. Beside a share only a number above 1 is: `c.share > 80`.
  private func missingUnit(_ bare: BoundExpression, beside other: BoundExpression) -> Diagnostic? {
    guard bare.type.isPlain, let number = bare.constantNumber, let dimension = other.type.dimension else { return nil }
    let text = written(number)
    if other.type == .number(.percent) {
      guard abs(number) > 1, other.constantValue == nil else { return nil }
      return Diagnostic(
        .missingUnit, at: bare.range, "\(text) what? it stands beside \(describe(other)), of which the whole is 1",
        fix: "write \(text) %")
    }
    guard dimension != .one else { return nil }
    var examples = unitExamples(for: dimension, number: text)
    // A column says itself in which unit it is kept.
    if case .number(let unit) = other.type, other.isField || unit != .preferred(for: dimension) {
      examples = "\(text) \(unit.typed)"
    }
    return Diagnostic(
      .missingUnit, at: bare.range, "\(text) what? it stands beside \(describe(other))",
      fix: examples.map { "write \($0)" } ?? "write its unit")
  }

  private mutating func date(_ text: String, _ range: Range<Int>) -> BoundExpression? {
    if let date = CalendarDate(text) { return .constant(.date(date), .date, range) }
    return fail(
      .typeMismatch, range, "\"\(text)\" is not a date", fix: "write a date such as 2021-05-11, without quotes")
  }

  /// Several values brought to one type, as the branches of `case` or the arguments of coalesce.
  mutating func unify(_ values: [BoundExpression], _ place: String) -> [BoundExpression]? {
    let known = values.filter { !$0.isNullConstant }
    // Whole numbers widen to what the others are.
    guard let type = known.first(where: { $0.type != .integer })?.type ?? known.first?.type ?? values.first?.type
    else { return nil }
    var result: [BoundExpression] = []
    for value in values {
      if value.isNullConstant {
        result.append(.constant(.null, type, value.range))
      } else if value.type == type {
        result.append(value)
      } else if let dimension = value.type.dimension, dimension == type.dimension {
        result.append(BoundExpression(value.asNumber.kind, type: type, range: value.range))
      } else if let other = known.first(where: { $0.type == type }), let mistake = missingUnit(value, beside: other) {
        diagnostics.append(mistake)
      } else {
        diagnostics.append(
          Diagnostic(
            .typeMismatch, at: value.range, "\(place) differ: \(type.described) and \(value.type.described)",
            fix: "make them of one type"))
      }
    }
    return result.count == values.count ? result : nil
  }
}
