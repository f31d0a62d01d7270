import GeometryKernel

/// The cells of a frame that an area part reaches, as runs along lines: cells that its outline may pass through, and
/// cells wholly inside, whose positions need no test.
///
/// A position in a run that the outline passes through needs only the stretches of the outline that pass through that
/// run: what passes through the line farther on crosses a ray from each of the run's positions equally often, as cells
/// between two runs are wholly inside or wholly outside. On areas of 180 vertices that are a few edges.
struct CellRuns {
  struct Run {
    var line: Int32
    var first: Int32
    /// The last column, included.
    var last: Int32
    var isInside: Bool
    /// Whether the cell after the run is inside.
    var isInsideAfter: Bool
    /// Where the run's stretches are among all; none for a run wholly inside.
    var stretches: Range<Int32>

    @inline(__always) var columns: ClosedRange<Int> { Int(first)...Int(last) }
  }

  /// Segments of one ring in their order: the first coordinate of the first, and of the last.
  struct Edges: Sendable {
    var begin: Int32
    var end: Int32
  }

  /// Segments that pass through neighbouring cells of one line.
  struct Stretch {
    var edges: Edges
    var line: Int32
    var first: Int32
    /// The last column, included; once sorted, the last of this stretch and those before it on the line.
    var last: Int32
  }

  /// The runs of the part last looked at, by line, from right to left.
  private(set) var runs: [Run] = []
  /// The stretches of the part by line and column.
  private(set) var stretches: [Stretch] = []
  private var unsorted: [Stretch] = []
  private var starts: [Int] = []

  /// Finds the runs of a part. O(segments + cells that the outline passes through, sorted).
  ///
  /// - Parameter box: Around the part.
  /// - Returns: False for an outline so folded that the cells it passes through would outnumber its segments by far:
  ///   nothing is found then.
  mutating func find(part: Int, _ box: Box, of view: GeometryView, in frame: GridFrame) -> Bool {
    runs.removeAll(keepingCapacity: true)
    stretches.removeAll(keepingCapacity: true)
    guard !box.isEmpty else { return true }
    let lines = frame.cells(near: box, within: 0).lines
    guard isWorthwhile(part, of: view, in: frame, lines: lines.count) else { return false }
    // More than rounding can shift an outline against a cell.
    let margin = max(frame.slack, box.largestMagnitude * 0x1p-48)
    unsorted.removeAll(keepingCapacity: true)
    for ring in view.rings(ofPart: part) {
      let run = view.coordinates(ofRing: ring)
      guard run.count > 1 else { continue }
      for i in run.lowerBound..<(run.upperBound - 1) { cross(i, view.segment(at: i), frame, margin) }
    }
    sortByLine(lines)
    for line in lines {
      let number = line - lines.lowerBound
      fill(line, starts[number]..<starts[number + 1], view, frame)
    }
    return true
  }

  private func isWorthwhile(_ part: Int, of view: GeometryView, in frame: GridFrame, lines: Int) -> Bool {
    let run = view.coordinates(ofPart: part)
    var rise = 0.0
    for i in run.dropFirst() { rise += (view.ys[i] - view.ys[i - 1]).magnitude }
    return rise / frame.cell < Double(4 * run.count + 8 * lines + 1024)
  }

  /// Notes the cells that a segment may pass through, line by line.
  @inline(__always)
  private mutating func cross(_ i: Int, _ segment: Segment, _ frame: GridFrame, _ margin: Double) {
    let box = segment.box
    let firstLine = frame.line(box.minY - margin)
    let lastLine = frame.line(box.maxY + margin)
    if firstLine == lastLine {
      note(i, firstLine, frame.column(box.minX - margin), frame.column(box.maxX + margin))
      return
    }
    let (lowX, highX) = segment.ay < segment.by ? (segment.ax, segment.bx) : (segment.bx, segment.ax)
    let slope = (highX - lowX) / (box.maxY - box.minY)
    for line in firstLine...lastLine {
      // The border lines also stand for what lies below and above the grid.
      let bottom = line == 0 ? -.infinity : frame.bottom(ofLine: line) - margin
      let top = line == frame.lines - 1 ? .infinity : frame.bottom(ofLine: line + 1) + margin
      let a = bottom <= box.minY ? lowX : lowX + (bottom - box.minY) * slope
      let b = top >= box.maxY ? highX : lowX + (top - box.minY) * slope
      // A level segment that rounding alone takes over two lines has no slope to speak of.
      let isLevel = !slope.isFinite
      let left = isLevel ? box.minX : max(min(a, b), box.minX)
      let right = isLevel ? box.maxX : min(max(a, b), box.maxX)
      note(i, line, frame.column(left - margin), frame.column(right + margin))
    }
  }

  /// Adds to the stretch before where the outline goes on in the same or the next cell.
  @inline(__always)
  private mutating func note(_ i: Int, _ line: Int, _ first: Int, _ last: Int) {
    let end = unsorted.count - 1
    if end >= 0, Int(unsorted[end].line) == line, Int(unsorted[end].edges.end) == i - 1,
      first <= Int(unsorted[end].last) + 1, last >= Int(unsorted[end].first) - 1
    {
      unsorted[end].first = min(unsorted[end].first, Int32(truncatingIfNeeded: first))
      unsorted[end].last = max(unsorted[end].last, Int32(truncatingIfNeeded: last))
      unsorted[end].edges.end = Int32(truncatingIfNeeded: i)
      return
    }
    unsorted.append(
      Stretch(
        edges: Edges(begin: Int32(truncatingIfNeeded: i), end: Int32(truncatingIfNeeded: i)),
        line: Int32(truncatingIfNeeded: line), first: Int32(truncatingIfNeeded: first),
        last: Int32(truncatingIfNeeded: last)))
  }

  /// Sorts the stretches by line and then by column; `starts` has where each line's begin.
  private mutating func sortByLine(_ lines: ClosedRange<Int>) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: lines.count + 1))
    for stretch in unsorted { starts[Int(stretch.line) - lines.lowerBound + 1] += 1 }
    for number in 0..<lines.count { starts[number + 1] += starts[number] }
    stretches.append(contentsOf: unsorted)
    for stretch in unsorted {
      let number = Int(stretch.line) - lines.lowerBound
      stretches[starts[number]] = stretch
      starts[number] += 1
    }
    for number in stride(from: lines.count, to: 0, by: -1) { starts[number] = starts[number - 1] }
    starts[0] = 0
    for number in 0..<lines.count where starts[number + 1] - starts[number] > 1 {
      stretches[starts[number]..<starts[number + 1]].sort { $0.first < $1.first }
      for i in (starts[number] + 1)..<starts[number + 1] {
        stretches[i].last = max(stretches[i].last, stretches[i - 1].last)
      }
    }
  }

  /// Appends the runs of one line from right to left: stretches joined, and the gaps between them that are inside.
  ///
  /// After the last all is outside, as nothing is passed on the way to infinity; a run turns that over as often as a ray
  /// at any height of the line crosses its stretches.
  private mutating func fill(_ line: Int, _ range: Range<Int>, _ view: GeometryView, _ frame: GridFrame) {
    guard var end = range.last.map({ $0 + 1 }) else { return }
    let y = frame.bottom(ofLine: line) + frame.cell / 2
    var isInside = false
    while true {
      let last = stretches[end - 1].last
      var start = end - 1
      while start > range.lowerBound, stretches[start].first <= stretches[start - 1].last + 1 { start -= 1 }
      let first = stretches[start].first
      runs.append(
        Run(
          line: Int32(truncatingIfNeeded: line), first: first, last: last, isInside: false, isInsideAfter: isInside,
          stretches: Int32(truncatingIfNeeded: start)..<Int32(truncatingIfNeeded: end)))
      guard start > range.lowerBound else { return }
      for stretch in stretches[start..<end] {
        for i in Int(stretch.edges.begin)...Int(stretch.edges.end) where (view.ys[i] > y) != (view.ys[i + 1] > y) {
          isInside.toggle()
        }
      }
      if isInside {
        runs.append(
          Run(
            line: Int32(truncatingIfNeeded: line), first: stretches[start - 1].last + 1, last: first - 1,
            isInside: true, isInsideAfter: false, stretches: 0..<0))
      }
      end = start
    }
  }
}

extension GeometryView {
  /// Takes the edges of a stretch in; true when the position is on one.
  @inline(__always)
  func cross(_ edges: CellRuns.Edges, _ crossings: inout RayCrossings) -> Bool {
    var i = Int(edges.begin)
    while i <= Int(edges.end) {
      if crossings.cross(xs[i], ys[i], xs[i &+ 1], ys[i &+ 1]) { return true }
      i &+= 1
    }
    return false
  }

  /// Whether a closed area part holds a position in a run with these stretches of its outline.
  @inline(__always)
  func contains(x: Double, y: Double, _ stretches: Slice<UnsafeBufferPointer<CellRuns.Stretch>>, isInsideAfter: Bool)
    -> Bool
  {
    var crossings = RayCrossings(x: x, y: y)
    for stretch in stretches where cross(stretch.edges, &crossings) { return true }
    return crossings.isInside != isInsideAfter
  }
}
