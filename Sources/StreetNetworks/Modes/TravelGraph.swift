/// A network as one mode sees it: what each edge costs, in which directions it is open, and what hangs together.
///
/// Adds 25 bytes an edge in a city to the network's own, and 16 more where one-way streets make the way there another
/// than the way back.
public struct TravelGraph: Sendable {
  public let graph: StreetGraph
  public let mode: TravelMode
  public let measure: TravelMeasure

  /// An edge as it is met at a node: the other end, and the cost to there. One for each of the graph's arcs.
  struct Arc: BitwiseCopyable {
    var head: Int32
    /// `closed` where the edge may not be travelled that way.
    var cost: UInt32
  }

  /// More than any limit.
  static let closed = TravelMeasure.largestCost + 1

  /// The cost of each edge; never 0, so that every way is longer than its parts.
  let costs: [UInt32]
  let directions: [Directions]
  /// Of the edges that are open.
  let meanCost: UInt32
  /// Costs from each node along its arcs.
  let outward: [Arc]
  /// Costs to each node along its arcs; `nil` where they are the same.
  let inward: [Arc]?
  /// The parts that hang together for the mode, the longest first.
  public let components: [StreetGraph.Component]
  /// −1 at nodes whose streets are all closed.
  let nodeComponents: [Int32]
  /// The nodes where points join, for snapping to nodes.
  let nodeTree = NodeTree.Kept()

  /// O(nodes + edges).
  ///
  /// - Throws: `wrongSpeed`; `modeWithoutStreets`.
  public init(
    _ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure = .time
  ) throws(StreetNetworkError) {
    try mode.check()
    self.graph = graph
    self.mode = mode
    self.measure = measure
    (costs, directions) = Self.edgeCosts(graph, mode, measure)
    var sum = 0
    var openCount = 0
    for edge in 0..<graph.edgeCount where !directions[edge].isEmpty {
      sum += Int(costs[edge])
      openCount += 1
    }
    guard openCount > 0 else { throw .modeWithoutStreets(mode: mode.name) }
    meanCost = UInt32(sum / openCount)
    outward = Self.arcs(graph, costs, directions, reversed: false)
    let isSymmetric = directions.allSatisfy { $0.isEmpty || $0 == .both }
    inward = isSymmetric ? nil : Self.arcs(graph, costs, directions, reversed: true)
    if openCount < graph.edgeCount {
      let directions = directions
      (nodeComponents, components) = graph.labelComponents { !directions[$0].isEmpty }
    } else {
      (nodeComponents, components) = (graph.nodeComponents, graph.components)
    }
  }

  private static func edgeCosts(
    _ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure
  ) -> ([UInt32], [Directions]) {
    let classSpeeds = graph.classNames.map { mode.speed(onClass: $0) ?? 0 }
    var costs = [UInt32](repeating: 1, count: graph.edgeCount)
    var directions = [Directions](repeating: [], count: graph.edgeCount)
    let (classes, access, lengths) = (graph.classes, graph.access, graph.lengths)
    let speeds = mode.usesStreetSpeeds ? graph.speeds : []
    let traffic = mode.traffic
    for edge in 0..<graph.edgeCount {
      var speed = classSpeeds[Int(classes[edge])]
      guard speed > 0 else { continue }
      if !speeds.isEmpty, speeds[edge] > 0 { speed = Double(speeds[edge]) / 100 }
      directions[edge] = access[edge].directions(for: traffic)
      let length = Double(lengths[edge])
      let cost = measure == .length ? length : (length / 100 / speed * 1000).rounded()
      costs[edge] = UInt32(min(max(cost, 1), Double(TravelMeasure.largestCost)))
    }
    return (costs, directions)
  }

  private static func arcs(
    _ graph: StreetGraph, _ costs: [UInt32], _ directions: [Directions], reversed: Bool
  ) -> [Arc] {
    [Arc](unsafeUninitializedCapacity: graph.arcs.count) { arcs, count in
      costs.withUnsafeBufferPointer { costs in
        directions.withUnsafeBufferPointer { directions in
          graph.withStreetView { streets in
            for (i, arc) in graph.arcs.enumerated() {
              let edge = Int(arc >> 1)
              let isFirst = arc & 1 == 0
              let isOpen = directions[edge].contains(isFirst != reversed ? .forward : .backward)
              arcs.initializeElement(
                at: i,
                to: Arc(
                  head: isFirst ? streets.toNodes[edge] : streets.fromNodes[edge], cost: isOpen ? costs[edge] : closed))
            }
          }
        }
      }
      count = graph.arcs.count
    }
  }

  /// The arcs along which a search spreads from the facilities: against the direction of travel where that is towards
  /// them.
  func arcs(_ direction: TravelDirection) -> [Arc] {
    direction == .toFacilities ? inward ?? outward : outward
  }

  /// How positions on an edge are reached from its ends and from other positions on it, as a search from the facilities
  /// spreads: `forward` is from small offsets to large ones.
  func spread(_ edge: Int, _ direction: TravelDirection) -> Directions {
    direction == .toFacilities ? directions[edge].reversed : directions[edge]
  }

  /// Whether the mode may use an edge in some direction.
  public func isOpen(_ edge: Int) -> Bool { !directions[edge].isEmpty }

  func component(ofEdge edge: Int) -> Int { Int(nodeComponents[Int(graph.fromNodes[edge])]) }

  /// The bytes that the buffers fill beyond those of the network.
  public var byteCount: Int {
    let isPart = directions.contains { $0.isEmpty }
    return costs.count * 5 + (outward.count + (inward?.count ?? 0)) * 8 + (isPart ? nodeComponents.count * 4 : 0)
  }
}
