/// Makes a `GeometryArray` row by row.
///
/// A row is written as `beginRow`, then for each part `beginPart`, its rings by `beginRing` and `addCoordinate`, and
/// `endRow`. Single points have the short form `appendPoint`. The builder keeps the points layout as long as every row
/// is a single point or null.
public struct GeometryArrayBuilder: Sendable {
  private var array: GeometryArray

  public init(reservingRows rows: Int = 0) {
    array = GeometryArray()
    array.xs.reserveCapacity(rows)
    array.ys.reserveCapacity(rows)
  }

  public init(continuing array: GeometryArray) { self.array = array }

  public var count: Int { array.count }

  public mutating func finish() -> GeometryArray { array }

  public mutating func appendNull() {
    if array.isPointsLayout {
      array.xs.append(.nan)
      array.ys.append(.nan)
    } else {
      beginRow(.null)
      endRow()
    }
  }

  /// Appends a point; a NaN coordinate makes an empty point, which is kept apart from null.
  public mutating func appendPoint(x: Double, y: Double) {
    if x.isNaN || y.isNaN {
      beginRow(.point)
      endRow()
    } else if array.isPointsLayout {
      array.xs.append(x)
      array.ys.append(y)
    } else {
      beginRow(.point)
      beginPart(.point)
      beginRing()
      addCoordinate(x: x, y: y)
      endRow()
    }
  }

  public mutating func beginRow(_ kind: GeometryKind) {
    leavePointsLayout()
    array.kinds.append(kind)
  }

  public mutating func beginPart(_ dimension: PartDimension) {
    array.partDimensions.append(dimension); array.partStarts.append(array.partStarts[array.partStarts.count - 1])
  }

  public mutating func beginRing() {
    array.partStarts[array.partStarts.count - 1] += 1
    array.ringStarts.append(array.ringStarts[array.ringStarts.count - 1])
  }

  public mutating func addCoordinate(x: Double, y: Double) {
    array.xs.append(x)
    array.ys.append(y)
    array.ringStarts[array.ringStarts.count - 1] += 1
  }

  public mutating func endRow() { array.rowStarts.append(Int32(array.partDimensions.count)) }

  /// A whole ring or line at once.
  public mutating func addRing(xs: some Collection<Double>, ys: some Collection<Double>) {
    beginRing()
    array.xs.append(contentsOf: xs)
    array.ys.append(contentsOf: ys)
    array.ringStarts[array.ringStarts.count - 1] = Int32(array.xs.count)
  }

  /// A whole ring or line at once, out of buffers of equal length; the fast form for callers in other modules.
  public mutating func addRing(copying xs: UnsafeBufferPointer<Double>, _ ys: UnsafeBufferPointer<Double>) {
    addRing(xs: xs, ys: ys)
  }

  /// Copies one row of another array. O(its vertices).
  public mutating func append(_ other: GeometryArray, row: Int) {
    let kind = other.kind(at: row)
    if kind == .null { return appendNull() }
    let parts = other.parts(at: row)
    if kind == .point, let part = parts.first {
      let i = other.coordinates(ofRing: other.rings(ofPart: part).lowerBound).lowerBound
      return appendPoint(x: other.xs[i], y: other.ys[i])
    }
    beginRow(kind)
    for part in parts { appendPart(of: other, part) }
    endRow()
  }

  /// Copies one part of another array into the row that is open.
  public mutating func appendPart(of other: GeometryArray, _ part: Int) {
    beginPart(other.dimension(ofPart: part))
    for ring in other.rings(ofPart: part) {
      let run = other.coordinates(ofRing: ring)
      addRing(xs: other.xs[run], ys: other.ys[run])
    }
  }

  /// Rewrites what is there with offsets, once a row comes that is not a single point.
  private mutating func leavePointsLayout() {
    guard array.isPointsLayout else { return }
    let points = array
    array = GeometryArray()
    array.isPointsLayout = false
    array.ringStarts = [0]
    array.partStarts = [0]
    array.rowStarts = [0]
    for row in 0..<points.count {
      let x = points.xs[row]
      let y = points.ys[row]
      let isNull = x.isNaN || y.isNaN
      array.kinds.append(isNull ? .null : .point)
      if !isNull {
        beginPart(.point)
        beginRing()
        addCoordinate(x: x, y: y)
      }
      endRow()
    }
  }
}
