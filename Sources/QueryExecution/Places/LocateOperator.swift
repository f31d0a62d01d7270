import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes

/// Joins each row with the area that holds it: of several the one that comes first. Lines and areas are placed by
/// their centroid.
final class LocateOperator: BatchOperator {
  private let prefix: String
  private let rows: any BatchOperator
  private let areas: any BatchOperator
  private let work: PlaceWork
  private var prepared: (index: SpatialIndex, joined: JoinedBatch)?
  private(set) var detail = ""

  init(prefix: String, rows: any BatchOperator, areas: any BatchOperator, work: PlaceWork) {
    self.prefix = prefix
    self.rows = rows
    self.areas = areas
    self.work = work
  }

  func next() throws -> Batch? {
    let (index, joined) = try prepare()
    guard let batch = try rows.next(), let geometry = batch.geometry else { return nil }
    let points = geometry.holdsOnlySinglePoints ? geometry : geometry.centroids()
    let found = index.firstContaining(points)
    var reasons = ColumnBuilder(.text)
    for (row, match) in found.enumerated() {
      if match >= 0 {
        reasons.appendNull()
      } else {
        reasons.append(points.isNullOrEmpty(at: row) ? "no geometry" : "in none of \(work.name(ofInput: 1))")
      }
    }
    return joined.assemble(batch, matches: found, measured: ["\(prefix).reason": reasons.finish()])
  }

  private func prepare() throws -> (SpatialIndex, JoinedBatch) {
    if let prepared { return prepared }
    let (batch, geometry) = try work.collectByID(areas, 1)
    work.noteUnlessAreas(geometry, ofInput: 1)
    let made = (
      index: SpatialIndex(geometry), joined: JoinedBatch(schema: work.plan.schema, prefix: prefix, candidates: batch)
    )
    prepared = made
    detail = "\(made.index)"
    return made
  }
}
