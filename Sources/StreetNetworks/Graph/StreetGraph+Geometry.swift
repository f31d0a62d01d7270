import GeometryKernel

extension StreetGraph {
  /// The number of vertices of an edge, its nodes included.
  func vertexCount(of edge: Int) -> Int { Int(vertexStarts[edge + 1] - vertexStarts[edge]) + 2 }

  /// Vertex `i` of an edge, counted from the node at which it begins.
  func vertex(_ i: Int, of edge: Int) -> (x: Double, y: Double) {
    let inner = Int(vertexStarts[edge])..<Int(vertexStarts[edge + 1])
    if i == 0 { return (nodeXs[Int(fromNodes[edge])], nodeYs[Int(fromNodes[edge])]) }
    if i > inner.count { return (nodeXs[Int(toNodes[edge])], nodeYs[Int(toNodes[edge])]) }
    return (vertexXs[inner.lowerBound + i - 1], vertexYs[inner.lowerBound + i - 1])
  }

  /// The length of an edge in metres as its vertices have it. O(vertices of the edge).
  func drawnLength(of edge: Int) -> Double {
    var sum = 0.0
    var last = vertex(0, of: edge)
    for i in 1..<vertexCount(of: edge) {
      let next = vertex(i, of: edge)
      sum += distance(last, next)
      last = next
    }
    return sum
  }

  /// The position at a share of an edge's length. O(vertices of the edge).
  public func position(on edge: Int, at fraction: Double) -> (x: Double, y: Double) {
    let count = vertexCount(of: edge)
    if fraction <= 0 { return vertex(0, of: edge) }
    if fraction >= 1 { return vertex(count - 1, of: edge) }
    var rest = fraction * drawnLength(of: edge)
    for i in 1..<count {
      let a = vertex(i - 1, of: edge)
      let b = vertex(i, of: edge)
      let length = distance(a, b)
      if rest <= length, length > 0 {
        let t = rest / length
        return (a.x + t * (b.x - a.x), a.y + t * (b.y - a.y))
      }
      rest -= length
    }
    return vertex(count - 1, of: edge)
  }

  /// Calls `body` with the vertices of a stretch of an edge, from one share of its length to another; backward where the
  /// first is the larger. O(vertices of the edge).
  func forEachVertex(
    _ edge: Int, from first: Double, to last: Double, _ body: (_ x: Double, _ y: Double) -> Void
  ) {
    let start = position(on: edge, at: first)
    body(start.x, start.y)
    let count = vertexCount(of: edge)
    if count > 2 {
      let whole = drawnLength(of: edge)
      // How far along the edge each vertex between its nodes is.
      var reached: [Double] = [0]
      for i in 1..<count - 1 { reached.append(reached[i - 1] + distance(vertex(i - 1, of: edge), vertex(i, of: edge))) }
      let between = 1..<count - 1
      if first <= last {
        for i in between where reached[i] > first * whole && reached[i] < last * whole {
          body(vertex(i, of: edge).x, vertex(i, of: edge).y)
        }
      } else {
        for i in between.reversed() where reached[i] < first * whole && reached[i] > last * whole {
          body(vertex(i, of: edge).x, vertex(i, of: edge).y)
        }
      }
    }
    let end = position(on: edge, at: last)
    body(end.x, end.y)
  }

  /// Appends a stretch of an edge as a ring of the part that is open.
  func append(_ edge: Int, from first: Double, to last: Double, to lines: inout GeometryArrayBuilder) {
    lines.beginRing()
    forEachVertex(edge, from: first, to: last) { lines.addCoordinate(x: $0, y: $1) }
  }
}

@inline(__always)
func distance(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double)) -> Double {
  let dx = b.x - a.x
  let dy = b.y - a.y
  return (dx * dx + dy * dy).squareRoot()
}
