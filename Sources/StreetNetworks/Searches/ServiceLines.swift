import GeometryKernel
import WorkControl

/// The stretches of streets from which facilities are reached within a limit, cut where it runs out.
public struct ServiceLines: Sendable, Equatable {
  /// The facility of each stretch: ascending, and the edges of one facility, and the stretches of one edge.
  public internal(set) var facilities: [Int32] = []
  public internal(set) var edges: [Int32] = []
  /// Shares of the edge's length; the first is always the smaller.
  public internal(set) var firsts: [Double] = []
  public internal(set) var lasts: [Double] = []

  public var count: Int { edges.count }

  public init() {}

  mutating func append(_ other: ServiceLines) {
    facilities += other.facilities
    edges += other.edges
    firsts += other.firsts
    lasts += other.lasts
  }

  /// Appends a stretch; one that continues the last is joined with it.
  mutating func append(_ facility: Int32, _ edge: Int, _ first: Double, _ last: Double) {
    guard last > first else { return }
    let end = edges.count - 1
    if end >= 0, edges[end] == edge, facilities[end] == facility, lasts[end] >= first {
      lasts[end] = max(lasts[end], last)
      return
    }
    facilities.append(facility)
    edges.append(Int32(edge))
    firsts.append(first)
    lasts.append(last)
  }

  /// The length of the stretches in metres. O(stretches).
  public func length(on graph: StreetGraph) -> Double {
    (0..<count).reduce(0) { $0 + (lasts[$1] - firsts[$1]) * Double(graph.lengths[Int(edges[$1])]) / 100 }
  }

  /// The stretches as a line of several parts for each of some facilities, by row; empty where one reaches nothing.
  /// O(vertices).
  public func lines(ofFacilities rows: Int, on graph: StreetGraph) -> GeometryArray {
    var lines = GeometryArrayBuilder()
    var next = 0
    for row in 0..<rows {
      lines.beginRow(.multiLineString)
      while next < count, Int(facilities[next]) == row {
        lines.beginPart(.line)
        graph.append(Int(edges[next]), from: firsts[next], to: lasts[next], to: &lines)
        next += 1
      }
      lines.endRow()
    }
    return lines.finish()
  }

  /// The same by facility, keeping the order within each. O(n log n).
  func sortedByFacility() -> ServiceLines {
    let order = edges.indices.sorted {
      (facilities[$0], edges[$0], firsts[$0]) < (facilities[$1], edges[$1], firsts[$1])
    }
    var result = ServiceLines()
    result.facilities = order.map { facilities[$0] }
    result.edges = order.map { edges[$0] }
    result.firsts = order.map { firsts[$0] }
    result.lasts = order.map { lasts[$0] }
    return result
  }
}

extension NearestReach {
  /// The streets within a limit of any facility, each stretch with the facility nearest to it: service areas that share
  /// out the streets.
  ///
  /// - Parameter limit: Metres or seconds, not more than that of the search, which it is where `nil`.
  /// - Complexity: O(edges + stretches log stretches).
  public func serviceLines(within limit: Double? = nil) -> ServiceLines {
    serviceLines(within: limit, merged: false).sortedByFacility()
  }

  /// The streets within a limit of any facility, as those of facility 0.
  public func mergedServiceLines(within limit: Double? = nil) -> ServiceLines {
    serviceLines(within: limit, merged: true)
  }

  private func serviceLines(within limit: Double?, merged: Bool) -> ServiceLines {
    let limit = limit.map { travel.measure.limit($0).map { min($0, self.limit) } } ?? self.limit
    var lines = ServiceLines()
    guard let limit else { return lines }
    var cut = EdgeCut(limit: limit)
    for edge in 0..<travel.graph.edgeCount where travel.isOpen(edge) {
      let from = labels[Int(travel.graph.fromNodes[edge])]
      let to = labels[Int(travel.graph.toNodes[edge])]
      let run = sites.range(of: edge)
      if from.isNone && to.isNone && run.isEmpty { continue }
      let spread = travel.spread(edge, direction)
      cut.begin(spread)
      cut.add(from, at: .beginning)
      for site in run { cut.add(FacilityLabel(sites.approaches[site], sites.rows[site]), at: sites.offsets[site]) }
      cut.add(to, at: spread.end)
      cut.finish { lines.append(merged ? 0 : $0, edge, $1, $2) }
    }
    return lines
  }
}

extension TravelGraph {
  /// The streets within a limit of each facility, whatever is nearer to others: service areas that overlap.
  ///
  /// - Parameter limit: Metres or seconds, included.
  /// - Throws: `Cancelled`.
  /// - Complexity: The edges around each facility.
  public func serviceLines(
    _ facilities: SnappedPoints, within limit: Double, direction: TravelDirection = .toFacilities,
    workers: Workers = .one
  ) throws -> ServiceLines {
    guard let limit = measure.limit(limit) else { return ServiceLines() }
    let parts = try mapFacilities(facilities, limit, direction, workers, into: ServiceLines()) { search, run, lines in
      var cut = EdgeCut(limit: limit)
      try forEachFacility(run, of: facilities, &search, direction, workers.monitor) { search, site in
        forEachEdge(search, site) { edge, from, to in
          let spread = spread(edge, direction)
          cut.begin(spread)
          if from != .max { cut.add(FacilityLabel(from, site.facility), at: .beginning) }
          if edge == site.edge { cut.add(FacilityLabel(site.approach, site.facility), at: site.offset) }
          if to != .max { cut.add(FacilityLabel(to, site.facility), at: spread.end) }
          cut.finish { lines.append($0, edge, $1, $2) }
        }
      }
    }
    var lines = ServiceLines()
    for part in parts { lines.append(part) }
    return lines.sortedByFacility()
  }
}
