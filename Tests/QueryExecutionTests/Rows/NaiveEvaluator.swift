import FeatureTables
import QueryPlanning

/// What an expression means, value by value, written as plainly as can be: the oracle of the kernels.
struct NaiveEvaluator {
  let row: [String: Value]

  func value(_ e: BoundExpression) -> Value {
    switch e.kind {
    case .constant(let value): return value
    case .field(let name): return row[name] ?? .null
    case .number(let a):
      if case .integer(let whole) = value(a) { return .number(Double(whole)) }
      return value(a)
    case .negate(let a):
      switch value(a) {
      case .integer(let whole): return .integer(-whole)
      case .number(let number): return .number(-number)
      default: return .null
      }
    case .not(let a):
      if case .boolean(let flag) = value(a) { return .boolean(!flag) }
      return .null
    case .and(let a, let b):
      let (x, y) = (value(a), value(b))
      if x == .boolean(false) || y == .boolean(false) { return .boolean(false) }
      return x == .null || y == .null ? .null : .boolean(true)
    case .or(let a, let b):
      let (x, y) = (value(a), value(b))
      if x == .boolean(true) || y == .boolean(true) { return .boolean(true) }
      return x == .null || y == .null ? .null : .boolean(false)
    case .arithmetic(let operation, let a, let b): return arithmetic(operation, value(a), value(b))
    case .compare(let comparison, let a, let b): return compared(comparison, value(a), value(b))
    case .isIn(let a, let list):
      var result = Value.boolean(false)
      for element in list {
        switch compared(.equal, value(a), value(element)) {
        case .boolean(true): return .boolean(true)
        case .null: result = .null
        default: break
        }
      }
      return result
    case .like(let a, let pattern):
      guard case .text(let text) = value(a) else { return .null }
      return .boolean(Self.like(Array(text.unicodeScalars), Array(pattern.unicodeScalars)))
    case .isNull(let a): return .boolean(value(a) == .null)
    case .caseWhen(let branches, let otherwise):
      for branch in branches where value(branch.condition) == .boolean(true) { return value(branch.value) }
      return otherwise.map { value($0) } ?? .null
    case .call(let function, let arguments): return call(function, arguments.map { value($0) })
    }
  }

  private func arithmetic(_ operation: BoundExpression.Arithmetic, _ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.integer(let x), .integer(let y)):
      switch operation {
      case .add: return .integer(x + y)
      case .subtract: return .integer(x - y)
      case .multiply: return .integer(x * y)
      case .divide: return y == 0 ? .null : .integer(x / y)
      }
    case (.number(let x), .number(let y)):
      switch operation {
      case .add: return .number(x + y)
      case .subtract: return .number(x - y)
      case .multiply: return .number(x * y)
      case .divide: return y == 0 ? .null : .number(x / y)
      }
    case (.date(let x), .date(let y)):
      return .number(Double(x.daysSince1970 - y.daysSince1970) * 86_400)
    case (.date(let x), .number(let seconds)):
      let days = Int32(seconds / 86_400)
      return .date(CalendarDate(daysSince1970: x.daysSince1970 + (operation == .add ? days : -days)))
    default: return .null
    }
  }

  private func compared(_ comparison: BoundExpression.Comparison, _ a: Value, _ b: Value) -> Value {
    func decide<T: Comparable>(_ x: T, _ y: T) -> Value {
      switch comparison {
      case .equal: .boolean(x == y)
      case .notEqual: .boolean(x != y)
      case .less: .boolean(x < y)
      case .lessOrEqual: .boolean(x <= y)
      case .greater: .boolean(x > y)
      case .greaterOrEqual: .boolean(x >= y)
      }
    }
    switch (a, b) {
    case (.integer(let x), .integer(let y)): return decide(x, y)
    case (.number(let x), .number(let y)): return decide(x, y)
    case (.date(let x), .date(let y)): return decide(x, y)
    case (.boolean(let x), .boolean(let y)): return decide(x ? 1 : 0, y ? 1 : 0)
    case (.text(let x), .text(let y)): return decide(Bytes(x), Bytes(y))
    default: return .null
    }
  }

  private func call(_ function: ScalarFunction, _ values: [Value]) -> Value {
    switch function {
    case .coalesce: return values.first { $0 != .null } ?? .null
    case .least, .greatest:
      let known = values.filter { $0 != .null }
      let numbers = known.filter { !$0.isNaN }
      return (numbers.isEmpty ? known : numbers).reduce(.null) { best, value in
        if best == .null { return value }
        let better = compared(function == .least ? .less : .greater, value, best)
        return better == .boolean(true) ? value : best
      }
    default: break
    }
    if values.contains(.null) { return .null }
    switch (function, values[0]) {
    case (.abs, .integer(let x)): return .integer(x < 0 ? -x : x)
    case (.abs, .number(let x)): return .number(x.magnitude)
    case (.sqrt, .number(let x)): return x < 0 ? .null : .number(x.squareRoot())
    case (.lower, .text(let x)): return .text(x.lowercased())
    case (.upper, .text(let x)): return .text(x.uppercased())
    case (.characters, .text(let x)): return .integer(Int64(x.unicodeScalars.count))
    case (.concat, _):
      return .text(values.map { if case .text(let text) = $0 { text } else { "" } }.joined())
    case (.year, .date(let x)): return .integer(Int64(x.components.year))
    case (.month, .date(let x)): return .integer(Int64(x.components.month))
    case (.day, .date(let x)): return .integer(Int64(x.components.day))
    case (.date, .text(let x)): return CalendarDate(x).map { .date($0) } ?? .null
    default: return .null
    }
  }

  static func like(_ text: [Unicode.Scalar], _ pattern: [Unicode.Scalar]) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = Array(pattern.dropFirst())
    if first == "%" { return (0...text.count).contains { like(Array(text[$0...]), rest) } }
    guard let character = text.first else { return false }
    return (first == "_" || first == character) && like(Array(text.dropFirst()), rest)
  }
}

/// A text in the order of its bytes.
struct Bytes: Comparable {
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  static func < (a: Bytes, b: Bytes) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
}

extension Value {
  var isNaN: Bool {
    if case .number(let number) = self { return number.isNaN }
    return false
  }

  /// Equal, with NaN equal to itself.
  func isSame(as other: Value) -> Bool { self == other || (isNaN && other.isNaN) }
}
