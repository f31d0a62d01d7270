import GeometryKernel
import QueryLanguage
import QueryPlanning
import StreetNetworks
import WorkControl

/// The nearest places of rows along the streets, by one search from all places that is done before the first row asks.
struct StreetSearch: Sendable {
  let places: StreetPlaces
  private let asked: AskedStreets
  private let count: Int
  private let search: Search
  /// The same from the places that are closed as well, to tell who is not served for that.
  private let withClosed: (places: StreetPlaces, reach: NearestReach)?

  private enum Search: Sendable {
    /// Finds positions of places.
    case one(NearestReach)
    /// Finds places.
    case several(SeveralReach)
  }

  /// - Parameters:
  ///   - asking: The input whose rows will ask.
  ///   - closed: The open and the closed places; `nil` where nobody asks for the reason.
  init(
    _ count: Int, of places: StreetPlaces, asking: Int, withClosed closed: StreetPlaces?, _ work: PlaceWork
  ) throws {
    let streets = places.streets
    asked = streets.asked(by: work.plan.name(ofInput: asking))
    self.places = places
    self.count = count
    try Self.checkSize(min(count, places.joinedCount), places, work)
    if count == 1 {
      search = .one(
        try NearestReach(
          of: places.entries.positions, over: streets.travel, within: streets.limit, direction: streets.direction,
          workers: work.context.workers))
    } else {
      search = .several(
        try SeveralReach(
          count, of: places.entries.positions, owners: places.entries.owners, over: streets.travel,
          within: streets.limit, direction: streets.direction, monitor: work.context.monitor))
    }
    withClosed = try closed.map { closed in
      let reach = try NearestReach(
        of: closed.entries.positions, over: streets.travel, within: streets.limit, direction: streets.direction,
        workers: work.context.workers)
      return (closed, reach)
    }
  }

  /// What a search for several may hold: 2 GiB.
  private static let mostLabels = 1 << 28

  private static func checkSize(_ count: Int, _ places: StreetPlaces, _ work: PlaceWork) throws {
    // At each corner, and then for each row of a batch.
    let lists = max(Batch.capacity, places.streets.travel.graph.nodeCount)
    let (labels, isBeyond) = lists.multipliedReportingOverflow(by: count)
    guard count > 1, isBeyond || labels > mostLabels else { return }
    throw Diagnostic(
      .tooManyNearest, at: work.plan.range,
      "the nearest \(count) \(places.name) in \(lists) lists, at corners and then of rows, are more than memory holds",
      fix: "ask for the nearest \(max(1, mostLabels / lists)) at most, or for all within a limit with around")
  }

  /// The search that routes follow; `nil` where more than one place is asked for.
  var reach: NearestReach? {
    if case .one(let reach) = search { return reach }
    return nil
  }

  /// What `explain` tells.
  var description: String {
    switch search {
    case .one: "\(places.description), one search from all of them"
    case .several: "\(places.description), one search from all of them that keeps \(count) at each corner"
    }
  }

  /// What was found for some rows: place `i` of row `r` is at `range(of: r)`, the nearest first.
  struct Answers {
    let joined: NetworkEntries
    var starts: [Int32] = [0]
    var places: [Int32] = []
    /// Metres or seconds.
    var costs: [Double] = []
    /// Where the way to each begins, as a position of `joined`; `inside` or `straight` for one without streets.
    var positions: [Int32] = []
    /// The row is in the place.
    static let inside = Int32.max
    /// The straight line stands for the streets.
    static let straight = Int32.max - 1
    /// Why each row has none.
    var reasons: [StreetReason] = []

    var count: Int { reasons.count }

    func range(of row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row + 1]) }
  }

  /// - Throws: `Cancelled`.
  /// - Complexity: O(rows · log edges), on one thread.
  func answers(for rows: GeometryArray, _ remarks: Remarks) throws -> Answers {
    let joined = try places.streets.entries(of: rows)
    let found: NearestFacilities
    switch search {
    case .one(let reach): found = try reach.nearest(of: joined.positions)
    case .several(let reach): found = try reach.nearest(of: joined.positions)
    }
    var answers = Answers(joined: joined)
    if places.isPlain && joined.owners == nil {
      answers.take(found, owners: ownersOfFound)
    } else {
      merge(found, rows, &answers)
    }
    try explain(found, rows, &answers)
    remark(answers, remarks)
    return answers
  }

  /// The place of each facility that the search finds; `nil` where it is the facility.
  private var ownersOfFound: [Int32]? {
    if case .one = search { return places.entries.owners }
    return nil
  }

  /// Rows of several positions, rows in areas, and rows or places off the network.
  private func merge(_ found: NearestFacilities, _ rows: GeometryArray, _ answers: inout Answers) {
    let shortcuts = places.shortcuts(of: rows, answers.joined, most: count)
    let owners = ownersOfFound
    var next = 0
    for row in 0..<rows.count {
      var ways: [PlaceCost] = []
      for position in answers.joined.range(of: row) {
        for match in found.range(of: position) {
          let facility = found.facilities[match]
          ways.append(
            PlaceCost(owners.map { $0[Int(facility)] } ?? facility, found.costs[match], from: Int32(position)))
        }
      }
      while next < shortcuts.count, shortcuts[next].row == row {
        let shortcut = shortcuts[next]
        ways.append(
          PlaceCost(shortcut.place, shortcut.cost, from: shortcut.isDetour ? Answers.straight : Answers.inside))
        next += 1
      }
      ways.keepLeastOfEachPlace()
      for way in ways.prefix(count) { answers.append(way.place, way.cost, way.position) }
      answers.endRow()
    }
  }

  /// Finds the reasons of the rows that have none.
  private func explain(_ found: NearestFacilities, _ rows: GeometryArray, _ answers: inout Answers) throws {
    var served: [Bool]?
    for row in 0..<answers.count where answers.range(of: row).isEmpty {
      if withClosed != nil, served == nil { served = try servedWithClosed(rows, answers.joined) }
      let statuses = answers.joined.range(of: row).map { found.statuses[$0] }
      if let served, served[row] {
        answers.reasons[row] = .closed
      } else if statuses.contains(.tooFar) || statuses.contains(.isolated) {
        if places.joinedCount == 0 {
          answers.reasons[row] = .noPlaces
        } else {
          answers.reasons[row] = statuses.contains(.tooFar) ? .tooFar : .isolated
        }
      } else if statuses.contains(.offNetwork) {
        if places.placedCount == 0 {
          answers.reasons[row] = .noPlaces
        } else if places.streets.settings.detour != nil {
          answers.reasons[row] = .tooFar
        } else {
          answers.reasons[row] = .offNetwork(answers.joined.joint(of: row).distance)
        }
      } else {
        answers.reasons[row] = .noGeometry
      }
    }
  }

  /// Which rows had a place if all were open.
  private func servedWithClosed(_ rows: GeometryArray, _ joined: NetworkEntries) throws -> [Bool] {
    guard let (places, reach) = withClosed else { return Array(repeating: false, count: rows.count) }
    let statuses = try reach.nearest(of: joined.positions).statuses
    var served = (0..<rows.count).map { row in joined.range(of: row).contains { statuses[$0] == .reached } }
    for shortcut in places.shortcuts(of: rows, joined, most: 1) { served[Int(shortcut.row)] = true }
    return served
  }

  private func remark(_ answers: Answers, _ remarks: Remarks) {
    let positions = answers.joined.positions
    if positions.statuses.contains(.joinedBeyondIsolated) {
      let past = (0..<answers.count).count { answers.joined.joint(of: $0).status == .joinedBeyondIsolated }
      remarks.count(past, .passedIsolated)
    }
    places.streets.remark(answers.joined, of: asked, remarks)
    guard places.streets.settings.detour != nil else { return }
    remarks.count(
      (0..<answers.count).count { row in answers.range(of: row).contains { answers.positions[$0] == Answers.straight }
      }, .detoured)
  }
}

extension StreetSearch.Answers {
  mutating func append(_ place: Int32, _ cost: Double, _ position: Int32) {
    places.append(place)
    costs.append(cost)
    positions.append(position)
  }

  mutating func endRow() {
    starts.append(Int32(truncatingIfNeeded: places.count))
    reasons.append(.reached)
  }

  /// The answers of rows that are where their positions are.
  mutating func take(_ found: NearestFacilities, owners: [Int32]?) {
    starts = found.starts
    places = owners.map { owners in found.facilities.map { owners[Int($0)] } } ?? found.facilities
    costs = found.costs
    positions.reserveCapacity(places.count)
    for row in 0..<found.count {
      for _ in found.range(of: row) { positions.append(Int32(truncatingIfNeeded: row)) }
    }
    reasons = Array(repeating: .reached, count: found.count)
  }

  /// The reason of a match: of one that is not along the streets.
  func reason(ofMatch match: Int) -> StreetReason { positions[match] == Self.straight ? .detour : .reached }
}
