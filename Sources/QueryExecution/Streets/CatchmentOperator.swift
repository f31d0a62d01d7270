import FeatureTables
import GeometryKernel
import QueryPlanning

/// The streets or the areas from which each row is reached within limits: a row for each facility and limit, or for each
/// limit where facilities are merged.
final class CatchmentOperator: CollectingOperator {
  private let catchment: LogicalPlan.Catchment
  private let input: any BatchOperator
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  init(_ catchment: LogicalPlan.Catchment, input: any BatchOperator, work: PlaceWork) {
    self.catchment = catchment
    self.input = input
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, places) = try work.collect(input, 0)
    let way = try Streets(catchment.reach, work)
    let entries = try way.entries(of: places, workers: work.context.workers)
    detail = way.description
    let off = (0..<entries.rowCount).count { entries.joint(of: $0).status == .offNetwork }
    if off > 0 {
      work.context.note(
        "\(off) of \(places.count) \(work.plan.name(ofInput: 0)) are farther than "
          + "\(PlanTitle.quantity(way.settings.snapping.limit, .length)) from a street open to \(catchment.reach.mode): they serve nothing"
      )
    }
    let streets = ServedStreets(way, entries, work)
    let limits = catchment.limits
    let isMerged = catchment.sharing == .merged
    let count = isMerged ? 1 : places.count
    let lines = try streets.lines(within: limits, catchment.sharing)
    let shapes = try lines.map { lines in
      catchment.asLines
        ? streets.lines(lines, ofFacilities: count)
        : try streets.areas(lines, ofFacilities: count, width: catchment.width)
    }
    // By facility, then by limit.
    var geometry = GeometryArrayBuilder()
    for facility in 0..<count { for shape in shapes { geometry.append(shape, row: facility) } }
    let measured = BoundReach.travel(catchment.reach).measured.name
    let columns = [
      measured: Column(.number((0..<count).flatMap { _ in limits })),
      Field.geometryName: Column(.geometry(geometry.finish())),
    ]
    let schema = work.plan.schema
    if isMerged {
      return Batch(
        Table(schema: schema, columns: schema.fields.compactMap { columns[$0.name] }, rowCount: limits.count))
    }
    let rows = (0..<count).flatMap { row in limits.map { _ in Int32(truncatingIfNeeded: row) } }
    return batch.selecting(rows).with(columns, schema: schema)
  }
}
