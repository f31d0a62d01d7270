import FeatureTables
import QueryLanguage

/// Steps that keep, join or measure rows by where they are.
extension Binder {
  mutating func bindPlaces(_ step: Step, _ plan: LogicalPlan) -> LogicalPlan? {
    guard requireGeometry(plan, step.verb) else { return nil }
    let range = step.range
    switch step.kind {
    case .within(let reach, let source):
      let distance = metres(reach, step.verb)
      guard let places = places(source, plan), let distance else { return nil }
      return extend(plan, .keep(.within(distance)), plan.schema, range, with: [places], rows: plan.estimatedRows / 2)
    case .beyond(let reach, let source):
      let distance = metres(reach, step.verb)
      guard let places = places(source, plan), let distance else { return nil }
      return extend(plan, .keep(.beyond(distance)), plan.schema, range, with: [places], rows: plan.estimatedRows / 2)
    case .inside(let source): return keep(.inside, source, plan, range)
    case .outside(let source): return keep(.outside, source, plan, range)
    case .intersecting(let source): return keep(.intersecting, source, plan, range)
    case .nearest(let count, let source, let name, let within, let mode):
      var wanted = 1
      if let count {
        guard let number = wholeNumber(count, "nearest", 1...1_000_000) else { return nil }
        wanted = number
      }
      var limit: Double?
      if let within {
        guard let distance = metres(within, step.verb) else { return nil }
        limit = distance
      } else if let mode {
        return noNetwork(mode)
      }
      guard let candidates = places(source, plan) else { return nil }
      let added = [Field("distance", .number(.metre)), Field("reason", .text)]
      guard let schema = joined(plan, candidates, prefix: name.text, added, at: name.range) else { return nil }
      return extend(
        plan, .nearest(count: wanted, prefix: name.text, limit: limit), schema, range, with: [candidates],
        rows: plan.estimatedRows * Double(wanted))
    case .locate(let source, let name):
      guard let areas = places(source, plan),
        let schema = joined(plan, areas, prefix: name.text, [Field("reason", .text)], at: name.range)
      else { return nil }
      return extend(plan, .locate(prefix: name.text), schema, range, with: [areas])
    case .around(let reach, let source, let name, let columns):
      return bindAround(reach, source, name, columns, plan, step)
    case .count(let source, let name):
      guard let rows = places(source, plan),
        let name = free(name?.text ?? "count", plan, at: name?.range ?? step.verb.range)
      else { return nil }
      return extend(plan, .count(name: name), appending([Field(name, .integer)], to: plan.schema), range, with: [rows])
    case .density(let source, let per, let name):
      return bindDensity(source, per, name, plan, step)
    case .coverage(let source, let reach, let people, let weight, let name):
      return bindCoverage(source, reach, people, weight, name, plan, step)
    case .gaps(let source, let reach):
      let distance = metres(reach, step.verb)
      guard let facilities = places(source, plan), let distance else { return nil }
      return extend(plan, .gaps(distance: distance), plan.schema, range, with: [facilities])
    default: return nil
    }
  }

  private mutating func keep(_ condition: PlaceCondition, _ source: Source, _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    guard let places = places(source, plan) else { return nil }
    return extend(plan, .keep(condition), plan.schema, range, with: [places], rows: plan.estimatedRows / 2)
  }

  private mutating func bindAround(
    _ reach: Reach, _ source: Source, _ name: Identifier, _ columns: [NamedExpression], _ plan: LogicalPlan,
    _ step: Step
  ) -> LogicalPlan? {
    let distance = metres(reach, step.verb)
    guard let candidates = places(source, plan), let distance else { return nil }
    let candidateSchema = Schema(
      candidates.schema.fields.filter { $0.name != "distance" } + [Field("distance", .number(.metre))])
    var aggregates: [BoundAggregate] = []
    var results: [BoundColumn] = []
    for column in columns {
      var binder = ExpressionBinder(schema: candidateSchema, parameters: parameters, aggregates: .allowed)
      binder.aggregates = aggregates
      let bound = binder.bind(column.expression)
      diagnostics += binder.diagnostics
      aggregates = binder.aggregates
      guard let bound, let columnName = self.name(of: column) else { return nil }
      if let loose = bound.fields.subtracting(aggregates.map(\.field.name)).sorted().first {
        return fail(
          .misplacedAggregate, column.expression.range, "\(loose) differs from place to place around a row",
          fix: "put it in an aggregate such as max(\(loose))")
      }
      let full = "\(name.text).\(columnName)"
      guard free(full, plan, at: name.range) != nil else { return nil }
      if results.contains(where: { $0.name == full }) {
        return fail(.duplicateName, column.expression.range, "two columns \"\(columnName)\"")
      }
      results.append(BoundColumn(name: full, expression: bound))
    }
    let wide = extend(
      plan, .around(distance: distance, prefix: name.text, aggregates),
      Schema(plan.schema.fields + aggregates.map(\.field)), step.range, with: [candidates])
    let attributes = plan.schema.fields.filter { $0.name != Field.geometryName }
    let projection =
      passOn(attributes, step.range) + results + passOn([Field(Field.geometryName, .geometry)], step.range)
    return extend(wide, .project(projection), Schema(projection.map(\.field)), step.range)
  }

  private mutating func bindDensity(
    _ source: Source, _ per: UnitName, _ name: Identifier?, _ plan: LogicalPlan, _ step: Step
  ) -> LogicalPlan? {
    var binder = ExpressionBinder(schema: plan.schema, parameters: parameters, aggregates: .refused(""))
    let unit = binder.unit(per)
    diagnostics += binder.diagnostics
    guard let rows = places(source, plan), let unit else { return nil }
    let area = unit.dimension == .perArea ? unit.reciprocal : unit
    guard area.dimension == .area else {
      return fail(
        .unitMismatch, per.range, "a density is per area, not per \(unit.symbol)",
        fix: "write per km2, per ha or per mu")
    }
    guard let name = free(name?.text ?? "density", plan, at: name?.range ?? step.verb.range) else { return nil }
    let printed = area.factor == 1e6 ? Unit.preferred(for: .perArea) : area.reciprocal
    return extend(
      plan, .density(name: name), appending([Field(name, .number(printed))], to: plan.schema), step.range, with: [rows])
  }

  private mutating func bindCoverage(
    _ source: Source, _ reach: Reach, _ people: Source?, _ weight: Expression?, _ name: Identifier?,
    _ plan: LogicalPlan, _ step: Step
  ) -> LogicalPlan? {
    let distance = metres(reach, step.verb)
    guard let facilities = places(source, plan), let distance else { return nil }
    var inputs = [facilities]
    var boundWeight: BoundExpression?
    var measure = ValueType.number(.squareKilometre)
    if let people {
      guard let residents = places(people, plan) else { return nil }
      inputs.append(residents)
      measure = .plainNumber
      if let weight {
        var binder = ExpressionBinder(
          schema: residents.schema, parameters: parameters,
          aggregates: .refused("the weight is of one row of the people"))
        let bound = binder.bind(weight)
        diagnostics += binder.diagnostics
        guard let bound else { return nil }
        guard bound.type.isNumeric else {
          return fail(.typeMismatch, weight.range, "people are weighted by a number, not \(bound.type.description)")
        }
        boundWeight = bound.asNumber
        if case .number = bound.type { measure = bound.type }
      }
    }
    let prefix = name.map { $0.text + "." } ?? ""
    let added = [
      Field("\(prefix)share", .number(.percent)), Field("\(prefix)covered", measure), Field("\(prefix)total", measure),
      Field("\(prefix)reason", .text),
    ]
    for field in added {
      guard free(field.name, plan, at: name?.range ?? step.verb.range) != nil else { return nil }
    }
    return extend(
      plan, .coverage(distance: distance, weight: boundWeight, prefix: name?.text), appending(added, to: plan.schema),
      step.range, with: inputs)
  }

  // MARK: Shared with shapes

  /// The relation that a step names, in the reference system of the rows, with geometry.
  mutating func places(_ source: Source, _ plan: LogicalPlan) -> LogicalPlan? {
    guard let bound = bind(source, in: plan.referenceSystem) else { return nil }
    guard bound.schema.hasGeometry else {
      return fail(
        .missingGeometry, source.range, "these rows have no geometry",
        fix: "name a layer, or keep the geometry: `select` does, `summarize` does not")
    }
    return bound
  }

  mutating func requireGeometry(_ plan: LogicalPlan, _ verb: Identifier) -> Bool {
    if plan.schema.hasGeometry { return true }
    diagnostics.append(
      Diagnostic(
        .missingGeometry, at: verb.range, "`\(verb.text)` looks at places, and the rows before it have no geometry",
        fix: "put it before `summarize`, which drops the geometry"))
    return false
  }

  /// A straight-line reach in metres.
  mutating func metres(_ reach: Reach, _ verb: Identifier) -> Double? {
    guard let bound = bindConstant(reach.distance) else { return nil }
    if let mode = reach.mode {
      guard bound.type.dimension == .length || bound.type.dimension == .time else {
        return quantityMissing(bound, reach.distance.range, "500 m or 15 min")
      }
      return noNetwork(mode)
    }
    if bound.type.dimension == .time {
      return fail(
        .timeWithoutMode, reach.distance.range, "a time needs a way to travel",
        fix: "write it with a mode, such as `15 min by walk`, or write a length for the straight line, such as 1000 m")
    }
    return length(bound, reach.distance.range, limits: 0...)
  }

  /// A constant length in metres.
  mutating func length(_ expression: Expression, atLeast limit: Double = 0) -> Double? {
    guard let bound = bindConstant(expression) else { return nil }
    return length(bound, expression.range, limits: limit...)
  }

  private mutating func length(_ bound: BoundExpression, _ range: Range<Int>, limits: PartialRangeFrom<Double>)
    -> Double?
  {
    guard bound.type.dimension == .length, let value = bound.constantNumber else {
      return quantityMissing(bound, range, "500 m or 500 km")
    }
    guard value.isFinite, limits.contains(value), value < 1e8 else {
      return fail(
        .outOfRange, range,
        limits.lowerBound > 0 ? "a length above 0 is due" : "a length of 0 or more is due, less than the earth's girth",
        fix: "write a length such as 500 m")
    }
    return value
  }

  private mutating func quantityMissing(_ bound: BoundExpression, _ range: Range<Int>, _ example: String) -> Double? {
    if bound.type.dimension == Dimension.one, bound.type != .number(.percent), let number = bound.constantNumber {
      let text = number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
      return fail(.missingUnit, range, "\(text) what?", fix: "write \(text) m or \(text) km")
    }
    return fail(
      .unitMismatch, range, "a length is due here, not \(bound.type.dimension?.description ?? bound.type.description)",
      fix: "write \(example)")
  }

  private mutating func noNetwork<Result>(_ mode: Identifier) -> Result? {
    fail(
      .noNetwork, mode.range, "no street network is loaded, so nothing can be reached by \(mode.text)",
      fix: "write a length alone for the straight line, such as `within 1000 m of …`")
  }

  /// The schema after a join by place: the other layer's fields under a prefix, then what the join measures.
  mutating func joined(
    _ plan: LogicalPlan, _ other: LogicalPlan, prefix: String, _ measured: [Field], at range: Range<Int>
  ) -> Schema? {
    let added =
      other.schema.fields.filter { field in !measured.contains { $0.name == field.name } }
      .map { Field("\(prefix).\($0.name)", $0.type) } + measured.map { Field("\(prefix).\($0.name)", $0.type) }
    for field in added where plan.schema.index(of: field.name) != nil {
      return fail(
        .duplicateName, range, "\"\(prefix)\" is taken: there is a column \(field.name) already",
        fix: "choose another name after `as`")
    }
    return appending(added, to: plan.schema)
  }

  /// Fields behind the others and before the rows' own geometry, which stays last.
  func appending(_ added: [Field], to schema: Schema) -> Schema {
    let own = schema.fields.filter { $0.name == Field.geometryName }
    return Schema(schema.fields.filter { $0.name != Field.geometryName } + added + own)
  }

  private mutating func free(_ name: String, _ plan: LogicalPlan, at range: Range<Int>) -> String? {
    guard plan.schema.index(of: name) == nil else {
      return fail(.duplicateName, range, "there is a column \(name) already", fix: "choose another name after `as`")
    }
    return name
  }

  /// The name after `as`, or the layer's own.
  mutating func prefix(_ name: Identifier?, or source: Source) -> String? {
    if let name { return name.text }
    if case .named(let layer) = source.kind { return layer.text }
    return fail(.unnamedColumn, source.range, "the joined columns need a name", fix: "write `as x` behind it")
  }
}
