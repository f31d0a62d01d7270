/// Points sorted by the edges that they are on, and along each.
struct EdgeSites: Sendable {
  /// Offsets into the other buffers, one more than there are edges.
  let starts: [Int32]
  /// The rows of the points, those of one edge by offset, then by row.
  let rows: [Int32]
  let offsets: [EdgeOffset]
  /// The cost of the stretch from the point to its street.
  let approaches: [UInt32]

  /// O(edges + points log points on one edge).
  ///
  /// - Parameter direction: Of the search for which they are sorted.
  init(_ points: SnappedPoints, on travel: TravelGraph, _ direction: TravelDirection) {
    // As counts, then as where each edge ends, and from there back to where it begins.
    var starts = [Int32](repeating: 0, count: travel.graph.edgeCount + 1)
    for edge in points.edges where edge >= 0 { starts[Int(edge)] &+= 1 }
    starts.withUnsafeMutableBufferPointer { starts in
      var end: Int32 = 0
      for edge in starts.indices {
        end &+= starts[edge]
        starts[edge] = end
      }
    }
    var rows = [Int32](repeating: 0, count: Int(starts[travel.graph.edgeCount]))
    for (row, edge) in points.edges.enumerated().reversed() where edge >= 0 {
      starts[Int(edge)] &-= 1
      rows[Int(starts[Int(edge)])] = Int32(truncatingIfNeeded: row)
    }
    var offsets = rows.map { row in
      travel.spread(Int(points.edges[Int(row)]), direction).offset(points.fractions[Int(row)])
    }
    var first = 0
    while first < rows.count {
      let edge = Int(points.edges[Int(rows[first])])
      let run = first..<Int(starts[edge + 1])
      first = run.upperBound
      if run.count == 1 { continue }
      let order = run.sorted { (offsets[$0], rows[$0]) < (offsets[$1], rows[$1]) }
      rows.replaceSubrange(run, with: order.map { rows[$0] })
      offsets.replaceSubrange(run, with: order.map { offsets[$0] })
    }
    self.starts = starts
    self.rows = rows
    self.offsets = offsets
    approaches =
      points.countsApproach
      ? rows.map { travel.approachCost(points.distances[Int($0)]) } : [UInt32](repeating: 0, count: rows.count)
  }

  @inline(__always)
  func range(of edge: Int) -> Range<Int> { Int(starts[edge])..<Int(starts[edge + 1]) }
}

extension TravelGraph {
  /// Calls `body` with each node at which a search from a position begins, and the cost to there.
  @inline(__always)
  func forEachSeed(
    edge: Int, offset: EdgeOffset, approach: UInt32, _ direction: TravelDirection,
    _ body: (_ node: Int, _ cost: UInt32) -> Void
  ) {
    let spread = spread(edge, direction)
    if let cost = spread.toBeginning(from: offset) { body(Int(graph.fromNodes[edge]), approach &+ cost) }
    if let cost = spread.toEnd(from: offset) { body(Int(graph.toNodes[edge]), approach &+ cost) }
  }
}
