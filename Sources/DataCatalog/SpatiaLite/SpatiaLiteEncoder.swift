import GeometryKernel

/// Writes rows of geometries as SpatiaLite keeps them, without an object or an allocation a feature.
///
/// The format (SpatiaLite wiki, "BLOB-Geometry"): `00`, byte order `01`, SRID, the box as four doubles, `7C`, the type
/// code, the data, `FE`. Parts of multiple types are marked by `69` and carry their own type code.
///
/// An empty geometry keeps its kind: a point with NaN coordinates, or a count of 0 (of vertices, rings or parts), and
/// a box of NaN that no search finds. GDAL and QGIS read these as `POINT EMPTY`, `POLYGON EMPTY` …; a null row is SQL
/// NULL. SpatiaLite's `ST_IsEmpty` says 1 for empty areas and multiple types but 0 for an empty point or line.
final class SpatiaLiteEncoder {
  private let geometry: GeometryArray
  private let srid: Int32
  private var buffer: UnsafeMutableRawBufferPointer
  private var end = 0
  /// The coordinates where every row is a point or null; those rows differ in nothing else.
  private let points: (xs: [Double], ys: [Double])?

  init(_ geometry: GeometryArray, srid: Int32) {
    self.geometry = geometry
    self.srid = srid
    buffer = .allocate(byteCount: 1024, alignment: 8)
    points = geometry.isPointsLayout ? (geometry.xs, geometry.ys) : nil
  }

  private func encode(row: Int, of points: (xs: [Double], ys: [Double])) -> UnsafeRawBufferPointer? {
    let (x, y) = (points.xs[row].bitPattern, points.ys[row].bitPattern)
    if points.xs[row].isNaN || points.ys[row].isNaN { return nil }
    end = 0
    put(UInt16(0x0100))
    put(srid)
    for _ in 0..<2 {
      put(x)
      put(y)
    }
    put(UInt8(0x7C))
    put(Int32(GeometryKind.point.rawValue))
    put(x)
    put(y)
    put(UInt8(0xFE))
    return UnsafeRawBufferPointer(rebasing: buffer[..<end])
  }

  deinit { buffer.deallocate() }

  /// The bytes of a row, which hold until the next call; `nil` for a null row. O(vertices).
  func encode(row: Int) -> UnsafeRawBufferPointer? {
    if let points { return encode(row: row, of: points) }
    let kind = geometry.kind(at: row)
    guard kind != .null else { return nil }
    reserve(row)
    end = 0
    put(UInt16(0x0100))
    put(srid)
    putBox(row)
    put(UInt8(0x7C))
    put(Int32(kind.rawValue))
    putData(kind, geometry.parts(at: row))
    put(UInt8(0xFE))
    return UnsafeRawBufferPointer(rebasing: buffer[..<end])
  }

  /// Makes room for a row: 44 bytes around it, 5 to mark a part, 4 a count, 16 a vertex.
  private func reserve(_ row: Int) {
    var size = 44 + 16 + 4
    for part in geometry.parts(at: row) {
      size += 9
      for ring in geometry.rings(ofPart: part) { size += 4 + 16 * geometry.coordinates(ofRing: ring).count }
    }
    guard size > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(byteCount: max(size, 2 * buffer.count), alignment: 8)
  }

  private func putBox(_ row: Int) {
    let box = geometry.box(at: row)
    if box.isEmpty {
      for _ in 0..<4 { put(Double.nan.bitPattern) }
    } else {
      put(box.minX.bitPattern)
      put(box.minY.bitPattern)
      put(box.maxX.bitPattern)
      put(box.maxY.bitPattern)
    }
  }

  private func putData(_ kind: GeometryKind, _ parts: Range<Int>) {
    switch kind {
    case .null: break
    case .point:
      if let part = parts.first {
        putPart(part, .point)
      } else {
        for _ in 0..<2 { put(Double.nan.bitPattern) }
      }
    case .lineString, .polygon:
      if let part = parts.first { putPart(part, geometry.dimension(ofPart: part)) } else { put(Int32(0)) }
    case .multiPoint, .multiLineString, .multiPolygon, .collection:
      put(Int32(parts.count))
      for part in parts {
        let dimension = geometry.dimension(ofPart: part)
        put(UInt8(0x69))
        put(Int32(dimension.kind.rawValue))
        putPart(part, dimension)
      }
    }
  }

  private func putPart(_ part: Int, _ dimension: PartDimension) {
    let rings = geometry.rings(ofPart: part)
    switch dimension {
    case .point:
      putVertices(geometry.coordinates(ofRing: rings.lowerBound).prefix(1))
    case .line:
      let run = geometry.coordinates(ofRing: rings.lowerBound)
      put(Int32(run.count))
      putVertices(run)
    case .area:
      put(Int32(rings.count))
      for ring in rings {
        let run = geometry.coordinates(ofRing: ring)
        put(Int32(run.count))
        putVertices(run)
      }
    }
  }

  private func putVertices(_ run: Range<Int>) {
    let target = buffer
    var at = end
    geometry.xs.withUnsafeBufferPointer { xs in
      geometry.ys.withUnsafeBufferPointer { ys in
        for i in run {
          target.storeBytes(of: xs[i].bitPattern.littleEndian, toByteOffset: at, as: UInt64.self)
          target.storeBytes(of: ys[i].bitPattern.littleEndian, toByteOffset: at + 8, as: UInt64.self)
          at += 16
        }
      }
    }
    end = at
  }

  private func put<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
    buffer.storeBytes(of: value.littleEndian, toByteOffset: end, as: Value.self)
    end += MemoryLayout<Value>.size
  }
}
