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
  private var insideAggregate = false

  enum AggregatePolicy {
    case allowed
    /// Why not, with the fix.
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
    case .number(let number, let isWhole):
      if isWhole, let whole = Int64(exactly: number) { return .constant(.integer(whole), .integer, range) }
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
        return fail(.typeMismatch, range, "`-` needs a number, not \(value.type.description)")
      }
      return BoundExpression(.negate(value), type: value.type, range: range)
    case .not(let inner):
      guard let value = bindCondition(inner) else { return nil }
      return BoundExpression(.not(value), type: .boolean, range: range)
    case .binary(let operation, let left, let right, let operatorRange):
      return bindBinary(operation, left, right, operatorRange, range)
    case .isIn(let subject, let list, let negated):
      let bound = bind(subject)
      let items = list.map { bind($0) }
      guard let bound else { return nil }
      var comparable: [BoundExpression] = []
      for case let item? in items {
        guard let (_, aligned) = align(bound, item, "in", item.range) else { return nil }
        comparable.append(aligned)
      }
      guard comparable.count == list.count else { return nil }
      let subject = comparable.contains { $0.type.isNumeric && $0.type != .integer } ? bound.asNumber : bound
      let expression = BoundExpression(
        .isIn(subject, comparable.map { subject.type == .integer ? $0 : $0.asNumber }), type: .boolean, range: range)
      return negated ? BoundExpression(.not(expression), type: .boolean, range: range) : expression
    case .like(let subject, let pattern, let negated):
      guard let bound = bind(subject), let boundPattern = bind(pattern) else { return nil }
      guard bound.type == .text else {
        return fail(.typeMismatch, subject.range, "`like` compares text, not \(bound.type.description)")
      }
      guard case .text(let text)? = boundPattern.constantValue else {
        return fail(
          .notConstant, pattern.range, "the pattern of `like` must be a text",
          fix: "write a text such as \"崔寨%\", where % stands for anything")
      }
      let expression = BoundExpression(.like(bound, pattern: text), type: .boolean, range: range)
      return negated ? BoundExpression(.not(expression), type: .boolean, range: range) : expression
    case .isNull(let subject, let negated):
      guard let bound = bind(subject) else { return nil }
      let expression = BoundExpression(.isNull(bound), type: .boolean, range: range)
      return negated ? BoundExpression(.not(expression), type: .boolean, range: range) : expression
    case .caseWhen(let branches, let otherwise): return bindCase(branches, otherwise, range)
    case .convert(let inner, let name):
      guard let value = bind(inner), let unit = unit(name) else { return nil }
      guard value.type.dimension == unit.dimension else {
        return fail(
          .unitMismatch, name.range,
          "\(describe(value)) cannot be shown in \(unit.symbol), \(unit.dimension.description)",
          fix: "use \(unitExamples(for: value.type.dimension))")
      }
      return BoundExpression(value.asNumber.kind, type: .number(unit), range: range)
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

  // MARK: Names

  private mutating func bindColumn(_ path: [Identifier], _ range: Range<Int>) -> BoundExpression? {
    let name = path.map(\.text).joined(separator: ".")
    if let index = schema.index(of: name) {
      return BoundExpression(.field(name), type: schema.fields[index].type, range: range)
    }
    if path.count == 1, let parameter = parameters[name] {
      return BoundExpression(parameter.kind, type: parameter.type, range: range)
    }
    let names = schema.attributes.map(\.name)
    let similar = nearestNames(to: name, in: names + parameters.keys.sorted())
    let fix: String
    if let best = similar.first {
      fix = "did you mean \(best)? columns: \(list(names))"
    } else {
      let behind = names.filter { $0.hasSuffix("." + name) }
      fix = behind.isEmpty ? "columns: \(list(names))" : "write \(behind[0]); columns: \(list(names))"
    }
    return fail(.unknownColumn, range, "no column \"\(name)\" here", fix: fix)
  }

  /// The unit of a name as written, or `nil` with a diagnostic.
  mutating func unit(_ name: UnitName) -> Unit? {
    guard let unit = simpleUnit(name.text, name.range) else { return nil }
    if name.isReciprocal { return unit.reciprocal }
    guard let denominator = name.denominator else { return unit }
    guard let other = simpleUnit(denominator, name.range) else { return nil }
    return unit.divided(by: other)
  }

  private mutating func simpleUnit(_ text: String, _ range: Range<Int>) -> Unit? {
    if let unit = Unit.named(text) { return unit }
    let names = Unit.declarations.flatMap(\.names)
    let similar = nearestNames(to: text, in: names)
    diagnostics.append(
      Diagnostic(
        .unknownUnit, at: range, "\"\(text)\" is not a unit",
        fix: (similar.first.map { "did you mean \($0)? " } ?? "")
          + "units: \(Unit.declarations.map(\.unit.symbol).joined(separator: ", "))"))
    return nil
  }

  // MARK: Composite forms

  private mutating func bindCase(_ branches: [CaseBranch], _ otherwise: Expression?, _ range: Range<Int>)
    -> BoundExpression?
  {
    var bound: [BoundBranch] = []
    for branch in branches {
      guard let condition = bindCondition(branch.condition), let value = bind(branch.value) else { return nil }
      bound.append(BoundBranch(condition: condition, value: value))
    }
    var fallback: BoundExpression?
    if let otherwise {
      guard let value = bind(otherwise) else { return nil }
      fallback = value
    }
    guard let values = unify(bound.map(\.value) + (fallback.map { [$0] } ?? []), "the branches of `case`") else {
      return nil
    }
    for i in bound.indices { bound[i].value = values[i] }
    if fallback != nil { fallback = values.last }
    return BoundExpression(.caseWhen(bound, otherwise: fallback), type: values[0].type, range: range)
  }

  private mutating func bindOpen(on date: Expression, _ range: Range<Int>) -> BoundExpression? {
    guard let bound = bind(date) else { return nil }
    guard bound.type == .date else {
      return fail(
        .typeMismatch, date.range, "`open on` needs a date, not \(bound.type.description)",
        fix: "write a date such as 2021-06-01")
    }
    func field(_ name: String) -> BoundExpression? {
      schema.index(of: name).flatMap {
        schema.fields[$0].type == .date ? BoundExpression(.field(name), type: .date, range: range) : nil
      }
    }
    guard let from = field("valid_from"), let to = field("valid_to") else {
      return fail(
        .unknownColumn, range, "`open on` reads the date columns valid_from and valid_to, which these rows do not have",
        fix: "name your own with `derive valid_from = …, valid_to = …`")
    }
    func edge(_ edge: BoundExpression, _ comparison: BoundExpression.Comparison) -> BoundExpression {
      let open = BoundExpression(.isNull(edge), type: .boolean, range: range)
      return BoundExpression(
        .or(open, BoundExpression(.compare(comparison, edge, bound), type: .boolean, range: range)), type: .boolean,
        range: range)
    }
    return BoundExpression(.and(edge(from, .lessOrEqual), edge(to, .greaterOrEqual)), type: .boolean, range: range)
  }

  // MARK: Aggregates

  /// Binds an aggregate's argument and stands a field for its result.
  mutating func bindAggregate(
    _ function: AggregateFunction, _ arguments: [Expression], _ name: Identifier, _ range: Range<Int>
  ) -> BoundExpression? {
    if case .refused(let reason) = aggregatePolicy {
      return fail(.misplacedAggregate, range, "\(name.text)() is over many rows; \(reason)")
    }
    guard !insideAggregate else {
      return fail(
        .misplacedAggregate, range, "an aggregate inside an aggregate", fix: "compute the inner one in a step before")
    }
    let expected = function == .count ? 0 : 1
    guard arguments.count == expected else {
      return fail(
        .argumentCount, range, "\(name.text)() takes \(expected == 0 ? "nothing" : "one argument")",
        fix: expected == 0 ? "write count(); to count rows of a kind, put `where` before" : "write \(name.text)(column)"
      )
    }
    insideAggregate = true
    defer { insideAggregate = false }
    var argument: BoundExpression?
    if let written = arguments.first {
      guard let bound = bind(written) else { return nil }
      argument = bound
    }
    guard let type = resultType(function, argument?.type, range) else { return nil }
    // The same aggregate twice is computed once.
    if let existing = aggregates.first(where: { $0.function == function && $0.argument?.kind == argument?.kind }) {
      return BoundExpression(.field(existing.field.name), type: existing.field.type, range: range)
    }
    let field = Field("#\(aggregates.count + 1)", type)
    aggregates.append(BoundAggregate(function, argument, field: field))
    return BoundExpression(.field(field.name), type: type, range: range)
  }

  private mutating func resultType(_ function: AggregateFunction, _ argument: ValueType?, _ range: Range<Int>)
    -> ValueType?
  {
    switch function {
    case .count, .countDistinct:
      if argument == .geometry { return fail(.typeMismatch, range, "geometries cannot be counted apart") }
      return .integer
    case .min, .max:
      if argument == .geometry || argument == .boolean {
        return fail(.typeMismatch, range, "\(function.rawValue)() needs numbers, dates or text")
      }
      return argument
    case .sum, .mean, .median, .stdev:
      guard let argument, argument.isNumeric else {
        return fail(
          .typeMismatch, range, "\(function.rawValue)() needs numbers, not \(argument?.description ?? "nothing")")
      }
      if function == .sum { return argument == .integer ? .integer : argument }
      return argument == .integer ? .plainNumber : argument
    }
  }

  // MARK: Diagnostics

  mutating func fail<Result>(_ code: DiagnosticCode, _ range: Range<Int>, _ message: String, fix: String? = nil)
    -> Result?
  {
    diagnostics.append(Diagnostic(code, at: range, message, fix: fix))
    return nil
  }

  func list(_ names: [String]) -> String {
    names.isEmpty
      ? "none" : names.count > 12 ? names.prefix(12).joined(separator: ", ") + " …" : names.joined(separator: ", ")
  }
}

extension BoundExpression {
  static func constant(_ value: Value, _ type: ValueType, _ range: Range<Int>) -> BoundExpression {
    BoundExpression(.constant(value), type: type, range: range)
  }

  /// The same value with integers widened.
  var asNumber: BoundExpression {
    guard type == .integer else { return self }
    if case .constant(.integer(let whole)) = kind { return .constant(.number(Double(whole)), .plainNumber, range) }
    return BoundExpression(.number(self), type: .plainNumber, range: range)
  }

  var isNullConstant: Bool { kind == .constant(.null) }
}
