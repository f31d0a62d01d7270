import FeatureTables
import GeometryKernel
import QueryPlanning
import SpatialIndexes
import StreetNetworks
import Synchronization

/// The places of a reach: where they join the streets, and what is near them without any street.
struct StreetPlaces: Sendable {
  let streets: Streets
  let name: String
  /// The points by which areas are entered; `nil` where none are named.
  let entrances: GeometryArray?
  let entries: NetworkEntries
  /// A row for each place.
  let geometry: GeometryArray
  /// Places that have a position at all.
  let placedCount: Int
  /// Those of them that the streets lead to.
  let joinedCount: Int
  /// The areas among the places: what is in one is there already.
  private let areas: PlaceSubset?
  /// The lines and areas among them; `nil` where there are none.
  private let frontages: StreetFrontages?
  /// All of them, for areas that ask what they hold.
  private let inside: PlacesInside
  /// All places, and those off the network, where the straight line may stand for the streets.
  private let straight: (all: PlaceSubset, offNetwork: PlaceSubset)?

  /// What places are asked for.
  enum Purpose {
    /// Rows that go there.
    case ways
    /// What is near them as an area, to which no straight line leads.
    case areas
    /// Why rows have none, of which there are no notes.
    case reasons
  }

  /// - Parameter geometry: Of the places, that of the second input.
  init(
    _ geometry: GeometryArray, entrances: GeometryArray?, _ streets: Streets, for purpose: Purpose, _ work: PlaceWork
  ) throws {
    let workers = work.context.workers
    self.streets = streets
    self.entrances = entrances
    self.geometry = geometry
    name = work.plan.name(ofInput: 1)
    let placed = geometry.placedRows
    let areaRows = placed.filter { geometry.kind(at: Int($0)).partDimension == .area }
    let areas = areaRows.isEmpty ? nil : try PlaceSubset(areaRows, of: geometry, work)
    self.areas = areas
    inside = PlacesInside(geometry, placed)
    let owned = entrances.map { Self.owned($0, by: areas, streets, work, isNoted: purpose != .reasons) }
    let entries = try streets.entries(of: geometry, by: owned, workers: workers)
    self.entries = entries
    let gated = Set(owned?.owners ?? [])
    let extended = placed.filter { geometry.kind(at: Int($0)).partDimension != .point && !gated.contains($0) }
    let hasFrontages = !extended.isEmpty && !streets.settings.snapping.toNodes
    frontages = hasFrontages ? try StreetFrontages(extended, of: geometry, entries, streets, work) : nil
    placedCount = placed.count
    let off = placed.filter { entries.joint(of: Int($0)).status == .offNetwork }
    joinedCount = placed.count - off.count
    if streets.costOfStraightMetre != nil, purpose != .areas {
      straight = (try PlaceSubset(placed, of: geometry, work), try PlaceSubset(off, of: geometry, work))
    } else {
      straight = nil
    }
    if purpose != .reasons { note(off.count, work) }
  }

  /// Gives each entrance to the area it lies on or is nearest to, if that is as near as a street has to be.
  private static func owned(
    _ entrances: GeometryArray, by areas: PlaceSubset?, _ streets: Streets, _ work: PlaceWork, isNoted: Bool
  ) -> Entrances {
    let limit = streets.settings.snapping.limit
    let points = entrances.singlePoints
    let found = areas?.index.nearest(1, to: points, within: limit)
    let owners = (0..<points.count).map { gate -> Int32 in
      guard let areas, let match = found?.range(of: gate).first else { return -1 }
      return areas.rows[Int(found?.rows[match] ?? 0)]
    }
    let lost = owners.count { $0 < 0 }
    if lost > 0, isNoted {
      let what = work.plan.name(ofInput: work.plan.inputs.count - streets.reach.addedInputs)
      work.context.note(
        "\(lost) of \(owners.count) \(what) are farther than \(PlanTitle.quantity(limit, .length)) from every area of "
          + "\(work.plan.name(ofInput: 1)): nobody enters there")
    }
    return Entrances(points, owners: owners)
  }

  private func note(_ off: Int, _ work: PlaceWork) {
    let limit = PlanTitle.quantity(streets.settings.snapping.limit, .length)
    let mode = streets.reach.mode
    if off > 0, off == placedCount, streets.settings.detour == nil {
      let nearest = (0..<entries.rowCount).map { entries.joint(of: $0).distance }.filter { !$0.isNaN }.min()
      work.context.note(streets.asked(by: name).note(off, nearest: nearest ?? .infinity))
    } else if off > 0 {
      let leftOut = streets.settings.detour == nil ? "left out" : "left out, as `set detour` draws no areas"
      let instead = straight == nil ? leftOut : "the straight line × \(streets.settings.detour ?? 1) leads there"
      work.context.note(
        "\(off) of \(placedCount) \(name) are farther than \(limit) from a street open to \(mode): \(instead)")
    }
    let past = (0..<entries.rowCount).count { entries.joint(of: $0).status == .joinedBeyondIsolated }
    if past > 0 {
      work.context.note(
        "\(past) of \(placedCount) \(name) passed over a small isolated part of the network that is nearer")
    }
  }

  /// True where rows have only the streets to go by.
  var isPlain: Bool { areas == nil && frontages == nil && straight == nil }

  /// A place that a row gets to without a street.
  struct Shortcut {
    var row: Int32
    var place: Int32
    /// Metres or seconds.
    var cost: Double
    /// False for an area that the row is in, and for what lies beside its street.
    var isDetour: Bool
  }

  /// What rows get to without a street, by row.
  ///
  /// - Parameter most: For each row the nearest so many of each sort, or all within the limit where `nil`.
  func shortcuts(of rows: GeometryArray, _ joined: NetworkEntries, most: Int?) -> [Shortcut] {
    var found: [Shortcut] = []
    for (asked, places) in meetings(rows) {
      let met = places.index.within(0, of: asked.count == rows.count ? rows : rows.gather(asked))
      for (query, row) in asked.enumerated() {
        for match in met.range(of: query) {
          found.append(Shortcut(row: row, place: places.rows[Int(met.rows[match])], cost: 0, isDetour: false))
        }
      }
    }
    found += frontages?.ways(of: joined) ?? []
    found.sort { ($0.row, $0.place, $0.cost) < ($1.row, $1.place, $1.cost) }
    if let cost = streets.costOfStraightMetre {
      for (asked, places) in straightWays(joined) {
        let near = places.index.nearest(
          most ?? places.rows.count, to: rows.gather(asked), within: streets.limit / cost)
        for (query, row) in asked.enumerated() {
          for match in near.range(of: query) {
            found.append(
              Shortcut(
                row: row, place: places.rows[Int(near.rows[match])], cost: near.distances[match] * cost,
                isDetour: true))
          }
        }
      }
      found.sort { ($0.row, $0.cost, $0.place) < ($1.row, $1.cost, $1.place) }
    }
    return found
  }

  /// How many shortcuts each row has.
  func shortcutCounts(of rows: GeometryArray, _ joined: NetworkEntries) -> [Int] {
    var counts = [Int](repeating: 0, count: rows.count)
    for (asked, places) in meetings(rows) {
      let met = places.index.countWithin(0, of: asked.count == rows.count ? rows : rows.gather(asked))
      for (row, count) in zip(asked, met) { counts[Int(row)] += Int(count) }
    }
    for way in frontages?.ways(of: joined) ?? [] { counts[Int(way.row)] += 1 }
    guard let cost = streets.costOfStraightMetre else { return counts }
    for (asked, places) in straightWays(joined) {
      let near = places.index.countWithin(streets.limit / cost, of: rows.gather(asked))
      for (row, count) in zip(asked, near) { counts[Int(row)] += Int(count) }
    }
    return counts
  }

  /// Rows, and the places that they are at where they meet them: any for an area, as what lies in it is there; areas for
  /// what is no area.
  private func meetings(_ rows: GeometryArray) -> [(rows: [Int32], places: PlaceSubset)] {
    var (asking, others): ([Int32], [Int32]) = ([], [])
    for row in 0..<rows.count {
      if rows.kind(at: row).partDimension == .area { asking.append(Int32(row)) } else { others.append(Int32(row)) }
    }
    var meetings: [(rows: [Int32], places: PlaceSubset)] = []
    if !asking.isEmpty { meetings.append((asking, inside.places)) }
    if let areas, !others.isEmpty { meetings.append((others, areas)) }
    return meetings
  }

  /// Rows, and the places to which the straight line leads them: any where the row is off the network, else those that
  /// are.
  private func straightWays(_ joined: NetworkEntries) -> [(rows: [Int32], places: PlaceSubset)] {
    guard let straight else { return [] }
    var off: [Int32] = []
    var on: [Int32] = []
    for row in 0..<joined.rowCount {
      let status = joined.joint(of: row).status
      if status == .offNetwork { off.append(Int32(row)) } else if status != .noGeometry { on.append(Int32(row)) }
    }
    return [(off, straight.all), (on, straight.offNetwork)].filter { !$0.0.isEmpty }
  }

  var description: String {
    let way = streets.direction == .toFacilities ? "to" : "from"
    return "\(streets.description) \(way) \(joinedCount) of \(placedCount) \(name)"
  }
}

/// All places under an index that is made when the first area asks; points never do.
private final class PlacesInside: Sendable {
  private let geometry: GeometryArray
  private let rows: [Int32]
  private let kept = Mutex<PlaceSubset?>(nil)

  init(_ geometry: GeometryArray, _ rows: [Int32]) {
    self.geometry = geometry
    self.rows = rows
  }

  /// O(places · log places) at first, then O(1).
  var places: PlaceSubset {
    kept.withLock { kept in
      if let kept { return kept }
      let made = PlaceSubset(rows: rows, index: SpatialIndex(geometry.gather(rows)))
      kept = made
      return made
    }
  }
}

/// Some of the places under an index of their own.
struct PlaceSubset: Sendable {
  let rows: [Int32]
  let index: SpatialIndex

  fileprivate init(rows: [Int32], index: SpatialIndex) {
    self.rows = rows
    self.index = index
  }

  init(_ rows: [Int32], of geometry: GeometryArray, _ work: PlaceWork) throws {
    self.rows = rows
    index = try work.index(geometry.gather(rows))
  }
}
