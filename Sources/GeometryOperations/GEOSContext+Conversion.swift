import CGEOS
import GeometryKernel

/// Which parts of a result stay.
///
/// The intersection of two areas may hold lines and points where they only touch; a planner who clips areas wants none.
public enum KeptParts: Sendable {
  case all
  case point
  case line
  case area
  /// The parts of the highest dimension that the (left) input row has.
  case sameAsInput

  /// The one dimension that stays; `nil` when all do.
  func dimension(forRow row: Int, of geometry: GeometryArray) -> PartDimension? {
    switch self {
    case .all: nil
    case .point: .point
    case .line: .line
    case .area: .area
    case .sameAsInput: geometry.highestDimension(at: row)
    }
  }
}

extension GeometryArray {
  /// The highest dimension of a row's parts; of the kind when the row is empty.
  func highestDimension(at row: Int) -> PartDimension? {
    parts(at: row).lazy.map { dimension(ofPart: $0) }.max() ?? kind(at: row).partDimension
  }
}

// MARK: - Into GEOS

extension GEOSContext {
  /// A row as a GEOS geometry. Coordinates are copied a ring at a time.
  ///
  /// - Throws: `GeometryError.invalid` for what GEOS cannot hold, see `GeometryArray.structuralDefect`.
  func geometry(_ array: GeometryArray, row: Int) throws(GeometryError) -> OwnedGeometry {
    if let defect = array.structuralDefect(at: row) { throw .invalid(defect) }
    let parts = array.parts(at: row)
    let kind = array.kind(at: row)
    if parts.count == 1, !kind.isMulti { return try part(array, parts.lowerBound, row: row) }
    if !kind.isMulti { return try empty(kind, row: row) }
    var stack = GeometryStack(in: handle)
    for number in parts { stack.push(try part(array, number, row: row)) }
    return try collection(&stack, kind.geosType, row: row)
  }

  /// A collection that takes the stack's geometries over.
  func collection(
    _ stack: inout GeometryStack, _ type: GEOSGeomTypes, row: Int? = nil
  ) throws(GeometryError) -> OwnedGeometry {
    let handle = handle
    let created = stack.handOver { GEOSGeom_createCollection_r(handle, Int32(type.rawValue), $0, $1) }
    return try owned(created, "GEOSGeom_createCollection_r", row: row)
  }

  private func empty(_ kind: GeometryKind, row: Int) throws(GeometryError) -> OwnedGeometry {
    switch kind {
    case .point: try owned(GEOSGeom_createEmptyPoint_r(handle), "GEOSGeom_createEmptyPoint_r", row: row)
    case .lineString: try owned(GEOSGeom_createEmptyLineString_r(handle), "GEOSGeom_createEmptyLineString_r", row: row)
    case .polygon: try owned(GEOSGeom_createEmptyPolygon_r(handle), "GEOSGeom_createEmptyPolygon_r", row: row)
    default:
      try owned(
        GEOSGeom_createEmptyCollection_r(handle, Int32(kind.geosType.rawValue)), "GEOSGeom_createEmptyCollection_r",
        row: row)
    }
  }

  private func part(_ array: GeometryArray, _ part: Int, row: Int) throws(GeometryError) -> OwnedGeometry {
    let rings = array.rings(ofPart: part)
    switch array.dimension(ofPart: part) {
    case .point:
      let i = array.coordinates(ofRing: rings.lowerBound).lowerBound
      return try owned(
        GEOSGeom_createPointFromXY_r(handle, array.xs[i], array.ys[i]), "GEOSGeom_createPointFromXY_r", row: row)
    case .line:
      let sequence = try sequence(array, array.coordinates(ofRing: rings.lowerBound), row: row)
      return try owned(GEOSGeom_createLineString_r(handle, sequence), "GEOSGeom_createLineString_r", row: row)
    case .area:
      let shell = try ring(array, rings.lowerBound, row: row)
      var holes = GeometryStack(in: handle)
      for hole in rings.dropFirst() { holes.push(try ring(array, hole, row: row)) }
      let outer = shell.release()
      let handle = handle
      let created = holes.handOver { GEOSGeom_createPolygon_r(handle, outer, $0, $1) }
      return try owned(created, "GEOSGeom_createPolygon_r", row: row)
    }
  }

  private func ring(_ array: GeometryArray, _ ring: Int, row: Int) throws(GeometryError) -> OwnedGeometry {
    let sequence = try sequence(array, array.coordinates(ofRing: ring), row: row)
    return try owned(GEOSGeom_createLinearRing_r(handle, sequence), "GEOSGeom_createLinearRing_r", row: row)
  }

  /// A sequence that the next `GEOSGeom_create…_r` takes over, even when it fails.
  private func sequence(_ array: GeometryArray, _ run: Range<Int>, row: Int) throws(GeometryError) -> OpaquePointer {
    let sequence = array.xs.withUnsafeBufferPointer { xs in
      array.ys.withUnsafeBufferPointer { ys in
        GEOSCoordSeq_copyFromArrays_r(
          handle, UnsafeBufferPointer(rebasing: xs[run]).baseAddress,
          UnsafeBufferPointer(rebasing: ys[run]).baseAddress, nil, nil, UInt32(run.count))
      }
    }
    guard let sequence else { throw failure("GEOSCoordSeq_copyFromArrays_r", row: row) }
    return sequence
  }
}

extension GeometryKind {
  fileprivate var geosType: GEOSGeomTypes {
    switch self {
    case .point: GEOS_POINT
    case .lineString: GEOS_LINESTRING
    case .polygon: GEOS_POLYGON
    case .multiPoint: GEOS_MULTIPOINT
    case .multiLineString: GEOS_MULTILINESTRING
    case .multiPolygon: GEOS_MULTIPOLYGON
    case .null, .collection: GEOS_GEOMETRYCOLLECTION
    }
  }
}

// MARK: - Out of GEOS

extension GEOSContext {
  /// Appends a result as one row; nested collections are flattened, a collection of one part becomes that part.
  func append(
    _ geometry: borrowing OwnedGeometry, to builder: inout GeometryArrayBuilder, keeping kept: PartDimension? = nil,
    row: Int? = nil
  ) throws(GeometryError) {
    var parts: [(pointer: OpaquePointer, dimension: PartDimension)] = []
    try collect(geometry.pointer, into: &parts, row: row)
    if let kept { parts.removeAll { $0.dimension != kept } }
    let dimension = parts.first?.dimension ?? kept
    let isMixed = parts.contains { $0.dimension != dimension }
    let kind = isMixed ? .collection : GeometryKind(dimension, isMulti: parts.count > 1)
    builder.beginRow(kind ?? .collection)
    for part in parts { try appendPart(part.pointer, part.dimension, to: &builder, row: row) }
    builder.endRow()
  }

  private func collect(
    _ geometry: OpaquePointer, into parts: inout [(pointer: OpaquePointer, dimension: PartDimension)], row: Int?
  ) throws(GeometryError) {
    if try truth(GEOSisEmpty_r(handle, geometry), "GEOSisEmpty_r", row: row) { return }
    switch GEOSGeomTypes(UInt32(bitPattern: GEOSGeomTypeId_r(handle, geometry))) {
    case GEOS_POINT: parts.append((geometry, .point))
    case GEOS_LINESTRING, GEOS_LINEARRING: parts.append((geometry, .line))
    case GEOS_POLYGON: parts.append((geometry, .area))
    default:
      for i in 0..<(try count(GEOSGetNumGeometries_r(handle, geometry), "GEOSGetNumGeometries_r", row: row)) {
        guard let member = GEOSGetGeometryN_r(handle, geometry, Int32(i)) else {
          throw failure("GEOSGetGeometryN_r", row: row)
        }
        try collect(member, into: &parts, row: row)
      }
    }
  }

  private func appendPart(
    _ part: OpaquePointer, _ dimension: PartDimension, to builder: inout GeometryArrayBuilder, row: Int?
  ) throws(GeometryError) {
    builder.beginPart(dimension)
    guard dimension == .area else { return try appendRing(part, to: &builder, row: row) }
    guard let shell = GEOSGetExteriorRing_r(handle, part) else { throw failure("GEOSGetExteriorRing_r", row: row) }
    try appendRing(shell, to: &builder, row: row)
    for i in 0..<(try count(GEOSGetNumInteriorRings_r(handle, part), "GEOSGetNumInteriorRings_r", row: row)) {
      guard let hole = GEOSGetInteriorRingN_r(handle, part, Int32(i)) else {
        throw failure("GEOSGetInteriorRingN_r", row: row)
      }
      try appendRing(hole, to: &builder, row: row)
    }
  }

  private func appendRing(
    _ ring: OpaquePointer, to builder: inout GeometryArrayBuilder, row: Int?
  ) throws(GeometryError) {
    guard let sequence = GEOSGeom_getCoordSeq_r(handle, ring) else { throw failure("GEOSGeom_getCoordSeq_r", row: row) }
    var size: UInt32 = 0
    try succeeded(GEOSCoordSeq_getSize_r(handle, sequence, &size), "GEOSCoordSeq_getSize_r", row: row)
    let copied = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Int(size)) { scratch in
      guard let xs = scratch.baseAddress else { return Int32(0) }
      let ys = xs + Int(size)
      let copied = GEOSCoordSeq_copyToArrays_r(handle, sequence, xs, ys, nil, nil)
      if copied != 0 {
        builder.addRing(
          copying: UnsafeBufferPointer(start: xs, count: Int(size)), UnsafeBufferPointer(start: ys, count: Int(size)))
      }
      return copied
    }
    try succeeded(copied, "GEOSCoordSeq_copyToArrays_r", row: row)
  }
}

extension GeometryKind {
  fileprivate init?(_ dimension: PartDimension?, isMulti: Bool) {
    switch dimension {
    case .point: self = isMulti ? .multiPoint : .point
    case .line: self = isMulti ? .multiLineString : .lineString
    case .area: self = isMulti ? .multiPolygon : .polygon
    case nil: return nil
    }
  }
}
