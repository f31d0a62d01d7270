import GeometryKernel
import QueryPlanning
import StreetNetworks
import WorkControl

/// The nearest places of rows along the streets, by one search from all places that is done before the first row asks.
struct StreetSearch: Sendable {
  let places: StreetPlaces
  private let count: Int
  private let search: Search
  /// The same from the places that are closed as well, to tell who is not served for that.
  private let withClosed: NearestReach?

  private enum Search: Sendable {
    /// Finds positions of places.
    case one(NearestReach)
    /// Finds places.
    case several(SeveralReach)
  }

  /// - Parameters:
  ///   - closed: Where the open and the closed places are; `nil` where nobody asks for the reason.
  init(_ count: Int, of places: StreetPlaces, withClosed closed: GeometryArray?, _ work: PlaceWork) throws {
    let streets = places.streets
    let monitor = work.context.monitor
    self.places = places
    self.count = count
    if count == 1 {
      search = .one(
        try NearestReach(
          of: places.entries.positions, over: streets.travel, within: streets.limit, direction: streets.direction,
          monitor: monitor))
    } else {
      search = .several(
        try SeveralReach(
          count, of: places.entries.positions, owners: places.entries.owners, over: streets.travel,
          within: streets.limit, direction: streets.direction, monitor: monitor))
    }
    withClosed = try closed.map {
      try NearestReach(
        of: streets.entries(of: $0, workers: work.context.workers).positions, over: streets.travel,
        within: streets.limit, direction: streets.direction, monitor: monitor)
    }
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
      answers.take(found, owner: owner)
    } else {
      merge(found, rows, &answers)
    }
    try explain(found, &answers)
    remark(answers, remarks)
    return answers
  }

  private func owner(_ facility: Int32) -> Int32 {
    if case .one = search { return Int32(truncatingIfNeeded: places.entries.owner(of: Int(facility))) }
    return facility
  }

  /// Rows of several positions, rows in areas, and rows or places off the network.
  private func merge(_ found: NearestFacilities, _ rows: GeometryArray, _ answers: inout Answers) {
    let shortcuts = places.shortcuts(of: rows, answers.joined, most: count)
    var next = 0
    for row in 0..<rows.count {
      var candidates: [(cost: Double, place: Int32, position: Int32)] = []
      for position in answers.joined.range(of: row) {
        for match in found.range(of: position) {
          candidates.append((found.costs[match], owner(found.facilities[match]), Int32(position)))
        }
      }
      while next < shortcuts.count, shortcuts[next].row == row {
        candidates.append(
          (shortcuts[next].cost, shortcuts[next].place, shortcuts[next].isDetour ? Answers.straight : Answers.inside))
        next += 1
      }
      candidates.sort { ($0.cost, $0.place, $0.position) < ($1.cost, $1.place, $1.position) }
      var taken: [Int32] = []
      for candidate in candidates where taken.count < count && !taken.contains(candidate.place) {
        taken.append(candidate.place)
        answers.append(candidate.place, candidate.cost, candidate.position)
      }
      answers.endRow()
    }
  }

  /// Finds the reasons of the rows that have none.
  private func explain(_ found: NearestFacilities, _ answers: inout Answers) throws {
    var closed: NearestFacilities?
    for row in 0..<answers.count where answers.range(of: row).isEmpty {
      let range = answers.joined.range(of: row)
      let statuses = range.map { found.statuses[$0] }
      if statuses.contains(.tooFar) || statuses.contains(.isolated) {
        if let withClosed, closed == nil { closed = try withClosed.nearest(of: answers.joined.positions) }
        if let closed, range.contains(where: { closed.statuses[$0] == .reached }) {
          answers.reasons[row] = .closed
        } else if places.joinedCount == 0 {
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

  private func remark(_ answers: Answers, _ remarks: Remarks) {
    let positions = answers.joined.positions
    if positions.statuses.contains(.joinedBeyondIsolated) {
      let past = (0..<answers.count).count { answers.joined.joint(of: $0).status == .joinedBeyondIsolated }
      remarks.count(past, .passedIsolated)
    }
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
  mutating func take(_ found: NearestFacilities, owner: (Int32) -> Int32) {
    starts = found.starts
    places = found.facilities.map(owner)
    costs = found.costs
    positions = [Int32](repeating: 0, count: places.count)
    for row in 0..<found.count {
      for match in found.range(of: row) { positions[match] = Int32(truncatingIfNeeded: row) }
    }
    reasons = Array(repeating: .reached, count: found.count)
  }

  /// The reason of a match: of one that is not along the streets.
  func reason(ofMatch match: Int) -> StreetReason { positions[match] == Self.straight ? .detour : .reached }
}
