/// The stretches of one facility put together to lines that are as long as can be: at a node two go on as one where they
/// are alone, and of several those that go on the straightest.
struct StreetChains {
  /// The vertices of all chains.
  private(set) var xs: [Double] = []
  private(set) var ys: [Double] = []
  /// Offsets of the chains, one more than there are.
  private(set) var starts: [Int] = [0]

  var count: Int { starts.count - 1 }

  /// O(stretches log stretches + vertices).
  init(_ streets: ReachedStreets) {
    let lines = streets.lines
    let graph = streets.travel.graph
    let first = streets.run.lowerBound
    let partners = Self.partners(streets)
    var isUsed = [Bool](repeating: false, count: streets.run.count)
    func walk(from start: Int, _ chains: inout StreetChains) {
      var end = start
      while end >= 0, !isUsed[end >> 1] {
        isUsed[end >> 1] = true
        let stretch = first + (end >> 1)
        let isForward = end & 1 == 0
        graph.forEachVertex(
          Int(lines.edges[stretch]), from: isForward ? lines.firsts[stretch] : lines.lasts[stretch],
          to: isForward ? lines.lasts[stretch] : lines.firsts[stretch]
        ) { chains.append($0, $1) }
        end = Int(partners[end ^ 1])
      }
      chains.endChain()
    }
    for end in 0..<partners.count where partners[end] < 0 && !isUsed[end >> 1] { walk(from: end, &self) }
    // What is left goes round in circles.
    for stretch in 0..<isUsed.count where !isUsed[stretch] { walk(from: 2 * stretch, &self) }
  }

  /// Where a stretch ends at a node: end 2i is where stretch i begins, 2i + 1 where it ends.
  private struct End {
    var node: Int32
    var number: Int32
    /// A unit from the node along the stretch.
    var dx: Double
    var dy: Double

    init(_ node: Int32, _ number: Int, toward next: (x: Double, y: Double), from place: (x: Double, y: Double)) {
      self.node = node
      self.number = Int32(number)
      let length = max(distance(next, place), .leastNormalMagnitude)
      dx = (next.x - place.x) / length
      dy = (next.y - place.y) / length
    }
  }

  /// The end that each end goes on with, −1 for none.
  private static func partners(_ streets: ReachedStreets) -> [Int32] {
    let lines = streets.lines
    let graph = streets.travel.graph
    var ends: [End] = []
    for i in streets.run {
      let edge = Int(lines.edges[i])
      let number = 2 * (i - streets.run.lowerBound)
      let last = graph.vertexCount(of: edge) - 1
      if lines.firsts[i] <= 0 {
        ends.append(
          End(graph.fromNodes[edge], number, toward: graph.vertex(1, of: edge), from: graph.vertex(0, of: edge)))
      }
      if lines.lasts[i] >= 1 {
        ends.append(
          End(
            graph.toNodes[edge], number + 1, toward: graph.vertex(last - 1, of: edge),
            from: graph.vertex(last, of: edge)))
      }
    }
    ends.sort { ($0.node, $0.number) < ($1.node, $1.number) }
    var partners = [Int32](repeating: -1, count: 2 * streets.run.count)
    var first = 0
    while first < ends.count {
      var next = first + 1
      while next < ends.count, ends[next].node == ends[first].node { next += 1 }
      pair(ends[first..<next], &partners)
      first = next
    }
    return partners
  }

  /// Pairs the ends at one node, the straightest first.
  private static func pair(_ ends: ArraySlice<End>, _ partners: inout [Int32]) {
    // Of several, those that turn by less than 45°.
    let bound = ends.count == 2 ? 2.0 : -0.7
    for _ in 0..<ends.count / 2 {
      var best: (dot: Double, a: Int, b: Int)?
      for a in ends.indices where partners[Int(ends[a].number)] < 0 {
        for b in a + 1..<max(a + 1, ends.endIndex) where partners[Int(ends[b].number)] < 0 {
          let dot = ends[a].dx * ends[b].dx + ends[a].dy * ends[b].dy
          // A stretch that comes back to its node is no way on from itself.
          if ends[a].number >> 1 != ends[b].number >> 1, dot < best?.dot ?? bound { best = (dot, a, b) }
        }
      }
      guard let best else { return }
      partners[Int(ends[best.a].number)] = ends[best.b].number
      partners[Int(ends[best.b].number)] = ends[best.a].number
    }
  }

  private mutating func append(_ x: Double, _ y: Double) {
    if xs.count > starts[starts.count - 1], xs[xs.count - 1] == x, ys[ys.count - 1] == y { return }
    xs.append(x)
    ys.append(y)
  }

  private mutating func endChain() {
    if xs.count - starts[starts.count - 1] < 2 {
      xs.removeLast(xs.count - starts[starts.count - 1])
      ys.removeLast(ys.count - starts[starts.count - 1])
    } else {
      starts.append(xs.count)
    }
  }
}
