import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Keeps rows by where they are: `within`, `beyond`, `inside`, `outside`, `intersecting`, asking an index over the
/// places.
struct KeepStep: BatchStep {
  private let condition: PlaceCondition
  private let index: SpatialIndex
  private let holdsOnlyAreas: Bool
  private let plan: PhysicalPlan
  private let monitor: WorkMonitor

  init(_ condition: PlaceCondition, places: any BatchOperator, work: PlaceWork) throws {
    self.condition = condition
    plan = work.plan
    monitor = work.context.monitor
    let geometry = try work.collect(places, 1).geometry
    if condition == .inside { work.noteUnlessAreas(geometry.maximumDimension, ofInput: 1) }
    holdsOnlyAreas = geometry.holdsOnlyAreas
    index = condition == .inside ? try work.areaIndex(geometry) : try work.index(geometry)
  }

  var detail: String { "\(plan.strategy.rawValue): \(index)" }

  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch {
    let places = batch.places
    let meets = try meetings(of: places)
    let kept = condition.rows(of: places, meeting: meets, remarks)
    return kept.count == batch.rowCount ? batch : batch.selecting(kept)
  }

  /// Which rows meet a place, in the sense of the condition.
  private func meetings(of rows: GeometryArray) throws -> [Bool] {
    switch condition {
    case .within(.straight(let distance)), .beyond(.straight(let distance), _):
      return index.anyWithin(distance, of: rows)
    case .within(.travel), .beyond(.travel, _): throw ExecutionDiagnostic.unknownOperation(plan)
    case .inside where rows.holdsOnlySinglePoints && holdsOnlyAreas:
      return index.firstContaining(rows).map { $0 >= 0 }
    case .outside where rows.holdsOnlySinglePoints, .intersecting where rows.holdsOnlySinglePoints:
      return index.anyWithin(0, of: rows)
    case .inside: return try exactMeetings(.coveredBy, rows)
    case .outside, .intersecting: return try exactMeetings(.intersects, rows)
    }
  }

  private func exactMeetings(_ predicate: SpatialPredicate, _ rows: GeometryArray) throws -> [Bool] {
    let pairs = index.candidates(of: rows.boxes()).pairs
    let answers = try plan.inGEOS(monitor) {
      try $0.test(predicate, rows, rows: pairs.queries, index.geometry, rows: pairs.rows)
    }
    var meets = Array(repeating: false, count: rows.count)
    for (query, answer) in zip(pairs.queries, answers) where answer { meets[Int(query)] = true }
    return meets
  }
}

extension PlaceCondition {
  private var keepsMeetings: Bool {
    switch self {
    case .within, .inside, .intersecting: true
    case .beyond, .outside: false
    }
  }

  /// The rows to keep, given which of them meet a place. Rows without a place are never kept, but counted.
  func rows(of places: GeometryArray, meeting meets: [Bool], _ remarks: Remarks) -> [Int32] {
    let keepsMeetings = keepsMeetings
    var kept: [Int32] = []
    for row in 0..<places.count {
      if places.isNullOrEmpty(at: row) {
        remarks.count(1, .unplaced)
      } else if meets[row] == keepsMeetings {
        kept.append(Int32(truncatingIfNeeded: row))
      }
    }
    return kept
  }
}

extension Matches {
  /// The matches as pairs of a query and a row.
  var pairs: (queries: [Int32], rows: [Int32]) {
    var queries: [Int32] = []
    queries.reserveCapacity(rows.count)
    for query in 0..<count {
      queries.append(contentsOf: repeatElement(Int32(truncatingIfNeeded: query), count: range(of: query).count))
    }
    return (queries, rows)
  }
}
