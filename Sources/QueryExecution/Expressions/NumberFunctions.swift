import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  func number(
    _ function: ScalarFunction, _ operands: [Vector], _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    if let whole = operands[0].integers {
      if function == .abs { return try absolute(whole, count, validity, expression) }
      if function != .sqrt && operands.count == 1 && expression.type == .integer {
        return Column(.integer(map(whole, count: count) { $0 }), validity: validity)
      }
    }
    let values = try numbers(operands[0], expression)
    if function == .abs { return Column(.number(map(values, count: count) { abs($0) }), validity: validity) }
    if function == .sqrt { return root(values, count, validity) }
    let digits =
      operands.count > 1 ? try numbers(operands[1], expression) : Operand(values: [0], start: 0, step: 0)
    let rounded = rounded(function, values, digits, count, unit: Self.factor(of: expression.type))
    return expression.type == .integer
      ? try wholeNumbers(rounded, validity, expression) : Column(.number(rounded), validity: validity)
  }

  /// In the unit in which the result is printed: `round(area() to mu)` gives whole mu. Halves go away from zero.
  private func rounded(
    _ function: ScalarFunction, _ values: Operand<Double>, _ digits: Operand<Double>, _ count: Int, unit: Double
  ) -> [Double] {
    map(values, digits, count: count) { value, digits in
      let scale = digits == 0 ? 1 : Self.powerOfTen(digits)
      let shown = value / unit * scale
      let nearest = shown.rounded(.toNearestOrAwayFromZero)
      // 900 mu are 600000.0000000001 m²: what a unit's factor adds must not lift `ceiling` to 901.
      let isWhole = abs(shown - nearest) <= 1e-12 * max(1, abs(shown))
      let result =
        function == .round || isWhole ? nearest : shown.rounded(function == .floor ? .down : .up)
      return result.isFinite ? result / scale * unit : value
    }
  }

  private static func factor(of type: ValueType) -> Double {
    if case .number(let unit) = type { return unit.factor }
    return 1
  }

  /// 10 to a whole power, within what a Double tells apart.
  private static func powerOfTen(_ exponent: Double) -> Double {
    let steps = Int(max(-15, min(15, exponent.isNaN ? 0 : exponent.rounded())))
    var power = 1.0
    for _ in 0..<abs(steps) { power *= 10 }
    return steps < 0 ? 1 / power : power
  }

  private func absolute(
    _ values: Operand<Int64>, _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    let result = map(values, count: count) { $0 < 0 ? 0 &- $0 : $0 }
    for i in result.indices where result[i] < 0 && (validity.isEmpty || validity[i]) {
      throw ExecutionDiagnostic.overflow("abs(\(result[i]))", at: expression.range)
    }
    return Column(.integer(result), validity: validity)
  }

  private func root(_ values: Operand<Double>, _ count: Int, _ validity: [Bool]) -> Column {
    let hasRoot = map(values, count: count) { !($0 < 0) }
    var valid = validity
    if hasRoot.contains(false) {
      valid = both(validity, hasRoot)
      if validity.isEmpty || valid != validity { context.note("the square root of a negative number gives null") }
    }
    return Column(.number(map(values, count: count) { $0 < 0 ? 0 : $0.squareRoot() }), validity: valid)
  }

  /// NaN becomes null; what 64 bits do not hold is a diagnostic.
  private func wholeNumbers(_ values: [Double], _ validity: [Bool], _ expression: BoundExpression) throws -> Column {
    var validity = validity
    var result = [Int64](repeating: 0, count: values.count)
    for i in values.indices where validity.isEmpty || validity[i] {
      if values[i].isNaN {
        if validity.isEmpty { validity = Array(repeating: true, count: values.count) }
        validity[i] = false
      } else if let whole = Int64(exactly: values[i]) {
        result[i] = whole
      } else {
        throw ExecutionDiagnostic.overflow("\(values[i])", at: expression.range)
      }
    }
    return Column(.integer(result), validity: validity)
  }
}
