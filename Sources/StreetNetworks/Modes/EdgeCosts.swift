/// What each edge costs a mode in each direction.
struct EdgeCosts {
  private(set) var forward: [UInt32]
  /// Empty where it is the same as forward everywhere.
  private(set) var backward: [UInt32] = []
  private(set) var directions: [Directions]

  /// O(edges).
  init(_ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure) {
    let classSpeeds = graph.classNames.map { mode.speed(onClass: $0) ?? 0 }
    let hasSlopes = measure == .time && mode.followsSlopes && !graph.forwardPaces.isEmpty
    forward = [UInt32](repeating: 1, count: graph.edgeCount)
    if hasSlopes { backward = forward }
    directions = [Directions](repeating: [], count: graph.edgeCount)
    let (classes, access, lengths) = (graph.classes, graph.access, graph.lengths)
    let speeds = mode.usesStreetSpeeds ? graph.speeds : []
    let traffic = mode.traffic
    for edge in 0..<graph.edgeCount {
      var speed = classSpeeds[Int(classes[edge])]
      guard speed > 0 else { continue }
      if !speeds.isEmpty, speeds[edge] > 0 { speed = Double(speeds[edge]) / 100 }
      directions[edge] = access[edge].directions(for: traffic)
      let length = Double(lengths[edge])
      let cost = measure == .length ? length : length / 100 / speed * 1000
      forward[edge] = Self.units(hasSlopes ? cost * Double(graph.forwardPaces[edge]) : cost)
      if hasSlopes { backward[edge] = Self.units(cost * Double(graph.backwardPaces[edge])) }
    }
  }

  private static func units(_ cost: Double) -> UInt32 {
    UInt32(min(max(cost.rounded(), 1), Double(TravelMeasure.largestCost)))
  }

  /// The arcs at each node: outward with the cost from the node to the other end, inward from there to the node.
  /// O(edges).
  func arcs(_ graph: StreetGraph, inward: Bool) -> [TravelGraph.Arc] {
    [TravelGraph.Arc](unsafeUninitializedCapacity: graph.arcs.count) { arcs, count in
      forward.withUnsafeBufferPointer { forward in
        (backward.isEmpty ? self.forward : backward).withUnsafeBufferPointer { backward in
          directions.withUnsafeBufferPointer { directions in
            graph.withStreetView { streets in
              for (i, arc) in graph.arcs.enumerated() {
                let edge = Int(arc >> 1)
                let isFirst = arc & 1 == 0
                let isForward = isFirst != inward
                let isOpen = directions[edge].contains(isForward ? .forward : .backward)
                arcs.initializeElement(
                  at: i,
                  to: TravelGraph.Arc(
                    head: isFirst ? streets.toNodes[edge] : streets.fromNodes[edge],
                    cost: isOpen ? (isForward ? forward : backward)[edge] : TravelGraph.closed))
              }
            }
          }
        }
      }
      count = graph.arcs.count
    }
  }
}
