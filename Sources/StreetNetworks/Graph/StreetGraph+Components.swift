extension StreetGraph {
  /// Labels the weakly connected parts over the edges that `isOpen` lets through; the longest part gets number 0, equal
  /// ones in the order of their first nodes. A node without such an edge is in no part, −1. O(nodes + edges).
  func labelComponents(_ isOpen: (Int) -> Bool) -> (ofNodes: [Int32], [Component]) {
    var parents = (0..<Int32(nodeCount)).map { $0 }
    parents.withUnsafeMutableBufferPointer { parents in
      for edge in 0..<edgeCount where isOpen(edge) {
        let a = root(fromNodes[edge], parents)
        let b = root(toNodes[edge], parents)
        // The smaller number becomes the root: it is met first below.
        if a < b { parents[Int(b)] = a } else { parents[Int(a)] = b }
      }
    }
    var found: [Component] = []
    var labels = [Int32](repeating: 0, count: nodeCount)
    for node in 0..<nodeCount {
      if parents[node] == node {
        labels[node] = Int32(found.count)
        found.append(Component())
      } else {
        // Parents have smaller numbers, and have their label.
        labels[node] = labels[Int(parents[node])]
      }
      found[Int(labels[node])].nodeCount += 1
    }
    for edge in 0..<edgeCount where isOpen(edge) {
      let label = Int(labels[Int(fromNodes[edge])])
      found[label].edgeCount += 1
      found[label].length += Int(lengths[edge])
    }
    let order = found.indices.filter { found[$0].edgeCount > 0 }
      .sorted { (-found[$0].length, $0) < (-found[$1].length, $1) }
    var ranks = [Int32](repeating: -1, count: found.count)
    for (rank, label) in order.enumerated() { ranks[label] = Int32(rank) }
    return (labels.map { ranks[Int($0)] }, order.map { found[$0] })
  }

  private func root(_ node: Int32, _ parents: UnsafeMutableBufferPointer<Int32>) -> Int32 {
    var node = node
    while parents[Int(node)] != node {
      parents[Int(node)] = parents[Int(parents[Int(node)])]
      node = parents[Int(node)]
    }
    return node
  }
}
