import FeatureTables
import QueryLanguage

/// Steps that keep or join rows by where they are.
extension Binder {
  mutating func bindPlaces(_ step: Step, _ plan: LogicalPlan) -> LogicalPlan? {
    switch step.kind {
    case .within(let reach, let source):
      let places = places(source, plan)
      let bound = self.reach(reach, to: places, plan)
      guard let places, let bound else { return nil }
      return keep(.within(bound.reach), [places] + bound.inputs, plan, step.range)
    case .beyond(let reach, let source, let name): return bindBeyond(reach, source, name, plan, step)
    case .inside(let source):
      return places(source, plan).map { keep(.inside, [$0], plan, step.range) }
    case .outside(let source):
      return places(source, plan).map { keep(.outside, [$0], plan, step.range) }
    case .intersecting(let source):
      return places(source, plan).map { keep(.intersecting, [$0], plan, step.range) }
    case .nearest: return bindNearest(plan, step)
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

  private func keep(
    _ condition: PlaceCondition, _ others: [LogicalPlan], _ plan: LogicalPlan, _ range: Range<Int>,
    adding added: [Field] = []
  ) -> LogicalPlan {
    extend(
      plan, .keep(condition), added.isEmpty ? plan.schema : appending(added, to: plan.schema), range, with: others,
      rows: plan.estimatedRows / 2)
  }

  private mutating func bindBeyond(
    _ reach: Reach, _ source: Source, _ name: Identifier?, _ plan: LogicalPlan, _ step: Step
  ) -> LogicalPlan? {
    let places = places(source, plan)
    let bound = self.reach(reach, to: places, plan)
    guard let places, let bound else { return nil }
    let condition = PlaceCondition.beyond(bound.reach, prefix: name?.text)
    guard bound.reach.travel != nil else {
      guard let name else { return keep(condition, [places], plan, step.range) }
      return fail(
        .straightLine, name.range, "`beyond` in a straight line adds no columns, so there is nothing to name",
        fix: "leave `as \(name.text)` out")
    }
    let reason = Field((name.map { $0.text + "." } ?? "") + "reason", .text)
    guard free(reason.name, plan, at: name?.range ?? step.verb.range) != nil else { return nil }
    return keep(condition, [places] + bound.inputs, plan, step.range, adding: [reason])
  }

  private mutating func bindNearest(_ plan: LogicalPlan, _ step: Step) -> LogicalPlan? {
    guard case .nearest(let count, let source, let name, let limit, let travel, let withRoute) = step.kind else {
      return nil
    }
    let wanted = count.map { wholeNumber($0, "nearest", 1...1_000_000) } ?? 1
    let candidates = places(source, plan)
    let bound = reach(within: limit, travel, to: candidates, plan)
    if withRoute, !acceptsRoute(travel, wanted, step) { return nil }
    guard let candidates, let bound else { return nil }
    let added = [bound.reach.measured, Field("reason", .text)]
    guard let schema = joined(plan, candidates, prefix: name.text, added, at: name.range), let wanted else {
      return nil
    }
    return extend(
      plan, .nearest(count: wanted, prefix: name.text, bound.reach, withRoute: withRoute), schema, step.range,
      with: [candidates] + bound.inputs,
      rows: plan.estimatedRows * max(1, min(Double(wanted), candidates.estimatedRows)))
  }

  private mutating func acceptsRoute(_ travel: Travel, _ wanted: Int?, _ step: Step) -> Bool {
    if travel.mode == nil {
      diagnostics.append(
        Diagnostic(
          .straightLine, at: step.verb.range, "a route is along the streets, and this is the straight line",
          fix: "write by walk with route, or leave `with route` out"))
      return false
    }
    guard let wanted, wanted > 1 else { return true }
    diagnostics.append(
      Diagnostic(
        .outOfRange, at: step.verb.range, "a row has one geometry, and so one route: to the nearest of all",
        fix: "write nearest 1, or leave `with route` out"))
    return false
  }

  private mutating func bindAround(
    _ reach: Reach, _ source: Source, _ name: Identifier, _ columns: [NamedExpression], _ plan: LogicalPlan,
    _ step: Step
  ) -> LogicalPlan? {
    let candidates = places(source, plan)
    let bound = self.reach(reach, to: candidates, plan)
    guard let candidates else { return nil }
    let measured = bound?.reach.measured ?? BoundReach.straight(0).measured
    var grouping = Grouping(
      schema: Schema(candidates.schema.fields.filter { $0.name != measured.name } + [measured]))
    grouping.taken = plan.schema.fields
    grouping.unknown = UnknownColumns(unread: unreadNames)
    grouping.loose = ("differs from place to place around a row", false)
    var results: [BoundColumn] = []
    var isWhole = bound != nil
    for column in columns {
      guard let bound = bindAggregated(column, &grouping) else {
        isWhole = false
        continue
      }
      let full = "\(name.text).\(bound.name)"
      isWhole = free(full, plan, at: name.range) != nil && isNew(full, among: results, column) && isWhole
      results.append(BoundColumn(name: full, expression: bound.expression))
    }
    guard isWhole, let bound else { return nil }
    let wide = extend(
      plan, .around(bound.reach, prefix: name.text, grouping.aggregates),
      Schema(plan.schema.fields + grouping.aggregates.map(\.field)), step.range, with: [candidates] + bound.inputs)
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
