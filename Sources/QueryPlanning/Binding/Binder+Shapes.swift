import FeatureTables
import QueryLanguage

/// Steps that change the rows' geometry.
extension Binder {
  mutating func bindShape(_ step: Step, _ plan: LogicalPlan) -> LogicalPlan? {
    let range = step.range
    switch step.kind {
    case .buffer(let distance):
      guard let metres = length(distance, limits: -Self.longestLength...Self.longestLength) else { return nil }
      return extend(plan, .buffer(metres), plan.schema, range)
    case .catchment(let catchment): return bindCatchment(catchment, plan, step)
    case .dissolve(let keys): return bindDissolve(keys, plan, range)
    case .clip(let source):
      return places(source, plan).map { extend(plan, .clip, plan.schema, range, with: [$0]) }
    case .erase(let source):
      return places(source, plan).map { extend(plan, .erase, plan.schema, range, with: [$0]) }
    case .centroid: return extend(plan, .centroid, plan.schema, range)
    case .hull: return extend(plan, .hull, plan.schema, range)
    case .simplify(let tolerance):
      guard let metres = length(tolerance) else { return nil }
      return extend(plan, .simplify(metres), plan.schema, range)
    case .grid(let size): return tiles(.square, size, plan, range)
    case .hexagons(let size): return tiles(.hexagon, size, plan, range)
    default: return nil
    }
  }

  private mutating func bindDissolve(_ keys: [NamedExpression], _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    guard let bound = bindKeys(keys, over: plan.schema) else { return nil }
    var input = plan
    // Computed keys become columns first.
    if bound.contains(where: { !$0.isPassedOn }) {
      let projection = bound + passOn([Field(Field.geometryName, .geometry)], range)
      input = extend(plan, .project(projection), Schema(projection.map(\.field)), range)
    }
    let schema = Schema(bound.map(\.field) + [Field(Field.geometryName, .geometry)])
    let rows = bound.isEmpty ? 1 : max(1, plan.estimatedRows.squareRoot())
    return extend(input, .dissolve(bound.map(\.name)), schema, range, rows: rows)
  }

  private mutating func tiles(_ shape: TileShape, _ size: Expression, _ plan: LogicalPlan, _ range: Range<Int>)
    -> LogicalPlan?
  {
    guard let metres = length(size, limits: 0.01...Self.longestLength) else { return nil }
    let schema = Schema([
      Field("id", .integer), Field("column", .integer), Field("row", .integer), Field(Field.geometryName, .geometry),
    ])
    return extend(plan, .tiles(shape, size: metres), schema, range, rows: 1000)
  }
}
