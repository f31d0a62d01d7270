import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  func call(
    _ function: ScalarFunction, _ arguments: [BoundExpression], _ expression: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    switch function {
    case .coalesce: return try coalesce(arguments, expression, batch)
    case .least: return try extreme(arguments, least: true, expression, batch)
    case .greatest: return try extreme(arguments, least: false, expression, batch)
    default: break
    }
    let operands = try arguments.map { try vector($0, batch) }
    guard !operands.isEmpty else {
      throw ExecutionDiagnostic.unexpected("\(function.rawValue)() has no argument", at: expression.range)
    }
    return try strict(operands, expression) { count, validity, operands in
      switch function {
      case .area, .length, .x, .y, .distance, .kind, .vertices:
        return try place(function, operands, count, validity, expression)
      case .lower, .upper, .trim, .characters:
        return try text(function, operands[0], count, validity, expression)
      case .abs, .round, .floor, .ceiling, .sqrt:
        return try number(function, operands, count, validity, expression)
      case .year, .month, .day, .date:
        return try date(function, operands[0], count, validity, expression)
      case .concat: return try concatenated(operands, count, validity, expression)
      case .coalesce, .least, .greatest:
        throw ExecutionDiagnostic.unexpected("\(function.rawValue)() is not strict", at: expression.range)
      }
    }
  }
}
