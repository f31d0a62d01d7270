import WorkControl

/// A facility at the moment of its search.
struct SearchedSite {
  var facility: Int32
  var edge: Int
  var offset: EdgeOffset
  var approach: UInt32
}

extension TravelGraph {
  /// Shares out facilities among threads, those on neighbouring edges together, so that searches meet what is in the
  /// cache. Each thread gathers what it finds in one result; which facilities are in which is not always the same.
  ///
  /// - Throws: `Cancelled`; what `body` throws.
  func mapFacilities<Result: Sendable>(
    _ facilities: SnappedPoints, _ limit: UInt32, _ direction: TravelDirection, _ workers: Workers,
    into empty: @autoclosure @Sendable () -> Result,
    _ body: @Sendable (inout BoundedSearch, ArraySlice<Int32>, inout Result) throws -> Void
  ) throws -> [Result] {
    let order = facilities.edges.indices.filter { facilities.edges[$0] >= 0 }.map { Int32($0) }
      .sorted { (facilities.edges[Int($0)], $0) < (facilities.edges[Int($1)], $1) }
    let runs = workers.runs(of: order.count, atLeast: 32)
    return try workers.gather(pieces: runs.count) { next in
      var search = BoundedSearch(self, limit: limit)
      var result = empty()
      while let run = try next() { try body(&search, order[runs[run]], &result) }
      return result
    }
  }

  /// Searches from each facility of a run, and calls `body` after each.
  ///
  /// - Throws: `Cancelled`.
  func forEachFacility(
    _ run: ArraySlice<Int32>, of facilities: SnappedPoints, _ search: inout BoundedSearch,
    _ direction: TravelDirection, _ monitor: WorkMonitor,
    _ body: (borrowing BoundedSearch, SearchedSite) throws -> Void
  ) throws {
    try graph.arcStarts.withUnsafeBufferPointer { starts in
      try arcs(direction).withUnsafeBufferPointer { arcs in
        for row in run {
          try monitor.check()
          let edge = Int(facilities.edges[Int(row)])
          let site = SearchedSite(
            facility: row, edge: edge, offset: spread(edge, direction).offset(facilities.fractions[Int(row)]),
            approach: facilities.countsApproach ? approachCost(facilities.distances[Int(row)]) : 0)
          search.restart()
          forEachSeed(edge: edge, offset: site.offset, approach: site.approach, direction) { search.offer($0, $1) }
          search.run(starts, arcs)
          try body(search, site)
        }
      }
    }
  }

  /// Calls `body` with each edge that a search met, once, and the costs of the nodes at which it begins and ends, the
  /// largest number where a node was not reached. O(reached nodes and their edges).
  @inline(__always)
  func forEachEdge(
    _ search: borrowing BoundedSearch, _ site: SearchedSite,
    _ body: (_ edge: Int, _ first: UInt32, _ last: UInt32) -> Void
  ) {
    var ownIsMet = false
    for i in 0..<search.reachedCount {
      let node = search.reachedNode(i)
      for arc in Int(graph.arcStarts[node])..<Int(graph.arcStarts[node + 1]) {
        let edge = Int(graph.arcs[arc] >> 1)
        let first = search.cost(of: Int(graph.fromNodes[edge]))
        // From its first node, and from its last where the first is not reached.
        if graph.arcs[arc] & 1 == 1, first != .max { continue }
        if edge == site.edge { ownIsMet = true }
        body(edge, first, search.cost(of: Int(graph.toNodes[edge])))
      }
    }
    if !ownIsMet { body(site.edge, .max, .max) }
  }

  /// Calls `body` with each point that a search reaches and its cost, once. O(reached nodes and their points).
  @inline(__always)
  func forEachPoint(
    _ points: EdgeSites, _ search: borrowing BoundedSearch, _ site: SearchedSite, _ direction: TravelDirection,
    _ limit: UInt32, _ body: (_ point: Int, _ cost: UInt32) -> Void
  ) {
    forEachEdge(search, site) { edge, first, last in
      let run = points.range(of: edge)
      if run.isEmpty { return }
      let spread = spread(edge, direction)
      for i in run {
        let offset = points.offsets[i]
        var best = Int.max
        if let rest = spread.fromBeginning(to: offset) { best = Int(first) + Int(rest) }
        if let rest = spread.fromEnd(to: offset) { best = min(best, Int(last) + Int(rest)) }
        if edge == site.edge, let rest = spread.cost(from: site.offset, to: offset) {
          best = min(best, Int(site.approach) + Int(rest))
        }
        let approach = Int(points.approaches[i])
        if best <= Int(limit) - approach { body(Int(points.rows[i]), UInt32(best + approach)) }
      }
    }
  }
}
