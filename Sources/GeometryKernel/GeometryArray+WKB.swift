/// What is wrong with a run of well-known binary.
public enum WKBError: Error, Equatable, Sendable {
  case truncated(atByte: Int)
  case unknownType(code: UInt32, atByte: Int)
}

/// Well-known binary (ISO 19125-1, OGC 06-103r4 clause 8), little-endian out, both orders in.
///
/// Z and M are read past and dropped, in ISO codes (1001, 2001, 3001 …) and in PostGIS's high bits. Collections within
/// collections become one, empty parts are left out, rings that are not closed are closed.
extension GeometryArrayBuilder {
  /// Appends one row. O(bytes).
  ///
  /// - Throws: `WKBError` when the bytes end early or name a type without flat coordinates; the builder then holds
  ///   what it held before.
  public mutating func append(wkb bytes: UnsafeRawBufferPointer) throws(WKBError) {
    var reader = WKBReader(bytes: bytes)
    let header = try reader.readHeader()
    if header.kind == .point {
      let (x, y) = try reader.readPosition(header)
      return appendPoint(x: x, y: y)
    }
    let mark = markRow()
    do {
      beginRow(header.kind)
      try reader.readParts(header, into: &self)
      endRow()
    } catch {
      goBack(to: mark)
      throw error
    }
  }
}

private struct WKBReader {
  let bytes: UnsafeRawBufferPointer
  var offset = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  struct Header {
    var kind: GeometryKind
    var swapped: Bool
    var ordinates: Int
  }

  mutating func readHeader() throws(WKBError) -> Header {
    guard offset + 5 <= bytes.count else { throw .truncated(atByte: offset) }
    let start = offset
    let swapped = bytes[offset] == 0
    offset += 1
    let code = try readUInt32(swapped: swapped)
    let base = (code & 0x0FFF_FFFF) % 1000
    let iso = (code & 0x0FFF_FFFF) / 1000
    let z = code & 0x8000_0000 != 0 || iso == 1 || iso == 3
    let m = code & 0x4000_0000 != 0 || iso == 2 || iso == 3
    if code & 0x2000_0000 != 0 { offset += 4 }  // PostGIS: an SRID follows
    guard iso <= 3, base > 0, base <= 7, let kind = GeometryKind(rawValue: UInt8(base)) else {
      throw .unknownType(code: code, atByte: start)
    }
    return Header(kind: kind, swapped: swapped, ordinates: 2 + (z ? 1 : 0) + (m ? 1 : 0))
  }

  mutating func readUInt32(swapped: Bool) throws(WKBError) -> UInt32 {
    guard offset + 4 <= bytes.count else { throw .truncated(atByte: offset) }
    defer { offset += 4 }
    let raw = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    return swapped ? raw.byteSwapped : raw
  }

  func double(at byte: Int, swapped: Bool) -> Double {
    let raw = bytes.loadUnaligned(fromByteOffset: byte, as: UInt64.self)
    return Double(bitPattern: swapped ? raw.byteSwapped : raw)
  }

  /// A count that the remaining bytes can hold, `size` bytes each.
  mutating func readCount(swapped: Bool, elementSize size: Int) throws(WKBError) -> Int {
    let count = Int(try readUInt32(swapped: swapped))
    guard count <= (bytes.count - offset) / size else { throw .truncated(atByte: bytes.count) }
    return count
  }

  mutating func readParts(_ header: Header, into builder: inout GeometryArrayBuilder, depth: Int = 0) throws(WKBError) {
    switch header.kind {
    case .null: break
    case .point:
      let (x, y) = try readPosition(header)
      guard !x.isNaN, !y.isNaN else { return }
      builder.beginPart(.point)
      builder.beginRing()
      builder.addCoordinate(x: x, y: y)
    case .lineString:
      let count = try readCount(swapped: header.swapped, elementSize: 8 * header.ordinates)
      guard count > 0 else { return }
      builder.beginPart(.line)
      readRing(count, header, into: &builder)
    case .polygon:
      let rings = try readCount(swapped: header.swapped, elementSize: 4)
      var hasShell = false
      for ring in 0..<rings {
        let count = try readCount(swapped: header.swapped, elementSize: 8 * header.ordinates)
        if ring == 0, count > 0 {
          hasShell = true
          builder.beginPart(.area)
        }
        // Without a shell there is nothing to cut holes from.
        if hasShell, count > 0 {
          readRing(count, header, into: &builder)
          builder.closeRing()
        } else {
          offset += count * 8 * header.ordinates
        }
      }
    case .multiPoint, .multiLineString, .multiPolygon, .collection:
      guard depth < 32 else { throw .unknownType(code: 7, atByte: offset) }
      let parts = try readCount(swapped: header.swapped, elementSize: 5)
      for _ in 0..<parts {
        let start = offset
        let part = try readHeader()
        guard header.kind == .collection || part.kind.partDimension == header.kind.partDimension,
          !part.kind.isMulti || header.kind == .collection
        else { throw .unknownType(code: UInt32(part.kind.rawValue), atByte: start) }
        try readParts(part, into: &builder, depth: depth + 1)
      }
    }
  }

  mutating func readPosition(_ header: Header) throws(WKBError) -> (Double, Double) {
    guard offset + 8 * header.ordinates <= bytes.count else { throw .truncated(atByte: offset) }
    defer { offset += 8 * header.ordinates }
    return (double(at: offset, swapped: header.swapped), double(at: offset + 8, swapped: header.swapped))
  }

  mutating func readRing(_ count: Int, _ header: Header, into builder: inout GeometryArrayBuilder) {
    builder.beginRing()
    let stride = 8 * header.ordinates
    for _ in 0..<count {
      builder.addCoordinate(
        x: double(at: offset, swapped: header.swapped), y: double(at: offset + 8, swapped: header.swapped))
      offset += stride
    }
  }
}

extension GeometryArray {
  /// Appends a row as little-endian WKB; nothing for a null row. O(vertices).
  public func appendWKB(at row: Int, to bytes: inout [UInt8]) {
    let kind = kind(at: row)
    guard kind != .null else { return }
    let parts = parts(at: row)
    writeHeader(kind, to: &bytes)
    switch kind {
    case .null: break
    case .point:
      if let part = parts.first {
        writePosition(coordinates(ofRing: rings(ofPart: part).lowerBound).lowerBound, to: &bytes)
      } else {
        for _ in 0..<2 { write(Double.nan.bitPattern, to: &bytes) }
      }
    case .lineString, .polygon:
      if let part = parts.first { writePart(part, to: &bytes) } else { write(UInt32(0), to: &bytes) }
    case .multiPoint, .multiLineString, .multiPolygon, .collection:
      write(UInt32(parts.count), to: &bytes)
      for part in parts {
        writeHeader(dimension(ofPart: part).kind, to: &bytes)
        writePart(part, to: &bytes)
      }
    }
  }

  private func writePart(_ part: Int, to bytes: inout [UInt8]) {
    let rings = rings(ofPart: part)
    switch dimension(ofPart: part) {
    case .point: writePosition(coordinates(ofRing: rings.lowerBound).lowerBound, to: &bytes)
    case .line: writeRing(rings.lowerBound, to: &bytes)
    case .area:
      write(UInt32(rings.count), to: &bytes)
      for ring in rings { writeRing(ring, to: &bytes) }
    }
  }

  private func writeRing(_ ring: Int, to bytes: inout [UInt8]) {
    let run = coordinates(ofRing: ring)
    write(UInt32(run.count), to: &bytes)
    for i in run { writePosition(i, to: &bytes) }
  }

  private func writePosition(_ i: Int, to bytes: inout [UInt8]) {
    write(xs[i].bitPattern, to: &bytes)
    write(ys[i].bitPattern, to: &bytes)
  }

  private func writeHeader(_ kind: GeometryKind, to bytes: inout [UInt8]) {
    bytes.append(1)
    write(UInt32(kind.rawValue), to: &bytes)
  }

  private func write<Value: FixedWidthInteger>(_ value: Value, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
