import FeatureTables
import QueryLanguage
import QueryPlanning

extension ExpressionEvaluator {
  static let secondsOfDay = 86_400.0

  func arithmetic(
    _ operation: BoundExpression.Arithmetic, _ a: Vector, _ b: Vector, _ expression: BoundExpression
  ) throws -> Vector {
    try strict([a, b], expression) { count, validity, operands in
      let (a, b) = (operands[0], operands[1])
      if let first = a.dates {
        if let second = b.dates {
          let seconds = map(first, second, count: count) { (Double($0) - Double($1)) * Self.secondsOfDay }
          return Column(.number(seconds), validity: validity)
        }
        return try shifted(first, by: try numbers(b, expression), operation, count, validity, expression)
      }
      if let days = b.dates, operation == .add {
        return try shifted(days, by: try numbers(a, expression), operation, count, validity, expression)
      }
      if let first = a.integers, let second = b.integers, expression.type == .integer {
        return try whole(operation, first, second, count, validity, expression)
      }
      return decimal(operation, try numbers(a, expression), try numbers(b, expression), count, validity)
    }
  }

  private func decimal(
    _ operation: BoundExpression.Arithmetic, _ a: Operand<Double>, _ b: Operand<Double>, _ count: Int,
    _ validity: [Bool]
  ) -> Column {
    switch operation {
    case .add: return Column(.number(map(a, b, count: count) { $0 + $1 }), validity: validity)
    case .subtract: return Column(.number(map(a, b, count: count) { $0 - $1 }), validity: validity)
    case .multiply: return Column(.number(map(a, b, count: count) { $0 * $1 }), validity: validity)
    case .divide:
      let divisible = withoutZeros(b, count, validity) { $0 != 0 }
      return Column(.number(map(a, b, count: count) { $1 == 0 ? 0 : $0 / $1 }), validity: divisible)
    }
  }

  /// Null where a row is already, or where it is divided by zero; notes the latter.
  private func withoutZeros<Element>(
    _ divisor: Operand<Element>, _ count: Int, _ validity: [Bool], _ isNonZero: (Element) -> Bool
  ) -> [Bool] {
    let nonZero = map(divisor, count: count, isNonZero)
    if !nonZero.contains(false) { return validity }
    let divisible = both(validity, nonZero)
    if validity.isEmpty || divisible != validity { remarks.note("division by zero gives null") }
    return divisible
  }

  /// Whole numbers: overflow in a row that is not null is a diagnostic; the quotient is cut towards zero.
  private func whole(
    _ operation: BoundExpression.Arithmetic, _ a: Operand<Int64>, _ b: Operand<Int64>, _ count: Int,
    _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    var overflow = false
    var validity = validity
    let values: [Int64]
    switch operation {
    case .add:
      values = map(a, b, count: count) {
        let (sum, beyond) = $0.addingReportingOverflow($1)
        overflow = overflow || beyond
        return sum
      }
    case .subtract:
      values = map(a, b, count: count) {
        let (difference, beyond) = $0.subtractingReportingOverflow($1)
        overflow = overflow || beyond
        return difference
      }
    case .multiply:
      values = map(a, b, count: count) {
        let (product, beyond) = $0.multipliedReportingOverflow(by: $1)
        overflow = overflow || beyond
        return product
      }
    case .divide:
      validity = withoutZeros(b, count, validity) { $0 != 0 }
      values = map(a, b, count: count) {
        if $1 == 0 { return 0 }
        let (quotient, beyond) = $0.dividedReportingOverflow(by: $1)
        overflow = overflow || beyond
        return quotient
      }
    }
    if overflow { try refuseOverflow(operation, a, b, count, validity, expression) }
    return Column(.integer(values), validity: validity)
  }

  /// Null rows hold anything, so an overflow counts only when a row with values shows it.
  private func refuseOverflow(
    _ operation: BoundExpression.Arithmetic, _ a: Operand<Int64>, _ b: Operand<Int64>, _ count: Int,
    _ validity: [Bool], _ expression: BoundExpression
  ) throws {
    for i in 0..<count where validity.isEmpty || validity[i] {
      let (x, y) = (a.values[a.start + i * a.step], b.values[b.start + i * b.step])
      let beyond =
        switch operation {
        case .add: x.addingReportingOverflow(y).overflow
        case .subtract: x.subtractingReportingOverflow(y).overflow
        case .multiply: x.multipliedReportingOverflow(by: y).overflow
        case .divide: x.dividedReportingOverflow(by: y).overflow
        }
      if beyond { throw ExecutionDiagnostic.overflow("\(x) \(operation.rawValue) \(y)", at: expression.range) }
    }
  }

  /// `date + time` and `date - time`, where the time must be of whole days.
  private func shifted(
    _ days: Operand<Int32>, by seconds: Operand<Double>, _ operation: BoundExpression.Arithmetic, _ count: Int,
    _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    let sign = operation == .subtract ? -1.0 : 1.0
    let moved = map(days, seconds, count: count) { Double($0) + sign * $1 / Self.secondsOfDay }
    var result = [Int32](repeating: 0, count: count)
    for i in 0..<count where validity.isEmpty || validity[i] {
      let day = moved[i]
      guard day == day.rounded() else {
        throw Diagnostic(
          .partOfDay, at: expression.range,
          "a date moves by whole days, and \(seconds.values[seconds.start + i * seconds.step]) s is not a number of days",
          fix: "write the time in days, as in `365 d`")
      }
      guard CalendarDate.days.contains(day) else {
        throw Diagnostic(
          .overflow, at: expression.range, "the date is outside the years 1 to 9999",
          fix: "check the time that is added")
      }
      result[i] = Int32(day)
    }
    return Column(.date(result), validity: validity)
  }

  func negated(_ expression: BoundExpression) -> (Int, [Bool], [Vector]) throws -> Column {
    { count, validity, operands in
      guard let whole = operands[0].integers, expression.type == .integer else {
        return Column(.number(map(try numbers(operands[0], expression), count: count) { -$0 }), validity: validity)
      }
      let values = map(whole, count: count) { 0 &- $0 }
      for i in values.indices where values[i] == .min && (validity.isEmpty || validity[i]) {
        throw ExecutionDiagnostic.overflow("-(\(values[i]))", at: expression.range)
      }
      return Column(.integer(values), validity: validity)
    }
  }
}

extension CalendarDate {
  /// The days of the years 1 to 9999.
  static let days = -719_162.0...2_932_896.0
}
