import WorkControl

/// A network as one mode sees it: what each edge costs, in which directions it is open, and what hangs together.
///
/// Adds 25 bytes an edge in a city to the network's own, 16 more where one-way streets make the way there another than
/// the way back, and 4 more than that where slopes do.
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

  /// The cost of each edge in its own direction; never 0, so that every way is longer than its parts.
  let costs: [UInt32]
  /// The cost of each edge against its direction; empty where it is the same.
  let backwardCosts: [UInt32]
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
  /// - Throws: `StreetNetworkError.wrongSpeed`, `modeWithoutStreets`; `Cancelled`.
  public init(
    _ graph: StreetGraph, _ mode: TravelMode, _ measure: TravelMeasure = .time, workers: Workers = .one
  ) throws {
    try mode.check()
    self.graph = graph
    self.mode = mode
    self.measure = measure
    let edges = try EdgeCosts(graph, mode, measure, workers)
    (costs, backwardCosts, directions) = (edges.forward, edges.backward, edges.directions)
    var sum = 0
    var openCount = 0
    for edge in 0..<graph.edgeCount where !directions[edge].isEmpty {
      sum += Int(costs[edge])
      openCount += 1
    }
    guard openCount > 0 else { throw StreetNetworkError.modeWithoutStreets(mode: mode.name) }
    meanCost = UInt32(sum / openCount)
    outward = try edges.arcs(graph, inward: false, workers)
    let isSymmetric = backwardCosts.isEmpty && directions.allSatisfy { $0.isEmpty || $0 == .both }
    inward = isSymmetric ? nil : try edges.arcs(graph, inward: true, workers)
    if openCount < graph.edgeCount {
      let directions = directions
      (nodeComponents, components) = graph.labelComponents { !directions[$0].isEmpty }
    } else {
      (nodeComponents, components) = (graph.nodeComponents, graph.components)
    }
  }

  /// The arcs along which a search spreads from the facilities: against the direction of travel where that is towards
  /// them.
  func arcs(_ direction: TravelDirection) -> [Arc] {
    direction == .toFacilities ? inward ?? outward : outward
  }

  /// Whether the mode may use an edge in some direction.
  public func isOpen(_ edge: Int) -> Bool { !directions[edge].isEmpty }

  func component(ofEdge edge: Int) -> Int { Int(nodeComponents[Int(graph.fromNodes[edge])]) }

  /// The bytes that the buffers fill beyond those of the network.
  public var byteCount: Int {
    let isPart = directions.contains { $0.isEmpty }
    return (costs.count + backwardCosts.count) * 4 + directions.count + (outward.count + (inward?.count ?? 0)) * 8
      + (isPart ? nodeComponents.count * 4 : 0)
  }
}
