import GeometryKernel

/// Square cells over a box: which cell a position falls in.
///
/// The numbering is monotone: a greater x never has a smaller column. Everything that must be exact rests on that, and
/// on `slack`, which is more than rounding can shift a position against a cell's nominal border.
struct GridFrame: Equatable, Sendable {
  let minX: Double
  let minY: Double
  let cell: Double
  let columns: Int
  let lines: Int
  let slack: Double
  /// 1 / cell.
  let inverse: Double
  private let lastColumn: Double
  private let lastLine: Double

  /// A frame of about `cells` cells, one if the box is a point; `nil` for the empty box, and where cells would be too
  /// small for the digits of the coordinates.
  init?(around extent: Box, cells: Int) {
    guard cells > 0, !extent.isEmpty else { return nil }
    let wanted = Double(cells)
    let longest = max(extent.width, extent.height)
    // The second keeps a narrow strip from having more cells than wanted.
    let cell = max((extent.width * extent.height / wanted).squareRoot(), longest / wanted)
    slack = extent.largestMagnitude * 0x1p-48
    minX = extent.minX
    minY = extent.minY
    if longest == 0 {
      self.cell = max(1, slack * 32)
      columns = 1
      lines = 1
    } else {
      guard cell > slack * 16, cell < .infinity else { return nil }
      self.cell = cell
      columns = Int(extent.width / cell) + 1
      lines = Int(extent.height / cell) + 1
    }
    inverse = 1 / self.cell
    lastColumn = Double(columns - 1)
    lastLine = Double(lines - 1)
  }

  var cellCount: Int { columns * lines }

  /// How far an x is from the left border, in cells.
  @inline(__always)
  func across(_ x: Double) -> Double { (x - minX) * inverse }

  /// How far a y is from the lower border, in cells.
  @inline(__always)
  func up(_ y: Double) -> Double { (y - minY) * inverse }

  /// The column of an x, the first or the last for what lies beside the grid.
  @inline(__always)
  func column(_ x: Double) -> Int { Int(min(max(across(x), 0), lastColumn)) }

  /// The line of a y, the first or the last for what lies above or below the grid.
  @inline(__always)
  func line(_ y: Double) -> Int { Int(min(max(up(y), 0), lastLine)) }

  @inline(__always)
  func cell(x: Double, y: Double) -> Int { line(y) * columns + column(x) }

  /// The nominal border between a column and the one before it.
  @inline(__always)
  func left(ofColumn column: Int) -> Double { minX + Double(column) * cell }

  /// The nominal border between a line and the one before it.
  @inline(__always)
  func bottom(ofLine line: Int) -> Double { minY + Double(line) * cell }

  /// The cells that positions within `distance` of a box can fall in.
  @inline(__always)
  func cells(near box: Box, within distance: Double) -> (columns: ClosedRange<Int>, lines: ClosedRange<Int>) {
    // Beyond the distance by more than the rounding of the differences it is compared with.
    let reach = distance + (distance + box.largestMagnitude) * 0x1p-48 + slack
    let columns = column(box.minX - reach)...column(box.maxX + reach)
    let lines = line(box.minY - reach)...line(box.maxY + reach)
    return (columns, lines)
  }
}

extension Box {
  @inline(__always)
  var largestMagnitude: Double { max(max(minX.magnitude, maxX.magnitude), max(minY.magnitude, maxY.magnitude)) }
}
