import SpatialIndexes

/// Cuts lines into edges at the places that streets share, and lays nodes and edges in their order.
struct EdgeAssembly {
  let lines: Polylines
  let xs: [Double]
  let ys: [Double]
  let attributes: StreetAttributes

  /// An edge as it is found, before edges are put in order.
  private struct FoundEdge: BitwiseCopyable {
    /// Its vertices, in the numbering of `lines`.
    var first: Int32
    var last: Int32
    var line: Int32
    var from: Int32
    var to: Int32
    /// Metres.
    var length: Double
  }

  /// The graph, and the vertex of `lines` at which each of its edges begins.
  ///
  /// - Throws: `noStreets`, `tooLong`, `tooLarge`.
  func graph() throws(StreetNetworkError) -> (StreetGraph, firstVertices: [Int32]) {
    guard lines.count > 0 else { throw .noStreets }
    guard lines.places.count < 1 << 29 else { throw .tooLarge }
    let isNode = sharedPlaces()
    let nodePlaces = (0..<Int32(xs.count)).filter { isNode[Int($0)] }
    let order = hilbertOrder(nodePlaces.map { xs[Int($0)] }, nodePlaces.map { ys[Int($0)] })
    var nodeOfPlace = [Int32](repeating: -1, count: xs.count)
    for (node, i) in order.enumerated() { nodeOfPlace[Int(nodePlaces[Int(i)])] = Int32(node) }
    let edges = ordered(try cut(nodeOfPlace), nodes: order.count)
    var graph = StreetGraph()
    graph.nodeXs = order.map { xs[Int(nodePlaces[Int($0)])] }
    graph.nodeYs = order.map { ys[Int(nodePlaces[Int($0)])] }
    fill(&graph, edges)
    graph.layArcs()
    (graph.nodeComponents, graph.components) = graph.labelComponents { _ in true }
    return (graph, edges.map { $0.first })
  }

  /// Places at which a line ends or which are passed more than once.
  private func sharedPlaces() -> [Bool] {
    var isPassed = [Bool](repeating: false, count: xs.count)
    var isNode = isPassed
    isNode.withUnsafeMutableBufferPointer { isNode in
      isPassed.withUnsafeMutableBufferPointer { isPassed in
        for place in lines.places {
          if isPassed[Int(place)] { isNode[Int(place)] = true } else { isPassed[Int(place)] = true }
        }
      }
      for line in 0..<lines.count {
        let vertices = lines.vertices(of: line)
        isNode[Int(lines.places[vertices.lowerBound])] = true
        isNode[Int(lines.places[vertices.upperBound - 1])] = true
      }
    }
    return isNode
  }

  private func cut(_ nodeOfPlace: [Int32]) throws(StreetNetworkError) -> [FoundEdge] {
    var edges: [FoundEdge] = []
    edges.reserveCapacity(lines.count)
    for line in 0..<lines.count {
      let vertices = lines.vertices(of: line)
      var first = vertices.lowerBound
      var from = nodeOfPlace[Int(lines.places[first])]
      var length = 0.0
      for vertex in vertices.dropFirst() {
        let a = Int(lines.places[vertex - 1])
        let b = Int(lines.places[vertex])
        length += distance((xs[a], ys[a]), (xs[b], ys[b]))
        let node = nodeOfPlace[b]
        guard node >= 0 else { continue }
        guard length < 21e6 else { throw .tooLong(row: Int(lines.rows[line])) }
        edges.append(
          FoundEdge(
            first: Int32(first), last: Int32(vertex), line: Int32(line), from: from, to: node, length: length))
        first = vertex
        from = node
        length = 0
      }
    }
    return edges
  }

  /// Edges by the node at which they begin, those of one node in the order of the lines.
  private func ordered(_ edges: [FoundEdge], nodes: Int) -> [FoundEdge] {
    var starts = [Int32](repeating: 0, count: nodes + 1)
    for edge in edges { starts[Int(edge.from) + 1] += 1 }
    for node in 0..<nodes { starts[node + 1] += starts[node] }
    return [FoundEdge](unsafeUninitializedCapacity: edges.count) { ordered, count in
      for edge in edges {
        ordered.initializeElement(at: Int(starts[Int(edge.from)]), to: edge)
        starts[Int(edge.from)] += 1
      }
      count = edges.count
    }
  }

  private func fill(_ graph: inout StreetGraph, _ edges: [FoundEdge]) {
    graph.fromNodes = edges.map { $0.from }
    graph.toNodes = edges.map { $0.to }
    graph.lengths = edges.map { Int32(($0.length * 100).rounded()) }
    graph.rows = edges.map { lines.rows[Int($0.line)] }
    let models = edges.map { Int(lines.models[Int($0.line)]) }
    graph.classes = models.map { attributes.streetClass(ofRow: $0) }
    graph.access = models.map { attributes.access(ofRow: $0) }
    if !attributes.speeds.isEmpty { graph.speeds = models.map { attributes.speed(ofRow: $0) } }
    if !lines.heights.isEmpty { fillPaces(&graph, edges) }
    graph.classNames = attributes.classNames.map { $0.filter { $0 != "\0" } }
    var starts: [Int32] = [0]
    starts.reserveCapacity(edges.count + 1)
    for edge in edges {
      for vertex in Int(edge.first) + 1..<Int(edge.last) {
        graph.vertexXs.append(xs[Int(lines.places[vertex])])
        graph.vertexYs.append(ys[Int(lines.places[vertex])])
      }
      starts.append(Int32(graph.vertexXs.count))
    }
    graph.vertexStarts = starts
  }
}

extension EdgeAssembly {
  /// Sums up what slopes do to walking over the stretches of each edge.
  private func fillPaces(_ graph: inout StreetGraph, _ edges: [FoundEdge]) {
    let heights = lines.heightsWithoutGaps(xs, ys)
    graph.forwardPaces.reserveCapacity(edges.count)
    graph.backwardPaces.reserveCapacity(edges.count)
    for edge in edges {
      var forward = 0.0
      var backward = 0.0
      for vertex in Int(edge.first)..<Int(edge.last) {
        let length = lines.length(from: vertex, xs, ys)
        let climb = Double(heights[vertex + 1] - heights[vertex])
        forward += length * SlopePace.pace(climb: climb, over: length)
        backward += length * SlopePace.pace(climb: -climb, over: length)
      }
      graph.forwardPaces.append(edge.length > 0 ? Float(forward / edge.length) : 1)
      graph.backwardPaces.append(edge.length > 0 ? Float(backward / edge.length) : 1)
    }
  }
}

extension StreetGraph {
  /// Lists the edges at each node. O(nodes + edges).
  mutating func layArcs() {
    var starts = [Int32](repeating: 0, count: nodeCount + 1)
    for edge in 0..<edgeCount {
      starts[Int(fromNodes[edge]) + 1] += 1
      starts[Int(toNodes[edge]) + 1] += 1
    }
    for node in 0..<nodeCount { starts[node + 1] += starts[node] }
    arcStarts = starts
    var arcs = [Int32](repeating: 0, count: 2 * edgeCount)
    for edge in 0..<edgeCount {
      for (end, node) in [(Int32(0), Int(fromNodes[edge])), (1, Int(toNodes[edge]))] {
        arcs[Int(starts[node])] = Int32(edge) << 1 | end
        starts[node] += 1
      }
    }
    self.arcs = arcs
  }

  /// Edges with the same ends and the same course as one before them, ascending. O(edges × edges at a node).
  public func duplicates() -> [Int] {
    (0..<edgeCount).filter { edge in
      let node = Int(fromNodes[edge])
      return arcs[Int(arcStarts[node])..<Int(arcStarts[node + 1])].contains { arc in
        Int(arc >> 1) < edge && haveOneCourse(Int(arc >> 1), edge, turned: arc & 1 == 1)
      }
    }
  }

  private func haveOneCourse(_ a: Int, _ b: Int, turned: Bool = false) -> Bool {
    guard lengths[a] == lengths[b] else { return false }
    let count = vertexCount(of: a)
    guard count == vertexCount(of: b) else { return false }
    return (0..<count).allSatisfy { vertex($0, of: a) == vertex(turned ? count - 1 - $0 : $0, of: b) }
  }
}
