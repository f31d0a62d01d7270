import CVectors
import GeometryKernel

/// The points of a grid in single precision, in cells from the corner of the frame: four are compared at once, and what
/// the digits leave in doubt is asked again of the exact coordinates.
///
/// Relative to a cell the lost digits are few: two points of a thousand columns are in doubt where their distances
/// differ by less than 0.001 cells. On 14 000 facilities that is one in a thousand questions; the four lanes halve the
/// time of all.
struct GridOffsets: Sendable {
  /// Three more than points, infinitely far: four can be read at each.
  let xs: [Float]
  let ys: [Float]

  /// `nil` where a frame has so many columns that single precision would be in doubt often. O(n).
  init?(_ grid: GridView) {
    guard max(grid.frame.columns, grid.frame.lines) <= 1 << 14 else { return nil }
    let frame = grid.frame
    let count = grid.rows.count
    xs = [Float](unsafeUninitializedCapacity: count + 3) { xs, initialized in
      for i in 0..<count { xs[i] = Float(frame.across(grid.xs[i])) }
      for i in count..<(count + 3) { xs[i] = .infinity }
      initialized = count + 3
    }
    ys = [Float](unsafeUninitializedCapacity: count + 3) { ys, initialized in
      for i in 0..<count { ys[i] = Float(frame.up(grid.ys[i])) }
      for i in count..<(count + 3) { ys[i] = .infinity }
      initialized = count + 3
    }
  }

  /// Calls `body` with the buffers, which must not leave it; `grid` is the one the offsets were made from.
  @inline(__always)
  func withView<Result>(_ grid: GridView, _ body: (OffsetView) throws -> Result) rethrows -> Result {
    try xs.withUnsafeBufferPointer { xs in
      try ys.withUnsafeBufferPointer { ys in
        try body(
          OffsetView(
            grid: grid, xs: xs.baseAddress.unsafelyUnwrapped,
            ys: ys.baseAddress.unsafelyUnwrapped))
      }
    }
  }
}

/// The buffers of `GridOffsets` for the length of one closure.
struct OffsetView {
  let grid: GridView
  let xs: UnsafePointer<Float>
  let ys: UnsafePointer<Float>
  /// More than rounding to single precision can change a distance, in cells.
  let tolerance: Double

  init(grid: GridView, xs: UnsafePointer<Float>, ys: UnsafePointer<Float>) {
    self.grid = grid
    self.xs = xs
    self.ys = ys
    // Both coordinates of both ends are off by 2⁻²⁴ of what they are at most.
    tolerance = Double(max(grid.frame.columns, grid.frame.lines)) * 0x1p-21
  }

  /// The squared distances of four neighbours from a position, in cells.
  @inline(__always)
  func squares(at i: Int, _ x: SIMD4<Float>, _ y: SIMD4<Float>) -> SIMD4<Float> {
    squaredDistances(xs + i, ys + i, x, y)
  }

  /// How many points are within `distance` of each query that is a point, 0 for the others.
  func counts(near queries: GeometryView, within distance: Double, squared limit: Double) -> [Int32] {
    let reach = distance * grid.frame.inverse
    let doubt = tolerance + reach * 0x1p-21
    let surely = Float(reach > doubt ? (reach - doubt) * (reach - doubt) : -1)
    let perhaps = Float((reach + doubt) * (reach + doubt))
    return [Int32](unsafeUninitializedCapacity: queries.count) { counts, initialized in
      for query in 0..<queries.count {
        var count = 0
        if let i = queries.finitePoint(at: query) {
          let probe = PointProbe(x: queries.xs[i], y: queries.ys[i])
          count = self.count(near: probe, within: distance, squared: limit, surely, perhaps)
        }
        counts[query] = Int32(truncatingIfNeeded: count)
      }
      initialized = queries.count
    }
  }

  /// How many points are within `distance` of a position; squares up to `surely` are, those beyond `perhaps` are not.
  @inline(__always)
  private func count(
    near probe: PointProbe, within distance: Double, squared limit: Double, _ surely: Float, _ perhaps: Float
  ) -> Int {
    let cells = grid.frame.cells(near: probe.box, within: distance)
    // Finding the cells wholly within costs more than their points as long as lines are short.
    if cells.lines.count > 14 { return exactCount(near: probe, within: distance, squared: limit) }
    let surely = SIMD4(repeating: surely)
    let perhaps = SIMD4(repeating: perhaps)
    let x = SIMD4(repeating: Float(grid.frame.across(probe.x)))
    let y = SIMD4(repeating: Float(grid.frame.up(probe.y)))
    // Minus one for each point found.
    var sure = SIMD4<Int32>.zero
    var possible = SIMD4<Int32>.zero
    var first = cells.lines.lowerBound &* grid.frame.columns
    for _ in cells.lines {
      var i = Int(grid.starts[first &+ cells.columns.lowerBound])
      let end = Int(grid.starts[first &+ cells.columns.upperBound &+ 1])
      first &+= grid.frame.columns
      var left = SIMD4(repeating: Int32(truncatingIfNeeded: end &- i)) &- SIMD4<Int32>(0, 1, 2, 3)
      while i < end {
        let squares = squares(at: i, x, y)
        let isPoint = left .> 0
        sure &+= unsafeBitCast((squares .<= surely) .& isPoint, to: SIMD4<Int32>.self)
        possible &+= unsafeBitCast((squares .<= perhaps) .& isPoint, to: SIMD4<Int32>.self)
        left &-= 4
        i &+= 4
      }
    }
    guard sure == possible else { return exactCount(near: probe, within: distance, squared: limit) }
    return 0 &- Int(sure.wrappedSum())
  }

  @inline(never)
  private func exactCount(near probe: PointProbe, within distance: Double, squared limit: Double) -> Int {
    grid.count(near: probe, within: distance, squared: limit)
  }
}
