import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Cuts the geometry of each row with the areas of a layer, and drops rows with nothing left: `clip` and `erase`.
struct CutStep: BatchStep {
  private let index: SpatialIndex
  private let plan: PhysicalPlan
  private let monitor: WorkMonitor

  init(areas: any BatchOperator, work: PlaceWork) throws {
    plan = work.plan
    monitor = work.context.monitor
    index = try work.index(try work.collect(areas, 1).geometry)
  }

  var detail: String { "\(index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let places = batch.places
    let near = index.candidates(of: places.boxes())
    let cut = try plan.inGEOS(monitor) { geos in
      if case .clip = plan.operation {
        return try geos.clip(places, to: index.geometry, starts: near.starts, candidates: near.rows)
      }
      return try geos.erase(places, by: index.geometry, starts: near.starts, candidates: near.rows)
    }
    return batch.with([Field.geometryName: Column(.geometry(cut))], schema: plan.schema).selecting(cut.placedRows)
  }
}
