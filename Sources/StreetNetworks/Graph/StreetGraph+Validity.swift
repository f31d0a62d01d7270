extension StreetGraph {
  /// Metres: nothing on earth is a million kilometres from the origin of its reference system.
  static let largestCoordinate = 1e9

  /// What is wrong with the buffers, if anything: whatever passes can be searched without a look at bounds.
  /// O(nodes + edges).
  func invariantViolation() -> String? {
    guard nodeYs.count == nodeCount, nodeComponents.count == nodeCount, arcStarts.count == nodeCount + 1 else {
      return "node buffers of different length"
    }
    let edgeBuffers = [
      toNodes.count, lengths.count, classes.count, access.count, rows.count, vertexStarts.count - 1, arcs.count / 2,
    ]
    guard edgeBuffers.allSatisfy({ $0 == edgeCount }), arcs.count % 2 == 0 else {
      return "edge buffers of different length"
    }
    guard speeds.isEmpty || speeds.count == edgeCount else { return "speeds of another number of edges" }
    guard backwardPaces.count == forwardPaces.count, forwardPaces.isEmpty || forwardPaces.count == edgeCount,
      forwardPaces.allSatisfy(SlopePace.isPace), backwardPaces.allSatisfy(SlopePace.isPace)
    else { return "paces" }
    guard vertexXs.count == vertexYs.count else { return "vertex buffers of different length" }
    guard Self.areOffsets(arcStarts, into: arcs.count) else { return "arc offsets" }
    guard Self.areOffsets(vertexStarts, into: vertexXs.count) else { return "vertex offsets" }
    let nodes = UInt32(nodeCount)
    guard fromNodes.allSatisfy({ UInt32(bitPattern: $0) < nodes }),
      toNodes.allSatisfy({ UInt32(bitPattern: $0) < nodes })
    else { return "edge ends" }
    guard lengths.allSatisfy({ $0 >= 0 }) else { return "edge lengths" }
    guard classes.allSatisfy({ $0 < classNames.count }) else { return "edge classes" }
    guard nodeComponents.allSatisfy({ UInt32(bitPattern: $0) < components.count }) else { return "components" }
    guard hasPositions else { return "positions" }
    let limit = 1 << 53
    guard components.allSatisfy({ [$0.nodeCount, $0.edgeCount, $0.length].allSatisfy { 0..<limit ~= $0 } }) else {
      return "component sizes"
    }
    return arcViolation()
  }

  /// Whether all coordinates are numbers within reason. O(vertices).
  var hasPositions: Bool {
    [nodeXs, nodeYs, vertexXs, vertexYs].allSatisfy { $0.allSatisfy { abs($0) <= Self.largestCoordinate } }
  }

  private func arcViolation() -> String? {
    for node in 0..<nodeCount {
      var last: Int32 = -1
      for arc in arcs[Int(arcStarts[node])..<Int(arcStarts[node + 1])] {
        // Ascending arcs, each at an end of its edge, twice as many as edges: every edge end is there once.
        guard arc > last, Int(arc >> 1) < edgeCount else { return "arcs of node \(node)" }
        guard Int(arc & 1 == 0 ? fromNodes[Int(arc >> 1)] : toNodes[Int(arc >> 1)]) == node else {
          return "arcs of node \(node)"
        }
        last = arc
      }
    }
    return nil
  }

  private static func areOffsets(_ starts: [Int32], into count: Int) -> Bool {
    guard starts.first == 0, let last = starts.last, Int(last) == count else { return false }
    return starts.withUnsafeBufferPointer { starts in
      for i in 1..<max(1, starts.count) where starts[i] < starts[i - 1] { return false }
      return true
    }
  }
}
