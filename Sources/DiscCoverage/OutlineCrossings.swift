import GeometryKernel

/// Where the segments of an outline are in discs, and where they cross circles.
struct OutlineCrossings {
  /// How much of a chain of segments is covered, as far as a first look tells.
  enum Look {
    case none, all, some
  }

  struct Crossing {
    var disc: Int32
    /// The direction from the centre.
    var x: Double
    var y: Double
  }

  private(set) var all: [Crossing] = []
  /// The discs that may reach the chain last looked at.
  private var candidates: [Int32] = []
  private var intervals: [(start: Double, end: Double)] = []
  private var stack = NodeStack()

  mutating func removeAll() { all.removeAll(keepingCapacity: true) }

  /// Looks for the discs that reach a chain of segments; one that holds its whole box settles it.
  ///
  /// A chain inside of one disc crosses no uncovered arc of another: there it would be covered.
  mutating func look(
    at view: GeometryView, _ segments: Range<Int>, _ box: Box, _ tree: DiscTreeView, _ radius: Double
  ) -> Look {
    candidates.removeAll(keepingCapacity: true)
    let line = segments.count == 1 ? Line(view.segment(at: segments.lowerBound)) : nil
    let reach = radius * DiscUnion.wideningFactor
    let limit = reach * reach
    // Clearly inside: a corner on the circle is looked at more closely.
    let inside = radius * radius * (1 - 1e-9)
    stack.push(1)
    var isCovered = false
    while let node = stack.pop() {
      let nodeBox = tree.boxes[node]
      guard !isCovered, nodeBox.squaredDistance(to: box) <= limit else { continue }
      if let line, line.distance(to: nodeBox) > reach { continue }
      guard node >= tree.firstLeaf else {
        stack.push(2 * node + 1)
        stack.push(2 * node)
        continue
      }
      for disc in tree.discs(ofLeaf: node) where box.squaredDistance(x: tree.xs[disc], y: tree.ys[disc]) <= limit {
        let dx = max(tree.xs[disc] - box.minX, box.maxX - tree.xs[disc])
        let dy = max(tree.ys[disc] - box.minY, box.maxY - tree.ys[disc])
        if dx * dx + dy * dy < inside {
          isCovered = true
          break
        }
        candidates.append(Int32(truncatingIfNeeded: disc))
      }
    }
    return isCovered ? .all : candidates.isEmpty ? .none : .some
  }

  /// The share of a segment's length in the candidates, 0…1; notes where it crosses circles that have uncovered arcs.
  ///
  /// Crossings are noted somewhat beyond the ends, too: one at a vertex must not be missed from both sides by rounding.
  /// One too many only cuts an arc in two.
  mutating func coveredShare(
    of segment: Segment, _ tree: DiscTreeView, _ arcStarts: UnsafeBufferPointer<Int32>, _ radius: Double
  ) -> Double {
    guard let line = Line(segment) else { return 0 }
    let inverse = 1 / radius
    let length = line.length * inverse
    let margin = 1e-9 * (1 + length)
    let mark = all.count
    intervals.removeAll(keepingCapacity: true)
    for candidate in candidates {
      let disc = Int(candidate)
      let x = (segment.ax - tree.xs[disc]) * inverse
      let y = (segment.ay - tree.ys[disc]) * inverse
      // In radii: how far the line passes from the centre, and where the circle begins and ends on it.
      let offset = x * line.dy - y * line.dx
      let square = 1 - offset * offset
      guard square > 0 else { continue }
      let half = square.squareRoot()
      let foot = -(x * line.dx + y * line.dy)
      let start = foot - half
      let end = foot + half
      guard end >= -margin, start <= length + margin else { continue }
      let isWhole = start <= 0 && end >= length
      // Crossings with other circles inside of this disc are on covered arcs.
      if isWhole { all.removeLast(all.count - mark) }
      if end > 0, start < length { intervals.append((max(start, 0), min(end, length))) }
      if arcStarts[disc] < arcStarts[disc + 1] {
        if start >= -margin { note(candidate, line, offset, -half) }
        if end <= length + margin { note(candidate, line, offset, half) }
      }
      if isWhole { return 1 }
    }
    guard !intervals.isEmpty else { return 0 }
    let covered = unitedLength()
    return covered >= length ? 1 : covered / length
  }

  @inline(__always)
  private mutating func note(_ disc: Int32, _ line: Line, _ offset: Double, _ along: Double) {
    all.append(
      Crossing(disc: disc, x: offset * line.dy + along * line.dx, y: along * line.dy - offset * line.dx))
  }

  private mutating func unitedLength() -> Double {
    if intervals.count > 1 { intervals.sort { $0.start < $1.start } }
    var sum = 0.0
    var open = intervals[0]
    for interval in intervals.dropFirst() {
      if interval.start > open.end {
        sum += open.end - open.start
        open = interval
      } else if interval.end > open.end {
        open.end = interval.end
      }
    }
    return sum + (open.end - open.start)
  }

  mutating func sortByDisc() { if all.count > 1 { all.sort { $0.disc < $1.disc } } }

  /// The crossings of a disc, after `sortByDisc`, when those of earlier discs end at `start` or later.
  func range(ofDisc disc: Int, from start: Int) -> Range<Int> {
    var first = start
    while first < all.count, all[first].disc < disc { first += 1 }
    var end = first
    while end < all.count, all[end].disc == disc { end += 1 }
    return first..<end
  }
}

/// The line through a segment: where it begins, its direction and its length.
private struct Line {
  let x: Double
  let y: Double
  let dx: Double
  let dy: Double
  let length: Double

  /// `nil` for a segment of no length.
  init?(_ segment: Segment) {
    let dx = segment.bx - segment.ax
    let dy = segment.by - segment.ay
    length = (dx * dx + dy * dy).squareRoot()
    guard length > 0 else { return nil }
    x = segment.ax
    y = segment.ay
    self.dx = dx / length
    self.dy = dy / length
  }

  /// How far the line passes from a box, 0 where it meets it.
  @inline(__always)
  func distance(to box: Box) -> Double {
    let offset = (box.centerX - x) * dy - (box.centerY - y) * dx
    return abs(offset) - (abs(dy) * box.width + abs(dx) * box.height) / 2
  }
}
