import GeometryKernel

/// The block of nine cells around a position, as three runs of points, and what keys say about them: mostly the nearest
/// points, without a look beyond and without a doubt.
struct CellBlock {
  /// So many points have a number of their own within the last bits of a key.
  private static let numbers: UInt32 = 1 << 10
  private let probe: PointProbe
  private let view: OffsetView
  private let first0: Int
  private let first1: Int
  private let first2: Int
  private let end0: Int
  private let end1: Int
  private let end2: Int
  private let u: Double
  private let v: Double
  /// The square of how far from the position the nearest cell is that is not in the block, in cells.
  private let beyond: Double
  /// The same for the nearest cell of another line.
  private let beyondLine: Double

  @inline(__always)
  init(x: Double, y: Double, in view: OffsetView) {
    self.view = view
    probe = PointProbe(x: x, y: y)
    let frame = view.grid.frame
    let starts = view.grid.starts
    u = frame.across(x)
    v = frame.up(y)
    let column = frame.column(x)
    let line = frame.line(y)
    let first = max(column &- 1, 0)
    let last = min(column &+ 1, frame.columns &- 1)
    let hasLower = line > 0
    let hasUpper = line < frame.lines &- 1
    let here = line &* frame.columns
    // At the border the middle line stands in for the one that is missing, as an empty run.
    let below = hasLower ? here &- frame.columns : here
    let above = hasUpper ? here &+ frame.columns : here
    first0 = Int(starts[here &+ first])
    end0 = Int(starts[here &+ last &+ 1])
    first1 = Int(starts[below &+ first])
    end1 = hasLower ? Int(starts[below &+ last &+ 1]) : first1
    first2 = Int(starts[above &+ first])
    end2 = hasUpper ? Int(starts[above &+ last &+ 1]) : first2
    let fromLeft = u - Double(column)
    let fromBottom = v - Double(line)
    let toBorder = min(min(fromLeft, 1 - fromLeft), min(fromBottom, 1 - fromBottom))
    let slack = view.grid.slack(x, y) * frame.inverse
    let toBeyond = max(0, toBorder + 1 - slack)
    beyond = toBeyond * toBeyond
    let toLine = max(0, min(fromBottom, 1 - fromBottom) - slack)
    beyondLine = toLine * toLine
  }

  /// Meets every point of the block and, where runs are no multiple of four, some of the cells behind.
  ///
  /// - Parameter isEnough: Asked after the middle line; whether the others need not be met.
  @inline(__always)
  func search<Least: LeastKeys>(_ least: inout Least, until isEnough: (Least) -> Bool = { _ in false }) {
    let x = SIMD4(repeating: Float(u))
    let y = SIMD4(repeating: Float(v))
    var numbers = SIMD4<UInt32>(0, 1, 2, 3)
    search(first0, end0, x, y, &numbers, &least)
    if isEnough(least) { return }
    search(first1, end1, x, y, &numbers, &least)
    search(first2, end2, x, y, &numbers, &least)
  }

  @inline(__always)
  private func search<Least: LeastKeys>(
    _ first: Int, _ end: Int, _ x: SIMD4<Float>, _ y: SIMD4<Float>, _ numbers: inout SIMD4<UInt32>,
    _ least: inout Least
  ) {
    var i = first
    while i < end {
      let bits = unsafeBitCast(view.squares(at: i, x, y), to: SIMD4<UInt32>.self)
      let keys = (bits & SIMD4(repeating: ~(Self.numbers &- 1))) | numbers
      least.take(unsafeBitCast(keys, to: SIMD4<Float>.self))
      numbers &+= 4
      i &+= 4
    }
  }

  /// Whether a key tells the next nearest point without a doubt: nothing beyond the block is as near, the key after it
  /// is farther by more than the digits that keys lack, and numbers have not run out. Where none within the limit, whose
  /// square is given in cells, is left the key may be infinite.
  @inline(__always)
  func isSettled(_ key: Float, next: Float, squared limit: Double) -> Bool {
    // A distance d is off by e = t + d · 2⁻¹², t for the coordinates and the rest for the bits of the number; this is
    // more than (d + 3e)².
    let most = Double(key) * (1 + 0x1p-8) + view.tolerance * view.tolerance * 0x1p13
    let count = roundedUp(end0 &- first0) &+ roundedUp(end1 &- first1) &+ roundedUp(end2 &- first2)
    return beyond > min(most, limit) && (Double(next) > most || key == .infinity) && count <= Int(Self.numbers)
  }

  /// Whether a key of the middle line tells a point that is where the position is, as where places are joined with
  /// themselves, and no other line can have one. The answer is nearly always the same for all questions, so that it
  /// costs others nothing.
  @inline(__always)
  func isOnSpot(_ key: Float) -> Bool {
    Double(key) < 4 * view.tolerance * view.tolerance && beyondLine > view.tolerance * view.tolerance * 0x1p14
  }

  /// The point that a key tells, with its exact square.
  @inline(__always)
  func hit(_ key: Float) -> Hit {
    guard key < .infinity else { return .none }
    let number = Int(key.bitPattern & (Self.numbers &- 1))
    let second = roundedUp(end0 &- first0)
    let third = second &+ roundedUp(end1 &- first1)
    var i = first0 &+ number
    if number >= second { i = first1 &+ (number &- second) }
    if number >= third { i = first2 &+ (number &- third) }
    let grid = view.grid
    return Hit(row: grid.rows[i], squared: probe.squaredDistance(x: grid.xs[i], y: grid.ys[i]))
  }

  @inline(__always)
  private func roundedUp(_ count: Int) -> Int { (count &+ 3) & ~3 }
}
