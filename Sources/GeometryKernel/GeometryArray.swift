/// The geometries of many rows in flat buffers (GeoArrow's idea): no object per feature.
///
/// A row is a run of parts, a part a run of rings, a ring a run of coordinates:
/// - a point part is one ring of one coordinate,
/// - a line part is one ring of its vertices,
/// - an area part is its outer ring, then its holes; rings are closed (the first vertex again at the end).
///
/// The three offset buffers hold a leading 0, so that run `i` is `starts[i]..<starts[i + 1]`.
///
/// **Points layout.** An array in which every row is a single point or null keeps no offsets at all: row `i` is
/// coordinate `i`, and NaN coordinates mean null. `isPointsLayout` tells; everything public works on both.
///
/// Coordinates are in the units of the array's reference system, x is easting or longitude. Offsets count to 2³¹ − 1:
/// 32 GiB of coordinates.
public struct GeometryArray: Sendable {
  public internal(set) var xs: [Double]
  public internal(set) var ys: [Double]
  /// Offsets of rings into the coordinates; empty in the points layout.
  public internal(set) var ringStarts: [Int32]
  /// Offsets of parts into the rings; empty in the points layout.
  public internal(set) var partStarts: [Int32]
  /// Offsets of rows into the parts; empty in the points layout.
  public internal(set) var rowStarts: [Int32]
  /// One kind a row; empty in the points layout.
  public internal(set) var kinds: [GeometryKind]
  /// One dimension a part; empty in the points layout.
  public internal(set) var partDimensions: [PartDimension]
  public internal(set) var isPointsLayout: Bool
  /// True when somebody has found every row valid (OGC 06-103r4): whoever needs valid areas need not look again. Kept by
  /// rows that are taken out, lost by whatever else is made of them.
  public internal(set) var isKnownValid = false

  /// No rows.
  public init() {
    xs = []
    ys = []
    ringStarts = []
    partStarts = []
    rowStarts = []
    kinds = []
    partDimensions = []
    isPointsLayout = true
  }

  /// Rows of single points; a NaN coordinate makes a null row.
  ///
  /// Both arrays must have the same length; a longer one is cut.
  public init(pointsX xs: [Double], y ys: [Double]) {
    self.init()
    let count = min(xs.count, ys.count)
    self.xs = xs.count == count ? xs : Array(xs[..<count])
    self.ys = ys.count == count ? ys : Array(ys[..<count])
  }

  /// The number of rows. O(1).
  public var count: Int { isPointsLayout ? xs.count : kinds.count }

  public var isEmpty: Bool { count == 0 }

  /// The number of stored coordinates. O(1).
  public var coordinateCount: Int { xs.count }

  /// `null` for a row without geometry; an empty geometry has its kind. O(1).
  public func kind(at row: Int) -> GeometryKind {
    if isPointsLayout { return xs[row].isNaN || ys[row].isNaN ? .null : .point }
    return kinds[row]
  }

  /// True for a row without geometry, not for an empty one. O(1).
  public func isNull(at row: Int) -> Bool { kind(at: row) == .null }

  /// True for null rows and for rows without a coordinate.
  public func isNullOrEmpty(at row: Int) -> Bool { parts(at: row).isEmpty }

  /// The parts of a row. In the points layout part, ring and coordinate numbers are the row's.
  public func parts(at row: Int) -> Range<Int> {
    if isPointsLayout { return kind(at: row) == .null ? row..<row : row..<(row + 1) }
    return Int(rowStarts[row])..<Int(rowStarts[row + 1])
  }

  /// An area's outer ring, then its holes; one run for a point or a line. O(1).
  public func rings(ofPart part: Int) -> Range<Int> {
    if isPointsLayout { return part..<(part + 1) }
    return Int(partStarts[part])..<Int(partStarts[part + 1])
  }

  /// The positions of a ring in `xs` and `ys`; a ring of an area ends where it began. O(1).
  public func coordinates(ofRing ring: Int) -> Range<Int> {
    if isPointsLayout { return ring..<(ring + 1) }
    return Int(ringStarts[ring])..<Int(ringStarts[ring + 1])
  }

  public func dimension(ofPart part: Int) -> PartDimension { isPointsLayout ? .point : partDimensions[part] }

  /// All coordinates of a row: rings and parts of one row lie next to each other.
  public func coordinates(at row: Int) -> Range<Int> {
    if isPointsLayout { return kind(at: row) == .null ? row..<row : row..<(row + 1) }
    let parts = parts(at: row)
    let first = Int(ringStarts[Int(partStarts[parts.lowerBound])])
    return first..<Int(ringStarts[Int(partStarts[parts.upperBound])])
  }

  /// The smallest box around a row; `Box.empty` for null and empty rows. O(vertices).
  public func box(at row: Int) -> Box {
    var box = Box.empty
    for i in coordinates(at: row) { box.formUnion(x: xs[i], y: ys[i]) }
    return box
  }

  /// One box a row. O(vertices).
  public func boxes() -> [Box] { withView { view in (0..<view.count).map { view.box(of: view.coordinates(at: $0)) } } }

  /// The box around everything. O(vertices).
  public var extent: Box {
    withView { view in
      var box = Box.empty
      for i in 0..<view.xs.count where !view.xs[i].isNaN && !view.ys[i].isNaN {
        box.formUnion(x: view.xs[i], y: view.ys[i])
      }
      return box
    }
  }

  /// The highest dimension of any row's parts; `nil` without any coordinate. O(rows).
  public var maximumDimension: PartDimension? {
    if isPointsLayout { return (0..<count).contains { !isNull(at: $0) } ? .point : nil }
    return partDimensions.max()
  }

  /// The same geometry with other coordinates, as after a projection: buffers must be as long as the old ones.
  public func replacingCoordinates(xs: [Double], ys: [Double]) -> GeometryArray {
    precondition(xs.count == self.xs.count && ys.count == self.ys.count, "one coordinate for each of the old")
    var result = self
    result.xs = xs
    result.ys = ys
    result.isKnownValid = false
    return result
  }

  /// The same geometry, every row of which is valid.
  public func knownValid() -> GeometryArray {
    var result = self
    result.isKnownValid = true
    return result
  }
}
