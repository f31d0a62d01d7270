import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes

/// Changes the geometry of each row by itself: `buffer`, `centroid`, `hull`, `simplify`, and bringing it to another
/// reference system.
final class ShapeOperator: BatchOperator {
  private let input: any BatchOperator
  private let work: PlaceWork

  init(input: any BatchOperator, work: PlaceWork) {
    self.input = input
    self.work = work
  }

  func next() throws -> Batch? {
    guard let batch = try input.next(), let geometry = batch.geometry else { return nil }
    return batch.with([Field.geometryName: Column(.geometry(try shaped(geometry)))], schema: work.plan.schema)
  }

  private func shaped(_ geometry: GeometryArray) throws -> GeometryArray {
    switch work.plan.operation {
    case .buffer(let distance): try work.geometryWork { try $0.buffer(geometry, distance: distance) }
    case .centroid: geometry.centroids()
    case .hull: try work.geometryWork { try $0.convexHull(geometry) }
    case .simplify(let tolerance): try work.geometryWork { try $0.simplify(geometry, tolerance: tolerance) }
    case .reproject:
      if let from = work.plan.inputs[0].referenceSystem, let to = work.plan.referenceSystem {
        try work.context.data.reproject(geometry, from: from, to: to)
      } else {
        geometry
      }
    default: throw ExecutionDiagnostic.unknownOperation(work.plan)
    }
  }
}

/// Cuts the geometry of each row with the areas of a layer, and drops rows with nothing left: `clip`, `erase` and
/// `gaps`.
final class CutOperator: BatchOperator {
  private let input: any BatchOperator
  private let areas: any BatchOperator
  private let work: PlaceWork
  private var mask: (geometry: GeometryArray, index: SpatialIndex)?
  private(set) var detail = ""

  init(input: any BatchOperator, areas: any BatchOperator, work: PlaceWork) {
    self.input = input
    self.areas = areas
    self.work = work
  }

  func next() throws -> Batch? {
    let (mask, index) = try prepare()
    guard let batch = try input.next(), let geometry = batch.geometry else { return nil }
    let near = index.candidates(of: geometry.boxes())
    let cut = try work.geometryWork { geos in
      if case .clip = work.plan.operation {
        return try geos.clip(geometry, to: mask, starts: near.starts, candidates: near.rows)
      }
      return try geos.erase(geometry, by: mask, starts: near.starts, candidates: near.rows)
    }
    let rows = cut.placedRows
    return batch.with([Field.geometryName: Column(.geometry(cut))], schema: work.plan.schema).selecting(rows)
  }

  private func prepare() throws -> (GeometryArray, SpatialIndex) {
    if let mask { return mask }
    var geometry = try work.collect(areas, 1).geometry
    if case .gaps(let distance) = work.plan.operation {
      geometry = try work.geometryWork { try StraightReach(geometry, distance: distance, $0).discs }
    }
    let made = (geometry: geometry, index: SpatialIndex(geometry))
    detail = "\(made.index)"
    mask = made
    return made
  }
}
