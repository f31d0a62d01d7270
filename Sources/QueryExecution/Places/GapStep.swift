import FeatureTables
import GeometryKernel
import QueryPlanning
import WorkControl

/// The parts of each row that are farther than a distance from every facility; rows all within reach are dropped.
struct GapStep: BatchStep {
  private let reach: AreaReach
  private let plan: PhysicalPlan
  private let monitor: WorkMonitor

  /// - Parameter others: The facilities, and what the reach adds.
  init(_ reach: BoundReach, of others: [any BatchOperator], work: PlaceWork) throws {
    self.reach = try AreaReach(reach, of: others, work)
    plan = work.plan
    monitor = work.context.monitor
  }

  var detail: String { "\(reach)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let gaps = try plan.inGEOS(monitor) { try reach.gaps(in: batch.places, $0, monitor) }
    return batch.with([Field.geometryName: Column(.geometry(gaps))], schema: plan.schema).selecting(gaps.placedRows)
  }
}
