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
        for row in marks.meets.indices where marks.meets[row] { meets[row] = true }
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

  /// Whether each row meets one of the places, and the highest dimension of these.
  func mark(by places: GeometryArray) throws -> (meets: [Bool], highest: PartDimension?) {
    var meets = Array(repeating: false, count: index.geometry.count)
    func mark(_ rows: [Int32]) {
      for row in rows { meets[Int(row)] = true }
    }
    switch condition {
    case .within(let distance), .beyond(let distance):
      for run in runs(of: index.countWithin(distance, of: places)) {
        try monitor.check()
        mark(index.within(distance, of: places.slice(run)).rows)
      }
    case .inside where index.geometry.holdsOnlySinglePoints && places.holdsOnlyAreas:
      mark(try index.pointsInside(places, workers: .one).rows)
    case .inside: mark(try rows(.covers, places))
    case .outside, .intersecting: mark(try rows(.intersects, places))
    }
    return (meets, places.maximumDimension)
  }

  /// The rows of which a predicate asked of a place is true; some may come several times.
  private func rows(_ predicate: SpatialPredicate, _ places: GeometryArray) throws -> [Int32] {
    let pairs = index.candidates(of: places.boxes()).pairs
    let answers = try plan.inGEOS(monitor) {
      try $0.test(predicate, places, rows: pairs.queries, index.geometry, rows: pairs.rows)
    }
    return zip(pairs.rows, answers).compactMap { $1 ? $0 : nil }
  }
}
