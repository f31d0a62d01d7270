import GeometryKernel

/// Square cells over a box: which cell a position falls in.
///
/// The numbering is monotone: a greater x never has a smaller column. Everything that must be exact rests on that, and
/// on `slack`, which is more than rounding can shift a position against a cell's nominal border.
struct GridFrame: Equatable, Sendable {
  let minX: Double
  let minY: Double
  let cell: Double
  private let inverse: Double
  let columns: Int
  let lines: Int
  let slack: Double

  /// Cells are made for this many points each, were they spread evenly.
  private static let pointsPerCell = 2.0

  /// A frame for a number of points; `nil` without points, and where the cells would be too small for the digits of the
  /// coordinates.
  init?(around extent: Box, points: Int) {
    guard points > 0, !extent.isEmpty else { return nil }
    let wanted = max(1, Double(points) / Self.pointsPerCell)
    let longest = max(extent.width, extent.height)
    let largest = max(extent.minX.magnitude, extent.maxX.magnitude, extent.minY.magnitude, extent.maxY.magnitude)
    // The second keeps a narrow strip from having more cells than wanted.
    let cell = max((extent.width * extent.height / wanted).squareRoot(), longest / wanted)
    let slack = largest * 0x1p-48
    if points <= 64 && cell <= slack * 16 {
      self.init(minX: extent.minX, minY: extent.minY, cell: max(longest, 1), columns: 1, lines: 1, slack: slack)
      return
    }
    guard cell > slack * 16, cell < .infinity else { return nil }
    self.init(
      minX: extent.minX, minY: extent.minY, cell: cell, columns: Int(extent.width / cell) + 1,
      lines: Int(extent.height / cell) + 1, slack: slack)
  }

  private init(minX: Double, minY: Double, cell: Double, columns: Int, lines: Int, slack: Double) {
    self.minX = minX
    self.minY = minY
    self.cell = cell
    inverse = 1 / cell
    self.columns = columns
    self.lines = lines
    self.slack = slack
  }

  var cellCount: Int { columns * lines }

  /// The column of an x, the first or the last for what lies beside the grid.
  @inline(__always)
  func column(_ x: Double) -> Int { Int(min(max((x - minX) * inverse, 0), Double(columns - 1))) }

  /// The line of a y, the first or the last for what lies above or below the grid.
  @inline(__always)
  func line(_ y: Double) -> Int { Int(min(max((y - minY) * inverse, 0), Double(lines - 1))) }

  @inline(__always)
  func cell(x: Double, y: Double) -> Int { line(y) * columns + column(x) }
}
