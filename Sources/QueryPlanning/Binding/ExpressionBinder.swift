import FeatureTables
import QueryLanguage

/// Gives an expression its names, types and units, against one schema.
///
/// Mistakes are collected, so that several are reported at once; what holds one binds to `nil` and causes no others.
struct ExpressionBinder {
  let schema: Schema
  /// `param` names, which stand behind fields of the same name.
  let parameters: [String: BoundExpression]
  /// What an aggregate means here.
  let aggregatePolicy: AggregatePolicy
  var aggregates: [BoundAggregate] = []
  var diagnostics: [Diagnostic] = []
  /// Columns that a mistake before has kept from being known.
  var unknown = UnknownColumns()
  /// A constant is due: a name can only be that of a parameter.
  var isConstant = false
  /// Keys of the groups: outside of aggregates these names mean them, and not the rows' fields.
  var groupKeys: [Field] = []
  /// Names that the hidden fields of aggregates may not take, besides those of the schema.
  var taken: Set<String> = []
  var insideAggregate = false

  enum AggregatePolicy {
    case allowed
    /// Why not.
    case refused(String)
  }

  init(schema: Schema, parameters: [String: BoundExpression], aggregates policy: AggregatePolicy) {
    self.schema = schema
    self.parameters = parameters
    aggregatePolicy = policy
  }

  mutating func bind(_ expression: Expression) -> BoundExpression? {
    let range = expression.range
    switch expression.kind {
    case .number(let number, let whole):
      if let whole { return .constant(.integer(whole), .integer, range) }
      return .constant(.number(number), .plainNumber, range)
    case .quantity(let number, let name):
      guard let unit = unit(name) else { return nil }
      return .constant(.number(number * unit.factor), .number(unit), range)
    case .text(let text): return .constant(.text(text), .text, range)
    case .date(let year, let month, let day):
      guard let date = CalendarDate(year: year, month: month, day: day) else {
        return fail(
          .outOfRange, range, "\(year)-\(month)-\(day) is not a date", fix: "write year-month-day, such as 2021-05-11")
      }
      return .constant(.date(date), .date, range)
    case .boolean(let value): return .constant(.boolean(value), .boolean, range)
    case .null: return .constant(.null, .text, range)
    case .column(let path): return bindColumn(path, range)
    case .call(let name, let arguments): return bindCall(name, arguments, range)
    case .negate(let inner):
      guard let value = bind(inner) else { return nil }
      guard value.type.isNumeric else {
        return fail(.typeMismatch, range, "`-` needs a number; this is \(describe(value))")
      }
      return BoundExpression(.negate(value), type: value.type, range: range)
    case .not(let inner):
      guard let value = bindCondition(inner) else { return nil }
      return BoundExpression(.not(value), type: .boolean, range: range)
    case .binary(let operation, let left, let right, let operatorRange):
      return bindBinary(operation, left, right, operatorRange, range)
    case .isIn(let subject, let list, let negated): return bindIn(subject, list, negated, range)
    case .like(let subject, let pattern, let negated): return bindLike(subject, pattern, negated, range)
    case .isNull(let subject, let negated):
      guard let bound = bind(subject) else { return nil }
      return BoundExpression(.isNull(bound), type: .boolean, range: range).negated(negated)
    case .caseWhen(let branches, let otherwise): return bindCase(branches, otherwise, range)
    case .convert(let inner, let name): return bindConversion(inner, to: name, range)
    case .openOn(let date): return bindOpen(on: date, range)
    }
  }

  /// A condition: true or false.
  mutating func bindCondition(_ expression: Expression) -> BoundExpression? {
    guard let bound = bind(expression) else { return nil }
    guard bound.type == .boolean else {
      return fail(
        .typeMismatch, expression.range, "this is \(describe(bound)), where a condition is due",
        fix: "compare it with something, such as `name == \"…\"` or `area() > 1 km2`")
    }
    return bound
  }

  // MARK: Diagnostics

  mutating func fail<Result>(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, fix: String? = nil)
    -> Result?
  {
    diagnostics.append(Diagnostic(code, at: range, message, fix: fix))
    return nil
  }

  /// The first names of a list, for a message.
  func list(_ names: [String]) -> String {
    names.isEmpty
      ? "none" : names.count > 12 ? names.prefix(12).joined(separator: ", ") + " …" : names.joined(separator: ", ")
  }

  /// `pop (a whole number)`, `an area`, `text`.
  func describe(_ value: BoundExpression) -> String {
    if value.isNullConstant { return "null" }
    if case .field(let name) = value.kind, schema.index(of: name) != nil { return "\(name) (\(value.type.described))" }
    if value.type == .number(.percent) { return "a share" }
    return value.type.dimension?.description ?? value.type.described
  }
}

extension BoundExpression {
  static func constant(_ value: Value, _ type: ValueType, _ range: Range<Int>) -> BoundExpression {
    BoundExpression(.constant(value), type: type, range: range)
  }

  /// The same value with integers widened.
  var asNumber: BoundExpression {
    guard type == .integer else { return self }
    switch kind {
    case .constant(.integer(let whole)): return .constant(.number(Double(whole)), .plainNumber, range)
    case .constant(.null): return .constant(.null, .plainNumber, range)
    default: return BoundExpression(.number(self), type: .plainNumber, range: range)
    }
  }

  /// The opposite of a condition, when asked for.
  func negated(_ isNegated: Bool) -> BoundExpression {
    isNegated ? BoundExpression(.not(self), type: .boolean, range: range) : self
  }

  var isField: Bool {
    if case .field = kind { return true }
    return false
  }

  var isNullConstant: Bool { kind == .constant(.null) }
}
