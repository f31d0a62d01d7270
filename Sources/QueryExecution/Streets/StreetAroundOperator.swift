import FeatureTables
import GeometryKernel
import QueryPlanning
import StreetNetworks
import WorkControl

/// Adds aggregates over the places around each row along the streets, by a search from each place.
///
/// All rows are held: a search from a place serves all rows about it at once.
final class StreetAroundOperator: CollectingOperator {
  private let reach: TravelReach
  private let aggregates: [BoundAggregate]
  private let rows: any BatchOperator
  private let others: [any BatchOperator]
  private let work: PlaceWork
  private(set) var detail = ""
  var output: BatchReader

  /// - Parameter places: The inputs behind the rows.
  init(
    _ reach: TravelReach, _ aggregates: [BoundAggregate], rows: any BatchOperator, places: [any BatchOperator],
    work: PlaceWork
  ) {
    self.reach = reach
    self.aggregates = aggregates
    self.rows = rows
    others = places
    self.work = work
    output = BatchReader(work.context)
  }

  /// Pairs of a row and a place that are held at once, 52 bytes each.
  private static let mostPairs = 8_000_000

  func compute() throws -> Batch {
    let (batch, geometry) = try work.collect(rows, 0)
    let (candidates, places) = try work.streetPlaces(reach, others)
    detail = "\(places.description), a search from each of them"
    let asked = places.streets.asked(by: work.plan.name(ofInput: 0))
    let around = StreetSurroundings(places: places, asked: asked, workers: work.context.workers)
    let remarks = work.context.remarks
    let onlyCounts = aggregates.allSatisfy { $0.function == .count && $0.argument == nil }
    let joined = try around.join(geometry, remarks)
    let (counts, areExact) = try around.counts(geometry, joined)
    var columns: [Column]
    if onlyCounts {
      let exact = areExact ? counts.map(Int64.init) : try exactCounts(around, geometry, joined, atMost: counts)
      columns = aggregates.map { _ in Column(.integer(exact)) }
    } else {
      let states = try GroupedAggregates(aggregates, remarks)
      let measured = BoundReach.travel(reach).measured
      let fields = candidates.schema.fields.filter { $0.name != measured.name } + [measured]
      for run in runs(of: counts, pairs: Self.mostPairs) {
        let found = try around.pairs(geometry.slice(run), joined.slice(run))
        let near = candidates.selecting(found.places)
          .with([measured.name: Column(.number(found.costs))], schema: Schema(fields))
        let groups = found.rows.map { $0 + Int32(truncatingIfNeeded: run.lowerBound) }
        try states.add(near, groups: groups, groupCount: run.upperBound)
      }
      columns = try states.finish(groupCount: geometry.count)
    }
    remarks.conclude()
    let named = Dictionary(uniqueKeysWithValues: zip(aggregates.map(\.field.name), columns))
    return batch.with(named, schema: work.plan.schema)
  }

  private func exactCounts(
    _ around: StreetSurroundings, _ rows: GeometryArray, _ joined: NetworkEntries, atMost bounds: [Int32]
  ) throws -> [Int64] {
    var counts = [Int64](repeating: 0, count: rows.count)
    for run in runs(of: bounds, pairs: Self.mostPairs) {
      for row in try around.pairs(rows.slice(run), joined.slice(run)).rows { counts[run.lowerBound + Int(row)] += 1 }
    }
    return counts
  }
}

/// What lies around rows along the streets.
private struct StreetSurroundings {
  let places: StreetPlaces
  let asked: AskedStreets
  let workers: Workers

  /// The places of each row by row, nearest first.
  typealias Pairs = (rows: [Int32], places: [Int32], costs: [Double])

  /// Where rows join the streets.
  func join(_ rows: GeometryArray, _ remarks: Remarks) throws -> NetworkEntries {
    let joined = try places.streets.entries(of: rows, workers: workers)
    remark(joined, remarks)
    return joined
  }

  /// How many pairs each row has; no fewer where rows or places have several positions, or need no street.
  func counts(_ rows: GeometryArray, _ joined: NetworkEntries) throws -> (counts: [Int32], areExact: Bool) {
    let streets = places.streets
    let ofPositions = try streets.travel.countAround(
      places.entries.positions, of: joined.positions, within: streets.limit, direction: streets.direction,
      workers: workers)
    if places.isPlain, joined.owners == nil { return (ofPositions, places.entries.owners == nil) }
    let shortcuts = places.shortcutCounts(of: rows, joined)
    let counts = (0..<rows.count).map { row in
      Int32(clamping: joined.range(of: row).reduce(shortcuts[row]) { $0 + Int(ofPositions[$1]) })
    }
    return (counts, false)
  }

  func pairs(_ rows: GeometryArray, _ joined: NetworkEntries) throws -> Pairs {
    let streets = places.streets
    let found = try streets.travel.around(
      places.entries, of: joined, within: streets.limit, direction: streets.direction, workers: workers)
    let shortcuts = places.shortcuts(of: rows, joined, most: nil)
    var next = 0
    var pairs: Pairs = ([], [], [])
    for row in 0..<rows.count {
      var near = found.range(of: row).map { PlaceCost(found.facilities[$0], found.costs[$0]) }
      let first = next
      while next < shortcuts.count, shortcuts[next].row == row {
        near.append(PlaceCost(shortcuts[next].place, shortcuts[next].cost))
        next += 1
      }
      if next > first { near.keepLeastOfEachPlace() }
      for pair in near {
        pairs.rows.append(Int32(truncatingIfNeeded: row))
        pairs.places.append(pair.place)
        pairs.costs.append(pair.cost)
      }
    }
    return pairs
  }

  private func remark(_ joined: NetworkEntries, _ remarks: Remarks) {
    places.streets.remark(joined, of: asked, remarks)
    guard joined.positions.statuses.contains(where: { $0 == .joinedBeyondIsolated || $0 == .offNetwork }) else {
      return
    }
    var counts = (past: 0, off: 0)
    for row in 0..<joined.rowCount {
      switch joined.joint(of: row).status {
      case .joinedBeyondIsolated: counts.past += 1
      case .offNetwork: counts.off += 1
      default: break
      }
    }
    remarks.count(counts.past, .passedIsolated)
    remarks.count(counts.off, places.streets.settings.detour == nil ? .offNetwork : .detoured)
  }
}
