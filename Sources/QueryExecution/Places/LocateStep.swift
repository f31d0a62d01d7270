import FeatureTables
import SpatialIndexes

/// Joins each row with the area that holds it: of several the one that comes first. Lines and areas are placed by
/// their centroid.
struct LocateStep: BatchStep {
  private let areas: PlaceJoin
  private let index: SpatialIndex
  private let name: String

  init(prefix: String, areas: any BatchOperator, work: PlaceWork) throws {
    let (batch, geometry) = try work.collectByID(areas, 1)
    self.areas = PlaceJoin(batch, prefix: prefix, work)
    index = try work.areaIndex(geometry)
    name = work.plan.name(ofInput: 1)
    work.noteUnlessAreas(index.geometry.maximumDimension, ofInput: 1)
  }

  var detail: String { "\(index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let points = batch.places.singlePoints
    let found = index.firstContaining(points)
    guard found.contains(-1) else {
      return areas.assemble(
        batch, matches: found, measured: ["reason": ColumnView(.nulls(type: .text, count: batch.rowCount))])
    }
    var reasons = ColumnBuilder(.text)
    for (row, match) in found.enumerated() {
      if match >= 0 {
        reasons.appendNull()
      } else {
        reasons.append(points.isNullOrEmpty(at: row) ? "no geometry" : "in none of \(name)")
      }
    }
    return areas.assemble(batch, matches: found, measured: ["reason": ColumnView(reasons.finish())])
  }
}
