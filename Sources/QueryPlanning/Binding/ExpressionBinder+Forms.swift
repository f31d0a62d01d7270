import FeatureTables
import QueryLanguage

/// Expressions with words: `in`, `like`, `case`, `to`, `open on`.
extension ExpressionBinder {
  mutating func bindIn(_ subject: Expression, _ list: [Expression], _ negated: Bool, _ range: Range<Int>)
    -> BoundExpression?
  {
    let bound = bind(subject)
    let items = list.map { bind($0) }
    guard let bound else { return nil }
    var comparable: [BoundExpression] = []
    for case let item? in items {
      guard let (_, aligned) = align(bound, item, "in", item.range) else { continue }
      comparable.append(aligned)
    }
    guard comparable.count == list.count else { return nil }
    let subject = comparable.contains { $0.type.isNumeric && $0.type != .integer } ? bound.asNumber : bound
    return BoundExpression(
      .isIn(subject, comparable.map { subject.type == .integer ? $0 : $0.asNumber }), type: .boolean, range: range
    ).negated(negated)
  }

  mutating func bindLike(_ subject: Expression, _ pattern: Expression, _ negated: Bool, _ range: Range<Int>)
    -> BoundExpression?
  {
    let bound = bind(subject)
    let boundPattern = bind(pattern)
    guard let bound, let boundPattern else { return nil }
    guard bound.type == .text else {
      return fail(.typeMismatch, subject.range, "`like` compares text; this is \(describe(bound))")
    }
    guard case .text(let text)? = boundPattern.constantValue else {
      return fail(
        .notConstant, pattern.range, "the pattern of `like` must be a text, the same for all rows",
        fix: "write a text such as \"崔寨%\", where % stands for anything")
    }
    return BoundExpression(.like(bound, pattern: text), type: .boolean, range: range).negated(negated)
  }

  mutating func bindCase(_ branches: [CaseBranch], _ otherwise: Expression?, _ range: Range<Int>) -> BoundExpression? {
    var bound: [BoundBranch] = []
    for branch in branches {
      let condition = bindCondition(branch.condition)
      let value = bind(branch.value)
      if let condition, let value { bound.append(BoundBranch(condition: condition, value: value)) }
    }
    let fallback = otherwise.map { bind($0) }
    guard bound.count == branches.count, fallback == nil || fallback != .some(nil) else { return nil }
    let last = fallback ?? nil
    guard let values = unify(bound.map(\.value) + (last.map { [$0] } ?? []), "the branches of `case`") else {
      return nil
    }
    if let geometry = values.first(where: { $0.type == .geometry }) {
      return fail(.typeMismatch, geometry.range, "`case` chooses among values, not geometries")
    }
    for i in bound.indices { bound[i].value = values[i] }
    return BoundExpression(
      .caseWhen(bound, otherwise: last == nil ? nil : values.last), type: values[0].type, range: range)
  }

  mutating func bindConversion(_ inner: Expression, to name: UnitName, _ range: Range<Int>) -> BoundExpression? {
    let value = bind(inner)
    let unit = unit(name)
    guard let value, let unit else { return nil }
    guard value.type.dimension == unit.dimension, !value.isNullConstant else {
      let fix: String?
      if value.type.isPlain {
        if case .field(let column) = value.kind {
          fix = "give it its unit first: \(column) * 1 \(unit.typed)"
        } else {
          fix =
            value.constantNumber.map { "write \(written($0)) \(unit.typed)" }
            ?? "give it its unit first, such as … * 1 \(unit.typed)"
        }
      } else {
        fix = unitExamples(for: value.type.dimension ?? .one).map { "write to \($0)" }
      }
      return fail(
        .unitMismatch, name.range,
        "\(describe(value)) cannot be shown in \(unit.symbol), \(unit.dimension.description)",
        fix: fix)
    }
    return BoundExpression(value.asNumber.kind, type: .number(unit), range: range)
  }

  mutating func bindOpen(on date: Expression, _ range: Range<Int>) -> BoundExpression? {
    let bound = bind(date)
    if unknown.mayExplain("valid_from") || unknown.mayExplain("valid_to") { return nil }
    let from = dateField("valid_from", range)
    let to = dateField("valid_to", range)
    if from == nil || to == nil {
      diagnostics.append(
        Diagnostic(
          .unknownColumn, at: range,
          "`open on` reads the date columns valid_from and valid_to, which these rows do not have",
          fix: "name your own before: derive valid_from = …, valid_to = …"))
    }
    guard let bound else { return nil }
    guard bound.type == .date else {
      var fix = "write a date such as 2021-06-01"
      if case .text(let text)? = bound.constantValue, let day = CalendarDate(text) {
        fix = "write \(day.text), without quotes"
      }
      return fail(.typeMismatch, date.range, "`open on` needs a date; this is \(describe(bound))", fix: fix)
    }
    guard let from, let to else { return nil }
    func edge(_ edge: BoundExpression, _ comparison: BoundExpression.Comparison) -> BoundExpression {
      let open = BoundExpression(.isNull(edge), type: .boolean, range: range)
      return BoundExpression(
        .or(open, BoundExpression(.compare(comparison, edge, bound), type: .boolean, range: range)), type: .boolean,
        range: range)
    }
    return BoundExpression(.and(edge(from, .lessOrEqual), edge(to, .greaterOrEqual)), type: .boolean, range: range)
  }

  private func dateField(_ name: String, _ range: Range<Int>) -> BoundExpression? {
    guard let index = schema.index(of: name), schema.fields[index].type == .date else { return nil }
    return BoundExpression(.field(name), type: .date, range: range)
  }
}
