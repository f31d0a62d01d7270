import FeatureTables
import GeometryKernel
import GeometryOperations
import QueryPlanning
import SpatialIndexes
import WorkControl

/// Keeps rows by where they are, in their order and each once: `within`, `beyond`, `inside`, `outside`, `intersecting`.
///
/// The index is over the places, and each batch of rows asks; or over the (fewer) rows, and each batch of places marks
/// the rows that it meets.
final class KeepOperator: BatchOperator {
  private let condition: PlaceCondition
  private let rows: any BatchOperator
  private let places: any BatchOperator
  private let work: PlaceWork
  private var index: SpatialIndex?
  private var marked: BatchReader?
  private var withoutPlace = 0
  private(set) var detail = ""

  init(_ condition: PlaceCondition, rows: any BatchOperator, places: any BatchOperator, work: PlaceWork) {
    self.condition = condition
    self.rows = rows
    self.places = places
    self.work = work
  }

  func next() throws -> Batch? {
    work.plan.strategy == .indexRows ? try nextMarked() : try nextAsked()
  }

  // MARK: Index over the places

  private func nextAsked() throws -> Batch? {
    let index = try placesIndex()
    guard let batch = try rows.next() else {
      tellWithoutPlace()
      return nil
    }
    guard let geometry = batch.geometry else { return batch.slice(0..<0) }
    let meets = try meetings(of: geometry, with: index)
    var kept: [Int32] = []
    for row in 0..<geometry.count {
      if geometry.isNullOrEmpty(at: row) {
        withoutPlace += 1
      } else if meets[row] == keepsMeetings {
        kept.append(Int32(truncatingIfNeeded: row))
      }
    }
    return kept.count == batch.rowCount ? batch : batch.selecting(kept)
  }

  private func placesIndex() throws -> SpatialIndex {
    if let index { return index }
    let geometry = try work.collect(places, 1).geometry
    if condition == .inside { work.noteUnlessAreas(geometry, ofInput: 1) }
    let made = SpatialIndex(geometry)
    index = made
    detail = "\(work.plan.strategy.rawValue): \(made)"
    return made
  }

  /// Which rows meet a place, in the sense of the condition.
  private func meetings(of geometry: GeometryArray, with index: SpatialIndex) throws -> [Bool] {
    switch condition {
    case .within(let distance), .beyond(let distance): return index.anyWithin(distance, of: geometry)
    case .inside where geometry.holdsOnlySinglePoints && index.geometry.holdsOnlyAreas:
      return index.firstContaining(geometry).map { $0 >= 0 }
    case .outside where geometry.holdsOnlySinglePoints, .intersecting where geometry.holdsOnlySinglePoints:
      return index.anyWithin(0, of: geometry)
    case .inside: return try exactMeetings(.coveredBy, geometry, index)
    case .outside, .intersecting: return try exactMeetings(.intersects, geometry, index)
    }
  }

  private func exactMeetings(_ predicate: SpatialPredicate, _ geometry: GeometryArray, _ index: SpatialIndex) throws
    -> [Bool]
  {
    let pairs = index.candidates(of: geometry.boxes()).pairs
    let answers = try work.geometryWork {
      try $0.test(predicate, geometry, rows: pairs.queries, index.geometry, rows: pairs.rows)
    }
    var meets = Array(repeating: false, count: geometry.count)
    for (query, answer) in zip(pairs.queries, answers) where answer { meets[Int(query)] = true }
    return meets
  }

  // MARK: Index over the rows

  private func nextMarked() throws -> Batch? {
    if marked == nil { marked = try markRows() }
    return marked?.next()
  }

  private func markRows() throws -> BatchReader {
    let (batch, geometry) = try work.collect(rows, 0)
    let index = SpatialIndex(geometry)
    detail = "\(work.plan.strategy.rawValue): \(index)"
    var meets = Array(repeating: false, count: geometry.count)
    while let placeBatch = try places.next() {
      guard let placeGeometry = placeBatch.geometry else { break }
      if condition == .inside { work.noteUnlessAreas(placeGeometry, ofInput: 1) }
      try mark(&meets, placeGeometry, index)
    }
    var kept: [Int32] = []
    for row in 0..<geometry.count {
      if geometry.isNullOrEmpty(at: row) {
        withoutPlace += 1
      } else if meets[row] == keepsMeetings {
        kept.append(Int32(truncatingIfNeeded: row))
      }
    }
    tellWithoutPlace()
    var reader = BatchReader(work.context)
    reader.rows = batch.selecting(kept)
    return reader
  }

  /// Marks the rows that meet one of the places.
  private func mark(_ meets: inout [Bool], _ places: GeometryArray, _ index: SpatialIndex) throws {
    func mark(_ rows: [Int32]) {
      for row in rows { meets[Int(row)] = true }
    }
    switch condition {
    case .within(let distance), .beyond(let distance):
      for run in runs(of: index.countWithin(distance, of: places)) {
        try work.context.monitor.check()
        mark(index.within(distance, of: places.slice(run)).rows)
      }
    case .inside where index.geometry.holdsOnlySinglePoints && places.holdsOnlyAreas:
      mark(index.pointsInside(places).rows)
    case .inside: mark(try rowsMeeting(.covers, places, index))
    case .outside, .intersecting: mark(try rowsMeeting(.intersects, places, index))
    }
  }

  /// - Parameter predicate: asked of the place about the row.
  private func rowsMeeting(_ predicate: SpatialPredicate, _ places: GeometryArray, _ index: SpatialIndex) throws
    -> [Int32]
  {
    let pairs = index.candidates(of: places.boxes()).pairs
    let answers = try work.geometryWork {
      try $0.test(predicate, places, rows: pairs.queries, index.geometry, rows: pairs.rows)
    }
    return zip(pairs.rows, answers).compactMap { $1 ? $0 : nil }
  }

  // MARK: Both

  private var keepsMeetings: Bool {
    switch condition {
    case .within, .inside, .intersecting: true
    case .beyond, .outside: false
    }
  }

  private func tellWithoutPlace() {
    guard withoutPlace > 0 else { return }
    let rows = withoutPlace == 1 ? "1 row has" : "\(withoutPlace) rows have"
    work.context.note("\(rows) no geometry and cannot be placed: left out")
    withoutPlace = 0
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
