import QueryPlanning

/// Makes the operators that work with places: keep and join by place, per area, shape.
enum PlaceOperators {
  /// `nil` for an operation of another family.
  static func make(
    _ plan: PhysicalPlan, inputs: [any BatchOperator], context: ExecutionContext
  ) throws -> (any BatchOperator)? {
    let work = PlaceWork(plan: plan, context: context)
    func input(_ number: Int) throws -> any BatchOperator {
      guard inputs.indices.contains(number) else { throw ExecutionDiagnostic.noInput(number, of: plan) }
      return inputs[number]
    }
    switch plan.operation {
    case .keep(let condition):
      return KeepOperator(condition, rows: try input(0), places: try input(1), work: work)
    case .nearest(let count, let prefix, let limit):
      return NearestOperator(
        count: count, prefix: prefix, limit: limit, rows: try input(0), candidates: try input(1), work: work)
    case .locate(let prefix):
      return LocateOperator(prefix: prefix, rows: try input(0), areas: try input(1), work: work)
    case .around(let distance, _, let aggregates):
      return AroundOperator(
        distance: distance, aggregates, rows: try input(0), candidates: try input(1), work: work)
    case .count(let name):
      return AreaCountOperator(name: name, isDensity: false, areas: try input(0), layer: try input(1), work: work)
    case .density(let name):
      return AreaCountOperator(name: name, isDensity: true, areas: try input(0), layer: try input(1), work: work)
    case .coverage(let distance, let weight, let prefix):
      _ = try input(1)
      return CoverageOperator(distance: distance, weight: weight, prefix: prefix, inputs: inputs, work: work)
    case .gaps, .clip, .erase: return CutOperator(input: try input(0), areas: try input(1), work: work)
    case .buffer, .centroid, .hull, .simplify, .reproject: return ShapeOperator(input: try input(0), work: work)
    case .dissolve(let keys): return DissolveOperator(keys, input: try input(0), work: work)
    case .tiles(let shape, let size): return TileOperator(shape, size: size, input: try input(0), work: work)
    default: return nil
    }
  }
}
