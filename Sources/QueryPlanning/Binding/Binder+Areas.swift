import FeatureTables
import QueryLanguage

/// Steps that measure each area by what is in it or reaches it.
extension Binder {
  mutating func bindAreas(_ step: Step, _ plan: LogicalPlan) -> LogicalPlan? {
    switch step.kind {
    case .count(let source, let name):
      let rows = places(source, plan)
      let name = free(name?.text ?? "count", plan, at: name?.range ?? step.verb.range)
      guard let rows, let name else { return nil }
      return extend(
        plan, .count(name: name), appending([Field(name, .integer)], to: plan.schema), step.range, with: [rows])
    case .density(let source, let per, let name): return bindDensity(source, per, name, plan, step)
    case .coverage(let source, let reach, let people, let weight, let name):
      return bindCoverage(source, reach, people, weight, name, plan, step)
    case .gaps(let source, let reach):
      let facilities = places(source, plan)
      let bound = self.reach(reach, to: facilities, plan)
      guard let facilities, let bound else { return nil }
      return extend(plan, .gaps(bound.reach), plan.schema, step.range, with: [facilities] + bound.inputs)
    default: return nil
    }
  }

  private mutating func bindDensity(
    _ source: Source, _ per: UnitName, _ name: Identifier?, _ plan: LogicalPlan, _ step: Step
  ) -> LogicalPlan? {
    let rows = places(source, plan)
    let name = free(name?.text ?? "density", plan, at: name?.range ?? step.verb.range)
    var binder = expressionBinder(over: plan.schema)
    let unit = binder.unit(per)
    diagnostics += binder.diagnostics
    guard let unit else { return nil }
    guard unit.dimension == .area else {
      return fail(
        .unitMismatch, per.range, "a density is per area, not per \(unit.symbol)",
        fix: "write per km2, per ha or per mu")
    }
    guard let rows, let name else { return nil }
    let printed = unit == .squareKilometre ? Unit.preferred(for: .perArea) : unit.reciprocal
    return extend(
      plan, .density(name: name), appending([Field(name, .number(printed))], to: plan.schema), step.range, with: [rows])
  }

  private mutating func bindCoverage(
    _ source: Source, _ reach: Reach, _ people: Source?, _ weight: Expression?, _ name: Identifier?,
    _ plan: LogicalPlan, _ step: Step
  ) -> LogicalPlan? {
    let facilities = places(source, plan)
    let bound = self.reach(reach, to: facilities, plan)
    let residents = people.flatMap { places($0, plan) }
    var isWhole = people == nil || residents != nil
    var measure: ValueType = people == nil ? .number(.squareKilometre) : .plainNumber
    var boundWeight: BoundExpression?
    if let residents, let weight {
      boundWeight = bindWeight(weight, of: residents)
      if let boundWeight { measure = boundWeight.type } else { isWhole = false }
    }
    let prefix = name.map { $0.text + "." } ?? ""
    let added = [
      Field("\(prefix)share", .number(.percent)), Field("\(prefix)covered", measure), Field("\(prefix)total", measure),
      Field("\(prefix)reason", .text),
    ]
    for field in added where isWhole {
      isWhole = free(field.name, plan, at: name?.range ?? step.verb.range) != nil
    }
    guard isWhole, let facilities, let bound else { return nil }
    return extend(
      plan, .coverage(bound.reach, weight: boundWeight, prefix: name?.text), appending(added, to: plan.schema),
      step.range, with: [facilities] + (residents.map { [$0] } ?? []) + bound.inputs)
  }

  private mutating func bindWeight(_ weight: Expression, of residents: LogicalPlan) -> BoundExpression? {
    var binder = expressionBinder(
      over: residents.schema, aggregates: .refused("the weight is of one row of the people"))
    binder.unknown = UnknownColumns(unread: unreadNames)
    let bound = binder.bind(weight)
    diagnostics += binder.diagnostics
    guard let bound else { return nil }
    guard bound.type.isNumeric else {
      return fail(
        .typeMismatch, weight.range, "people are weighted by a number, not by \(bound.type.described)",
        fix: "write weighted by pop, or leave it out to count rows")
    }
    return bound.asNumber
  }
}
