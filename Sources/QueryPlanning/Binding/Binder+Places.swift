import FeatureTables
import QueryLanguage

/// Steps that keep or join rows by where they are.
extension Binder {
  mutating func bindPlaces(_ step: Step, _ plan: LogicalPlan) -> LogicalPlan? {
    switch step.kind {
    case .within(let reach, let source):
      let distance = metres(reach)
      let places = places(source, plan)
      guard let distance, let places else { return nil }
      return keep(.within(distance), places, plan, step.range)
    case .beyond(let reach, let source):
      let distance = metres(reach)
      let places = places(source, plan)
      guard let distance, let places else { return nil }
      return keep(.beyond(distance), places, plan, step.range)
    case .inside(let source):
      return places(source, plan).map { keep(.inside, $0, plan, step.range) }
    case .outside(let source):
      return places(source, plan).map { keep(.outside, $0, plan, step.range) }
    case .intersecting(let source):
      return places(source, plan).map { keep(.intersecting, $0, plan, step.range) }
    case .nearest(let count, let source, let name, let within, let mode):
      return bindNearest(count, source, name, within, mode, plan, step.range)
    case .locate(let source, let name):
      guard let areas = places(source, plan),
        let schema = joined(plan, areas, prefix: name.text, [Field("reason", .text)], at: name.range)
      else { return nil }
      return extend(plan, .locate(prefix: name.text), schema, step.range, with: [areas])
    case .around(let reach, let source, let name, let columns):
      return bindAround(reach, source, name, columns, plan, step)
    case .count, .density, .coverage, .gaps: return bindAreas(step, plan)
    default: return nil
    }
  }

  private func keep(_ condition: PlaceCondition, _ places: LogicalPlan, _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan
  {
    extend(plan, .keep(condition), plan.schema, range, with: [places], rows: plan.estimatedRows / 2)
  }

  private mutating func bindNearest(
    _ count: Expression?, _ source: Source, _ name: Identifier, _ within: Reach?, _ mode: Identifier?,
    _ plan: LogicalPlan, _ range: Range<Int>
  ) -> LogicalPlan? {
    let wanted = count.map { wholeNumber($0, "nearest", 1...1_000_000) } ?? 1
    let candidates = places(source, plan)
    var limit: Double?
    var isReachable = true
    if let within {
      limit = metres(within)
      isReachable = limit != nil
    } else if let mode {
      limit = noNetwork(mode)
      isReachable = false
    }
    guard let candidates else { return nil }
    let added = [Field("distance", .number(.metre)), Field("reason", .text)]
    guard let schema = joined(plan, candidates, prefix: name.text, added, at: name.range), let wanted, isReachable
    else { return nil }
    return extend(
      plan, .nearest(count: wanted, prefix: name.text, limit: limit), schema, range, with: [candidates],
      rows: plan.estimatedRows * max(1, min(Double(wanted), candidates.estimatedRows)))
  }

  private mutating func bindAround(
    _ reach: Reach, _ source: Source, _ name: Identifier, _ columns: [NamedExpression], _ plan: LogicalPlan,
    _ step: Step
  ) -> LogicalPlan? {
    let distance = metres(reach)
    guard let candidates = places(source, plan) else { return nil }
    var grouping = Grouping(
      schema: Schema(
        candidates.schema.fields.filter { $0.name != "distance" } + [Field("distance", .number(.metre))]))
    grouping.taken = plan.schema.fields
    grouping.unknown = UnknownColumns(unread: unreadNames)
    grouping.loose = ("differs from place to place around a row", false)
    var results: [BoundColumn] = []
    var isWhole = distance != nil
    for column in columns {
      guard let bound = bindAggregated(column, &grouping) else {
        isWhole = false
        continue
      }
      let full = "\(name.text).\(bound.name)"
      isWhole = free(full, plan, at: name.range) != nil && isNew(full, among: results, column) && isWhole
      results.append(BoundColumn(name: full, expression: bound.expression))
    }
    guard isWhole, let distance else { return nil }
    let wide = extend(
      plan, .around(distance: distance, prefix: name.text, grouping.aggregates),
      Schema(plan.schema.fields + grouping.aggregates.map(\.field)), step.range, with: [candidates])
    let attributes = plan.schema.fields.filter { $0.name != Field.geometryName }
    let projection =
      passOn(attributes, step.range) + results + passOn([Field(Field.geometryName, .geometry)], step.range)
    return extend(wide, .project(projection), Schema(projection.map(\.field)), step.range)
  }

  // MARK: Shared with areas and shapes

  /// The relation that a step names, in the reference system of the rows, with geometry.
  mutating func places(_ source: Source, _ plan: LogicalPlan) -> LogicalPlan? {
    guard let bound = bind(source, in: plan.referenceSystem ?? forcedSystem) else { return nil }
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
        fix: "put it before `summarize`, which drops the geometry, or use `dissolve`, which keeps it"))
    return false
  }

  mutating func free(_ name: String, _ plan: LogicalPlan, at range: Range<Int>) -> String? {
    guard plan.schema.index(of: name) == nil else {
      return fail(.duplicateName, range, "there is a column \(name) already", fix: "choose another name after `as`")
    }
    return name
  }
}
