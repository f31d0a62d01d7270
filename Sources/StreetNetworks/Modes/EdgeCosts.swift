/// What each edge costs a mode in each direction.
struct EdgeCosts {
  let forward: [UInt32]
  /// Empty where it is the same as forward everywhere.
  private(set) var backward: [UInt32] = []
  let directions: [Directions]

  /// O(edges).
  init(_ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure) {
    let classSpeeds = graph.classNames.map { mode.speed(onClass: $0) ?? 0 }
    let hasSlopes = measure == .time && mode.followsSlopes && !graph.forwardPaces.isEmpty
    let (classes, access, lengths) = (graph.classes, graph.access, graph.lengths)
    let speeds = mode.usesStreetSpeeds ? graph.speeds : []
    let traffic = mode.traffic
    directions = (0..<graph.edgeCount).map { edge in
      classSpeeds[Int(classes[edge])] > 0 ? access[edge].directions(for: traffic) : []
    }
    func level(_ edge: Int) -> Double {
      let length = Double(lengths[edge])
      if measure == .length { return length }
      let speed = !speeds.isEmpty && speeds[edge] > 0 ? Double(speeds[edge]) / 100 : classSpeeds[Int(classes[edge])]
      // Centimetres and metres a second; an edge of a class without a speed is closed, whatever it costs.
      return speed > 0 ? length / 100 / speed * 1000 : 0
    }
    if hasSlopes {
      forward = (0..<graph.edgeCount).map { Self.units(level($0) * Double(graph.forwardPaces[$0])) }
      backward = (0..<graph.edgeCount).map { Self.units(level($0) * Double(graph.backwardPaces[$0])) }
    } else {
      forward = (0..<graph.edgeCount).map { Self.units(level($0)) }
    }
  }

  private static func units(_ cost: Double) -> UInt32 {
    UInt32(min(max(cost + 0.5, 1), Double(TravelMeasure.largestCost)))
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
