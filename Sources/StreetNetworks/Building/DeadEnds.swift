import GeometryKernel
import WorkControl

/// Dead ends of a network and what they all but meet.
struct DeadEnds {
  /// A dead end and the nearest position on a street that neither it nor its own street's other end is on.
  struct Gap {
    var node: Int32
    var position: NearestPosition
  }

  let gaps: [Gap]

  /// The gaps up to a width in metres, in the order of the nodes. O(dead ends · log edges).
  ///
  /// - Throws: `Cancelled`.
  init(_ graph: StreetGraph, narrowerThan limit: Double, _ monitor: WorkMonitor) throws {
    guard limit > 0 else {
      gaps = []
      return
    }
    gaps = try EdgeTree(graph).withView(graph) { tree in
      var gaps: [Gap] = []
      for node in 0..<graph.nodeCount where graph.degree(of: node) == 1 {
        try monitor.check()
        let own = Int(graph.arcs[Int(graph.arcStarts[node])] >> 1)
        let ends = (graph.fromNodes[own], graph.toNodes[own])
        var best = NearestPosition(squaredDistance: limit * limit)
        tree.search(x: graph.nodeXs[node], y: graph.nodeYs[node], &best) { edge in
          let (from, to) = (tree.streets.fromNodes[edge], tree.streets.toNodes[edge])
          return from != ends.0 && from != ends.1 && to != ends.0 && to != ends.1
        }
        if best.edge >= 0 { gaps.append(Gap(node: Int32(node), position: best)) }
      }
      return gaps
    }
  }

  /// Places for a report; two dead ends that face each other are one gap.
  func places(_ graph: StreetGraph) -> [BuildReport.Gap] {
    var places: [BuildReport.Gap] = []
    var seen: Set<[Double]> = []
    for gap in gaps {
      let x = graph.nodeXs[Int(gap.node)]
      let y = graph.nodeYs[Int(gap.node)]
      let other = graph.position(of: gap.position)
      // Asked first: a dead end that lies on the street it does not meet is its own mirror.
      guard !seen.contains([other.x, other.y, x, y]), seen.insert([x, y, other.x, other.y]).inserted else { continue }
      places.append(
        BuildReport.Gap(
          x: x, y: y, otherX: other.x, otherY: other.y, width: gap.position.squaredDistance.squareRoot()))
    }
    return places
  }
}

extension StreetGraph {
  func position(of found: NearestPosition) -> (x: Double, y: Double) {
    let a = vertex(Int(found.vertex), of: Int(found.edge))
    let b = vertex(Int(found.vertex) + 1, of: Int(found.edge))
    if found.share == 1 { return b }
    return (a.x + found.share * (b.x - a.x), a.y + found.share * (b.y - a.y))
  }
}
