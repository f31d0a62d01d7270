import GeometryKernel

/// What one pass over all coordinates tells about them.
struct PositionSurvey {
  /// Of the finite coordinates.
  private(set) var extent = Box.empty
  private(set) var coordinates = 0
  private(set) var rowsWithCoordinates = 0
  /// Rows with a coordinate that is NaN or infinite, ascending from 0.
  private(set) var notFiniteRows: [Int32] = []
  /// Rows with a coordinate outside ±180, ±90, ascending from 0; those not among them that make sense once x and y are
  /// exchanged.
  private(set) var outOfRangeRows: [Int32] = []
  /// Rows with a coordinate outside ±180, ±90, none of which is once x and y are exchanged; ascending from 0.
  private(set) var exchangedRows: [Int32] = []
  /// The first coordinate outside ±180, ±90.
  private(set) var firstOutOfRange: (row: Int, x: Double, y: Double)?
  /// Rows with a coordinate at 0, 0.
  private(set) var zeroRows = 0
  private(set) var firstZeroRow: Int?
  /// Coordinates that are no latitude in y but one in x.
  private(set) var swappedForSure = 0
  /// Coordinates that lie in China once x and y are exchanged (x in 3…54, y in 73…136).
  private(set) var swappedInChina = 0

  /// O(vertices).
  init(_ geometry: GeometryArray) {
    geometry.xs.withUnsafeBufferPointer { xs in
      geometry.ys.withUnsafeBufferPointer { ys in survey(geometry, xs, ys) }
    }
  }

  private mutating func survey(
    _ geometry: GeometryArray, _ xs: UnsafeBufferPointer<Double>, _ ys: UnsafeBufferPointer<Double>
  ) {
    for row in 0..<geometry.count {
      let run = geometry.coordinates(at: row)
      if !run.isEmpty { rowsWithCoordinates += 1 }
      var isFinite = true
      var isInRange = true
      var isInRangeExchanged = true
      var hasZero = false
      for i in run {
        let x = xs[i]
        let y = ys[i]
        guard x.isFinite && y.isFinite else {
          isFinite = false
          continue
        }
        coordinates += 1
        extent.formUnion(x: x, y: y)
        if x == 0 && y == 0 { hasZero = true }
        if abs(x) > 180 + Self.slack || abs(y) > 90 + Self.slack {
          if firstOutOfRange == nil { firstOutOfRange = (row, x, y) }
          isInRange = false
          if abs(x) <= 90 && abs(y) <= 180 { swappedForSure += 1 }
        }
        if abs(x) > 90 || abs(y) > 180 { isInRangeExchanged = false }
        if Self.china.contains(x: y, y: x) { swappedInChina += 1 }
      }
      if !isFinite { notFiniteRows.append(Int32(row)) }
      if isFinite && !isInRange {
        if isInRangeExchanged { exchangedRows.append(Int32(row)) } else { outOfRangeRows.append(Int32(row)) }
      }
      if hasZero {
        zeroRows += 1
        if firstZeroRow == nil { firstZeroRow = row }
      }
    }
  }

  /// Rounding of a transformation that ended at 180°.
  private static let slack = 1e-6
  static let china = Box(minX: 73, minY: 3, maxX: 136, maxY: 54)

  /// True when all coordinates could be degrees.
  var fitsDegrees: Bool { coordinates > 0 && outOfRangeRows.isEmpty && exchangedRows.isEmpty }

  /// True when x and y are exchanged: some y is no latitude, and nearly all coordinates make sense the other way round.
  var looksSwapped: Bool {
    swappedForSure > 0 && (swappedForSure * 10 >= coordinates * 9 || swappedInChina * 10 >= coordinates * 9)
  }

  /// True when everything is a possible position, but one in the Arctic Ocean that would lie in China if exchanged.
  var mayBeSwapped: Bool { swappedForSure == 0 && coordinates > 0 && swappedInChina * 10 >= coordinates * 9 }
}

extension GeometryArray {
  /// The same rows, those named without geometry. O(vertices).
  func makingNull(_ rows: [Int32]) -> GeometryArray {
    guard !rows.isEmpty else { return self }
    var chosen = [Int32](0..<Int32(count))
    for row in rows { chosen[Int(row)] = -1 }
    return gather(chosen)
  }
}
