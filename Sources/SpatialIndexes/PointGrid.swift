import GeometryKernel
import WorkControl

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

  /// How the cells are filled.
  let fill: PointSort.Fill

  /// Sorts the rows of a view in which every row is a single point or nothing; `nil` for no points, and where cells
  /// would be too small for the digits of the coordinates. O(n).
  ///
  /// - Throws: `Cancelled`.
  init?(_ view: GeometryView, workers: Workers) throws {
    if view.isPointsLayout {
      try self.init(view.xs, view.ys, workers: workers)
    } else {
      var xs = [Double](repeating: .nan, count: view.count)
      var ys = xs
      for row in 0..<view.count {
        guard let i = view.finitePoint(at: row) else { continue }
        xs[row] = view.xs[i]
        ys[row] = view.ys[i]
      }
      let grid = try xs.withUnsafeBufferPointer { xs in
        try ys.withUnsafeBufferPointer { ys in try PointGrid(xs, ys, workers: workers) }
      }
      guard let grid else { return nil }
      self = grid
    }
  }

  private init?(
    _ pointXs: UnsafeBufferPointer<Double>, _ pointYs: UnsafeBufferPointer<Double>, workers: Workers
  ) throws {
    let (extent, count) = try PointSort.extent(pointXs, pointYs, workers: workers)
    // Two points a cell, were they spread evenly.
    guard let frame = GridFrame(around: extent, cells: (count + 1) / 2) else { return nil }
    let sorted = try PointSort(pointXs, pointYs, count: count, in: frame, workers: workers)
    self.frame = frame
    starts = sorted.starts
    xs = sorted.xs
    ys = sorted.ys
    rows = sorted.rows
    fill = sorted.fill
  }

  /// Why a tree is better, if it is: where a point has more than 64 in its own cell on average, itself included (three
  /// when spread evenly), where under a sixteenth of the cells holds a point, as of points on a slanting line, at one
  /// place or with one outlier far away, and where the grid is a strip: a search from far beside it would look through
  /// thousands of rings of cells.
  var unevenness: String? {
    guard rows.count > 256 else { return nil }
    if fill.squares > 64 * rows.count || fill.occupied * 16 < frame.cellCount {
      return "unevenly spread: fullest cell \(fill.fullest)"
    }
    let (longer, shorter) = (max(frame.columns, frame.lines), min(frame.columns, frame.lines))
    return longer > 64 * shorter ? "along a line" : nil
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
