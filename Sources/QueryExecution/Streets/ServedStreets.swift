import GeometryKernel
import GeometryOperations
import QueryLanguage
import QueryPlanning
import StreetNetworks
import Synchronization
import WorkControl

/// Facilities that have joined the streets, and the streets and areas that they serve.
struct ServedStreets {
  private let streets: Streets
  private let entries: NetworkEntries
  /// Those that are areas and joined the streets: what is in one is served by it. None where streets are split: another
  /// facility may stand in an area, and no place is given twice.
  private let areaRows: [Int32]
  private let geometry: GeometryArray
  private let sharing: Catchment.Sharing
  private let work: PlaceWork

  /// - Parameter geometry: Of the facilities that joined.
  init(
    _ streets: Streets, _ entries: NetworkEntries, of geometry: GeometryArray, _ sharing: Catchment.Sharing,
    _ work: PlaceWork
  ) {
    self.streets = streets
    self.entries = entries
    self.geometry = geometry
    self.sharing = sharing
    self.work = work
    let placed = sharing == .split ? [] : geometry.placedRows
    areaRows = placed.filter { row in
      geometry.kind(at: Int(row)).partDimension == .area && entries.joint(of: Int(row)).status != .offNetwork
    }
  }

  /// The streets within limits in metres or seconds, by facility, or as those of facility 0 where they are merged.
  ///
  /// - Throws: `Cancelled`.
  func lines(within limits: [Double]) throws -> [ServiceLines] {
    let (travel, direction) = (streets.travel, streets.direction)
    let workers = work.context.workers
    if sharing == .overlapping {
      return try limits.map {
        try travel.serviceLines(entries.positions, within: $0, direction: direction, workers: workers)
          .owned(by: entries.owners)
      }
    }
    let reach = try NearestReach(
      of: entries.positions, over: travel, within: limits.max() ?? 0, direction: direction,
      workers: workers)
    return limits.map {
      sharing == .split
        ? reach.serviceLines(within: $0).owned(by: entries.owners) : reach.mergedServiceLines(within: $0)
    }
  }

  /// A line of several parts for each of some facilities.
  func lines(_ lines: ServiceLines, ofFacilities count: Int) -> GeometryArray {
    lines.lines(ofFacilities: count, on: streets.travel.graph)
  }

  /// An area for each of some facilities, empty where it reaches nothing.
  ///
  /// - Throws: `Diagnostic` where an overlay fails, `Cancelled`.
  func areas(_ lines: ServiceLines, ofFacilities count: Int, width: Double) throws -> GeometryArray {
    let (plan, workers, monitor) = (work.plan, work.context.workers, work.context.monitor)
    let (geometry, areaRows) = (geometry, Set(areaRows))
    let areas = ServiceAreas(lines, over: streets.travel, streets.network.edges, width: width)
    if count == 1 { return try area(areas) }
    let runs = workers.runs(of: count, atLeast: 1)
    let begun = Atomic<Int>(0)
    let parts = try workers.map(pieces: runs.count) { piece in
      var rows = GeometryArrayBuilder()
      for facility in runs[piece] {
        let done = begun.wrappingAdd(1, ordering: .relaxed).oldValue
        try monitor.report("service areas", fraction: Double(done) / Double(count), done: done)
        let pieces = areas.pieces(of: facility)
        var united = try plan.inGEOS(monitor) { try $0.union(pieces, validity: .known) }
        if areaRows.contains(Int32(facility)) {
          let both = geometry.rows([Int32(facility)], with: united)
          united = try plan.inGEOS(monitor) { try $0.union(both) }
        }
        rows.appendArea(areas.closingSmallHoles(of: united, facility: facility))
      }
      return rows.finish()
    }
    return GeometryArray(joining: parts)
  }

  /// The pieces of an area united at once; the same whatever the number of threads.
  private static let piecesAtOnce = 64

  /// The area of the only facility, united by all threads.
  private func area(_ areas: ServiceAreas) throws -> GeometryArray {
    let (plan, workers, monitor) = (work.plan, work.context.workers, work.context.monitor)
    var pieces = areas.pieces(of: 0)
    while pieces.count > 1 {
      let all = pieces
      let runs = stride(from: 0, to: all.count, by: Self.piecesAtOnce)
        .map { $0..<min($0 + Self.piecesAtOnce, all.count) }
      pieces = GeometryArray(
        joining: try workers.map(pieces: runs.count) { run in
          let rows = runs[run]
          let part = all.slice(rows)
          return try plan.inGEOS(monitor) { try $0.union(part, validity: .known) }
        })
    }
    if !areaRows.isEmpty {
      let all = geometry.rows(areaRows, with: pieces)
      pieces = try plan.inGEOS(monitor) { try $0.union(all) }
    }
    var row = GeometryArrayBuilder()
    row.appendArea(areas.closingSmallHoles(of: pieces, facility: 0))
    return row.finish()
  }
}

extension GeometryArrayBuilder {
  /// The only row of an array, an empty area where there is none.
  fileprivate mutating func appendArea(_ area: GeometryArray) {
    if area.count == 1, !area.isNullOrEmpty(at: 0) { return append(area, row: 0) }
    beginRow(.polygon)
    endRow()
  }
}

extension GeometryArray {
  /// Some rows and those of another array behind them.
  fileprivate func rows(_ rows: [Int32], with others: GeometryArray) -> GeometryArray {
    var all = gather(rows)
    all.append(contentsOf: others)
    return all
  }

  fileprivate init(joining parts: [GeometryArray]) {
    var rows = GeometryArrayBuilder()
    for part in parts { rows.append(part, rows: 0..<part.count) }
    self = rows.finish()
  }
}
