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
      tree.forEachItem(meeting: segment.box.expanded(by: NetworkEntries.touching)) { edge, first in
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
      tree.forEachItem(meeting: segment.box.expanded(by: best.squaredDistance.squareRoot())) { edge, first in
        guard accepts(edge) else { return }
        tree.streets.forEachSegment(of: edge, from: first) { vertex, street in
          for (share, x, y) in [(0.0, street.ax, street.ay), (1.0, street.bx, street.by)] {
            let square = segment.squaredDistance(x: x, y: y)
            if square < best.squaredDistance || (square == best.squaredDistance && (best.edge < 0 || edge < best.edge))
            {
              best = NearestPosition(edge: Int32(edge), vertex: Int32(vertex), share: share, squaredDistance: square)
            }
          }
        }
      }
    }
    return best
  }
}

extension Outline {
  /// Metres; an outline looks for streets from places no farther apart.
  private static let spacing = 20.0

  /// The streets beside the outline, none farther than the root of a square: of the positions that are nearest to
  /// places along the outline the first and the last on each street, by street, and the nearest of all.
  /// O(length · log edges), where a segment has at most a thousand places.
  func beside(_ tree: EdgeTreeView, _ square: Double, accepts: (Int) -> Bool) -> [NearestPosition] {
    let nearest = nearest(tree, square, accepts: accepts)
    if nearest.edge < 0 { return [] }
    var found = [nearest]
    for segment in segments {
      let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
      let count = max(1, min(1000, ((dx * dx + dy * dy).squareRoot() / Self.spacing).rounded(.up)))
      for step in 0...Int(count) {
        let share = Double(step) / count
        var position = NearestPosition(squaredDistance: square)
        tree.search(x: segment.ax + share * dx, y: segment.ay + share * dy, &position, accepts: accepts)
        if position.edge >= 0 { found.append(position) }
      }
    }
    found.sort { ($0.edge, $0.vertex, $0.share) < ($1.edge, $1.vertex, $1.share) }
    var kept: [NearestPosition] = []
    for i in found.indices {
      let isFirst = i == 0 || found[i - 1].edge != found[i].edge
      let isLast = i + 1 == found.count || found[i + 1].edge != found[i].edge
      if isFirst || isLast || found[i].isAt(nearest), kept.last?.isAt(found[i]) != true { kept.append(found[i]) }
    }
    return kept
  }

  /// The place on the outline that is nearest to a position. O(segments).
  func closest(to position: (x: Double, y: Double)) -> (x: Double, y: Double) {
    var best = (x: Double.nan, y: Double.nan)
    var least = Double.infinity
    for segment in segments {
      let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
      let square = dx * dx + dy * dy
      let along = (position.x - segment.ax) * dx + (position.y - segment.ay) * dy
      let share = square > 0 ? min(max(along / square, 0), 1) : 0
      let place = (x: segment.ax + share * dx, y: segment.ay + share * dy)
      let distance = distance(place, position)
      if distance < least { (best, least) = (place, distance) }
    }
    return best
  }
}

extension Segment {
  /// The shares of this segment at which it meets another: one where they cross or touch, the ends of what they share
  /// where one runs along the other.
  fileprivate func shares(on other: Segment) -> [Double] {
    let (dx, dy) = (bx - ax, by - ay)
    let (ox, oy) = (other.bx - other.ax, other.by - other.ay)
    let (wx, wy) = (other.ax - ax, other.ay - ay)
    let length = (dx * dx + dy * dy).squareRoot()
    let otherLength = (ox * ox + oy * oy).squareRoot()
    guard length > 0, otherLength > 0 else { return [] }
    let slack = NetworkEntries.touching / length
    let otherSlack = NetworkEntries.touching / otherLength
    let cross = dx * oy - dy * ox
    // How far the ends of the one leave the line of the other.
    let ends = max(abs(wx * dy - wy * dx), abs((wx + ox) * dy - (wy + oy) * dx)) / length
    let ownEnds = max(abs(wx * oy - wy * ox), abs((wx - dx) * oy - (wy - dy) * ox)) / otherLength
    guard min(ends, ownEnds) <= NetworkEntries.touching else {
      let own = (wx * oy - wy * ox) / cross
      let theirs = (wx * dy - wy * dx) / cross
      return -slack...1 + slack ~= own && -otherSlack...1 + otherSlack ~= theirs ? [min(max(own, 0), 1)] : []
    }
    let first = (wx * dx + wy * dy) / (length * length)
    let last = first + (ox * dx + oy * dy) / (length * length)
    guard min(first, last) <= 1 + slack, max(first, last) >= -slack else { return [] }
    let (low, high) = (min(max(0, min(first, last)), 1), max(0, min(1, max(first, last))))
    return low < high ? [low, high] : [low]
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
