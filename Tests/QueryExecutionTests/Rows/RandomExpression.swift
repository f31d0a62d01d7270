import FeatureTables
import QueryPlanning
import TestSupport

@testable import QueryExecution

/// Rows and well-typed expressions over them, from a seed.
struct RandomExpression {
  var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  static let second = Unit.preferred(for: .time)
  private static let types: [ValueType] = [.boolean, .integer, .plainNumber, .text, .date]
  private static let texts = ["", "a", "ab", "B", "é", "街道", "街 道", "崔寨a", "2021-05-11", "ÀB", "z%_"]
  private static let patterns = ["%", "_", "a%", "%道", "_道", "%a%", "__", "街%道", "", "%_%b", "崔_a"]

  mutating func table(rows: Int) -> Table {
    var columns: [(String, ValueType, [Value])] = []
    for (number, type) in Self.types.enumerated() {
      for (suffix, nulls) in [("", 0), ("n", 4)] {
        let values = (0..<rows).map { _ in
          nulls > 0 && Int.random(in: 0..<nulls, using: &random) == 0 ? Value.null : value(type)
        }
        columns.append(("f\(number)\(suffix)", type, values))
      }
    }
    return QueryExecutionTests.table(columns)
  }

  mutating func value(_ type: ValueType) -> Value {
    switch type {
    case .boolean: return .boolean(Bool.random(using: &random))
    case .integer: return .integer(Int64.random(in: -5...5, using: &random))
    case .number:
      if Int.random(in: 0..<12, using: &random) == 0 { return .number(.nan) }
      return .number(Double(Int.random(in: -8...8, using: &random)) / 4)
    case .text: return .text(Self.texts.randomElement(using: &random) ?? "")
    default: return .date(CalendarDate(daysSince1970: Int32.random(in: 18_000...18_400, using: &random)))
    }
  }

  mutating func any(depth: Int) -> BoundExpression {
    make(Self.types.randomElement(using: &random) ?? .integer, depth: depth)
  }

  mutating func make(_ type: ValueType, depth: Int) -> BoundExpression {
    let number = Self.types.firstIndex(of: type) ?? 0
    if depth == 0 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0: return expression(.constant(value(type)), type)
      case 1: return null(type)
      case 2...4: return field("f\(number)", type)
      default: return field("f\(number)n", type)
      }
    }
    let below = depth - 1
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return make(type, depth: 0)
    case 1:
      let branches = (0..<Int.random(in: 1...2, using: &random)).map { _ in
        BoundBranch(condition: make(.boolean, depth: below), value: make(type, depth: below))
      }
      let otherwise = Bool.random(using: &random) ? make(type, depth: below) : nil
      return expression(.caseWhen(branches, otherwise: otherwise), type)
    case 2:
      let function: ScalarFunction = [.coalesce, .least, .greatest].randomElement(using: &random) ?? .coalesce
      let count = Int.random(in: 1...3, using: &random)
      return call(function, (0..<count).map { _ in make(type, depth: below) }, type)
    default: return typed(type, below)
    }
  }

  private mutating func typed(_ type: ValueType, _ depth: Int) -> BoundExpression {
    let choice = Int.random(in: 0..<6, using: &random)
    let operations: [BoundExpression.Arithmetic] = [.add, .subtract, .multiply, .divide]
    let operation = operations.randomElement(using: &random) ?? .add
    switch type {
    case .boolean: return condition(choice, depth)
    case .integer:
      switch choice {
      case 0: return expression(.negate(make(.integer, depth: depth)), type)
      case 1: return call(.abs, [make(.integer, depth: depth)], type)
      case 2: return call(.characters, [make(.text, depth: depth)], type)
      case 3:
        let part: ScalarFunction = [.year, .month, .day].randomElement(using: &random) ?? .day
        // Small numbers only, so that products stay within 64 bits.
        let small = call(part, [make(.date, depth: depth)], type)
        return expression(.arithmetic(.divide, small, constant(500)), type)
      default:
        return expression(.arithmetic(operation, make(.integer, depth: depth), make(.integer, depth: depth)), type)
      }
    case .number:
      switch choice {
      case 0: return expression(.negate(make(type, depth: depth)), type)
      case 1: return call(.sqrt, [make(type, depth: depth)], type)
      case 2: return expression(.number(make(.integer, depth: depth)), type)
      case 3: return expression(.arithmetic(.subtract, make(.date, depth: depth), make(.date, depth: depth)), type)
      default: return expression(.arithmetic(operation, make(type, depth: depth), make(type, depth: depth)), type)
      }
    case .text:
      switch choice {
      case 0: return call(.lower, [make(.text, depth: depth)], type)
      case 1: return call(.upper, [make(.text, depth: depth)], type)
      default: return call(.concat, [make(.text, depth: depth), make(.text, depth: depth)], type)
      }
    default:
      if choice == 0 { return call(.date, [make(.text, depth: depth)], type) }
      let days = constant(Double(Int.random(in: -3...3, using: &random)) * 86_400, Self.second)
      return expression(
        .arithmetic(Bool.random(using: &random) ? .add : .subtract, make(.date, depth: depth), days), type)
    }
  }

  private mutating func condition(_ choice: Int, _ depth: Int) -> BoundExpression {
    let (a, b) = (make(.boolean, depth: depth), make(.boolean, depth: depth))
    let type = Self.types.randomElement(using: &random) ?? .integer
    switch choice {
    case 0: return expression(.not(a), .boolean)
    case 1: return expression(.and(a, b), .boolean)
    case 2: return expression(.or(a, b), .boolean)
    case 3:
      if Bool.random(using: &random) { return expression(.isNull(make(type, depth: depth)), .boolean) }
      let pattern = Self.patterns.randomElement(using: &random) ?? ""
      return expression(.like(make(.text, depth: depth), pattern: pattern), .boolean)
    case 4:
      let list = (0..<Int.random(in: 1...3, using: &random)).map { _ in make(type, depth: 0) }
      return expression(.isIn(make(type, depth: depth), list), .boolean)
    default:
      let comparisons: [BoundExpression.Comparison] = [
        .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
      ]
      return compare(
        make(type, depth: depth), comparisons.randomElement(using: &random) ?? .equal, make(type, depth: depth))
    }
  }
}
