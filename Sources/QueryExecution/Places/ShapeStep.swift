import FeatureTables
import GeometryKernel
import QueryPlanning
import WorkControl

/// Changes the geometry of each row by itself: `buffer`, `centroid`, `hull`, `simplify`.
struct ShapeStep: BatchStep {
  let plan: PhysicalPlan
  let monitor: WorkMonitor

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    batch.with([Field.geometryName: Column(.geometry(try shaped(batch.places)))], schema: plan.schema)
  }

  private func shaped(_ geometry: GeometryArray) throws -> GeometryArray {
    switch plan.operation {
    case .buffer(let distance): try plan.inGEOS(monitor) { try $0.buffer(geometry, distance: distance) }
    case .centroid: geometry.centroids()
    case .hull: try plan.inGEOS(monitor) { try $0.convexHull(geometry) }
    case .simplify(let tolerance): try plan.inGEOS(monitor) { try $0.simplify(geometry, tolerance: tolerance) }
    default: throw ExecutionDiagnostic.unknownOperation(plan)
    }
  }
}
