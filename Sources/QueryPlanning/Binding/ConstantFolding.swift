import FeatureTables

extension BoundExpression {
  /// The value of an expression that reads no field; `nil` when it does, or when it is more than arithmetic.
  public var constantValue: Value? {
    switch kind {
    case .constant(let value): return value
    case .number(let inner):
      if case .integer(let whole)? = inner.constantValue { return .number(Double(whole)) }
      return inner.constantValue
    case .negate(let inner):
      switch inner.constantValue {
      case .integer(let whole)?: return whole == .min ? nil : .integer(-whole)
      case .number(let number)?: return .number(-number)
      default: return nil
      }
    case .arithmetic(let operation, let left, let right):
      switch (left.constantValue, right.constantValue) {
      case (.number(let a)?, .number(let b)?):
        switch operation {
        case .add: return .number(a + b)
        case .subtract: return .number(a - b)
        case .multiply: return .number(a * b)
        case .divide: return b == 0 ? nil : .number(a / b)
        }
      case (.integer(let a)?, .integer(let b)?):
        let (value, overflow) =
          switch operation {
          case .add: a.addingReportingOverflow(b)
          case .subtract: a.subtractingReportingOverflow(b)
          case .multiply: a.multipliedReportingOverflow(by: b)
          case .divide: (Int64(0), true)
          }
        return overflow ? nil : .integer(value)
      default: return nil
      }
    default: return nil
    }
  }

  /// A constant as a number in base units.
  public var constantNumber: Double? {
    switch constantValue {
    case .number(let number)?: number
    case .integer(let whole)?: Double(whole)
    default: nil
    }
  }
}
