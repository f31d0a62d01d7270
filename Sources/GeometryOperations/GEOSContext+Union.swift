import CGEOS
import GeometryKernel

extension GEOSContext {
  /// All rows united into one row (`GEOSUnaryUnion_r`): areas lose shared edges, lines are cut where they meet, equal
  /// points become one. Null when there is nothing to unite.
  public func union(
    _ array: GeometryArray, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    try union(array, groups: [Int32](repeating: 0, count: array.count), groupCount: 1, validity: validity)
  }

  /// The rows of each group united, one row a group; null for a group without a geometry.
  ///
  /// - Parameter groups: one group a row, `0..<groupCount`; a negative one leaves the row out.
  public func union(
    _ array: GeometryArray, groups: [Int32], groupCount: Int, validity: InputValidity = .checked
  ) throws(GeometryError) -> GeometryArray {
    precondition(groups.count == array.count, "one group for each row")
    let members = GroupedRows(groups, groupCount: groupCount)
    var gate = ValidityGate(array, validity)
    var builder = GeometryArrayBuilder(reservingRows: groupCount)
    for group in 0..<groupCount {
      if let united = try united(array, rows: members.rows(of: group), gate: &gate) {
        try append(united, to: &builder)
      } else {
        builder.appendNull()
      }
    }
    return builder.finish().rightHanded()
  }

  /// The union of some rows; `nil` when none has a coordinate.
  func united(
    _ array: GeometryArray, rows: ArraySlice<Int32>, gate: inout ValidityGate
  ) throws(GeometryError) -> OwnedGeometry? {
    var stack = GeometryStack(in: handle)
    for row in rows where !array.isNullOrEmpty(at: Int(row)) {
      try checkCancelled()
      try gate.check(row: Int(row), in: self)
      stack.push(try geometry(array, row: Int(row)))
    }
    if stack.count == 0 { return nil }
    let collection = try collection(&stack, GEOS_GEOMETRYCOLLECTION)
    let united = try owned(GEOSUnaryUnion_r(handle, collection.pointer), "GEOSUnaryUnion_r")
    try normalizeArea(united)
    return united
  }

  /// Puts the rings and parts of an area into GEOS's canonical order, so that the output does not hang on the order in
  /// which an overlay walked its graph. Lines keep their direction.
  func normalizeArea(_ geometry: borrowing OwnedGeometry, row: Int? = nil) throws(GeometryError) {
    let type = GEOSGeomTypes(UInt32(bitPattern: GEOSGeomTypeId_r(handle, geometry.pointer)))
    guard type == GEOS_POLYGON || type == GEOS_MULTIPOLYGON else { return }
    _ = try count(GEOSNormalize_r(handle, geometry.pointer), "GEOSNormalize_r", row: row)
  }
}
