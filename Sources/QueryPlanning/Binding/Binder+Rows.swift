import FeatureTables
import QueryLanguage

/// Steps that work on whole rows without looking at their places.
extension Binder {
  mutating func bind(_ step: Step, after plan: LogicalPlan) -> LogicalPlan? {
    switch step.kind {
    case .where(let condition): return bindWhere(condition, plan, step.range)
    case .select(let columns): return bindSelect(columns, plan, step.range)
    case .derive(let columns): return bindDerive(columns, plan, step.range)
    case .sort(let keys): return bindSort(keys, plan, step.range)
    case .take(let count):
      guard let count = wholeNumber(count, "take", 0...Int.max) else { return nil }
      return extend(plan, .take(count), plan.schema, step.range, rows: min(plan.estimatedRows, Double(count)))
    case .summarize(let aggregates, let keys): return bindSummarize(aggregates, by: keys, plan, step.range)
    case .join(let source, let condition, let name): return bindJoin(source, condition, name, plan, step.range)
    case .union(let source): return bindUnion(source, plan, step.range)
    case .distinct(let columns): return bindDistinct(columns, plan, step)
    case .repair: return bindRepair(plan, step.range)
    case .within, .beyond, .inside, .outside, .intersecting, .nearest, .locate, .around, .count, .density, .coverage,
      .gaps, .buffer, .catchment, .dissolve, .clip, .erase, .centroid, .hull, .simplify, .grid, .hexagons:
      // Without a geometry the step's own mistakes are told all the same.
      let hasPlace = requireGeometry(plan, step.verb)
      let next = bindPlaces(step, plan) ?? bindShape(step, plan)
      return hasPlace ? next : nil
    case .export: return plan
    }
  }

  private mutating func bindWhere(_ condition: Expression, _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    var aggregates: [BoundAggregate] = []
    guard let bound = bind(condition, over: plan.schema, &aggregates, isCondition: true) else { return nil }
    let wide = withAggregates(plan, aggregates, range)
    return without(
      aggregates,
      extend(wide, .filter(bound), wide.schema, range, rows: plan.estimatedRows * Self.selectivity(of: bound)), range)
  }

  private mutating func bindSort(_ keys: [SortKey], _ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan? {
    var bound: [BoundSortKey] = []
    var aggregates: [BoundAggregate] = []
    for key in keys {
      guard let expression = bind(key.expression, over: plan.schema, &aggregates) else { continue }
      if expression.type == .geometry {
        diagnostics.append(
          Diagnostic(
            .typeMismatch, at: key.expression.range, "geometries have no order", fix: "sort by a measure such as area()"
          ))
        continue
      }
      bound.append(BoundSortKey(expression: expression, descending: key.descending))
    }
    guard bound.count == keys.count else { return nil }
    let wide = withAggregates(plan, aggregates, range)
    return without(aggregates, extend(wide, .sort(bound), wide.schema, range), range)
  }

  private mutating func bindDistinct(_ columns: [NamedExpression], _ plan: LogicalPlan, _ step: Step) -> LogicalPlan? {
    guard let keys = bindKeys(columns, over: plan.schema) else { return nil }
    for (key, column) in zip(keys, columns) where !key.isPassedOn {
      return fail(
        .typeMismatch, column.expression.range, "`distinct` compares columns",
        fix: "compute it before: derive \(key.name) = … | distinct \(key.name)")
    }
    let names = keys.isEmpty ? plan.schema.attributes.map(\.name) : keys.map(\.name)
    guard !names.isEmpty else {
      return fail(
        .unknownColumn, step.verb.range, "`distinct` compares columns, and these rows have only their geometry",
        fix: "derive a column before, or leave `distinct` out")
    }
    return extend(plan, .distinct(names), plan.schema, step.range, rows: plan.estimatedRows / 2)
  }

  /// Mistakes are made in the coordinates that a layer is kept in: there they are looked for, before anything else is.
  private func bindRepair(_ plan: LogicalPlan, _ range: Range<Int>) -> LogicalPlan {
    let added = [Field("repaired", .text), Field("problem", .text)]
    let kept = plan.schema.fields.filter { field in !added.contains { $0.name == field.name } }
    let schema = appending(added, to: Schema(kept))
    guard case .scan(let layer) = plan.operation, let system = plan.referenceSystem,
      let own = ((try? catalog.relation(named: layer)) ?? nil)?.keptSystem
    else { return extend(plan, .repair, schema, range) }
    var scan = plan
    scan.referenceSystem = own
    return reprojected(extend(scan, .repair, schema, range), to: system)
  }

  mutating func wholeNumber(_ expression: Expression, _ verb: String, _ limits: ClosedRange<Int>) -> Int? {
    guard let bound = bindConstant(expression) else { return nil }
    guard case .integer(let whole)? = bound.constantValue, limits.contains(Int(whole)) else {
      let upper = limits.upperBound == .max ? "or more" : "to \(limits.upperBound)"
      return fail(
        .outOfRange, expression.range, "`\(verb)` takes a whole number, \(limits.lowerBound) \(upper)",
        fix: verb == "nearest" ? "write nearest 3 clinics as c" : "write \(verb) 10")
    }
    return Int(whole)
  }
}
