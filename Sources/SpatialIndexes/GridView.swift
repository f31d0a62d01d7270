import GeometryKernel

/// The buffers of a `PointGrid` for the length of one closure.
struct GridView {
  let frame: GridFrame
  let starts: UnsafeBufferPointer<Int32>
  let xs: UnsafeBufferPointer<Double>
  let ys: UnsafeBufferPointer<Double>
  let rows: UnsafeBufferPointer<Int32>

  /// The points of neighbouring cells of one line.
  @inline(__always)
  func points(line: Int, columns: ClosedRange<Int>) -> Range<Int> {
    let first = line * frame.columns
    return Int(starts[first + columns.lowerBound])..<Int(starts[first + columns.upperBound + 1])
  }

  /// Appends the points within `distance` of a probe, whose largest square is `limit`.
  @inline(__always)
  func collect<P: Probe>(near probe: P, within distance: Double, squared limit: Double, into hits: inout [Hit]) {
    let cells = frame.cells(near: probe.box, within: distance)
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns) {
        let squared = probe.squaredDistance(x: xs[i], y: ys[i])
        if squared <= limit { hits.append(Hit(row: rows[i], squared: squared)) }
      }
    }
  }

  /// Appends the rows within `distance` of a position, in no order.
  @inline(__always)
  func collect(near probe: PointProbe, within distance: Double, squared limit: Double, into found: inout [Int32]) {
    let cells = frame.cells(near: probe.box, within: distance)
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns)
      where probe.squaredDistance(x: xs[i], y: ys[i]) <= limit {
        found.append(rows[i])
      }
    }
  }

  /// Whether a point is within `distance` of a probe.
  func hasPoint<P: Probe>(near probe: P, within distance: Double, squared limit: Double) -> Bool {
    let cells = frame.cells(near: probe.box, within: distance)
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns) {
        if probe.squaredDistance(x: xs[i], y: ys[i]) <= limit { return true }
      }
    }
    return false
  }

  /// How many points are within `distance` of a position.
  @inline(__always)
  func count(near probe: PointProbe, within distance: Double, squared limit: Double) -> Int {
    let cells = frame.cells(near: probe.box, within: distance)
    // Under six lines the disc hardly holds a whole cell, and finding that out costs more than the points.
    if cells.lines.count > 6, limit < .infinity { return countByLines(near: probe, cells, squared: limit) }
    var count = 0
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns) {
        count += probe.squaredDistance(x: xs[i], y: ys[i]) <= limit ? 1 : 0
      }
    }
    return count
  }

  /// Counts line by line: cells wholly within without a look at their points, cells wholly beyond not at all.
  private func countByLines(
    near probe: PointProbe, _ cells: (columns: ClosedRange<Int>, lines: ClosedRange<Int>), squared limit: Double
  ) -> Int {
    let margin = frame.slack + (probe.box.largestMagnitude + limit.squareRoot()) * 0x1p-47
    var count = 0
    for line in cells.lines {
      let below = probe.y - frame.bottom(ofLine: line)
      let above = frame.bottom(ofLine: line + 1) - probe.y
      // The least and the greatest height difference to the line's points, widened by more than rounding.
      let least = max(0, max(-below, -above) - margin)
      let most = max(below, above) + margin
      guard least * least <= limit else { continue }
      let outer = (limit - least * least).squareRoot() + margin
      let columns = frame.column(probe.x - outer)...frame.column(probe.x + outer)
      let all = points(line: line, columns: columns)
      var inner = all.upperBound..<all.upperBound
      let remaining = limit - most * most
      if remaining > 0 {
        let reach = remaining.squareRoot() - margin
        // Cells whose both nominal borders are within reach: the one after that of the near end, the one before that of
        // the far end.
        let first = frame.column(probe.x - reach) + 1
        let last = frame.column(probe.x + reach) - 1
        // The first column also holds what lies beside the grid: nothing, as the frame is around the points.
        if reach > 0, first <= last { inner = points(line: line, columns: first...last) }
      }
      count += inner.count
      for i in all.lowerBound..<inner.lowerBound {
        count += probe.squaredDistance(x: xs[i], y: ys[i]) <= limit ? 1 : 0
      }
      for i in inner.upperBound..<all.upperBound {
        count += probe.squaredDistance(x: xs[i], y: ys[i]) <= limit ? 1 : 0
      }
    }
    return count
  }
}
