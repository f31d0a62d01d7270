import GeometryKernel
import SpatialIndexes
import Synchronization
import WorkControl

/// The nodes at the streets of a mode, to join points to; those of small isolated parts by themselves.
struct NodeTree: Sendable {
  private let share: Double
  private let large: Part
  private let small: Part

  private struct Part {
    /// By which each node is met, as in `StreetGraph.arcs`.
    let arcs: [Int32]
    let index: SpatialIndex

    /// - Parameter openArcs: Of each node of the graph.
    init(_ nodes: [Int32], _ openArcs: [Int32], of graph: StreetGraph, _ workers: Workers) throws {
      arcs = nodes.map { openArcs[Int($0)] }
      index = try SpatialIndex(
        GeometryArray(pointsX: nodes.map { graph.nodeXs[Int($0)] }, y: nodes.map { graph.nodeYs[Int($0)] }),
        workers: workers)
    }

    /// All nodes of a graph without a copy.
    init(all openArcs: [Int32], of graph: StreetGraph, _ workers: Workers) throws {
      arcs = openArcs
      index = try SpatialIndex(GeometryArray(pointsX: graph.nodeXs, y: graph.nodeYs), workers: workers)
    }
  }

  /// O(nodes log nodes + edges), mostly O(nodes + edges).
  ///
  /// - Throws: `Cancelled`.
  fileprivate init(_ travel: TravelGraph, share: Double, _ workers: Workers) throws {
    self.share = share
    let graph = travel.graph
    let firstSmall = travel.firstSmallComponent(below: share)
    let openArcs = try travel.openArcs(workers)
    if firstSmall == travel.components.count, !openArcs.contains(-1) {
      large = try Part(all: openArcs, of: graph, workers)
      small = try Part([], openArcs, of: graph, workers)
    } else {
      let nodes = (0..<Int32(truncatingIfNeeded: graph.nodeCount)).filter { openArcs[Int($0)] >= 0 }
      func isInSmall(_ node: Int32) -> Bool { Int(travel.nodeComponents[Int(node)]) >= firstSmall }
      large = try Part(nodes.filter { !isInSmall($0) }, openArcs, of: graph, workers)
      small = try Part(nodes.filter(isInSmall), openArcs, of: graph, workers)
    }
  }

  /// As `EdgeTree.snap`, at nodes only.
  func snap(_ points: GeometryArray, _ snapping: Snapping, _ workers: Workers) throws -> SnappedPoints {
    let runs = workers.runs(of: points.count, atLeast: 512)
    let parts = try workers.map(pieces: runs.count) { piece in snap(points.slice(runs[piece]), snapping) }
    return SnappedPoints(joining: parts, countsApproach: snapping.countsApproach)
  }

  private func snap(_ points: GeometryArray, _ snapping: Snapping) -> SnappedPoints {
    let places = points.isPointsLayout ? points : GeometryArray(firstPositionsOf: points)
    let found = large.index.nearest(1, to: places, within: snapping.limit)
    let foundSmall = small.arcs.isEmpty ? nil : small.index.nearest(1, to: places, within: snapping.limit)
    var result = SnappedPoints(count: points.count, countsApproach: snapping.countsApproach)
    var off: [Int] = []
    for row in 0..<points.count {
      let here = found.range(of: row).first
      let there = foundSmall?.range(of: row).first
      if let here {
        let nearest = found.distances[here]
        let isBeyondSmall = there.map { (foundSmall?.distances[$0] ?? .infinity) < nearest } ?? false
        result.set(row, large.arcs[Int(found.rows[here])], nearest, isBeyondSmall ? .joinedBeyondIsolated : .joined)
      } else if let there, let foundSmall {
        result.set(row, small.arcs[Int(foundSmall.rows[there])], foundSmall.distances[there], .joinedIsolated)
      } else if places.xs[row].isFinite && places.ys[row].isFinite {
        result.statuses[row] = .offNetwork
        off.append(row)
      }
    }
    guard !off.isEmpty else { return result }
    let distances = [large, small].map { part in part.index.nearest(1, to: places.gather(off.map { Int32($0) })) }
    for (i, row) in off.enumerated() {
      result.distances[row] = distances.flatMap { part in part.range(of: i).map { part.distances[$0] } }.min() ?? .nan
    }
    return result
  }

  /// The tree of one network and mode, made when first asked for.
  final class Kept: Sendable {
    private let tree = Mutex<NodeTree?>(nil)

    func tree(of travel: TravelGraph, share: Double, _ workers: Workers) throws -> NodeTree {
      try tree.withLock { tree in
        if let tree, tree.share == share { return tree }
        let made = try NodeTree(travel, share: share, workers)
        tree = made
        return made
      }
    }
  }
}

extension TravelGraph {
  /// The first arc at each node that the mode may use in some direction, −1 for none. O(nodes + edges).
  ///
  /// - Throws: `Cancelled`.
  fileprivate func openArcs(_ workers: Workers) throws -> [Int32] {
    let (starts, arcs, directions) = (graph.arcStarts, graph.arcs, directions)
    return try workers.array(graph.nodeCount) { node in
      for i in Int(starts[node])..<Int(starts[node + 1]) where !directions[Int(arcs[i] >> 1)].isEmpty { return arcs[i] }
      return -1
    }
  }

  /// The nodes that points join. O(nodes) at first, then O(1).
  func nodes(_ snapping: Snapping, _ workers: Workers) throws -> NodeTree {
    try nodeTree.tree(of: self, share: snapping.isolatedShare, workers)
  }
}

extension SnappedPoints {
  fileprivate mutating func set(_ row: Int, _ arc: Int32, _ distance: Double, _ status: Status) {
    edges[row] = arc >> 1
    fractions[row] = Double(arc & 1)
    distances[row] = distance
    statuses[row] = status
  }
}

extension GeometryArray {
  /// The first position of each row, null where there is none that is finite.
  fileprivate init(firstPositionsOf rows: GeometryArray) {
    let places = rows.withView { view in (0..<view.count).map { view.firstPosition(at: $0) } }
    self.init(pointsX: places.map { $0.map { rows.xs[$0] } ?? .nan }, y: places.map { $0.map { rows.ys[$0] } ?? .nan })
  }
}
