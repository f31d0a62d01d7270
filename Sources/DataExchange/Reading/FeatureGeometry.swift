import CGDAL
import GeometryKernel

/// The geometries of a GDAL layer, collected into one array as its features go by.
struct FeatureGeometry {
  private var builder: GeometryArrayBuilder
  /// Holds the well-known binary of one geometry at a time.
  private var buffer: [UInt8] = []

  /// What was lost on the way.
  private(set) var losses = GeometryLosses()
  /// Rows whose coordinates are no numbers, or whose geometry GDAL cannot express; ascending.
  private(set) var unreadable: [UnreadableRow] = []

  init(reservingRows rows: Int) { builder = GeometryArrayBuilder(reservingRows: rows) }

  mutating func finish() -> GeometryArray { builder.finish() }

  /// What was lost on the way.
  var notes: [String] { losses.notes }

  /// Appends a geometry, flat and of straight segments; it may be changed, and stays its owner's.
  mutating func append(_ geometry: OGRGeometryH?) {
    guard let geometry else { return builder.appendNull() }
    let is3D = OGR_G_Is3D(geometry) != 0
    let isMeasured = OGR_G_IsMeasured(geometry) != 0
    if is3D, Self.hasHeight(geometry) { losses.withZ += 1 }
    if isMeasured { losses.withM += 1 }
    let type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))
    if type == wkbPoint { return appendPoint(geometry) }
    if is3D || isMeasured { OGR_G_FlattenTo2D(geometry) }
    if type.rawValue <= wkbMultiPolygon.rawValue { return appendBinary(geometry) }
    if type == wkbGeometryCollection && OGR_G_HasCurveGeometry(geometry, 1) == 0 { return appendBinary(geometry) }
    let simple: OGRGeometryH?
    if type == wkbPolyhedralSurface || type == wkbTIN || type == wkbTriangle {
      losses.surfaces += 1
      simple = OGR_G_ForceToMultiPolygon(OGR_G_Clone(geometry))
    } else {
      losses.curved += 1
      simple = OGR_G_GetLinearGeometry(geometry, 0, nil)
    }
    defer { OGR_G_DestroyGeometry(simple) }
    if let simple {
      appendBinary(simple)
    } else {
      appendUnreadable(geometry, "its shape is of a kind that cannot be drawn flat")
    }
  }

  /// Drawings are in three dimensions and mostly at height 0.
  private static func hasHeight(_ geometry: OGRGeometryH) -> Bool {
    var box = OGREnvelope3D()
    OGR_G_GetEnvelope3D(geometry, &box)
    return box.MinZ != 0 || box.MaxZ != 0
  }

  /// Appends well-known binary as GDAL writes it.
  mutating func append(wkb bytes: UnsafeRawBufferPointer) {
    // Nearly all points: 01, the type as 01 00 00 00, x, y.
    if bytes.count == 21, bytes[0] == 1, bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self).littleEndian == 1 {
      let x = bytes.loadUnaligned(fromByteOffset: 5, as: Double.self)
      let y = bytes.loadUnaligned(fromByteOffset: 13, as: Double.self)
      if x.isFinite && y.isFinite { return builder.appendPoint(x: x, y: y) }
    }
    var geometry: OGRGeometryH?
    guard OGR_G_CreateFromWkb(bytes.baseAddress, nil, &geometry, Int32(bytes.count)) == OGRERR_NONE else {
      return appendUnreadable(nil, "its shape is no well-known binary")
    }
    append(geometry)
    OGR_G_DestroyGeometry(geometry)
  }

  private mutating func appendPoint(_ point: OGRGeometryH) {
    if OGR_G_IsEmpty(point) != 0 {
      builder.beginRow(.point)
      builder.endRow()
      return
    }
    let x = OGR_G_GetX(point, 0)
    let y = OGR_G_GetY(point, 0)
    if x.isFinite && y.isFinite { builder.appendPoint(x: x, y: y) } else { appendUnreadable(point, Self.noNumbers) }
  }

  private mutating func appendBinary(_ geometry: OGRGeometryH) {
    let size = Int(OGR_G_WkbSize(geometry))
    if buffer.count < size { buffer = [UInt8](repeating: 0, count: size * 2) }
    let done = buffer.withUnsafeMutableBytes { bytes -> Bool in
      guard OGR_G_ExportToWkb(geometry, wkbNDR, bytes.baseAddress) == OGRERR_NONE else { return false }
      return (try? builder.append(wkb: UnsafeRawBufferPointer(rebasing: bytes[..<size]))) != nil
    }
    if !done { appendUnreadable(geometry, Self.noNumbers) }
  }

  private static let noNumbers = "coordinates that are no numbers"

  private mutating func appendUnreadable(_ geometry: OGRGeometryH?, _ reason: String) {
    var text: UnsafeMutablePointer<CChar>?
    if let geometry { OGR_G_ExportToWkt(geometry, &text) }
    defer { VSIFree(text) }
    unreadable.append(
      UnreadableRow(row: builder.count, reason: reason, original: text.map { String(cString: $0) } ?? ""))
    builder.appendNull()
  }
}
