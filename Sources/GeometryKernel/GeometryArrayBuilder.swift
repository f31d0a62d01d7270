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

  public init(continuing array: GeometryArray) {
    self.array = array
    self.array.isKnownValid = false
  }

  public var count: Int { array.count }

  /// The rows so far; in the points layout where each is a single point or null. O(rows) at the most.
  public mutating func finish() -> GeometryArray {
    enterPointsLayout()
    return array
  }

  /// Appends a row without geometry. O(1).
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

  /// Begins a row, to be followed by its parts and `endRow`; without parts it is empty. O(1), but the first row that is
  /// not a single point or null takes O(rows).
  public mutating func beginRow(_ kind: GeometryKind) {
    leavePointsLayout()
    array.kinds.append(kind)
  }

  /// Begins a part of the row, to be followed by its rings: one for a point or a line, and for an area the outer ring
  /// before the holes.
  public mutating func beginPart(_ dimension: PartDimension) {
    array.partDimensions.append(dimension)
    array.partStarts.append(array.partStarts[array.partStarts.count - 1])
  }

  /// Begins a ring or line of the part, to be followed by its coordinates.
  public mutating func beginRing() {
    array.partStarts[array.partStarts.count - 1] += 1
    array.ringStarts.append(array.ringStarts[array.ringStarts.count - 1])
  }

  public mutating func addCoordinate(x: Double, y: Double) {
    array.xs.append(x)
    array.ys.append(y)
    array.ringStarts[array.ringStarts.count - 1] += 1
  }

  /// Ends a ring where it began, if it does not already.
  mutating func closeRing() {
    let rings = array.ringStarts.count
    let run = Int(array.ringStarts[rings - 2])..<Int(array.ringStarts[rings - 1])
    guard let first = run.first, let last = run.last else { return }
    if array.xs[first] != array.xs[last] || array.ys[first] != array.ys[last] {
      addCoordinate(x: array.xs[first], y: array.ys[first])
    }
  }

  /// Ends what `beginRow` began. Rings of areas are not closed here.
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
    let run = other.coordinates(at: row)
    if kind == .point, let i = run.first { return appendPoint(x: other.xs[i], y: other.ys[i]) }
    append(other, rows: row..<(row + 1))
  }

  /// Copies a run of rows of another array. O(their vertices).
  public mutating func append(_ other: GeometryArray, rows: Range<Int>) {
    guard !rows.isEmpty else { return }
    if other.isPointsLayout {
      if array.isPointsLayout {
        array.xs += other.xs[rows]
        array.ys += other.ys[rows]
      } else {
        for row in rows { append(other, row: row) }
      }
      return
    }
    leavePointsLayout()
    let parts = Int(other.rowStarts[rows.lowerBound])..<Int(other.rowStarts[rows.upperBound])
    let rings = Int(other.partStarts[parts.lowerBound])..<Int(other.partStarts[parts.upperBound])
    let run = Int(other.ringStarts[rings.lowerBound])..<Int(other.ringStarts[rings.upperBound])
    Self.append(other.rowStarts, parts: rows, to: &array.rowStarts)
    Self.append(other.partStarts, parts: parts, to: &array.partStarts)
    Self.append(other.ringStarts, parts: rings, to: &array.ringStarts)
    array.kinds += other.kinds[rows]
    array.partDimensions += other.partDimensions[parts]
    array.xs += other.xs[run]
    array.ys += other.ys[run]
  }

  /// Continues offsets by the runs of other offsets.
  private static func append(_ other: [Int32], parts: Range<Int>, to starts: inout [Int32]) {
    let shift = starts[starts.count - 1] - other[parts.lowerBound]
    for i in parts { starts.append(other[i + 1] + shift) }
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

  /// The reverse: drops the offsets where no row needs them.
  private mutating func enterPointsLayout() {
    guard !array.isPointsLayout, array.xs.count == array.partDimensions.count else { return }
    guard array.kinds.allSatisfy({ $0 == .point || $0 == .null }) else { return }
    // An empty point is not null, and only offsets can tell.
    guard array.kinds.count(where: { $0 == .point }) == array.partDimensions.count else { return }
    var xs = [Double](repeating: .nan, count: array.kinds.count)
    var ys = xs
    for (row, kind) in array.kinds.enumerated() where kind == .point {
      let i = Int(array.rowStarts[row])
      xs[row] = array.xs[i]
      ys[row] = array.ys[i]
    }
    guard !zip(xs, array.kinds).contains(where: { $0.isNaN && $1 == .point }) else { return }
    array = GeometryArray(pointsX: xs, y: ys)
  }

  /// How far the buffers are filled, to go back to when a row turns out wrong.
  struct Mark {
    fileprivate let coordinates: Int
    fileprivate let rings: Int
    fileprivate let parts: Int
    fileprivate let rows: Int
  }

  /// The place between two rows, before one that is not a single point: the points layout is left.
  mutating func markRow() -> Mark {
    leavePointsLayout()
    return Mark(
      coordinates: array.xs.count, rings: array.ringStarts.count, parts: array.partDimensions.count,
      rows: array.kinds.count)
  }

  /// Forgets what was added since the mark. O(that).
  mutating func goBack(to mark: Mark) {
    array.xs.removeLast(array.xs.count - mark.coordinates)
    array.ys.removeLast(array.ys.count - mark.coordinates)
    array.ringStarts.removeLast(array.ringStarts.count - mark.rings)
    array.partStarts.removeLast(array.partStarts.count - 1 - mark.parts)
    array.partDimensions.removeLast(array.partDimensions.count - mark.parts)
    array.rowStarts.removeLast(array.rowStarts.count - 1 - mark.rows)
    array.kinds.removeLast(array.kinds.count - mark.rows)
  }
}
