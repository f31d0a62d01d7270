import FeatureTables
import QueryLanguage

/// Calls: what arguments a function takes and what it gives.
extension ExpressionBinder {
  mutating func bindCall(_ name: Identifier, _ written: [Expression], _ range: Range<Int>) -> BoundExpression? {
    guard let declaration = FunctionDeclaration.named(name.text) else {
      let similar = nearestNames(to: name.text, in: FunctionDeclaration.all.flatMap(\.names))
      return fail(
        .unknownFunction, name.range, "no function \(name.text)()",
        fix: (similar.first.map { "did you mean \($0)()? " } ?? "")
          + "functions: \(FunctionDeclaration.all.map(\.name).joined(separator: ", "))")
    }
    switch declaration.function {
    case .aggregate(let function): return bindAggregate(function, written, name, range)
    case .scalar(let function):
      guard declaration.argumentCount.contains(written.count) else {
        return fail(
          .argumentCount, range,
          "\(name.text)() was given \(written.count) argument\(written.count == 1 ? "" : "s")",
          fix: "write \(declaration.signature)")
      }
      let arguments = written.map { bind($0) }
      let bound = arguments.compactMap { $0 }
      return bound.count == arguments.count ? bindScalar(function, bound, name, range) : nil
    }
  }

  private mutating func bindScalar(
    _ function: ScalarFunction, _ arguments: [BoundExpression], _ name: Identifier, _ range: Range<Int>
  ) -> BoundExpression? {
    func result(_ type: ValueType, _ arguments: [BoundExpression]) -> BoundExpression {
      BoundExpression(.call(function, arguments), type: type, range: range)
    }
    switch function {
    case .area, .length, .x, .y, .kind, .vertices:
      guard let geometry = arguments.first ?? ownGeometry(name, range) else { return nil }
      guard geometry.type == .geometry else {
        return fail(
          .typeMismatch, geometry.range, "\(function.rawValue)() measures a geometry; this is \(describe(geometry))",
          fix: "write \(function.rawValue)() for the row's own")
      }
      let type: ValueType =
        switch function {
        case .area: .number(.squareKilometre)
        case .kind: .text
        case .vertices: .integer
        default: .number(.metre)
        }
      return result(type, [geometry])
    case .distance:
      for argument in arguments where argument.type != .geometry {
        return fail(
          .typeMismatch, argument.range, "distance(a, b) is between two geometries; this is \(describe(argument))",
          fix: "after `nearest … as h` write h.distance, or distance(geometry, h.geometry)")
      }
      return result(.number(.metre), arguments)
    case .lower, .upper, .trim:
      guard text(arguments, name) else { return nil }
      return result(.text, arguments)
    case .characters:
      guard text(arguments, name) else { return nil }
      return result(.integer, arguments)
    case .concat: return text(arguments, name) ? result(.text, arguments) : nil
    case .coalesce, .least, .greatest:
      guard let unified = unify(arguments, "the arguments of \(function.rawValue)()") else { return nil }
      let type = unified[0].type
      if type == .geometry || type == .boolean && function != .coalesce {
        return fail(
          .typeMismatch, unified[0].range,
          "\(function.rawValue)() chooses among values; this is \(describe(unified[0]))")
      }
      return result(type, unified)
    case .abs, .round, .floor, .ceiling, .sqrt: return bindRounding(function, arguments, name, range)
    case .year, .month, .day:
      guard arguments[0].type == .date else {
        return fail(
          .typeMismatch, arguments[0].range, "\(function.rawValue)() takes a date; this is \(describe(arguments[0]))",
          fix: arguments[0].type == .text ? "make one with date(text)" : nil)
      }
      return result(.integer, arguments)
    case .date: return text(arguments, name) ? result(.date, arguments) : nil
    }
  }

  private mutating func bindRounding(
    _ function: ScalarFunction, _ arguments: [BoundExpression], _ name: Identifier, _ range: Range<Int>
  ) -> BoundExpression? {
    let value = arguments[0]
    guard let dimension = value.type.dimension else {
      return fail(.typeMismatch, value.range, "\(function.rawValue)() takes a number; this is \(describe(value))")
    }
    if function == .sqrt {
      guard dimension.length % 2 == 0, dimension.time % 2 == 0, dimension.mass % 2 == 0 else {
        return fail(
          .unitMismatch, value.range, "the square root of \(dimension.description) has no unit",
          fix: "divide by a unit first to get a plain number, such as length() / 1 m")
      }
      let root = Dimension(length: dimension.length / 2, time: dimension.time / 2, mass: dimension.mass / 2)
      return BoundExpression(.call(.sqrt, [value.asNumber]), type: .number(Unit.preferred(for: root)), range: range)
    }
    if function == .abs {
      return BoundExpression(.call(.abs, [value]), type: value.type, range: range)
    }
    // Rounding is in the unit that is printed: the second argument handed on is the step in base units.
    var unit = Unit.one
    if case .number(let printed) = value.type { unit = printed }
    var decimals = 0
    if arguments.count > 1 {
      guard case .integer(let places)? = arguments[1].constantValue, (-9...15).contains(places) else {
        return fail(
          .notConstant, arguments[1].range, "the number of decimals is a whole number from -9 to 15",
          fix: "write round(a, 2)")
      }
      decimals = Int(places)
    }
    var step = unit.factor
    for _ in 0..<abs(decimals) { step = decimals > 0 ? step / 10 : step * 10 }
    let stepConstant = BoundExpression.constant(.number(step), .number(unit), range)
    let type: ValueType = value.type == .integer ? .plainNumber : value.type
    return BoundExpression(.call(function, [value.asNumber, stepConstant]), type: type, range: range)
  }

  /// The geometry of the row, for functions written without an argument.
  private mutating func ownGeometry(_ name: Identifier, _ range: Range<Int>) -> BoundExpression? {
    guard schema.hasGeometry else {
      return fail(
        .missingGeometry, range, "\(name.text)() measures a geometry, and these rows have none",
        fix: "measure before `summarize`, which drops it, or use `dissolve`, which keeps it")
    }
    return BoundExpression(.field(Field.geometryName), type: .geometry, range: range)
  }

  private mutating func text(_ arguments: [BoundExpression], _ name: Identifier) -> Bool {
    for argument in arguments where argument.type != .text {
      diagnostics.append(
        Diagnostic(.typeMismatch, at: argument.range, "\(name.text)() takes text; this is \(describe(argument))"))
      return false
    }
    return true
  }
}
