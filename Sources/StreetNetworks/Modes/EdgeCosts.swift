import WorkControl

/// What each edge costs a mode in each direction.
struct EdgeCosts {
  let forward: [UInt32]
  /// Empty where it is the same as forward everywhere.
  let backward: [UInt32]
  let directions: [Directions]

  /// O(edges).
  ///
  /// - Throws: `Cancelled`.
  init(_ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure, _ workers: Workers) throws {
    let classSpeeds = graph.classNames.map { mode.speed(onClass: $0) ?? 0 }
    let hasSlopes = measure == .time && mode.followsSlopes && !graph.forwardPaces.isEmpty
    let (classes, access, lengths) = (graph.classes, graph.access, graph.lengths)
    let speeds = mode.usesStreetSpeeds ? graph.speeds : []
    let traffic = mode.traffic
    let count = graph.edgeCount
    directions = try workers.array(count) { edge in
      classSpeeds[Int(classes[edge])] > 0 ? access[edge].directions(for: traffic) : []
    }
    @Sendable func level(_ edge: Int) -> Double {
      let length = Double(lengths[edge])
      if measure == .length { return length }
      let speed = !speeds.isEmpty && speeds[edge] > 0 ? Double(speeds[edge]) / 100 : classSpeeds[Int(classes[edge])]
      // Centimetres and metres a second; an edge of a class without a speed is closed, whatever it costs.
      return speed > 0 ? length / 100 / speed * 1000 : 0
    }
    if hasSlopes {
      let (ahead, back) = (graph.forwardPaces, graph.backwardPaces)
      forward = try workers.array(count) { Self.units(level($0) * Double(ahead[$0])) }
      backward = try workers.array(count) { Self.units(level($0) * Double(back[$0])) }
    } else {
      forward = try workers.array(count) { Self.units(level($0)) }
      backward = []
    }
  }

  private static func units(_ cost: Double) -> UInt32 {
    UInt32(min(max(cost + 0.5, 1), Double(TravelMeasure.largestCost)))
  }

  /// The arcs at each node: outward with the cost from the node to the other end, inward from there to the node.
  /// O(edges).
  ///
  /// - Throws: `Cancelled`.
  func arcs(_ graph: StreetGraph, inward: Bool, _ workers: Workers) throws -> [TravelGraph.Arc] {
    try graph.arcs.withUnsafeBufferPointer { arcs in
      try forward.withUnsafeBufferPointer { forward in
        try (backward.isEmpty ? self.forward : backward).withUnsafeBufferPointer { backward in
          try directions.withUnsafeBufferPointer { directions in
            try graph.withStreetView { streets in
              nonisolated(unsafe) let (arcs, streets) = (arcs, streets)
              nonisolated(unsafe) let (forward, backward, directions) = (forward, backward, directions)
              return try workers.array(arcs.count) { i in
                let edge = Int(arcs[i] >> 1)
                let isFirst = arcs[i] & 1 == 0
                let isForward = isFirst != inward
                let isOpen = directions[edge].contains(isForward ? .forward : .backward)
                return TravelGraph.Arc(
                  head: isFirst ? streets.toNodes[edge] : streets.fromNodes[edge],
                  cost: isOpen ? (isForward ? forward : backward)[edge] : TravelGraph.closed)
              }
            }
          }
        }
      }
    }
  }
}
