import GeometryKernel
import Testing

@Suite struct WellKnownBinaryTests {
  /// Well-known binary written by hand, in either byte order, with further ordinates and PostGIS's flags.
  struct Writer {
    var isBigEndian = false
    var bytes: [UInt8] = []

    mutating func write<Value: FixedWidthInteger>(_ value: Value) {
      withUnsafeBytes(of: isBigEndian ? value.bigEndian : value.littleEndian) { bytes += $0 }
    }

    mutating func header(_ code: UInt32) {
      bytes.append(isBigEndian ? 0 : 1)
      write(code)
    }

    mutating func numbers(_ values: Double...) {
      for value in values { write(value.bitPattern) }
    }

    /// A polygon of one ring, `extra` numbers after x and y.
    mutating func polygon(_ code: UInt32, _ ring: [Position], extra: Int, srid: UInt32? = nil) {
      header(code)
      if let srid { write(srid) }
      write(UInt32(1))
      write(UInt32(ring.count))
      for position in ring {
        numbers(position.x, position.y)
        for _ in 0..<extra { numbers(-99) }
      }
    }
  }

  private func read(_ bytes: [UInt8]) throws -> GeometryArray {
    var builder = GeometryArrayBuilder()
    try bytes.withUnsafeBytes { try builder.append(wkb: $0) }
    return builder.finish()
  }

  @Test func roundTrip() throws {
    let rows = oneOfEach()
    var builder = GeometryArrayBuilder()
    for row in 0..<rows.count {
      var bytes: [UInt8] = []
      rows.appendWKB(at: row, to: &bytes)
      if rows.isNull(at: row) {
        #expect(bytes.isEmpty)
        builder.appendNull()
      } else {
        try bytes.withUnsafeBytes { try builder.append(wkb: $0) }
      }
    }
    #expect(builder.finish().outline == rows.outline)
  }

  @Test(arguments: [false, true])
  func ordinatesAndFlags(isBigEndian: Bool) throws {
    var plain = Writer(isBigEndian: isBigEndian)
    plain.polygon(3, square(1, 2, 3), extra: 0)
    let expected = try read(plain.bytes).outline
    #expect(expected == ["polygon[\"area[\\\"1.0 2.0,4.0 2.0,4.0 5.0,1.0 5.0,1.0 2.0\\\"]\"]"])
    let codes: [(code: UInt32, extra: Int, srid: UInt32?)] = [
      (1003, 1, nil), (2003, 1, nil), (3003, 2, nil), (0x8000_0003, 1, nil), (0x4000_0003, 1, nil),
      (0xC000_0003, 2, nil), (0x2000_0003, 0, 4548), (0xE000_0003, 2, 4326),
    ]
    for (code, extra, srid) in codes {
      var writer = Writer(isBigEndian: isBigEndian)
      writer.polygon(code, square(1, 2, 3), extra: extra, srid: srid)
      #expect(try read(writer.bytes).outline == expected, "code \(code)")
    }
  }

  @Test func mixedByteOrdersAndNestedCollections() throws {
    var writer = Writer()
    writer.header(7)
    writer.write(UInt32(2))
    writer.isBigEndian = true
    writer.header(1001)
    writer.numbers(1, 2, 3)
    writer.header(7)
    writer.write(UInt32(2))
    writer.isBigEndian = false
    writer.header(2)
    writer.write(UInt32(2))
    writer.numbers(0, 0, 5, 5)
    writer.polygon(3, square(0, 0, 1), extra: 0)
    #expect(
      try read(writer.bytes).wkt(at: 0, decimals: 1)
        == "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 5 5), POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0)))")
  }

  @Test func openRingsAreClosedAndEmptyPartsLeftOut() throws {
    var open = Writer()
    open.polygon(3, Array(square(0, 0, 1).dropLast()), extra: 0)
    #expect(try read(open.bytes).wkt(at: 0, decimals: 1) == "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))")
    var hollow = Writer()
    hollow.polygon(3, [], extra: 0)
    #expect(try read(hollow.bytes).wkt(at: 0, decimals: 1) == "POLYGON EMPTY")
    var points = Writer()
    points.header(4)
    points.write(UInt32(2))
    points.header(1)
    points.numbers(.nan, .nan)
    points.header(1)
    points.numbers(3, 4)
    #expect(try read(points.bytes).wkt(at: 0, decimals: 1) == "MULTIPOINT ((3 4))")
  }

  /// Each row cut at each byte is an error and leaves the builder as it was.
  @Test func truncatedAnywhere() throws {
    let rows = oneOfEach()
    var builder = GeometryArrayBuilder()
    builder.appendPoint(x: 1, y: 2)
    builder.appendNull()
    for row in 0..<rows.count where !rows.isNull(at: row) {
      var bytes: [UInt8] = []
      rows.appendWKB(at: row, to: &bytes)
      for length in 0..<bytes.count {
        #expect(throws: WKBError.self, "row \(row), \(length) bytes") {
          try bytes[..<length].withUnsafeBytes { try builder.append(wkb: $0) }
        }
      }
    }
    builder.appendPoint(x: 3, y: 4)
    let kept = builder.finish()
    #expect(kept.isPointsLayout)
    #expect(kept.outline == GeometryArray(pointsX: [1, .nan, 3], y: [2, .nan, 4]).outline)
  }

  @Test func wrongTypes() {
    for code: UInt32 in [0, 8, 10, 15, 17, 1000, 4003, 1_000_003] {
      var writer = Writer()
      writer.polygon(code, square(0, 0, 1), extra: 2)
      #expect(throws: WKBError.unknownType(code: code, atByte: 0), "code \(code)") { try read(writer.bytes) }
    }
    var multi = Writer()
    multi.header(4)
    multi.write(UInt32(1))
    multi.polygon(3, square(0, 0, 1), extra: 0)
    #expect(throws: WKBError.unknownType(code: 3, atByte: 9)) { try read(multi.bytes) }
    // A count that the bytes cannot hold is not believed.
    var line = Writer()
    line.header(2)
    line.write(UInt32.max)
    line.numbers(1, 2)
    #expect(throws: WKBError.truncated(atByte: 25)) { try read(line.bytes) }
    // Collections within collections without end.
    var deep = Writer()
    for _ in 0..<100 {
      deep.header(7)
      deep.write(UInt32(1))
    }
    #expect(throws: WKBError.self) { try read(deep.bytes) }
  }
}
