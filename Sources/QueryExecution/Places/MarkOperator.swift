import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Keeps rows by where they are, as `KeepStep`, with the index over the (fewer) rows: each batch of places marks the rows
/// that it meets.
final class MarkOperator: CollectingOperator {
  private let condition: PlaceCondition
  private let rows: any BatchOperator
  private let places: any BatchOperator
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  init(_ condition: PlaceCondition, rows: any BatchOperator, places: any BatchOperator, work: PlaceWork) {
    self.condition = condition
    self.rows = rows
    self.places = places
    self.work = work
    output = BatchReader(work.context)
  }

  func compute() throws -> Batch {
    let (batch, geometry) = try work.collect(rows, 0)
    let marker = RowMarker(
      condition: condition, index: try work.index(geometry), plan: work.plan, monitor: work.context.monitor)
    detail = "\(work.plan.strategy.rawValue): \(marker.index)"
    var meets = Array(repeating: false, count: geometry.count)
    var highest: PartDimension?
    var waves = BatchWaves(work.context.workers)
    while let wave = try waves.next(of: places, { try marker.mark(by: $0.places) }) {
      for marks in wave {
        for row in marks.rows { meets[Int(row)] = true }
        highest = [highest, marks.highest].compactMap(\.self).max()
      }
    }
    if condition == .inside { work.noteUnlessAreas(highest, ofInput: 1) }
    let kept = condition.rows(of: geometry, meeting: meets, work.context.remarks)
    work.context.remarks.conclude()
    return batch.selecting(kept)
  }
}

/// Finds the rows that places meet, in the sense of a condition.
private struct RowMarker: Sendable {
  let condition: PlaceCondition
  let index: SpatialIndex
  let plan: PhysicalPlan
  let monitor: WorkMonitor

  /// The rows that meet one of the places, some of them several times, and the highest dimension of the places.
  func mark(by places: GeometryArray) throws -> (rows: [Int32], highest: PartDimension?) {
    var rows: [Int32] = []
    switch condition {
    case .within(.straight(let distance)), .beyond(.straight(let distance), _):
      for run in runs(of: index.countWithin(distance, of: places)) {
        try monitor.check()
        rows += index.within(distance, of: places.slice(run)).rows
        // Places that lie close together find the same rows: the list stays as short as there are rows.
        if rows.count > 2 * index.geometry.count { rows = Array(Set(rows)) }
      }
    case .within(.travel), .beyond(.travel, _): throw ExecutionDiagnostic.unknownOperation(plan)
    case .inside where index.geometry.holdsOnlySinglePoints && places.holdsOnlyAreas:
      rows = try index.pointsInside(places, workers: .one).rows
    case .inside: rows = try rowsMeeting(.covers, places)
    case .outside, .intersecting: rows = try rowsMeeting(.intersects, places)
    }
    return (rows, places.maximumDimension)
  }

  /// The rows of which a predicate asked of a place is true; some may come several times.
  private func rowsMeeting(_ predicate: SpatialPredicate, _ places: GeometryArray) throws -> [Int32] {
    let pairs = index.candidates(of: places.boxes()).pairs
    let answers = try plan.inGEOS(monitor) {
      try $0.test(predicate, places, rows: pairs.queries, index.geometry, rows: pairs.rows)
    }
    return zip(pairs.rows, answers).compactMap { $1 ? $0 : nil }
  }
}
