import GeometryKernel

/// Geometries on their way out of SQLite. As long as every row is a plain point or null they go straight into two
/// buffers of coordinates.
struct GeometryBuffer: Sendable {
  private var isPlain = true
  private var xs: [Double] = []
  private var ys: [Double] = []
  /// All rows, once one of them was more than a plain point.
  private var builder = GeometryArrayBuilder()

  mutating func reserve(rows: Int) {
    xs.reserveCapacity(rows)
    ys.reserveCapacity(rows)
  }

  /// Appends one row. O(vertices).
  ///
  /// - Throws: `MalformedGeometry`; the buffer must then be thrown away.
  mutating func append(_ bytes: UnsafeRawBufferPointer) throws(MalformedGeometry) {
    if isPlain {
      if let point = SpatiaLiteDecoder.plainPoint(bytes) {
        xs.append(point.x)
        ys.append(point.y)
        return
      }
      leavePlain()
    }
    try SpatiaLiteDecoder.append(bytes, to: &builder)
  }

  mutating func appendNull() {
    guard isPlain else { return builder.appendNull() }
    xs.append(.nan)
    ys.append(.nan)
  }

  /// Appends the rows of the next piece of the same column. O(its vertices).
  mutating func append(_ other: GeometryBuffer) {
    if isPlain && other.isPlain {
      xs += other.xs
      ys += other.ys
      return
    }
    leavePlain()
    var other = other
    let rows = other.finish()
    builder.append(rows, rows: 0..<rows.count)
  }

  mutating func finish() -> GeometryArray {
    isPlain ? GeometryArray(pointsX: xs, y: ys) : builder.finish()
  }

  private mutating func leavePlain() {
    guard isPlain else { return }
    builder = GeometryArrayBuilder(continuing: GeometryArray(pointsX: xs, y: ys))
    (isPlain, xs, ys) = (false, [], [])
  }
}
