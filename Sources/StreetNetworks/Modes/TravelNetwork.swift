import GeometryKernel
import Synchronization
import WorkControl

/// A network with what questions need of it, made when first asked for and kept: the tree that snaps points, and the
/// network as each mode sees it.
///
/// Safe to use from several threads; what one makes the others wait for.
public final class TravelNetwork: Sendable {
  public let graph: StreetGraph
  private let kept = Mutex(Kept())

  private struct Kept {
    var edges: EdgeTree?
    var travels: [TravelGraph] = []
  }

  /// More modes and measures than a script asks by turns.
  private static let most = 8

  public init(_ graph: StreetGraph) {
    self.graph = graph
  }

  /// O(vertices) at first, then O(1).
  public var edges: EdgeTree {
    kept.withLock { kept in
      if let edges = kept.edges { return edges }
      let edges = EdgeTree(graph)
      kept.edges = edges
      return edges
    }
  }

  /// The network as a mode sees it. O(nodes + edges) at first, then O(1).
  ///
  /// - Throws: `StreetNetworkError.wrongSpeed`, `modeWithoutStreets`; `Cancelled`.
  public func travel(_ mode: TravelMode, _ measure: TravelMeasure, workers: Workers = .one) throws -> TravelGraph {
    try kept.withLock { kept in
      if let travel = kept.travels.first(where: { $0.mode == mode && $0.measure == measure }) { return travel }
      let travel = try TravelGraph(graph, mode, measure, workers: workers)
      if kept.travels.count == Self.most { kept.travels.removeFirst() }
      kept.travels.append(travel)
      return travel
    }
  }

  /// Where rows of any kinds join the streets, see `EdgeTree.entries`; points that join at nodes need no tree of edges.
  ///
  /// - Parameter travel: Of this network.
  /// - Throws: `Cancelled`.
  public func entries(
    of rows: GeometryArray, by entrances: Entrances? = nil, to travel: TravelGraph, _ snapping: Snapping = Snapping(),
    workers: Workers = .one
  ) throws -> NetworkEntries {
    if snapping.toNodes, entrances == nil, rows.isPointsLayout {
      let positions = try travel.nodes(snapping, workers).snap(rows, snapping, workers)
      return NetworkEntries(positions: positions, points: rows, starts: nil, owners: nil)
    }
    return try edges.entries(of: rows, by: entrances, to: travel, snapping, workers: workers)
  }

  /// The same streets drawn in another reference system: positions are brought there, lengths and speeds stay as
  /// built.
  ///
  /// - Parameter move: Changes the positions of nodes and of vertices in place, once each.
  /// - Throws: What `move` throws; `outsideSystem` where a position has no place there.
  public func moved(_ move: (inout [Double], inout [Double]) throws -> Void) throws -> TravelNetwork {
    var graph = graph
    try move(&graph.nodeXs, &graph.nodeYs)
    try move(&graph.vertexXs, &graph.vertexYs)
    guard graph.hasPositions else { throw StreetNetworkError.outsideSystem }
    return TravelNetwork(graph)
  }
}
