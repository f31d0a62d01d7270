import FeatureTables
import QueryLanguage

/// Names of columns, parameters and units.
extension ExpressionBinder {
  mutating func bindColumn(_ path: [Identifier], _ range: Range<Int>) -> BoundExpression? {
    let name = path.map(\.text).joined(separator: ".")
    if unknown.hides(name) { return nil }
    if !insideAggregate, let key = groupKeys.first(where: { $0.name == name }) {
      return BoundExpression(.field(name), type: key.type, range: range)
    }
    if let index = schema.index(of: name) {
      return BoundExpression(.field(name), type: schema.fields[index].type, range: range)
    }
    if path.count == 1, let parameter = parameters[name] {
      return BoundExpression(parameter.kind, type: parameter.type, range: range)
    }
    if unknown.mayExplain(name) { return nil }
    return isConstant ? failParameter(name, range) : failColumn(path, name, range)
  }

  private mutating func failColumn(_ path: [Identifier], _ name: String, _ range: Range<Int>) -> BoundExpression? {
    let names = schema.attributes.map(\.name)
    let columns = "columns: \(list(names))"
    let last = path.last?.text ?? name
    let hint: String?
    if name == "today" {
      hint = "name the day first: set date = 2021-06-01"
    } else if let behind = names.first(where: { $0.hasSuffix("." + name) }) {
      hint = "write \(behind)"
    } else if path.count > 1, schema.index(of: last) != nil {
      hint = "write \(last)"
    } else if path.count == 1, let function = FunctionDeclaration.named(name) {
      hint = "the function is written \(function.signature)"
    } else if let similar = nearestNames(to: name, in: names + parameters.keys.sorted()).first {
      hint = "did you mean \(similar)?"
    } else {
      hint = path.count == 1 ? "a text is written \"\(name)\"" : nil
    }
    let stop = hint?.hasSuffix("?") == true ? " " : "; "
    return fail(.unknownColumn, range, "no column \"\(name)\" here", fix: hint.map { $0 + stop + columns } ?? columns)
  }

  private mutating func failParameter(_ name: String, _ range: Range<Int>) -> BoundExpression? {
    let names = parameters.keys.sorted()
    let similar = nearestNames(to: name, in: names).first
    return fail(
      .unknownColumn, range, "no parameter \"\(name)\", and a constant is due here",
      fix: (similar.map { "did you mean \($0)? " } ?? "")
        + "write the value itself, or name it before: param \(name) = …")
  }

  /// The unit of a name as written, or `nil` with a diagnostic.
  mutating func unit(_ name: UnitName) -> Unit? {
    guard var unit = simpleUnit(name.text, name.range) else { return nil }
    if let denominator = name.denominator {
      guard let other = simpleUnit(denominator, name.range) else { return nil }
      unit = unit.divided(by: other)
    }
    return name.isReciprocal ? unit.reciprocal : unit
  }

  private mutating func simpleUnit(_ text: String, _ range: Range<Int>) -> Unit? {
    if let unit = Unit.named(text) { return unit }
    let similar = nearestNames(to: text, in: Unit.declarations.flatMap(\.names)).first
    return fail(
      .unknownUnit, range, "\"\(text)\" is not a unit",
      fix: ((Self.spelledOut[text.lowercased()] ?? similar).map { "did you mean \($0)? " } ?? "")
        + "units: \(Unit.declarations.map(\.unit.symbol).joined(separator: ", "))")
  }

  /// Units as other programs and languages write them.
  private static let spelledOut: [String: String] = [
    "meter": "m", "meters": "m", "metre": "m", "metres": "m", "kilometer": "km", "kilometers": "km", "kilometre": "km",
    "kilometres": "km", "kms": "km", "minute": "min", "minutes": "min", "mins": "min", "second": "s", "seconds": "s",
    "secs": "s", "hrs": "h", "hr": "h", "hectare": "ha", "hectares": "ha", "sqkm": "km2", "sqm": "m2", "km^2": "km2",
    "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "平方公尺": "m2", "公尺": "m",
  ]
}
