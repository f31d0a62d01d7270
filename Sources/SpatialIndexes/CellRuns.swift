import GeometryKernel

/// The cells of a frame that area parts reach, as runs along lines: cells that an outline may pass through, and cells
/// wholly inside, whose positions need no test.
struct CellRuns {
  struct Run {
    var line: Int32
    var first: Int32
    /// The last column, included.
    var last: Int32
    var isInside: Bool

    @inline(__always) var columns: ClosedRange<Int> { Int(first)...Int(last) }
  }

  /// Cells of one line that a stretch of an outline may pass through.
  private struct Crossing {
    var line: Int32
    var first: Int32
    var last: Int32
  }

  /// The runs of the parts last looked at, by line, from left to right.
  private(set) var runs: [Run] = []
  private var crossings: [Crossing] = []
  private var sorted: [Crossing] = []
  private var starts: [Int] = []

  /// Finds the runs of parts, taken together. O(segments + cells that outlines pass through, sorted).
  mutating func find(parts: Range<Int>, of bands: BandView, in frame: GridFrame) {
    runs.removeAll(keepingCapacity: true)
    var box = Box.empty
    for part in parts { box.formUnion(bands.boxes[part]) }
    guard !box.isEmpty else { return }
    let cells = frame.cells(near: box, within: 0)
    // More than rounding can shift an outline against a cell.
    let margin = max(frame.slack, box.largestMagnitude * 0x1p-48)
    guard isWorthwhile(parts, of: bands, in: frame, lines: cells.lines.count) else {
      for line in cells.lines { append(line, cells.columns, isInside: false) }
      return
    }
    crossings.removeAll(keepingCapacity: true)
    for part in parts where !bands.boxes[part].isEmpty {
      for ring in bands.view.rings(ofPart: part) {
        let run = bands.view.coordinates(ofRing: ring)
        guard run.count > 1 else { continue }
        for i in run.lowerBound..<(run.upperBound - 1) { cross(bands.view.segment(at: i), frame, margin) }
      }
    }
    sortByLine(cells.lines)
    for line in cells.lines {
      let number = line - cells.lines.lowerBound
      fill(line, starts[number]..<starts[number + 1], parts, bands, frame)
    }
  }

  /// False for outlines so folded that the cells they pass through would outnumber their segments by far.
  private func isWorthwhile(_ parts: Range<Int>, of bands: BandView, in frame: GridFrame, lines: Int) -> Bool {
    var segments = 0
    var rise = 0.0
    for part in parts where !bands.boxes[part].isEmpty {
      let run = bands.view.coordinates(ofPart: part)
      segments += run.count
      for i in run.dropFirst() { rise += (bands.view.ys[i] - bands.view.ys[i - 1]).magnitude }
    }
    return rise / frame.cell < Double(4 * segments + 8 * lines + 1024)
  }

  /// Notes the cells that a segment may pass through, line by line.
  @inline(__always)
  private mutating func cross(_ segment: Segment, _ frame: GridFrame, _ margin: Double) {
    let box = segment.box
    let firstLine = frame.line(box.minY - margin)
    let lastLine = frame.line(box.maxY + margin)
    if firstLine == lastLine {
      note(firstLine, frame.column(box.minX - margin), frame.column(box.maxX + margin))
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
      note(line, frame.column(left - margin), frame.column(right + margin))
    }
  }

  /// Adds to the crossing before where the outline goes on in the same or the next cell.
  @inline(__always)
  private mutating func note(_ line: Int, _ first: Int, _ last: Int) {
    let end = crossings.count - 1
    if end >= 0, Int(crossings[end].line) == line, first <= Int(crossings[end].last) + 1,
      last >= Int(crossings[end].first) - 1
    {
      crossings[end].first = min(crossings[end].first, Int32(truncatingIfNeeded: first))
      crossings[end].last = max(crossings[end].last, Int32(truncatingIfNeeded: last))
      return
    }
    crossings.append(
      Crossing(
        line: Int32(truncatingIfNeeded: line), first: Int32(truncatingIfNeeded: first),
        last: Int32(truncatingIfNeeded: last)))
  }

  /// Sorts the crossings by line and then by column; `starts` has where each line's begin.
  private mutating func sortByLine(_ lines: ClosedRange<Int>) {
    starts.removeAll(keepingCapacity: true)
    starts.append(contentsOf: repeatElement(0, count: lines.count + 1))
    for crossing in crossings { starts[Int(crossing.line) - lines.lowerBound + 1] += 1 }
    for number in 0..<lines.count { starts[number + 1] += starts[number] }
    sorted.removeAll(keepingCapacity: true)
    sorted.append(contentsOf: crossings)
    for crossing in crossings {
      let number = Int(crossing.line) - lines.lowerBound
      sorted[starts[number]] = crossing
      starts[number] += 1
    }
    for number in stride(from: lines.count, to: 0, by: -1) { starts[number] = starts[number - 1] }
    starts[0] = 0
    for number in 0..<lines.count where starts[number + 1] - starts[number] > 1 {
      sorted[starts[number]..<starts[number + 1]].sort { $0.first < $1.first }
    }
  }

  /// Appends the runs of one line: crossings joined, and the gaps between them where one position tells for all.
  ///
  /// Before the first crossing and after the last all is outside, as nothing is passed on the way to infinity.
  private mutating func fill(
    _ line: Int, _ range: Range<Int>, _ parts: Range<Int>, _ bands: BandView, _ frame: GridFrame
  ) {
    guard let start = range.first else { return }
    var open = sorted[start]
    for i in range.dropFirst() {
      let crossing = sorted[i]
      if crossing.first <= open.last + 1 {
        open.last = max(open.last, crossing.last)
        continue
      }
      append(line, Int(open.first)...Int(open.last), isInside: false)
      let x = frame.left(ofColumn: Int(open.last) + 1) + frame.cell / 2
      let y = frame.bottom(ofLine: line) + frame.cell / 2
      if parts.contains(where: { bands.contains(x: x, y: y, part: $0) }) {
        append(line, Int(open.last) + 1...Int(crossing.first) - 1, isInside: true)
      }
      open = crossing
    }
    append(line, Int(open.first)...Int(open.last), isInside: false)
  }

  private mutating func append(_ line: Int, _ columns: ClosedRange<Int>, isInside: Bool) {
    runs.append(
      Run(
        line: Int32(truncatingIfNeeded: line), first: Int32(truncatingIfNeeded: columns.lowerBound),
        last: Int32(truncatingIfNeeded: columns.upperBound), isInside: isInside))
  }
}
