import GeometryKernel

/// The streets that one facility reaches, and those round them that it does not.
struct ReachedStreets {
  let lines: ServiceLines
  /// The stretches of the facility.
  let run: Range<Int>
  let travel: TravelGraph
  let tree: EdgeTreeView

  /// What is shorter than this many metres counts as reached: costs are whole numbers.
  private static let shortest = 0.05

  init(_ lines: ServiceLines, facility: Int32, _ travel: TravelGraph, _ tree: EdgeTreeView) {
    self.lines = lines
    self.travel = travel
    self.tree = tree
    run = lines.firstStretch(of: facility)..<lines.firstStretch(of: facility + 1)
  }

  /// The segments of streets open to the mode that are not reached and may meet a box, ascending by edge.
  func unreached(in box: Box) -> [Segment] {
    var edges: [Int] = []
    tree.forEachItem(meeting: box) { edge, first in
      guard travel.isOpen(edge), edges.last != edge else { return }
      let (from, to) = (Int(tree.streets.fromNodes[edge]), Int(tree.streets.toNodes[edge]))
      let inner = tree.streets.vertexStarts[edge + 1] - tree.streets.vertexStarts[edge]
      if inner == 0 {
        // Straight edges, of which cities are full, are passed over by their own box.
        let segment = Segment(
          tree.streets.nodeXs[from], tree.streets.nodeYs[from], tree.streets.nodeXs[to], tree.streets.nodeYs[to])
        guard segment.box.intersects(box) else { return }
      }
      edges.append(edge)
    }
    edges.sort()
    var segments: [Segment] = []
    for (i, edge) in edges.enumerated() where i == 0 || edges[i - 1] != edge {
      forEachUnreached(edge) { first, last in
        var start: (x: Double, y: Double)?
        travel.graph.forEachVertex(edge, from: first, to: last) { x, y in
          if let start, start.x != x || start.y != y {
            let segment = Segment(start.x, start.y, x, y)
            if segment.box.intersects(box) { segments.append(segment) }
          }
          start = (x, y)
        }
      }
    }
    return segments
  }

  /// The shares of an edge's length that are not reached, ascending.
  private func forEachUnreached(_ edge: Int, _ body: (_ first: Double, _ last: Double) -> Void) {
    let shortest = Self.shortest * 100 / Double(max(1, travel.graph.lengths[edge]))
    var low = run.lowerBound
    var high = run.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(lines.edges[middle]) < edge { low = middle + 1 } else { high = middle }
    }
    var reached = 0.0
    while low < run.upperBound, Int(lines.edges[low]) == edge {
      if lines.firsts[low] - reached > shortest { body(reached, lines.firsts[low]) }
      reached = lines.lasts[low]
      low += 1
    }
    if 1 - reached > shortest { body(reached, 1) }
  }
}

extension ServiceLines {
  /// The first stretch of a facility or of those after it. O(log stretches).
  func firstStretch(of facility: Int32) -> Int {
    var low = 0
    var high = facilities.count
    while low < high {
      let middle = (low + high) / 2
      if facilities[middle] < facility { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
