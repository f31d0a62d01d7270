import FeatureTables
import QueryLanguage

extension ExpressionBinder {
  /// Binds an aggregate's argument and stands a field for its result.
  mutating func bindAggregate(
    _ function: AggregateFunction, _ arguments: [Expression], _ name: Identifier, _ range: Range<Int>
  ) -> BoundExpression? {
    if case .refused(let reason) = aggregatePolicy {
      return fail(
        .misplacedAggregate, range, "\(name.text)() is over many rows; \(reason)",
        fix: isConstant ? "write a value such as 500 m" : "compute it in a step before")
    }
    guard !insideAggregate else {
      return fail(
        .misplacedAggregate, range, "\(name.text)() stands inside another aggregate",
        fix: "compute the inner one in a step before")
    }
    let expected = function == .count ? 0 : 1
    guard arguments.count == expected else {
      return fail(
        .argumentCount, range, "\(name.text)() takes \(expected == 0 ? "nothing" : "one argument")",
        fix: expected == 0
          ? "write \(name.text)(); to count rows of a kind, put `where` before" : "write \(name.text)(column)")
    }
    var argument: BoundExpression?
    if let written = arguments.first {
      insideAggregate = true
      argument = bind(written)
      insideAggregate = false
      if argument == nil { return nil }
    }
    guard let type = resultType(function, argument, range) else { return nil }
    // The same aggregate twice is computed once.
    if let existing = aggregates.first(where: { $0.function == function && $0.argument?.kind == argument?.kind }) {
      return BoundExpression(.field(existing.field.name), type: type, range: range)
    }
    let field = Field(hiddenName(), type)
    aggregates.append(BoundAggregate(function, argument, field: field))
    return BoundExpression(.field(field.name), type: type, range: range)
  }

  /// `#1`, `#2` … but no name that a file has given to a column.
  private func hiddenName() -> String {
    let names = taken.union(schema.fields.map(\.name)).union(aggregates.map(\.field.name))
    var number = aggregates.count + 1
    while names.contains("#\(number)") { number += 1 }
    return "#\(number)"
  }

  private mutating func resultType(_ function: AggregateFunction, _ argument: BoundExpression?, _ range: Range<Int>)
    -> ValueType?
  {
    guard let argument else { return .integer }
    let type = argument.type
    switch function {
    case .count, .countDistinct:
      if type == .geometry {
        return fail(
          .typeMismatch, argument.range, "geometries cannot be told apart", fix: "count the values of a column")
      }
      return .integer
    case .min, .max:
      if type == .geometry || type == .boolean {
        return fail(
          .typeMismatch, argument.range,
          "\(function.rawValue)() needs numbers, dates or text; this is \(describe(argument))")
      }
      return type
    case .sum, .mean, .median, .stdev:
      guard type.isNumeric else {
        return fail(
          .typeMismatch, argument.range, "\(function.rawValue)() needs numbers; this is \(describe(argument))",
          fix: type == .text ? "count rows with count(), or different values with count_distinct()" : nil)
      }
      if function == .sum { return type }
      return type == .integer ? .plainNumber : type
    }
  }
}
