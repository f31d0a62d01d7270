import QueryPlanning

/// Makes the steps that handle each batch by itself.
enum StreamedSteps {
  /// What makes the step of a plan once it is due; `nil` for an operation that has to see more than a batch.
  ///
  /// - Parameter inputs: The plan's; the first is what the step is applied to.
  static func maker(
    of plan: PhysicalPlan, inputs: [any BatchOperator], context: ExecutionContext
  ) throws -> (() throws -> any BatchStep)? {
    let work = PlaceWork(plan: plan, context: context)
    let monitor = context.monitor
    func other() throws -> any BatchOperator {
      guard inputs.count > 1 else { throw ExecutionDiagnostic.noInput(1, of: plan) }
      return inputs[1]
    }
    switch plan.operation {
    case .filter(let condition): return { FilterStep(condition) }
    case .project(let columns): return { ProjectStep(columns: columns, schema: plan.schema) }
    case .keep(let condition) where plan.strategy == .indexPlaces:
      let places = try other()
      return { try KeepStep(condition, places: places, work: work) }
    case .nearest(let count, let prefix, .straight(let limit), _):
      let candidates = try other()
      return { try NearestStep(count: count, prefix: prefix, limit: limit, candidates: candidates, work: work) }
    case .keep(let condition):
      guard let reach = plan.operation.reach?.travel else { return nil }
      let places = Array(inputs.dropFirst())
      return { try StreetKeepStep(condition, reach, places: places, work: work) }
    case .nearest(let count, let prefix, .travel(let reach), let withRoute):
      let places = Array(inputs.dropFirst())
      return {
        try StreetNearestStep(
          count: count, prefix: prefix, reach, withRoute: withRoute, places: places, work: work)
      }
    case .locate(let prefix):
      let areas = try other()
      return { try LocateStep(prefix: prefix, areas: areas, work: work) }
    case .around(.straight(let distance), _, let aggregates):
      let candidates = try other()
      return { try AroundStep(distance: distance, aggregates, candidates: candidates, work: work) }
    case .gaps(let reach):
      _ = try other()
      let others = Array(inputs.dropFirst())
      return { try GapStep(reach, of: others, work: work) }
    case .clip, .erase:
      let areas = try other()
      return { try CutStep(areas: areas, work: work) }
    case .buffer, .centroid, .hull, .simplify: return { ShapeStep(plan: plan, monitor: monitor) }
    default: return nil
    }
  }
}
