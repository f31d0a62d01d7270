import FeatureTables
import QueryPlanning

/// The one line by which `explain` names an operation.
enum PlanTitle {
  static func of(_ plan: PhysicalPlan) -> String {
    let other = plan.inputs.count > 1 ? plan.inputs[1].layerName : "?"
    switch plan.operation {
    case .scan(let layer): return "scan \(layer)"
    case .result: return "result \(plan.layerName)"
    case .table(let table, let label): return "\(label), \(table.rowCount) rows"
    case .point(let longitude, let latitude): return "point(\(longitude), \(latitude))"
    case .filter(let condition): return "filter \(ExpressionText.of(condition))"
    case .project(let columns): return projection(columns)
    case .aggregateOverAll(let aggregates): return "over all rows: \(list(aggregates.map(aggregate)))"
    case .sort(let keys):
      return "sort by \(list(keys.map { ExpressionText.of($0.expression) + ($0.descending ? " desc" : "") }))"
    case .take(let count): return "take \(count)"
    case .summarize(let keys, let aggregates):
      let by = keys.isEmpty ? "" : " by \(list(keys.map(column)))"
      return "summarize \(list(aggregates.map(aggregate)))\(by)"
    case .join(let left, let right, let prefix):
      let pairs = zip(left, right).map { "\($0) == \(prefix).\($1)" }
      return "join \(other) on \(pairs.joined(separator: " and ")) as \(prefix)"
    case .union: return "union \(other)"
    case .distinct(let names): return "distinct \(list(names))"
    case .repair: return "repair"
    case .keep(let condition): return "\(place(condition)) \(other)"
    case .nearest(let count, let prefix, let reach, let withRoute):
      let route = withRoute ? " with route" : ""
      return "nearest \(count) \(reach.isFrom ? "from" : "of") \(other) as \(prefix)\(limit(reach))\(route)"
    case .locate(let prefix): return "locate in \(other) as \(prefix)"
    case .around(let distance, let prefix, let aggregates):
      return
        "around \(written(distance)) \(distance.isFrom ? "from " : "")\(other) as \(prefix): \(list(aggregates.map(aggregate)))"
    case .count(let name): return "count \(other) as \(name)"
    case .density(let name): return "density of \(other) as \(name)"
    case .coverage(let distance, let weight, _):
      let people = plan.inputs.count - (distance.travel?.addedInputs ?? 0) > 2 ? " of \(plan.inputs[2].layerName)" : ""
      let weighted = weight.map { " weighted by \(ExpressionText.of($0))" } ?? ""
      return "coverage \(distance.isFrom ? "from" : "by") \(other) within \(written(distance))\(people)\(weighted)"
    case .gaps(let distance):
      return "gaps \(distance.isFrom ? "from" : "by") \(other) within \(written(distance))"
    case .buffer(let distance): return "buffer \(metres(distance))"
    case .catchment(let catchment): return self.catchment(catchment)
    case .dissolve(let names): return names.isEmpty ? "dissolve" : "dissolve by \(list(names))"
    case .clip: return "clip to \(other)"
    case .erase: return "erase \(other)"
    case .centroid: return "centroid"
    case .hull: return "hull"
    case .simplify(let tolerance): return "simplify \(metres(tolerance))"
    case .tiles(.square, let size): return "grid \(metres(size))"
    case .tiles(.hexagon, let size): return "hexagons \(metres(size))"
    case .reproject: return "reproject to \(plan.referenceSystem ?? "an unknown system")"
    }
  }

  private static func place(_ condition: PlaceCondition) -> String {
    switch condition {
    case .within(let reach): "within \(written(reach)) \(reach.isFrom ? "from" : "of")"
    case .beyond(let reach, _): "beyond \(written(reach)) \(reach.isFrom ? "from" : "of")"
    case .inside: "inside"
    case .outside: "outside"
    case .intersecting: "intersecting"
    }
  }

  private static func column(_ column: BoundColumn) -> String {
    column.isPassedOn ? column.name : "\(column.name) = \(ExpressionText.of(column.expression))"
  }

  /// Many columns that are only passed on are counted, not named.
  private static func projection(_ columns: [BoundColumn]) -> String {
    let passed = columns.filter(\.isPassedOn)
    if passed.count <= 6 { return "project \(list(columns.map(column)))" }
    let computed = columns.filter { !$0.isPassedOn }.map(column)
    return "project \(list(computed + ["\(passed.count) columns"]))"
  }

  /// Aggregates that the binder took out of an expression have a name that nobody typed.
  private static func aggregate(_ aggregate: BoundAggregate) -> String {
    let argument = aggregate.argument.map { ExpressionText.of($0) } ?? ""
    let call = "\(aggregate.function.rawValue)(\(argument))"
    return aggregate.field.name.hasPrefix("#") ? call : "\(aggregate.field.name) = \(call)"
  }

  /// `500 m`, `15 min by walk`
  private static func written(_ reach: BoundReach) -> String {
    switch reach {
    case .straight(let metres): self.metres(metres)
    case .travel(let travel):
      [travel.limit.map { quantity($0, travel.measure) } ?? "", "by \(travel.mode)"]
        .filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  private static func limit(_ reach: BoundReach) -> String {
    switch reach {
    case .straight(.infinity): ""
    case .travel(let travel) where travel.limit == nil: " by \(travel.mode)"
    default: " within \(written(reach))"
    }
  }

  static func quantity(_ limit: Double, _ measure: TravelReach.Measure) -> String {
    ExpressionText.quantity(limit, measure == .length ? .metre : .minute)
  }

  /// `catchment 5 min, 10 min by walk split`
  private static func catchment(_ catchment: LogicalPlan.Catchment) -> String {
    let reach = catchment.reach
    let limits = list(catchment.limits.map { quantity($0, reach.measure) })
    let sharing = catchment.sharing == .overlapping ? "" : " \(catchment.sharing)"
    let shape = catchment.asLines ? " as lines" : " \(metres(catchment.width)) wide"
    return "catchment \(BoundReach.travel(reach).isFrom ? "from " : "")\(limits) by \(reach.mode)\(sharing)\(shape)"
  }

  private static func metres(_ distance: Double) -> String { ExpressionText.quantity(distance, .metre) }

  private static func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }
}

extension BoundReach {
  /// `from` was written.
  fileprivate var isFrom: Bool { travel?.direction == .fromPlaces }
}
