import GeometryKernel

/// Points sorted into the square cells of a grid, in flat buffers: the points of cell `c` are
/// `starts[c]..<starts[c + 1]`. Cells are numbered line by line, so that neighbours of a line form one run of points.
///
/// Within a cell points keep the order of their rows.
struct PointGrid: Sendable {
  let frame: GridFrame
  let starts: [Int32]
  let xs: [Double]
  let ys: [Double]
  let rows: [Int32]

  /// Sorts the rows of a view in which every row is a single point or nothing; `nil` where a grid would be slow, because
  /// many points share a cell or most cells would be empty: points along a line, at one place, one outlier far away.
  /// O(n), a counting sort.
  init?(_ view: GeometryView) {
    if view.isPointsLayout {
      self.init(view.xs, view.ys)
    } else {
      var xs = [Double](repeating: .nan, count: view.count)
      var ys = xs
      for row in 0..<view.count {
        guard let i = view.finitePoint(at: row) else { continue }
        xs[row] = view.xs[i]
        ys[row] = view.ys[i]
      }
      let grid = xs.withUnsafeBufferPointer { xs in ys.withUnsafeBufferPointer { ys in PointGrid(xs, ys) } }
      guard let grid else { return nil }
      self = grid
    }
  }

  private init?(_ pointXs: UnsafeBufferPointer<Double>, _ pointYs: UnsafeBufferPointer<Double>) {
    var extent = Box.empty
    var count = 0
    for row in 0..<pointXs.count where pointXs[row].isFinite && pointYs[row].isFinite {
      extent.formUnion(x: pointXs[row], y: pointYs[row])
      count += 1
    }
    // Two points a cell, were they spread evenly.
    guard let frame = GridFrame(around: extent, cells: (count + 1) / 2) else { return nil }

    var cells = [Int32](repeating: -1, count: pointXs.count)
    var starts = [Int32](repeating: 0, count: frame.cellCount + 1)
    cells.withUnsafeMutableBufferPointer { cells in
      starts.withUnsafeMutableBufferPointer { starts in
        for row in 0..<pointXs.count where pointXs[row].isFinite && pointYs[row].isFinite {
          let cell = frame.cell(x: pointXs[row], y: pointYs[row])
          cells[row] = Int32(truncatingIfNeeded: cell)
          starts[cell + 1] &+= 1
        }
      }
    }
    guard !Self.isSkewed(starts, points: count) else { return nil }

    var xs = [Double](repeating: 0, count: count)
    var ys = xs
    var rows = [Int32](repeating: 0, count: count)
    starts.withUnsafeMutableBufferPointer { starts in
      for cell in 0..<frame.cellCount { starts[cell + 1] &+= starts[cell] }
      xs.withUnsafeMutableBufferPointer { xs in
        ys.withUnsafeMutableBufferPointer { ys in
          rows.withUnsafeMutableBufferPointer { rows in
            // Each cell's start serves as its cursor; afterwards all starts have moved on by one cell.
            for row in 0..<cells.count where cells[row] >= 0 {
              let cell = Int(cells[row])
              let position = Int(starts[cell])
              starts[cell] &+= 1
              xs[position] = pointXs[row]
              ys[position] = pointYs[row]
              rows[position] = Int32(truncatingIfNeeded: row)
            }
          }
        }
      }
      for cell in stride(from: frame.cellCount, to: 0, by: -1) { starts[cell] = starts[cell - 1] }
      starts[0] = 0
    }
    self.frame = frame
    self.starts = starts
    self.xs = xs
    self.ys = ys
    self.rows = rows
  }

  /// Counts come shifted by one. A tree is better when a point has more than 64 in its own cell on average, itself
  /// included (three when spread evenly), or when under a sixteenth of the cells holds a point.
  private static func isSkewed(_ counts: [Int32], points: Int) -> Bool {
    guard points > 256 else { return false }
    var squares = 0
    var occupied = 0
    for count in counts where count > 0 {
      squares += Int(count) * Int(count)
      occupied += 1
    }
    return squares > 64 * points || occupied * 16 < counts.count
  }

  /// Calls `body` with the buffers, which must not leave it.
  @inline(__always)
  func withView<Result>(_ body: (GridView) throws -> Result) rethrows -> Result {
    try starts.withUnsafeBufferPointer { starts in
      try xs.withUnsafeBufferPointer { xs in
        try ys.withUnsafeBufferPointer { ys in
          try rows.withUnsafeBufferPointer { rows in
            try body(GridView(frame: frame, starts: starts, xs: xs, ys: ys, rows: rows))
          }
        }
      }
    }
  }

  /// What is wrong with the structure, if anything: starts that ascend to the number of points, every point in its own
  /// cell, rows ascending within a cell. O(cells + points).
  func invariantViolation() -> String? {
    guard starts.count == frame.cellCount + 1, starts.first == 0 else { return "start list length" }
    guard Int(starts[frame.cellCount]) == rows.count, xs.count == rows.count, ys.count == rows.count else {
      return "\(starts[frame.cellCount]) places for \(rows.count) points"
    }
    for cell in 0..<frame.cellCount {
      guard starts[cell] <= starts[cell + 1] else { return "cell \(cell) ends before it starts" }
      for i in Int(starts[cell])..<Int(starts[cell + 1]) {
        guard frame.cell(x: xs[i], y: ys[i]) == cell else { return "point \(i) is not of cell \(cell)" }
        guard i == Int(starts[cell]) || rows[i - 1] < rows[i] else { return "rows of cell \(cell) are out of order" }
      }
    }
    return nil
  }
}

extension GeometryView {
  /// The coordinate of a row that is a single point with finite numbers.
  @inline(__always)
  func finitePoint(at row: Int) -> Int? {
    let i: Int
    if isPointsLayout {
      i = row
    } else {
      let run = coordinates(at: row)
      guard run.count == 1 else { return nil }
      i = run.lowerBound
    }
    return xs[i].isFinite && ys[i].isFinite ? i : nil
  }
}
