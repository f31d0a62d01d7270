import CGEOS
import GeometryKernel

/// The areas that rows are cut with, each row by those of them that it meets.
struct Blades: ~Copyable {
  private let areas: GeometryArray
  private var handles: RowHandles
  private var gate: ValidityGate

  /// Up to so many areas it pays to ask whether they are apart. Pairs grow with the square of the areas, a union all but
  /// in line with them: of a city's thousands of buildings the pairs alone would take longer than uniting them.
  private static let fewAreas = 32

  init(_ areas: GeometryArray, _ validity: InputValidity, in context: GEOSContext) {
    self.areas = areas
    handles = RowHandles(areas, in: context)
    gate = ValidityGate(areas, validity)
  }

  /// The candidates that share a point with a geometry.
  mutating func meeting(
    _ geometry: borrowing OwnedGeometry, among candidates: ArraySlice<Int32>, in context: GEOSContext
  ) throws(GeometryError) -> [Int32] {
    var met: [Int32] = []
    for candidate in candidates where !areas.isNullOrEmpty(at: Int(candidate)) {
      try gate.check(row: Int(candidate), in: context)
      let area = try handles.prepared(row: Int(candidate), in: context)
      if try context.truth(
        GEOSPreparedIntersects_r(context.handle, area, geometry.pointer), "GEOSPreparedIntersects_r")
      {
        met.append(candidate)
      }
    }
    return met
  }

  /// One area; good until the next call.
  mutating func area(
    _ row: Int32, in context: GEOSContext
  ) throws(GeometryError) -> (pointer: OpaquePointer, prepared: OpaquePointer) {
    let prepared = try handles.prepared(row: Int(row), in: context)
    return (try handles.pointer(row: Int(row), in: context), prepared)
  }

  /// Whether no two of some areas share a point: together they are one valid area as they are, which spares uniting
  /// them. Parks are like that, districts are not. Of many areas nobody asks, and they count as touching.
  mutating func areApart(_ rows: [Int32], in context: GEOSContext) throws(GeometryError) -> Bool {
    guard rows.count <= Self.fewAreas else { return false }
    let boxes = rows.map { areas.box(at: Int($0)) }
    for i in rows.indices {
      for j in rows.indices[(i + 1)...] where boxes[i].intersects(boxes[j]) {
        // Of its own: another handle may go when the next is made.
        let other = try context.geometry(areas, row: Int(rows[j]))
        let prepared = try handles.prepared(row: Int(rows[i]), in: context)
        if try context.truth(
          GEOSPreparedIntersects_r(context.handle, prepared, other.pointer), "GEOSPreparedIntersects_r")
        {
          return false
        }
      }
    }
    return true
  }

  /// Areas apart from each other as one geometry.
  mutating func together(_ rows: [Int32], in context: GEOSContext) throws(GeometryError) -> OwnedGeometry {
    let handle = context.handle
    var polygons = GeometryStack(in: handle)
    for row in rows {
      let area = try handles.pointer(row: Int(row), in: context)
      for number in 0..<max(0, GEOSGetNumGeometries_r(handle, area)) {
        guard let part = GEOSGetGeometryN_r(handle, area, number) else { continue }
        polygons.push(try context.owned(GEOSGeom_clone_r(handle, part), "GEOSGeom_clone_r"))
      }
    }
    return try context.collection(&polygons, GEOS_MULTIPOLYGON)
  }

  /// The union of some areas around a row.
  ///
  /// Uniting long outlines of which the row sees little would be most of the work, so areas are cut to the surroundings
  /// of the row first: less than half the time where areas tile the plane. The cuts lie beyond the row and leave it as
  /// it is.
  ///
  /// - Parameter box: of the row.
  mutating func united(
    _ rows: [Int32], around box: Box, in context: GEOSContext
  ) throws(GeometryError) -> OwnedGeometry {
    var parts = GeometryStack(in: context.handle)
    for row in rows { parts.push(try surroundings(of: box, in: row, context)) }
    let collection = try context.collection(&parts, GEOS_GEOMETRYCOLLECTION)
    return try context.owned(GEOSUnaryUnion_r(context.handle, collection.pointer), "GEOSUnaryUnion_r")
  }

  /// The part of an area in a box and an eighth of its size around it (`GEOSClipByRect_r`), or all of the area where
  /// GEOS gives nothing valid.
  private mutating func surroundings(
    of box: Box, in row: Int32, _ context: GEOSContext
  ) throws(GeometryError) -> OwnedGeometry {
    let handle = context.handle
    let area = try handles.pointer(row: Int(row), in: context)
    let margin = max(box.width, box.height) / 8
    if margin > 0,
      let clipped = GEOSClipByRect_r(
        handle, area, box.minX - margin, box.minY - margin, box.maxX + margin, box.maxY + margin)
    {
      let part = OwnedGeometry(clipped, in: handle)
      if GEOSisEmpty_r(handle, part.pointer) == 0, GEOSisValid_r(handle, part.pointer) == 1 { return part }
    }
    return try context.owned(GEOSGeom_clone_r(handle, area), "GEOSGeom_clone_r")
  }
}
