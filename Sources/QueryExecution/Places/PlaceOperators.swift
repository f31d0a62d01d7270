import QueryPlanning

/// Makes the operators that need all of their rows to work with places: per area, by an index over the rows, new shapes.
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
    case .keep(let condition) where plan.strategy == .indexRows:
      return MarkOperator(condition, rows: try input(0), places: try input(1), work: work)
    case .count(let name):
      return AreaCountOperator(name: name, isDensity: false, areas: try input(0), layer: try input(1), work: work)
    case .density(let name):
      return AreaCountOperator(name: name, isDensity: true, areas: try input(0), layer: try input(1), work: work)
    case .around(.travel(let reach), _, let aggregates):
      return StreetAroundOperator(
        reach, aggregates, rows: try input(0), places: Array(inputs.dropFirst()), work: work)
    case .coverage(let reach, let weight, let prefix):
      _ = try input(1)
      return CoverageOperator(reach, weight: weight, prefix: prefix, inputs: inputs, work: work)
    case .catchment(let catchment): return CatchmentOperator(catchment, input: try input(0), work: work)
    case .reproject: return ReprojectOperator(plan, input: try input(0), context: context)
    case .dissolve(let keys): return DissolveOperator(keys, input: try input(0), work: work)
    case .tiles(let shape, let size): return TileOperator(shape, size: size, input: try input(0), work: work)
    default: return nil
    }
  }
}
