import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// DXF files written group by group, and the heads of DWG files, whose rest is `DrawingFileTests`.
@Suite struct DrawingTests {
  /// A drawing with Chinese layers in GBK, a block, an arc, a spline, a text and something on a print layout.
  private func drawing(codePage: String = "ANSI_936") -> [UInt8] {
    /// `红线`, `道路`, `居住` in GBK.
    let redLine: [UInt8] = [0xBA, 0xEC, 0xCF, 0xDF]
    let road: [UInt8] = [0xB5, 0xC0, 0xC2, 0xB7]
    let dwelling: [UInt8] = [0xBE, 0xD3, 0xD7, 0xA1]
    var out: [UInt8] = []
    func group(_ code: Int, _ value: [UInt8]) { out += Array("\(code)\n".utf8) + value + [0x0A] }
    func group(_ code: Int, _ value: String) { group(code, Array(value.utf8)) }
    func groups(_ list: [(Int, String)]) { list.forEach { group($0.0, $0.1) } }
    groups([
      (0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1015"), (9, "$DWGCODEPAGE"), (3, codePage), (0, "ENDSEC"),
      (0, "SECTION"), (2, "BLOCKS"), (0, "BLOCK"), (8, "0"), (2, "TREE"), (70, "0"), (10, "0"), (20, "0"),
      (0, "CIRCLE"), (8, "0"), (10, "0"), (20, "0"), (40, "2"),
      (0, "LINE"), (8, "0"), (10, "-2"), (20, "0"), (11, "2"), (21, "0"), (0, "ENDBLK"), (8, "0"), (0, "ENDSEC"),
      (0, "SECTION"), (2, "ENTITIES"), (0, "LWPOLYLINE"), (5, "A1"), (100, "AcDbEntity"),
    ])
    group(8, redLine)
    groups([(100, "AcDbPolyline"), (90, "4"), (70, "1")])
    for (x, y) in [(0, 0), (100, 0), (100, 100), (0, 100)] {
      groups([(10, "\(500_000 + x)"), (20, "\(4_060_000 + y)")])
    }
    groups([(0, "ARC"), (5, "A2")])
    group(8, road)
    groups([(10, "500050"), (20, "4060050"), (40, "100"), (50, "0"), (51, "90"), (0, "TEXT"), (5, "A3"), (8, "T")])
    groups([(10, "500050"), (20, "4060050"), (40, "5")])
    group(1, dwelling)
    groups([
      (0, "INSERT"), (5, "A4"), (8, "green"), (2, "TREE"), (10, "500020"), (20, "4060020"),
      (0, "SPLINE"), (5, "A5"), (100, "AcDbEntity"), (8, "S"), (100, "AcDbSpline"), (70, "8"), (71, "3"), (72, "8"),
      (73, "4"),
    ])
    for knot in [0, 0, 0, 0, 1, 1, 1, 1] { group(40, "\(knot)") }
    for (x, y) in [(0, 0), (30, 50), (60, 0), (90, 50)] {
      groups([(10, "\(500_000 + x)"), (20, "\(4_060_000 + y)"), (30, "0")])
    }
    groups([
      (0, "LINE"), (5, "A6"), (67, "1"), (8, "frame"), (10, "0"), (20, "0"), (11, "9"), (21, "0"), (0, "ENDSEC"),
      (0, "EOF"),
    ])
    return out
  }

  private func read(_ options: ImportOptions = ImportOptions(), codePage: String = "ANSI_936") throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    var options = options
    options.referenceSystem = try .init(parsing: "EPSG:4548")
    return try FileReader.read(try folder.write("site.dxf", drawing(codePage: codePage)), options)
  }

  @Test func layersAndTextsAreColumnsInTheCodePageOfTheDrawing() throws {
    let layer = try read()
    #expect(layer.table.schema.fields.map(\.name) == ["layer", "linetype", "handle", "text", "geometry"])
    #expect(layer.values("layer").map(text) == ["红线", "道路", "T", "green", "green", "S"])
    #expect(layer.values("text").compactMap(text) == ["居住"])
    #expect(layer.hasNote("1 row of print layouts (paper space) were left out"))
  }

  @Test func aListingCountsWhatIsRead() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("site.dxf", drawing())
    #expect(try DataFile(path).layers().map(\.rows) == [try read().table.rowCount])
  }

  @Test func aStatedEncodingStandsOverTheCodePage() throws {
    var options = ImportOptions()
    options.encoding = "gbk"
    #expect(try read(options, codePage: "ANSI_1252").values("text").compactMap(text) == ["居住"])
  }

  @Test func blocksFallApart() throws {
    let layer = try read()
    let geometry = try #require(layer.table.geometry)
    let tree = layer.values("layer").indices.filter { text(layer.values("layer")[$0]) == "green" }
    #expect(tree.count == 2)
    #expect(tree.allSatisfy { row in geometry.coordinates(at: row).allSatisfy { abs(geometry.xs[$0] - 500_020) <= 2 } })
  }

  /// As maps are that were bound into a plan.
  @Test func aBlockOfManyEntitiesIsWhole() throws {
    var text =
      "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n0\nENDSEC\n0\nSECTION\n2\nBLOCKS\n0\nBLOCK\n8\n0\n2\nMAP\n70\n0\n10\n0\n20\n0\n"
    for n in 0..<12_000 { text += "0\nPOINT\n8\nwells\n10\n\(n)\n20\n7\n" }
    text += "0\nENDBLK\n8\n0\n0\nENDSEC\n0\nSECTION\n2\nENTITIES\n0\nINSERT\n8\n0\n2\nMAP\n10\n500000\n20\n4060000\n"
    text += "0\nENDSEC\n0\nEOF\n"
    let folder = try TemporaryFolder()
    let read = try FileReader.read(
      try folder.write("map.dxf", text), ImportOptions(referenceSystem: .init(parsing: "EPSG:4548")))
    #expect(read.table.rowCount == 12_000)
    #expect(read.table.geometry?.xs.last == 511_999 && read.table.geometry?.ys.last == 4_060_007)
  }

  /// The sagitta of a chord of an arc of radius r is r − √(r² − (chord/2)²).
  @Test(arguments: [(1.0, 20...30), (0.01, 100...160), (0.001, 1000...1600)])
  func arcsStayWithinTheTolerance(tolerance: Double, points: ClosedRange<Int>) throws {
    var options = ImportOptions()
    options.curveTolerance = tolerance
    let layer = try read(options)
    let geometry = try #require(layer.table.geometry)
    let run = geometry.coordinates(at: 1)
    #expect(points.contains(run.count), "\(run.count) points")
    for i in run.dropLast() {
      let (dx, dy) = (geometry.xs[i + 1] - geometry.xs[i], geometry.ys[i + 1] - geometry.ys[i])
      let sagitta = 100 - (100 * 100 - (dx * dx + dy * dy) / 4).squareRoot()
      #expect(sagitta <= tolerance * 1.01, "\(sagitta)")
    }
  }

  /// Four control points make a Bézier curve, whose points are known.
  @Test(arguments: [(0.05, 32...64), (0.001, 100...400)])
  func splinesStayWithinTheTolerance(tolerance: Double, points: ClosedRange<Int>) throws {
    var options = ImportOptions()
    options.curveTolerance = tolerance
    let geometry = try #require(try read(options).table.geometry)
    let run = geometry.coordinates(at: 5)
    #expect(points.contains(run.count), "\(run.count) points")
    for step in 0...2000 {
      let t = Double(step) / 2000
      let (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t)
      let (x, y) = (500_000 + 30 * b + 60 * c + 90 * d, 4_060_000 + 50 * b + 0 * c + 50 * d + 0 * a)
      let distance = run.dropLast().map { i -> Double in
        let (dx, dy) = (geometry.xs[i + 1] - geometry.xs[i], geometry.ys[i + 1] - geometry.ys[i])
        let along = ((x - geometry.xs[i]) * dx + (y - geometry.ys[i]) * dy) / (dx * dx + dy * dy)
        let share = min(max(along, 0), 1)
        return (x - geometry.xs[i] - share * dx) * (x - geometry.xs[i] - share * dx)
          + (y - geometry.ys[i] - share * dy) * (y - geometry.ys[i] - share * dy)
      }.min()?.squareRoot()
      #expect((distance ?? 1) <= tolerance, "at \(t)")
    }
  }

  @Test func closedLinesBecomeAreas() throws {
    var options = ImportOptions()
    options.closesAreas = true
    let layer = try read(options)
    #expect(layer.report.kindsText == "Point 1, LineString 3, Polygon 2")
    #expect(layer.hasNote("2 closed lines became areas"))
    #expect(try read().report.kindsText == "Point 1, LineString 5")
  }

  @Test func aDrawingWithoutASystemAsksForOne() throws {
    let folder = try TemporaryFolder()
    let error = failure { _ = try FileReader.read(try folder.write("site.dxf", drawing())) }
    #expect(error?.code == .referenceSystemMissing && error?.fix?.contains("crs epsg:") == true)
  }

  @Test(arguments: [
    ("AC1027", "AutoCAD 2013 (AC1027)"), ("AC1032", "AutoCAD 2018"), ("AC1009", "R11/R12"), ("AC9999", "unknown here"),
  ]) func drawingsOfOtherVersionsAreNamed(code: String, name: String) throws {
    let folder = try TemporaryFolder()
    let error = failure { _ = try FileReader.read(try folder.write("a.dwg", Array(code.utf8) + [0, 0, 0, 0])) }
    #expect(error?.code == .unknownFormat)
    #expect(error?.message.contains(name) == true && error?.fix?.contains("DXF") == true)
  }

  @Test func whatIsNoDrawingSaysSo() throws {
    let folder = try TemporaryFolder()
    #expect(failure { _ = try FileReader.read(try folder.write("a.dwg", "hello")) }?.code == .notWhatItClaims)
    #expect(failure { _ = try FileReader.read(try folder.write("b.dwg", "AC1015 and nothing more")) } != nil)
  }

  @Test func drawingsCutAnywhereNeverTrap() throws {
    let folder = try TemporaryFolder()
    let seed: UInt64 = 20_261_121
    var random = SplitMix64(seed: seed)
    let whole = drawing()
    var options = ImportOptions()
    options.referenceSystem = try .init(parsing: "EPSG:4548")
    for _ in 0..<40 {
      let length = Int.random(in: 1..<whole.count, using: &random)
      do {
        _ = try FileReader.read(folder.write("cut.dxf", Array(whole[..<length])), options)
      } catch let error as ExchangeError {
        #expect(!error.message.isEmpty, "seed \(seed)")
      }
    }
  }

  private func text(_ value: Value) -> String? { if case .text(let text) = value { text } else { nil } }
}
