import FeatureTables
import QueryLanguage

/// Lengths that a step is given.
extension Binder {
  /// A constant length in metres.
  ///
  /// - Parameter limits: in metres.
  mutating func length(
    _ expression: Expression, limits: ClosedRange<Double> = 0...Self.longestLength, isReach: Bool = false
  ) -> Double? {
    guard let bound = bindConstant(expression) else { return nil }
    if bound.type.dimension == .time, isReach {
      return fail(.timeWithoutMode, expression.range, "a time needs a way to travel", fix: timeFix)
    }
    guard bound.type.dimension == .length, let value = bound.constantNumber else {
      return quantityMissing(bound, expression.range, ["m", "km"])
    }
    if value.isNaN || value < limits.lowerBound {
      return fail(
        .outOfRange, expression.range,
        limits.lowerBound > 0 ? "a length of at least 1 cm is due" : "a length of 0 or more is due",
        fix: "write a length such as 500 m")
    }
    if value > limits.upperBound {
      return fail(
        .outOfRange, expression.range, "this is more than once around the earth", fix: "write a length such as 500 m")
    }
    return value
  }

  /// The earth's girth, in metres.
  static let longestLength = 40_075_017.0

  mutating func quantityMissing<Result>(_ bound: BoundExpression, _ range: Range<Int>, _ units: [String]) -> Result? {
    if bound.type.isPlain, let number = bound.constantNumber {
      let text = written(number)
      return fail(
        .missingUnit, range, "\(text) what?", fix: "write \(units.map { "\(text) \($0)" }.joined(separator: " or "))")
    }
    let given = bound.isNullConstant ? "null" : bound.type.dimension?.description ?? bound.type.described
    return fail(
      .unitMismatch, range, "a length is due here, not \(bound.type == .number(.percent) ? "a share" : given)",
      fix: "write \(units.map { "500 \($0)" }.joined(separator: " or "))")
  }

  mutating func noNetwork<Result>(_ mode: Identifier) -> Result? {
    fail(
      .noNetwork, mode.range, "no street network is loaded, so nothing can be reached by \(mode.text)",
      fix: "write a length alone for the straight line, such as 1000 m")
  }
}
