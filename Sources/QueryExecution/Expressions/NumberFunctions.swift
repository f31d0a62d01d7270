import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  func number(
    _ function: ScalarFunction, _ operands: [Vector], _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    if function == .abs, let whole = operands[0].integers { return try absolute(whole, count, validity, expression) }
    let values = try numbers(operands[0], expression)
    switch function {
    case .abs: return Column(.number(map(values, count: count) { abs($0) }), validity: validity)
    case .sqrt: return root(values, count, validity)
    default:
      let steps = operands.count > 1 ? try numbers(operands[1], expression) : Operand(values: [1], start: 0, step: 0)
      return Column(.number(rounded(function, values, to: steps, count)), validity: validity)
    }
  }

  /// To a multiple of a step in base units, such as 10 000 m² for hundredths of a km². Halves go away from zero.
  private func rounded(
    _ function: ScalarFunction, _ values: Operand<Double>, to steps: Operand<Double>, _ count: Int
  ) -> [Double] {
    map(values, steps, count: count) { value, step in
      let shown = value / step
      let nearest = shown.rounded(.toNearestOrAwayFromZero)
      // 900 mu are 600000.0000000001 m²: what a unit's factor adds must not lift `ceiling` to 901.
      let isWhole = abs(shown - nearest) <= 1e-12 * abs(shown)
      let multiple = function == .round || isWhole ? nearest : shown.rounded(function == .floor ? .down : .up)
      // A step such as 0.01 has no exact double, its inverse has one: 29 / 100 is 0.29 where 29 × 0.01 is not.
      let inverse = (1 / step).rounded()
      let result = abs(inverse * step - 1) < 1e-12 ? multiple / inverse : multiple * step
      return result.isFinite ? result : value
    }
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
      if validity.isEmpty || valid != validity { remarks.note("the square root of a negative number gives null") }
    }
    return Column(.number(map(values, count: count) { $0 < 0 ? 0 : $0.squareRoot() }), validity: valid)
  }
}
