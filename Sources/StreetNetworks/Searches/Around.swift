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
  /// - Complexity: The nodes around each facility, and O(nodes) for each thread.
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
  /// - Complexity: The nodes and points around each facility, and O(nodes + points) for each thread.
  public func countAround(
    _ facilities: SnappedPoints, of points: SnappedPoints, within limit: Double,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> [Int32] {
    guard let limit = measure.limit(limit) else { return [Int32](repeating: 0, count: points.count) }
    let asking = try AskingPoints(points, on: self, direction, workers)
    let atNodes = asking.areAtNodes ? graph.nodeCount : 0
    let alongEdges = asking.alongEdges == nil ? 0 : points.count
    let counts = try countAround(
      facilities, limit, direction, workers, count: atNodes + alongEdges
    ) { search, site, counts in
      if atNodes > 0 { for i in 0..<search.reachedCount { counts[search.reachedNode(i)] &+= 1 } }
      guard let sites = asking.alongEdges else { return }
      forEachPoint(sites, search, site, direction, limit) { point, _ in counts[atNodes + point] &+= 1 }
    }
    return try workers.array(points.count) { point in
      let node = Int(asking.nodes[point])
      return node >= 0 ? counts[node] : alongEdges > 0 ? counts[atNodes + point] : 0
    }
  }

  /// The facilities within a limit of each point with their costs.
  ///
  /// - Throws: `Cancelled`.
  /// - Complexity: The nodes and points around each facility, and O(nodes) for each thread; 36 bytes for each pair while it
  ///   runs.
  public func around(
    _ facilities: SnappedPoints, of points: SnappedPoints, within limit: Double,
    direction: TravelDirection = .toFacilities, workers: Workers = .one
  ) throws -> FacilitiesAround {
    var result = FacilitiesAround(starts: [Int](repeating: 0, count: points.count + 1), facilities: [], costs: [])
    guard let limit = measure.limit(limit) else { return result }
    let residents = EdgeSites(points, on: self, direction)
    let parts = try mapFacilities(
      facilities, limit, direction, workers, into: [(point: Int32, label: FacilityLabel)]()
    ) { search, run, found in
      try forEachFacility(run, of: facilities, &search, direction, workers.monitor) { search, site in
        forEachPoint(residents, search, site, direction, limit) { point, cost in
          found.append((Int32(truncatingIfNeeded: point), FacilityLabel(cost, site.facility)))
        }
      }
    }
    for part in parts { for (point, _) in part { result.starts[Int(point) + 1] += 1 } }
    for point in 0..<points.count { result.starts[point + 1] += result.starts[point] }
    var labels = [FacilityLabel](repeating: .none, count: result.starts[points.count])
    var fills = result.starts
    for part in parts {
      for (point, label) in part {
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

  /// Counts in a buffer for each thread; sums of whole numbers do not depend on which counted what.
  private func countAround(
    _ facilities: SnappedPoints, _ limit: UInt32, _ direction: TravelDirection, _ workers: Workers, count: Int,
    _ visit: @Sendable (borrowing BoundedSearch, SearchedSite, UnsafeMutableBufferPointer<Int32>) -> Void
  ) throws -> [Int32] {
    let parts = try mapFacilities(
      facilities, limit, direction, workers, into: [Int32](repeating: 0, count: count)
    ) { search, run, counts in
      try counts.withUnsafeMutableBufferPointer { counts in
        try forEachFacility(run, of: facilities, &search, direction, workers.monitor) { search, site in
          visit(search, site, counts)
        }
      }
    }
    return try workers.array(count) { i in parts.reduce(0) { $0 &+ $1[i] } }
  }
}

/// Points that a search from a facility meets: those that stand at a node with it, the others along their edges.
private struct AskingPoints {
  /// The node at which each point stands with no way to it; −1 for the others.
  let nodes: [Int32]
  let areAtNodes: Bool
  /// The others; `nil` where there are none.
  let alongEdges: EdgeSites?

  /// O(points), and as `EdgeSites` for those along edges.
  ///
  /// - Throws: `Cancelled`.
  init(_ points: SnappedPoints, on travel: TravelGraph, _ direction: TravelDirection, _ workers: Workers) throws {
    let graph = travel.graph
    let nodes = try workers.array(points.count) { point -> Int32 in
      guard points.edges[point] >= 0, !points.countsApproach || points.distances[point] == 0,
        let node = graph.node(points, point)
      else { return -1 }
      return Int32(truncatingIfNeeded: node)
    }
    self.nodes = nodes
    areAtNodes = nodes.contains { $0 >= 0 }
    if nodes.indices.contains(where: { nodes[$0] < 0 && points.edges[$0] >= 0 }) {
      var others = points
      for point in nodes.indices where nodes[point] >= 0 { others.edges[point] = -1 }
      alongEdges = EdgeSites(others, on: travel, direction)
    } else {
      alongEdges = nil
    }
  }
}
