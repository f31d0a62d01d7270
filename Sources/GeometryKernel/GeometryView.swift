/// The buffers of a `GeometryArray` for the length of one closure: what loops over vertices run on.
///
/// Nothing is checked outside debug builds; row, part, ring and coordinate numbers are the array's.
public struct GeometryView {
  public let xs: UnsafeBufferPointer<Double>
  public let ys: UnsafeBufferPointer<Double>
  @usableFromInline let ringStarts: UnsafeBufferPointer<Int32>
  @usableFromInline let partStarts: UnsafeBufferPointer<Int32>
  @usableFromInline let rowStarts: UnsafeBufferPointer<Int32>
  @usableFromInline let partDimensions: UnsafeBufferPointer<PartDimension>
  public let isPointsLayout: Bool
  /// The number of rows.
  public let count: Int

  @usableFromInline
  init(
    xs: UnsafeBufferPointer<Double>, ys: UnsafeBufferPointer<Double>, ringStarts: UnsafeBufferPointer<Int32>,
    partStarts: UnsafeBufferPointer<Int32>, rowStarts: UnsafeBufferPointer<Int32>,
    partDimensions: UnsafeBufferPointer<PartDimension>, isPointsLayout: Bool, count: Int
  ) {
    self.xs = xs
    self.ys = ys
    self.ringStarts = ringStarts
    self.partStarts = partStarts
    self.rowStarts = rowStarts
    self.partDimensions = partDimensions
    self.isPointsLayout = isPointsLayout
    self.count = count
  }

  /// The parts of a row; none for null and empty rows.
  @inlinable
  public func parts(at row: Int) -> Range<Int> {
    if isPointsLayout { return xs[row].isNaN || ys[row].isNaN ? row..<row : row..<(row + 1) }
    return Int(rowStarts[row])..<Int(rowStarts[row + 1])
  }

  @inlinable
  public func rings(ofPart part: Int) -> Range<Int> {
    if isPointsLayout { return part..<(part + 1) }
    return Int(partStarts[part])..<Int(partStarts[part + 1])
  }

  @inlinable
  public func coordinates(ofRing ring: Int) -> Range<Int> {
    if isPointsLayout { return ring..<(ring + 1) }
    return Int(ringStarts[ring])..<Int(ringStarts[ring + 1])
  }

  @inlinable
  public func dimension(ofPart part: Int) -> PartDimension { isPointsLayout ? .point : partDimensions[part] }

  /// All coordinates of a part: its rings lie next to each other.
  @inlinable
  public func coordinates(ofPart part: Int) -> Range<Int> {
    let rings = rings(ofPart: part)
    if isPointsLayout { return rings }
    return Int(ringStarts[rings.lowerBound])..<Int(ringStarts[rings.upperBound])
  }

  /// All coordinates of a row: its parts lie next to each other.
  @inlinable
  public func coordinates(at row: Int) -> Range<Int> {
    let parts = parts(at: row)
    if isPointsLayout { return parts }
    return Int(ringStarts[Int(partStarts[parts.lowerBound])])..<Int(ringStarts[Int(partStarts[parts.upperBound])])
  }

  /// The segment from a coordinate to the next of its ring.
  @inlinable
  public func segment(at i: Int) -> Segment { Segment(xs[i], ys[i], xs[i + 1], ys[i + 1]) }

  /// The box around a run of coordinates, NaN passed over.
  @inlinable
  public func box(of run: Range<Int>) -> Box {
    var box = Box.empty
    for i in run { box.formUnion(x: xs[i], y: ys[i]) }
    return box
  }

  /// The box around a row, or `Box.empty` when there is none to measure: null and empty rows, and rows in which a
  /// coordinate is not a finite number. O(vertices).
  public func finiteBox(at row: Int) -> Box {
    let run = coordinates(at: row)
    var box = Box.empty
    var zero = 0.0
    for i in run {
      // 0 for finite numbers, NaN for the others.
      zero += xs[i] * 0 + ys[i] * 0
      box.formUnion(x: xs[i], y: ys[i])
    }
    return zero == 0 ? box : .empty
  }
}

extension GeometryArray {
  /// Calls `body` with the buffers, which must not leave it. O(1).
  @inlinable
  public func withView<Result>(_ body: (GeometryView) throws -> Result) rethrows -> Result {
    let points = isPointsLayout
    let count = count
    return try xs.withUnsafeBufferPointer { xs in
      try ys.withUnsafeBufferPointer { ys in
        try ringStarts.withUnsafeBufferPointer { ringStarts in
          try partStarts.withUnsafeBufferPointer { partStarts in
            try rowStarts.withUnsafeBufferPointer { rowStarts in
              try partDimensions.withUnsafeBufferPointer { partDimensions in
                try body(
                  GeometryView(
                    xs: xs, ys: ys, ringStarts: ringStarts, partStarts: partStarts, rowStarts: rowStarts,
                    partDimensions: partDimensions, isPointsLayout: points, count: count))
              }
            }
          }
        }
      }
    }
  }
}
