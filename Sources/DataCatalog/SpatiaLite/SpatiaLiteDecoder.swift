import GeometryKernel

/// A blob that is no geometry, or none that ends where it should.
struct MalformedGeometry: Error {}

/// Reads SpatiaLite's geometry blobs into flat buffers.
///
/// Both byte orders, Z and M (dropped), compressed lines and areas (vertices as 32-bit steps from the one before, all
/// but the first and the last) and `TinyPoint` are understood (SpatiaLite wiki, "BLOB-Geometry"; gg_wkb.c).
struct SpatiaLiteDecoder {
  private let bytes: UnsafeRawBufferPointer
  private var offset: Int
  private let swapped: Bool

  /// True for bytes that begin and end as a geometry does.
  static func isGeometry(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 24, bytes[0] == 0, bytes[bytes.count - 1] == 0xFE else { return false }
    return isTinyPoint(bytes) || (bytes.count >= 45 && bytes[1] <= 1 && bytes[38] == 0x7C)
  }

  /// The SRID of bytes that `isGeometry` holds for.
  static func srid(_ bytes: UnsafeRawBufferPointer) -> Int {
    let raw = bytes.loadUnaligned(fromByteOffset: 2, as: Int32.self)
    return Int(bytes[1] & 1 == 0 ? Int32(bigEndian: raw) : Int32(littleEndian: raw))
  }

  /// Appends one row. O(vertices).
  ///
  /// - Throws: `MalformedGeometry`; the builder then holds an unfinished row and must be thrown away.
  static func append(
    _ bytes: UnsafeRawBufferPointer, to builder: inout GeometryArrayBuilder
  ) throws(MalformedGeometry) {
    guard isGeometry(bytes) else { throw MalformedGeometry() }
    var decoder = SpatiaLiteDecoder(bytes)
    if isTinyPoint(bytes) {
      let (x, y) = try decoder.readVertex(ordinates: 2)
      builder.appendPoint(x: x, y: y)
    } else {
      try decoder.readRow(into: &builder)
    }
  }

  /// The coordinates of a point with nothing but x and y in this machine's byte order, as nearly all points are; `nil`
  /// for everything else, empty points among it.
  static func plainPoint(_ bytes: UnsafeRawBufferPointer) -> (x: Double, y: Double)? {
    guard bytes.count == 60, bytes[0] == 0, bytes[1] == 1, bytes[38] == 0x7C, bytes[59] == 0xFE,
      bytes.loadUnaligned(fromByteOffset: 39, as: UInt32.self).littleEndian == GeometryKind.point.rawValue
    else { return nil }
    let x = Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 43, as: UInt64.self)))
    let y = Double(bitPattern: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 51, as: UInt64.self)))
    return x.isNaN || y.isNaN ? nil : (x, y)
  }

  private static func isTinyPoint(_ bytes: UnsafeRawBufferPointer) -> Bool {
    (bytes[1] == 0x80 || bytes[1] == 0x81) && (1...4).contains(bytes[6])
  }

  private init(_ bytes: UnsafeRawBufferPointer) {
    // Without the end mark, so that nothing reads over it.
    self.bytes = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count - 1)])
    swapped = bytes[1] & 1 == 0
    offset = Self.isTinyPoint(bytes) ? 7 : 39
  }

  private struct Header {
    let kind: GeometryKind
    let ordinates: Int
    let isCompressed: Bool
    /// Bytes of a compressed vertex: 4 each for x, y and z, 8 for m.
    let compressedSize: Int
  }

  private mutating func readHeader() throws(MalformedGeometry) -> Header {
    let code = Int(try readCount32())
    let isCompressed = code >= 1_000_000
    let plain = code % 1_000_000
    let (z, m): (Bool, Bool)
    switch plain / 1000 {
    case 0: (z, m) = (false, false)
    case 1: (z, m) = (true, false)
    case 2: (z, m) = (false, true)
    case 3: (z, m) = (true, true)
    default: throw MalformedGeometry()
    }
    guard code < 2_000_000, let kind = GeometryKind(rawValue: UInt8(truncatingIfNeeded: plain % 1000)),
      plain % 1000 <= 7, kind != .null, !isCompressed || kind == .lineString || kind == .polygon
    else { throw MalformedGeometry() }
    return Header(
      kind: kind, ordinates: 2 + (z ? 1 : 0) + (m ? 1 : 0), isCompressed: isCompressed,
      compressedSize: 8 + (z ? 4 : 0) + (m ? 8 : 0))
  }

  private mutating func readRow(into builder: inout GeometryArrayBuilder) throws(MalformedGeometry) {
    let header = try readHeader()
    if header.kind == .point {
      let (x, y) = try readVertex(ordinates: header.ordinates)
      builder.appendPoint(x: x, y: y)
      return
    }
    builder.beginRow(header.kind)
    if header.kind.isMulti {
      // A part takes at least its mark, its type and one count.
      for _ in 0..<(try readCount(elementSize: 9)) {
        guard offset < bytes.count, bytes[offset] == 0x69 else { throw MalformedGeometry() }
        offset += 1
        let part = try readHeader()
        guard !part.kind.isMulti else { throw MalformedGeometry() }
        try readPart(part, into: &builder)
      }
    } else {
      try readPart(header, into: &builder)
    }
    builder.endRow()
  }

  private mutating func readPart(_ part: Header, into builder: inout GeometryArrayBuilder) throws(MalformedGeometry) {
    switch part.kind {
    case .point:
      let (x, y) = try readVertex(ordinates: part.ordinates)
      guard !x.isNaN, !y.isNaN else { return }
      builder.beginPart(.point)
      builder.beginRing()
      builder.addCoordinate(x: x, y: y)
    case .lineString:
      let count = try readVertexCount(part)
      guard count > 0 else { return }
      builder.beginPart(.line)
      readRing(count, part, into: &builder)
    case .polygon:
      let rings = try readCount(elementSize: 4)
      guard rings > 0 else { return }
      builder.beginPart(.area)
      for _ in 0..<rings { readRing(try readVertexCount(part), part, into: &builder) }
    default: throw MalformedGeometry()
    }
  }

  /// The number of vertices that follow; they are all there.
  private mutating func readVertexCount(_ part: Header) throws(MalformedGeometry) -> Int {
    let whole = 8 * part.ordinates
    guard part.isCompressed else { return try readCount(elementSize: whole) }
    let count = try readCount(elementSize: part.compressedSize)
    let bytesNeeded = min(count, 2) * whole + max(count - 2, 0) * part.compressedSize
    guard bytesNeeded <= bytes.count - offset else { throw MalformedGeometry() }
    return count
  }

  private mutating func readRing(_ count: Int, _ part: Header, into builder: inout GeometryArrayBuilder) {
    builder.beginRing()
    var x = 0.0
    var y = 0.0
    for i in 0..<count {
      if part.isCompressed && i > 0 && i < count - 1 {
        x += Double(float(at: offset))
        y += Double(float(at: offset + 4))
        offset += part.compressedSize
      } else {
        x = double(at: offset)
        y = double(at: offset + 8)
        offset += 8 * part.ordinates
      }
      builder.addCoordinate(x: x, y: y)
    }
  }

  private mutating func readVertex(ordinates: Int) throws(MalformedGeometry) -> (Double, Double) {
    guard offset + 8 * ordinates <= bytes.count else { throw MalformedGeometry() }
    defer { offset += 8 * ordinates }
    return (double(at: offset), double(at: offset + 8))
  }

  private mutating func readCount32() throws(MalformedGeometry) -> UInt32 {
    guard offset + 4 <= bytes.count else { throw MalformedGeometry() }
    defer { offset += 4 }
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return swapped ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
  }

  /// A count that the remaining bytes can hold.
  private mutating func readCount(elementSize size: Int) throws(MalformedGeometry) -> Int {
    let count = Int(try readCount32())
    guard count <= (bytes.count - offset) / size else { throw MalformedGeometry() }
    return count
  }

  private func double(at byte: Int) -> Double {
    let raw = bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self)
    return Double(bitPattern: swapped ? UInt64(bigEndian: raw) : UInt64(littleEndian: raw))
  }

  private func float(at byte: Int) -> Float {
    let raw = bytes.loadUnaligned(fromByteOffset: byte, as: UInt32.self)
    return Float(bitPattern: swapped ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw))
  }
}
