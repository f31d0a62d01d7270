import WorkControl

/// The facilities within a limit of points, as one flat list: those of point `i` are at `range(of: i)`, nearest first,
/// equal costs in the order of the facilities' rows.
public struct FacilitiesAround: Sendable, Equatable {
  /// One more than there are points, beginning with 0.
  public internal(set) var starts: [Int]
  public internal(set) var facilities: [Int32]
  /// Metres or seconds.
  public internal(set) var costs: [Double]

  public var count: Int { starts.count - 1 }

  public func range(of point: Int) -> Range<Int> { starts[point]..<starts[point + 1] }
}

extension TravelGraph {
  /// How many facilities are within a limit of each node, by a search from each facility.
  ///
  /// - Parameter limit: Metres or seconds, included.
  /// - Throws: `Cancelled`.
  /// - Complexity: The nodes around each facility.
  public func countAroundNodes(
    _ facilities: SnappedPoints, within limit: Double, direction: TravelDirection = .toFacilities,
    workers: Workers = .one
  ) throws -> [Int32] {
    guard let limit = measure.limit(limit) else { return [Int32](repeating: 0, count: graph.nodeCount) }
    return try countAround(facilities, limit, direction, workers, count: graph.nodeCount) { search, _, counts in
      for i in 0..<search.reachedCount { counts[search.reachedNode(i)] &+= 1 }
    }
  }

  /// How many facilities are within a limit of each point.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: The nodes and points around each facility.
  public func countAround(
    _ facilities: SnappedPoints, of points: SnappedPoints, within limit: Double,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> [Int32] {
    guard let limit = measure.limit(limit) else { return [Int32](repeating: 0, count: points.count) }
    let asking = AskingPoints(points, on: self, direction)
    let atNodes = asking.areAtNodes ? graph.nodeCount : 0
    let counts = try countAround(
      facilities, limit, direction, workers, count: atNodes + points.count
    ) { search, site, counts in
      if atNodes > 0 { for i in 0..<search.reachedCount { counts[search.reachedNode(i)] &+= 1 } }
      guard let sites = asking.alongEdges else { return }
      forEachPoint(sites, search, site, direction, limit) { point, _ in counts[atNodes + point] &+= 1 }
    }
    return (0..<points.count).map { point in
      let node = Int(asking.nodes[point])
      return counts[node >= 0 ? node : atNodes + point]
    }
  }

  /// The facilities within a limit of each point with their costs.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: The nodes and points around each facility; 24 bytes for each pair while it runs.
  public func around(
    _ facilities: SnappedPoints, of points: SnappedPoints, within limit: Double,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> FacilitiesAround {
    var result = FacilitiesAround(starts: [Int](repeating: 0, count: points.count + 1), facilities: [], costs: [])
    guard let limit = measure.limit(limit) else { return result }
    let residents = EdgeSites(points, on: self, direction)
    let pieces = try mapFacilities(facilities, limit, direction, workers) { search, run in
      var found: [(point: Int32, label: FacilityLabel)] = []
      try forEachFacility(run, of: facilities, &search, direction, workers.monitor) { search, site in
        forEachPoint(residents, search, site, direction, limit) { point, cost in
          found.append((Int32(truncatingIfNeeded: point), FacilityLabel(cost, site.facility)))
        }
      }
      return found
    }
    for piece in pieces { for (point, _) in piece { result.starts[Int(point) + 1] += 1 } }
    for point in 0..<points.count { result.starts[point + 1] += result.starts[point] }
    var labels = [FacilityLabel](repeating: .none, count: result.starts[points.count])
    var fills = result.starts
    for piece in pieces {
      for (point, label) in piece {
        labels[fills[Int(point)]] = label
        fills[Int(point)] += 1
      }
    }
    labels.withUnsafeMutableBufferPointer { labels in
      for point in 0..<points.count where result.range(of: point).count > 1 { labels[result.range(of: point)].sort() }
    }
    result.facilities = labels.map { $0.facility }
    result.costs = labels.map { measure.value($0.cost) }
    return result
  }

  /// Counts in a buffer for each piece of the work; sums of whole numbers do not depend on the pieces.
  private func countAround(
    _ facilities: SnappedPoints, _ limit: UInt32, _ direction: TravelDirection, _ workers: Workers, count: Int,
    _ visit: @Sendable (borrowing BoundedSearch, SearchedSite, UnsafeMutableBufferPointer<Int32>) -> Void
  ) throws -> [Int32] {
    let pieces = try mapFacilities(facilities, limit, direction, workers) { search, run in
      var counts = [Int32](repeating: 0, count: count)
      try counts.withUnsafeMutableBufferPointer { counts in
        try forEachFacility(run, of: facilities, &search, direction, workers.monitor) { search, site in
          visit(search, site, counts)
        }
      }
      return counts
    }
    guard var sums = pieces.first else { return [Int32](repeating: 0, count: count) }
    for piece in pieces.dropFirst() { for i in 0..<count { sums[i] &+= piece[i] } }
    return sums
  }
}

/// Points that a search from a facility meets: those that stand at a node with it, the others along their edges.
private struct AskingPoints {
  /// The node at which each point stands with no way to it; −1 for the others.
  private(set) var nodes: [Int32]
  private(set) var areAtNodes = false
  /// The others; `nil` where there are none.
  let alongEdges: EdgeSites?

  init(_ points: SnappedPoints, on travel: TravelGraph, _ direction: TravelDirection) {
    nodes = [Int32](repeating: -1, count: points.count)
    var others = points
    var haveOthers = false
    for point in 0..<points.count where points.edges[point] >= 0 {
      if let node = travel.graph.node(points, point), !points.countsApproach || points.distances[point] == 0 {
        nodes[point] = Int32(truncatingIfNeeded: node)
        others.edges[point] = -1
        areAtNodes = true
      } else {
        haveOthers = true
      }
    }
    alongEdges = haveOthers ? EdgeSites(others, on: travel, direction) : nil
  }
}
