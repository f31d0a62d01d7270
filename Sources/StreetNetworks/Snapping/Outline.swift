import GeometryKernel

/// The segments of a line or of an area's rings, and where streets meet them.
struct Outline {
  private(set) var segments: [Segment] = []

  init(_ rows: GeometryView, _ row: Int) {
    for part in rows.parts(at: row) {
      for ring in rows.rings(ofPart: part) {
        let run = rows.coordinates(ofRing: ring)
        for i in run.dropLast() {
          let segment = rows.segment(at: i)
          if segment.ax.isFinite, segment.ay.isFinite, segment.bx.isFinite, segment.by.isFinite {
            segments.append(segment)
          }
        }
      }
    }
  }

  /// The positions on streets that lie on the outline, by edge and along each, every one once; of a stretch that runs
  /// along the outline its ends. O(segments · log edges).
  func meetings(_ tree: EdgeTreeView, accepts: (Int) -> Bool) -> [NearestPosition] {
    var found: [NearestPosition] = []
    for segment in segments {
      tree.forEachItem(near: segment.box, within: 0) { edge, first in
        guard accepts(edge) else { return }
        tree.streets.forEachSegment(of: edge, from: first) { vertex, street in
          for share in street.shares(on: segment) {
            found.append(
              NearestPosition(edge: Int32(edge), vertex: Int32(vertex), share: share, squaredDistance: 0))
          }
        }
      }
    }
    found.sort { ($0.edge, $0.vertex, $0.share) < ($1.edge, $1.vertex, $1.share) }
    // The end of one segment is the beginning of the next.
    var last: NearestPosition?
    return found.filter { position in
      defer { last = position }
      guard let last, last.edge == position.edge else { return true }
      return Double(last.vertex) + last.share < Double(position.vertex) + position.share
    }
  }

  /// The nearest position on a street, none farther than the root of a square: at a vertex of the outline or of the
  /// street, as is that of any two lines that do not meet. O(segments · log edges).
  func nearest(_ tree: EdgeTreeView, _ square: Double, accepts: (Int) -> Bool) -> NearestPosition {
    var best = NearestPosition(squaredDistance: square)
    for segment in segments {
      tree.search(x: segment.ax, y: segment.ay, &best, accepts: accepts)
      tree.search(x: segment.bx, y: segment.by, &best, accepts: accepts)
    }
    guard best.squaredDistance < .infinity else { return best }
    for segment in segments {
      tree.forEachItem(near: segment.box, within: best.squaredDistance.squareRoot()) { edge, first in
        guard accepts(edge) else { return }
        tree.streets.forEachSegment(of: edge, from: first) { vertex, street in
          for (share, x, y) in [(0.0, street.ax, street.ay), (1.0, street.bx, street.by)] {
            let square = segment.squaredDistance(x: x, y: y)
            if square < best.squaredDistance || (square == best.squaredDistance && edge < best.edge) {
              best = NearestPosition(edge: Int32(edge), vertex: Int32(vertex), share: share, squaredDistance: square)
            }
          }
        }
      }
    }
    return best
  }
}

extension Segment {
  /// The shares of this segment at which it meets another: one where they cross, the ends of what they share where both
  /// are on one line.
  fileprivate func shares(on other: Segment) -> [Double] {
    let (dx, dy) = (bx - ax, by - ay)
    let (ox, oy) = (other.bx - other.ax, other.by - other.ay)
    let (wx, wy) = (other.ax - ax, other.ay - ay)
    let cross = dx * oy - dy * ox
    if cross != 0 {
      let own = (wx * oy - wy * ox) / cross
      let theirs = (wx * dy - wy * dx) / cross
      return 0...1 ~= own && 0...1 ~= theirs ? [own] : []
    }
    let square = dx * dx + dy * dy
    guard wx * dy - wy * dx == 0, square > 0 else { return [] }
    let first = (wx * dx + wy * dy) / square
    let last = first + (ox * dx + oy * dy) / square
    let (low, high) = (max(0, min(first, last)), min(1, max(first, last)))
    return low < high ? [low, high] : low == high ? [low] : []
  }
}

extension EdgeTreeView {
  /// Calls `body` with the edge and the first vertex of each item that may come within a distance of a box.
  func forEachItem(near box: Box, within distance: Double, _ body: (_ edge: Int, _ vertex: Int) -> Void) {
    guard boxes.count > 0 else { return }
    var waiting = [(level: levelStarts.count - 2, node: 0)]
    while let (level, node) = waiting.popLast() {
      let own = boxes[levelStarts[level] + node]
      guard own.minX <= box.maxX + distance, own.maxX >= box.minX - distance, own.minY <= box.maxY + distance,
        own.maxY >= box.minY - distance
      else { continue }
      let first = node * EdgeTree.fanOut
      if level == 0 {
        for item in first..<min(first + EdgeTree.fanOut, itemEdges.count) {
          body(Int(itemEdges[item]), Int(itemVertices[item]))
        }
      } else {
        let count = levelStarts[level] - levelStarts[level - 1]
        for child in first..<min(first + EdgeTree.fanOut, count) { waiting.append((level - 1, child)) }
      }
    }
  }
}

extension StreetView {
  /// Calls `body` with up to eight segments of an edge and the vertices at which they begin, from a vertex on.
  func forEachSegment(of edge: Int, from first: Int, _ body: (_ vertex: Int, Segment) -> Void) {
    let inner = Int(vertexStarts[edge])
    let innerCount = Int(vertexStarts[edge + 1]) - inner
    func position(_ vertex: Int) -> (x: Double, y: Double) {
      if vertex == 0 { return (nodeXs[Int(fromNodes[edge])], nodeYs[Int(fromNodes[edge])]) }
      if vertex > innerCount { return (nodeXs[Int(toNodes[edge])], nodeYs[Int(toNodes[edge])]) }
      return (vertexXs[inner + vertex - 1], vertexYs[inner + vertex - 1])
    }
    for vertex in first..<min(first + EdgeTree.fanOut, innerCount + 1) {
      let (a, b) = (position(vertex), position(vertex + 1))
      body(vertex, Segment(a.x, a.y, b.x, b.y))
    }
  }
}
