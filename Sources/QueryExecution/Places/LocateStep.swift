import FeatureTables

/// Joins each row with the area that holds it: of several the one that comes first. Lines and areas are placed by
/// their centroid.
struct LocateStep: BatchStep {
  private let areas: PlaceJoin

  init(prefix: String, areas: any BatchOperator, work: PlaceWork) throws {
    self.areas = try PlaceJoin(areas, prefix: prefix, work)
    try self.areas.index.prepareAreas(workers: work.context.workers)
    work.noteUnlessAreas(self.areas.index.geometry.maximumDimension, ofInput: 1)
  }

  var detail: String { "\(areas.index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let points = batch.places.singlePoints
    let found = areas.index.firstContaining(points)
    guard found.contains(-1) else {
      return areas.assemble(batch, matches: found, measured: ["reason": .nulls(type: .text, count: batch.rowCount)])
    }
    var reasons = ColumnBuilder(.text)
    for (row, match) in found.enumerated() {
      if match >= 0 {
        reasons.appendNull()
      } else {
        reasons.append(points.isNullOrEmpty(at: row) ? "no geometry" : "in none of \(areas.name)")
      }
    }
    return areas.assemble(batch, matches: found, measured: ["reason": reasons.finish()])
  }
}
