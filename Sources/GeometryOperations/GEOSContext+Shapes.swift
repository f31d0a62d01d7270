import CGEOS
import GeometryKernel

extension GEOSContext {
  /// Everything within a distance of each row (`GEOSBuffer_r`), or with a negative one what is farther than that from
  /// an area's outline. Round ends; circles are polygons whose vertices lie on them.
  ///
  /// - Parameters:
  ///   - distance: in the units of the coordinates.
  ///   - quadrantSegments: chords in a quarter circle; with 16 a circle's area is 0.16 % small.
  ///   - validity: whether areas are tested first.
  public func buffer(
    _ array: GeometryArray, distance: Double, quadrantSegments: Int = 16, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    guard distance.isFinite else {
      throw .unusableArgument(name: "distance", value: distance, expected: "a finite number")
    }
    let segments = Int32(clamping: max(1, quadrantSegments))
    var gate = ValidityGate(array, validity)
    return try mapRows(array, keeping: .area) { (geometry, row) throws(GeometryError) in
      try gate.check(row: row, in: self)
      return try owned(GEOSBuffer_r(handle, geometry, distance, segments), "GEOSBuffer_r", row: row)
    }
  }

  /// The smallest convex area around each row; a line or a point where that has no area (`GEOSConvexHull_r`).
  public func convexHull(_ array: GeometryArray) throws(GeometryError) -> GeometryArray {
    try mapRows(array) { (geometry, row) throws(GeometryError) in
      try owned(GEOSConvexHull_r(handle, geometry), "GEOSConvexHull_r", row: row)
    }
  }

  /// The smallest convex area around all rows of each group; null for a group without a coordinate.
  ///
  /// - Parameter groups: one group a row, `0..<groupCount`; a negative one leaves the row out.
  public func convexHull(
    _ array: GeometryArray, groups: [Int32], groupCount: Int
  ) throws(GeometryError) -> GeometryArray {
    let members = GroupedRows(groups, groupCount: groupCount)
    precondition(groups.count == array.count, "one group for each row")
    var builder = GeometryArrayBuilder(reservingRows: groupCount)
    for group in 0..<groupCount {
      try checkCancelled()
      // A hull needs the vertices only, in any order: one line through all of them is the cheapest to hand over.
      var vertices = GeometryArrayBuilder()
      vertices.beginRow(.lineString)
      vertices.beginPart(.line)
      vertices.beginRing()
      var last: (x: Double, y: Double)?
      for row in members.rows(of: group) {
        if let defect = array.structuralDefect(at: Int(row)) { throw .invalid(defect) }
        for i in array.coordinates(at: Int(row)) {
          vertices.addCoordinate(x: array.xs[i], y: array.ys[i])
          last = (array.xs[i], array.ys[i])
        }
      }
      guard let last else {
        builder.appendNull()
        continue
      }
      vertices.addCoordinate(x: last.x, y: last.y)
      vertices.endRow()
      let line = try geometry(vertices.finish(), row: 0)
      let hull = try owned(GEOSConvexHull_r(handle, line.pointer), "GEOSConvexHull_r")
      try append(hull, to: &builder)
    }
    return builder.finish().rightHanded()
  }

  /// Each row with fewer vertices, none of the old outline farther from the new one than the tolerance; areas stay
  /// valid and holes stay inside (Douglas and Peucker 1973, `GEOSTopologyPreserveSimplify_r`). Rows are taken one by
  /// one, so that neighbours' shared edges may come apart.
  public func simplify(_ array: GeometryArray, tolerance: Double) throws(GeometryError) -> GeometryArray {
    guard tolerance.isFinite, tolerance >= 0 else {
      throw .unusableArgument(name: "tolerance", value: tolerance, expected: "a finite number of at least 0")
    }
    return try mapRows(array) { (geometry, row) throws(GeometryError) in
      try owned(
        GEOSTopologyPreserveSimplify_r(handle, geometry, tolerance), "GEOSTopologyPreserveSimplify_r", row: row)
    }
  }

  /// A GEOS function from row to row.
  private func mapRows(
    _ array: GeometryArray, keeping kept: PartDimension? = nil,
    _ body: (OpaquePointer, Int) throws(GeometryError) -> OwnedGeometry
  ) throws(GeometryError) -> GeometryArray {
    var builder = GeometryArrayBuilder(reservingRows: array.count)
    for row in 0..<array.count {
      try checkCancelled()
      if array.isNull(at: row) {
        builder.appendNull()
        continue
      }
      let geometry = try geometry(array, row: row)
      try append(try body(geometry.pointer, row), to: &builder, keeping: kept, row: row)
    }
    return builder.finish().rightHanded()
  }
}
