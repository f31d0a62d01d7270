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
    let remarks = Remarks()
    way.remark(entries, of: way.asked(by: work.plan.name(ofInput: 0)), remarks)
    remarks.conclude()
    remarks.notes.forEach(work.context.note)
    if off > 0, remarks.notes.isEmpty {
      work.context.note(
        "\(off) of \(places.count) \(work.plan.name(ofInput: 0)) are farther than "
          + "\(PlanTitle.quantity(way.settings.snapping.limit, .length)) from a street open to \(catchment.reach.mode): they serve nothing"
      )
    }
    if catchment.sharing == .split { noteCompany(of: places) }
    let streets = ServedStreets(way, entries, of: places, catchment.sharing, work)
    let limits = catchment.limits
    let isMerged = catchment.sharing == .merged
    let count = isMerged ? 1 : places.count
    let lines = try streets.lines(within: limits)
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

  /// Says how many places stand where another one does: of equally near ones the first is given all.
  private func noteCompany(of places: GeometryArray) {
    var spots: Set<[Double]> = []
    let second = (0..<places.count).count { row in
      guard places.kind(at: row) == .point, let i = places.coordinates(at: row).first else { return false }
      return places.xs[i].isFinite && !spots.insert([places.xs[i], places.ys[i]]).inserted
    }
    guard second > 0 else { return }
    let name = work.plan.name(ofInput: 0)
    work.context.note(
      "\(second) of \(places.count) \(name) stand\(second == 1 ? "s" : "") at the spot of another one before "
        + "\(second == 1 ? "it, and is" : "them, and are") given nothing: `split` gives a spot to the first there")
  }
}
