import GeometryKernel

/// The buffers of a `PointGrid` for the length of one closure.
struct GridView {
  let frame: GridFrame
  let starts: UnsafeBufferPointer<Int32>
  let xs: UnsafeBufferPointer<Double>
  let ys: UnsafeBufferPointer<Double>
  let rows: UnsafeBufferPointer<Int32>

  /// The cells that positions within `distance` of a box can fall in.
  @inline(__always)
  func cells(near box: Box, within distance: Double) -> (columns: ClosedRange<Int>, lines: ClosedRange<Int>) {
    // Beyond the distance by more than the rounding of the differences it is compared with.
    let largest = max(box.minX.magnitude, box.maxX.magnitude, box.minY.magnitude, box.maxY.magnitude)
    let reach = distance + (distance + largest) * 0x1p-48 + frame.slack
    let columns = frame.column(box.minX - reach)...frame.column(box.maxX + reach)
    let lines = frame.line(box.minY - reach)...frame.line(box.maxY + reach)
    return (columns, lines)
  }

  /// The points of neighbouring cells of one line.
  @inline(__always)
  func points(line: Int, columns: ClosedRange<Int>) -> Range<Int> {
    let first = line * frame.columns
    return Int(starts[first + columns.lowerBound])..<Int(starts[first + columns.upperBound + 1])
  }

  /// Appends the points within `distance` of a probe, whose largest square is `limit`.
  @inline(__always)
  func collect<P: Probe>(near probe: P, within distance: Double, squared limit: Double, into hits: inout [Hit]) {
    let cells = cells(near: probe.box, within: distance)
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns) {
        let squared = probe.squaredDistance(x: xs[i], y: ys[i])
        if squared <= limit { hits.append(Hit(row: rows[i], squared: squared)) }
      }
    }
  }

  /// Whether a point is within `distance` of a probe.
  @inline(__always)
  func hasPoint<P: Probe>(near probe: P, within distance: Double, squared limit: Double) -> Bool {
    let cells = cells(near: probe.box, within: distance)
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
    let cells = cells(near: probe.box, within: distance)
    var count = 0
    for line in cells.lines {
      for i in points(line: line, columns: cells.columns) {
        count += probe.squaredDistance(x: xs[i], y: ys[i]) <= limit ? 1 : 0
      }
    }
    return count
  }
}
