import CGDAL
import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

/// DWG drawings: one that another program wrote (`Fixtures/write_site_drawing.py`), and ones made bit by bit.
@Suite struct DrawingFileTests {
  private static let site = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Fixtures/site.dwg").path

  /// The corner of the drawing of the fixture.
  private let east = 500_000.0
  private let north = 4_070_000.0

  private func read(_ path: String, _ change: (inout ImportOptions) -> Void = { _ in }) throws -> ImportedLayer {
    var options = ImportOptions()
    options.referenceSystem = try .init(parsing: "EPSG:4548")
    change(&options)
    return try FileReader.read(path, options)
  }

  private func read(
    _ drawing: HandmadeDrawing, _ change: (inout ImportOptions) -> Void = { _ in }
  ) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    return try read(try folder.write("made.dwg", drawing.bytes), change)
  }

  /// The coordinates of the rows of a handle, row after row.
  private func places(_ layer: ImportedLayer, _ handle: String) throws -> [[SIMD2<Double>]] {
    let geometry = try #require(layer.table.geometry)
    return layer.values("handle").indices.filter { text(layer.values("handle")[$0]) == handle }.map { row in
      geometry.coordinates(at: row).map { [geometry.xs[$0], geometry.ys[$0]] }
    }
  }

  private func points(_ layer: ImportedLayer) throws -> [SIMD2<Double>] {
    let geometry = try #require(layer.table.geometry)
    return zip(geometry.xs, geometry.ys).map { [$0, $1] }
  }

  private func isNear(_ a: [SIMD2<Double>], _ b: [SIMD2<Double>], within tolerance: Double = 1e-6) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { abs($0.x - $1.x) < tolerance && abs($0.y - $1.y) < tolerance }
  }

  private func text(_ value: Value) -> String? { if case .text(let text) = value { text } else { nil } }

  // MARK: A drawing of another program

  @Test func layersTextsAndHandlesAreColumns() throws {
    let layer = try read(Self.site)
    #expect(layer.table.schema.fields.map(\.name) == ["layer", "linetype", "handle", "text", "geometry"])
    #expect(layer.values("layer").prefix(4).map(text) == ["垃圾投放点", "道路", "道路", "公园"])
    #expect(layer.values("text").compactMap(text) == ["济南起步区", "第一行\n第二行", "一号诊所"])
    #expect(layer.values("handle").prefix(5).map(text) == ["6", "7", "8", "9", "A"])
    #expect(layer.report.kindsText == "Point 5, LineString 17, Polygon 2")
    #expect(layer.hasNote("3 entities of other kinds (RAY 2, HATCH 1) were left out"))
    #expect(layer.hasNote("1 row of print layouts (paper space) were left out"))
    #expect(try FileReader.layerNames(Self.site) == ["entities"])
  }

  @Test func linesAndCurvesAreWhereTheyWereDrawn() throws {
    let layer = try read(Self.site)
    #expect(isNear(try places(layer, "6")[0], [[east, north]]))
    #expect(isNear(try places(layer, "7")[0], [[east, north], [east + 100, north + 50]]))
    // A quarter of a circle of 50 m between the east and the north, which GDAL draws backwards.
    let arc = try places(layer, "8")[0]
    #expect(isNear([arc[0], arc[arc.count - 1]], [[east, north + 550], [east + 50, north + 500]]))
    #expect(arc.allSatisfy { abs(hypot($0.x - east, $0.y - north - 500) - 50) < 1e-6 })
    let circle = try places(layer, "9")[0]
    #expect(circle.first == circle.last)
    #expect(circle.allSatisfy { abs(hypot($0.x - east - 300, $0.y - north) - 20) < 1e-6 })
    // x²/40² + y²/20² = 1
    #expect(
      try places(layer, "A")[0].allSatisfy {
        abs(pow(($0.x - east - 600) / 40, 2) + pow(($0.y - north) / 20, 2) - 1) < 1e-6
      })
    // The second side bulges by a half circle of 50 m round (200, 50), outwards.
    let park = try places(layer, "B")[0]
    #expect(park.first == park.last && park[1] == [east + 200, north])
    #expect(abs((park.map(\.x).max() ?? 0) - east - 250) < 0.1)
    #expect(
      isNear(try places(layer, "C")[0], [[east, north + 200], [east + 50, north + 250], [east + 100, north + 200]]))
    #expect(
      isNear(
        try places(layer, "D")[0],
        [[east, north + 900], [east + 10, north + 900], [east + 10, north + 910], [east, north + 900]]))
    #expect(
      isNear(try places(layer, "E")[0], [[east, north + 950], [east + 10, north + 950], [east + 20, north + 960]]))
    #expect(isNear(try places(layer, "F")[0], [[east, north + 300]]))
    // Corners of a SOLID cross over: 1, 2, 4, 3.
    let square: [SIMD2<Double>] = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    #expect(isNear(try places(layer, "13")[0], square.map { $0 + [east, north + 400] }))
    #expect(isNear(try places(layer, "14")[0], square.map { $0 + [east, north + 420] }))
  }

  /// Four control points make a Bézier curve, which is at (b1 + 4 b2 + …) / 8 in its middle.
  @Test func splinesFollowTheirControlPoints() throws {
    let spline = try places(try read(Self.site) { $0.curveTolerance = 0.001 }, "11")[0]
    #expect(isNear([spline[0], spline[spline.count - 1]], [[east, north + 700], [east + 90, north + 750]]))
    let middle = SIMD2(east + (3 * 30 + 3 * 60 + 90) / 8, north + 700 + (3 * 50 + 50) / 8)
    #expect(spline.contains { abs($0.x - middle.x) < 0.5 && abs($0.y - middle.y) < 0.5 })
  }

  /// Through (0, 0), (50, 50), (100, 0) without bend at its ends: the slope is level in the middle, so that each half is
  /// y = 50 (3 u − u³) / 2 over u = x / 50, by symmetry.
  @Test func splinesGoThroughTheirFitPoints() throws {
    let spline = try places(try read(Self.site) { $0.curveTolerance = 0.001 }, "12")[0]
    #expect(spline.count > 40)
    for place in spline {
      let u = min(place.x - east, 100 - place.x + east) / 50
      #expect(abs(place.y - north - 800 - 25 * (3 * u - u * u * u)) < 0.01, "\(place)")
    }
  }

  /// The block has a line from its base point (1, 1) to (4, 1) and a circle of 2 m round (1, 5).
  @Test func blocksAreInsertedWhereTheyArePlaced() throws {
    let layer = try read(Self.site)
    func check(_ handle: String, _ line: [SIMD2<Double>], _ centre: SIMD2<Double>, _ radius: Double) throws {
      let parts = try places(layer, handle)
      #expect(isNear(parts[0], line), "\(parts[0])")
      #expect(parts[1].allSatisfy { abs(hypot($0.x - centre.x, $0.y - centre.y) - radius) < 1e-6 })
    }
    let (x, y) = (east, north + 400)
    try check("15", [[x + 400, y], [x + 403, y]], [x + 400, y + 4], 2)
    // Twice as large and turned by 90 degrees: (dx, dy) becomes (−2 dy, 2 dx).
    try check("16", [[x + 500, y], [x + 500, y + 6]], [x + 492, y], 4)
    // Within a block at (10, 0), turned by 90 degrees; the other entity of that block is a point at its origin.
    try check("18", [[x + 710, y], [x + 710, y + 3]], [x + 706, y], 2)
    #expect(isNear(try places(layer, "18")[2], [[x + 700, y]]))
    // A block of one entity, mirrored.
    #expect(isNear(try places(layer, "19")[0], [[x + 800, y], [x + 798, y], [x + 798, y + 2], [x + 800, y]]))
    // What is on layer 0 of a block is on the layer where it is inserted.
    let rows = layer.values("handle").indices.filter { text(layer.values("handle")[$0]) == "16" }
    #expect(rows.map { text(layer.values("layer")[$0]) } == ["诊所", "公园"])
    #expect(isNear(try places(layer, "17")[0], [[x + 500, y + 10]]))
  }

  /// Two polylines, the ellipse, the lone circle and three of blocks, and the mirrored block, beside the SOLID and 3DFACE.
  @Test func closedLinesBecomeAreas() throws {
    #expect(try read(Self.site) { $0.closesAreas = true }.report.kindsText == "Point 5, LineString 9, Polygon 10")
  }

  // MARK: Drawings made by hand

  @Test func gridsOfBlocksHaveColumnsAndRows() throws {
    var drawing = HandmadeDrawing()
    drawing.addBlock(0x40, "TREE", base: (1, 0))
    drawing.addPoint(0x41, 1, 0, owner: 0x40)
    drawing.addInsertion(0x50, of: 0x40, at: 500_000, 4_070_000, rotation: .pi / 2, grid: (3, 2))
    // Turned with the insertion: columns go north, rows west.
    let expected: [SIMD2<Double>] = [0, 1].flatMap { row in
      [0, 1, 2].map { column in [500_000 - 20 * row, 4_070_000 + 10 * column] }
    }
    #expect(isNear(try points(read(drawing)), expected))
  }

  /// The third vertex was put between the others, so that its handle is the last.
  @Test func verticesAreTakenInTheOrderOfTheirLinks() throws {
    var drawing = HandmadeDrawing()
    drawing.addEntity(15, 0x50) { data in
      data.short(0)
      data.short(0)
      data.number(0)
      data.number(0)
      data.bit(true)
      data.number(0)
      data.bit(true)
    } references: { references in
      for handle: UInt64 in [0x51, 0x52, 0x54] { references.handle(handle) }
    }
    for (handle, next, x): (UInt64, UInt64, Double) in [(0x51, 0x53, 0), (0x52, 0x54, 20), (0x53, 0x52, 10)] {
      drawing.addEntity(10, handle, owner: 0x50, next: next) { data in
        data.byte(0)
        data.point(500_000 + x, 4_070_000)
        data.number(-1)
        data.number(0)
        data.number(0)
      }
    }
    #expect(try points(read(drawing)) == [0, 10, 20].map { [500_000 + $0, 4_070_000] })
  }

  /// Centre, radius, thickness, extrusion, and for an arc its angles.
  private func addArc(_ handle: UInt64, radius: Double, _ angles: [Double], to drawing: inout HandmadeDrawing) {
    drawing.addEntity(angles.isEmpty ? 18 : 17, handle) { data in
      data.point(500_000, 4_070_000)
      data.number(radius)
      data.bit(true)
      data.bit(true)
      for angle in angles { data.number(angle) }
    }
  }

  /// What is no number is left out by itself, and does not hide how fine the other curves are.
  @Test func aCurveWithoutALengthIsLeftOutAlone() throws {
    var drawing = HandmadeDrawing()
    drawing.addPoint(0x50, 500_000, 4_070_000)
    addArc(0x51, radius: 50, [0, .nan], to: &drawing)
    // A flat bend in millimetres.
    addArc(0x52, radius: 4e7, [0, 0.001], to: &drawing)
    let layer = try read(drawing)
    #expect(layer.table.rowCount == 2 && layer.hasNote("1 object is damaged and was left out"))
  }

  /// Six million metres in steps of a tenth of a metre: more segments than are read.
  @Test func curvesOfTooManySegmentsAreRefused() throws {
    var drawing = HandmadeDrawing()
    addArc(0x50, radius: 1e6, [], to: &drawing)
    #expect(try read(drawing).table.rowCount == 1)
    let error = failure { _ = try read(drawing) { $0.curveTolerance = 0.001 } }
    #expect(error?.message.contains("fall into more than 20000000 segments") == true)
  }

  @Test func lineTypesAndTextsAreNamedInTheCodePage() throws {
    var drawing = HandmadeDrawing()
    drawing.codePage = 41
    drawing.addNamed(57, 0x20, Array("DASHED".utf8))
    drawing.addPoint(0x50, 500_000, 4_070_000, lineType: 0x20)
    // 公園 in Big5, between letters.
    let park: [UInt8] = [0x41, 0xA4, 0xBD, 0xB6, 0xE9, 0x42]
    drawing.addEntity(44, 0x51) { data in
      data.point(500_000, 4_070_010)
      data.point(0, 0, 1)
      data.point(1, 0)
      data.number(0)
      data.number(3)
      data.short(1)
      data.short(1)
      data.number(0)
      data.number(0)
      data.text(Array(repeatElement(park, count: 200).joined()) + Array("^".utf8))
    }
    let layer = try read(drawing)
    #expect(layer.values("linetype").map(text) == ["DASHED", nil])
    #expect(layer.values("text").map(text) == [nil, String(repeating: "A公園B", count: 200) + "^"])
  }

  @Test func blocksOfOtherFilesAreNamed() throws {
    var drawing = HandmadeDrawing()
    drawing.addPoint(0x50, 500_000, 4_070_000)
    drawing.addBlock(0x40, "BASEMAP", isExternal: true)
    drawing.addInsertion(0x51, of: 0x40, at: 500_000, 4_070_000)
    #expect(try read(drawing).hasNote("1 entity of another kind (XREF 1) was left out."))
  }

  @Test func aStatedEncodingStandsOverTheCodePage() throws {
    var drawing = HandmadeDrawing()
    // 公园 in GBK, in a drawing that says it is Western European.
    drawing.addNamed(57, 0x20, [0xB9, 0xAB, 0xD4, 0xB0])
    drawing.addPoint(0x50, 500_000, 4_070_000, lineType: 0x20)
    let folder = try TemporaryFolder()
    let path = try folder.write("made.dwg", drawing.bytes)
    #expect(try read(path).values("linetype").map(text) == ["¹«Ô°"])
    #expect(try read(path) { $0.encoding = "gbk" }.values("linetype").map(text) == ["公园"])
  }

  // MARK: Wrong drawings

  @Test func blocksWithinThemselvesEnd() throws {
    var drawing = HandmadeDrawing()
    for (block, other): (UInt64, UInt64) in [(0x40, 0x44), (0x44, 0x40)] {
      drawing.addBlock(block, "B")
      drawing.addPoint(block + 1, 500_000, 4_070_000, owner: block)
      drawing.addInsertion(block + 2, of: other, at: 0, 0, owner: block)
    }
    drawing.addInsertion(0x50, of: 0x40, at: 0, 0)
    let layer = try read(drawing)
    #expect(layer.table.rowCount == 2)
    #expect(layer.hasNote("1 insertion of a block in itself was left out."))
  }

  /// Ten in each of ten blocks in one another are ten thousand million.
  @Test func blocksThatWouldFillTheMemoryAreRefused() throws {
    var drawing = HandmadeDrawing()
    for level in 0..<10 as Range<UInt64> {
      drawing.addBlock(0x100 + level * 16, "B")
      drawing.addPoint(0x101 + level * 16, 500_000, 4_070_000, owner: 0x100 + level * 16)
      guard level > 0 else { continue }
      for copy in 2..<12 as Range<UInt64> {
        drawing.addInsertion(
          0x100 + level * 16 + copy, of: 0xF0 + level * 16, at: 0, 0, owner: 0x100 + level * 16)
      }
    }
    drawing.addInsertion(0x50, of: 0x190, at: 0, 0, grid: (10, 1))
    #expect(failure { _ = try read(drawing) }?.code == .tooLarge)
    var deep = HandmadeDrawing()
    for level in 0..<300 as Range<UInt64> {
      deep.addBlock(0x1000 + level * 4, "B")
      deep.addPoint(0x1001 + level * 4, 500_000, 4_070_000, owner: 0x1000 + level * 4)
      deep.addInsertion(0x1002 + level * 4, of: 0x1004 + level * 4, at: 0, 0, owner: 0x1000 + level * 4)
    }
    deep.addInsertion(0x50, of: 0x1000, at: 0, 0)
    #expect(try read(deep).table.rowCount == 100)
  }

  @Test func whatIsDamagedIsCounted() throws {
    var drawing = HandmadeDrawing()
    drawing.addPoint(0x50, 500_000, 4_070_000)
    drawing.addPoint(0x51, .nan, 4_070_000)
    drawing.addPoint(0x52, 1e300, 4_070_000)
    // Owned by nothing, and inserting nothing.
    drawing.addPoint(0x53, 500_000, 4_070_000, owner: 0x999)
    drawing.addInsertion(0x54, of: 0x999, at: 0, 0)
    drawing.nowhere = [(0x60, 1 << 30), (0x61, -5), (0x62, 3)]
    let layer = try read(drawing)
    #expect(layer.table.rowCount == 1)
    #expect(layer.hasNote("7 objects are damaged and were left out; save the drawing as DXF to have all."))
    drawing = HandmadeDrawing()
    drawing.addPoint(0x51, .nan, 4_070_000)
    #expect(failure { _ = try read(drawing) }?.code == .damaged)
  }

  @Test func aChangedByteIsNoOtherPlace() throws {
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.site)))
    let file = try DrawingFile(try SourceFile(Self.site))
    // In the place of the point of handle 6.
    let point = try #require(file.objects.first { $0.handle == 6 })
    bytes[point.offset + 20] ^= 1
    let folder = try TemporaryFolder()
    let layer = try read(try folder.write("a.dwg", bytes))
    #expect(layer.table.rowCount == 23)
    #expect(layer.hasNote("1 object is damaged and was left out"))
  }

  @Test func anObjectIsNotReadAgainAndAgain() throws {
    var drawing = HandmadeDrawing()
    drawing.addPoint(0x50, 500_000, 4_070_000)
    let folder = try TemporaryFolder()
    let place = try DrawingFile(try SourceFile(folder.write("a.dwg", drawing.bytes))).objects.last?.offset ?? 0
    drawing.nowhere = (0x60..<0x90).map { ($0, place) }
    #expect(failure { _ = try read(drawing) }?.message.contains("the same bytes") == true)
  }

  @Test func cancellingEnds() throws {
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) { try DrawingExchange(try SourceFile(Self.site), monitor: monitor) }
  }

  @Test func theFileInMemoryGoesWithItsOwner() throws {
    var file: MemoryFile? = try MemoryFile([1, 2, 3], named: "a.bin")
    let path = try #require(file?.path)
    let handle = try #require(VSIFOpenL(path, "rb"))
    var content = [UInt8](repeating: 0, count: 9)
    #expect(VSIFReadL(&content, 1, 9, handle) == 3 && content.starts(with: [1, 2, 3]))
    VSIFCloseL(handle)
    file = nil
    #expect(GDALMessages.collecting { _ in VSIFOpenL(path, "rb") } == nil)
  }

  /// Bytes are changed, and half of the time the checksums with them, so that what is behind them is reached.
  @Test func changedDrawingsNeverTrap() throws {
    let folder = try TemporaryFolder()
    let seed: UInt64 = 20_261_122
    var random = SplitMix64(seed: seed)
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.site)))
    let file = try DrawingFile(try SourceFile(Self.site))
    let objects = try file.objects.map { object in
      object.offset..<object.offset + (try DrawingObject(file, at: object.offset).size)
    }
    for round in 0..<200 {
      var bytes = whole
      if round % 8 == 0 {
        bytes = Array(bytes[..<Int.random(in: 6..<whole.count, using: &random)])
      } else if round % 8 == 1 {
        for _ in 0..<3 { bytes[Int.random(in: 6..<whole.count, using: &random)] = .random(in: 0...255, using: &random) }
      } else {
        for _ in 0..<Int.random(in: 1...20, using: &random) {
          let object = objects[Int.random(in: 0..<objects.count, using: &random)]
          let bit = UInt8.random(in: 0..<8, using: &random)
          bytes[Int.random(in: object.dropFirst(2).dropLast(2), using: &random)] ^= 1 << bit
        }
        for object in objects {
          let sum = DrawingFile.checksum(bytes[object.dropLast(2)])
          bytes.replaceSubrange(object.suffix(2), with: [UInt8(sum & 0xFF), UInt8(sum >> 8)])
        }
      }
      do {
        _ = try read(folder.write("changed.dwg", bytes))
      } catch let error as ExchangeError {
        #expect(!error.message.isEmpty, "seed \(seed), round \(round)")
      }
    }
  }
}
