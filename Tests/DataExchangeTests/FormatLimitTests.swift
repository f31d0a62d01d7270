import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// What a format cannot take at all is refused with what to do, and nothing is written.
@Suite struct FormatLimitTests {
  private func layer(_ columns: [(String, Column)], geometry: GeometryArray? = nil, rows: Int = 1) -> ExportLayer {
    func type(_ column: Column) -> ValueType {
      if case .text = column.storage { .text } else { .integer }
    }
    let place = geometry.map { [("geometry", Column(.geometry($0)))] } ?? []
    return ExportLayer(
      name: "l",
      table: Table(
        schema: Schema(
          columns.map { Field($0.0, type($0.1)) } + place.map { Field($0.0, .geometry) }),
        columns: (columns + place).map(\.1), rowCount: rows), referenceSystem: .wgs84)
  }

  private let point = GeometryArray(pointsX: [117], y: [36])

  @Test func severalKindsInAShapefileAreToldApart() throws {
    let folder = try TemporaryFolder()
    let mixed = try Trip(.mixed, .gpkg).layer
    let error = failure { try FileWriter.write([mixed], to: folder["m.shp"]) }
    #expect(error?.code == .doesNotFit)
    #expect(
      error?.message.contains("points in 4 rows, lines in 4 rows, areas in 3 rows") == true, "\(error?.message ?? "")")
    #expect(error?.fix?.contains("`| where area() > 0 m2`") == true)
    #expect(folder.names.isEmpty)
  }

  @Test func tooManyColumnsAreCounted() throws {
    let folder = try TemporaryFolder()
    let columns = (0..<256).map { ("c\($0)", Column(.integer([1]))) }
    let error = failure { try FileWriter.write([layer(columns, geometry: point)], to: folder["c.shp"]) }
    #expect(error?.message == "a shapefile holds at most 255 columns, and “l” has 256.")
    try FileWriter.write([layer(Array(columns.dropLast()), geometry: point)], to: folder["c.shp"])
    #expect(try FileReader.read(folder["c.shp"]).table.schema.attributes.count == 255)
    #expect(folder.names == ["c.cpg", "c.dbf", "c.prj", "c.shp", "c.shx"])
  }

  /// 255 columns of 254 bytes are 64 770, which the 16 bits of a record's length still hold.
  @Test func theWidestRecordIsWritten() throws {
    let folder = try TemporaryFolder()
    let text = String(repeating: "x", count: 254)
    let columns = (0..<255).map { ("c\($0)", Column(.text(TextArray([text])))) }
    try FileWriter.write([layer(columns, geometry: point)], to: folder["w.shp"])
    #expect(try FileReader.read(folder["w.shp"]).values("c254") == [.text(text)])
  }

  @Test func limitsAreWhatTheProgramsHave() throws {
    #expect(ExportFormat.xlsx.limits.contains(.mostRows(1_048_575)))
    let three = try PreparedLayer(layer([("n", Column(.integer([1, 2, 3])))], rows: 3), for: .xlsx)
    #expect(failure { try FormatLimit.mostRows(2).check(three, in: .xlsx) }?.fix?.contains(".csv") == true)
    #expect(failure { try FormatLimit.mostRows(3).check(three, in: .xlsx) } == nil)
    let small = try PreparedLayer(layer([("n", Column(.integer([12])))], geometry: point), for: .shp)
    #expect(failure { try FormatLimit.mostBytes(60).check(small, in: .shp) }?.message.contains("at most 2 GB") == true)
    #expect(failure { try FormatLimit.mostBytes(100).check(small, in: .shp) } == nil)
  }

  /// A cell of Excel ends at 32 767 characters, and an area that is cut there is none.
  @Test func placesTooLongForACellAreRefused() throws {
    let folder = try TemporaryFolder()
    func areas(_ corners: Int) -> ExportLayer {
      var builder = GeometryArrayBuilder()
      for corners in [3, corners] {
        let angles = (0..<corners).map { Double($0) / Double(corners) * 2 * .pi } + [0]
        builder.beginRow(.polygon)
        builder.beginPart(.area)
        builder.addRing(xs: angles.map { 117 + 0.1 * cos($0) }, ys: angles.map { 36 + 0.1 * sin($0) })
        builder.endRow()
      }
      return layer([("n", Column(.integer([1, 2])))], geometry: builder.finish(), rows: 2)
    }
    // Each corner takes some 24 characters.
    try FileWriter.write([areas(1000)], to: folder["a.xlsx"])
    #expect(try FileReader.read(folder["a.xlsx"]).table.geometry?.coordinateCount == 1005)
    let error = failure { try FileWriter.write([areas(2000)], to: folder["b.xlsx"]) }
    #expect(error?.code == .doesNotFit)
    let message = error?.message ?? ""
    #expect(message.hasPrefix("an XLSX sheet holds places of at most 32767 characters as text, and “l” has one of "))
    #expect(message.hasSuffix(" in row 2."), "\(message)")
    #expect(error?.fix?.contains(".gpkg") == true && error?.fix?.contains("`| simplify 10 m`") == true)
    try FileWriter.write([areas(2000)], to: folder["b.csv"])
    #expect(folder.names == ["a.xlsx", "b.csv"])
  }

  @Test(arguments: [ExportFormat.shp, .dxf]) func tablesWithoutGeometryAreRefused(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let table = layer([("n", Column(.integer([1])))])
    #expect(failure { try FileWriter.write([table], to: folder["t." + format.fileExtension]) }?.code == .doesNotFit)
    #expect(folder.names.isEmpty)
  }

  @Test func everyRefusalIsDeclared() {
    for format in ExportFormat.allCases {
      for limit in format.limits { #expect(!limit.sentence(in: format).isEmpty) }
    }
  }
}

@Suite struct TargetTests {
  private func layer() -> ExportLayer {
    let table = Table(
      schema: Schema([Field("区县", .text), Field("geometry", .geometry)]),
      columns: [Column(.text(TextArray(["历城"]))), Column(.geometry(GeometryArray(pointsX: [117], y: [36])))],
      rowCount: 1)
    return ExportLayer(name: "l", table: table, referenceSystem: .wgs84)
  }

  @Test(arguments: ExportFormat.files) func anyNameMayBeAFiles(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    for name in ["it's \"quoted\"", "{brace}", "100% 区,县;|", "a.zip"] {
      let path = folder["\(name)/\(name).\(format.fileExtension)"]
      try FileWriter.write([layer()], to: path)
      let read = try FileReader.read(path, ImportOptions(referenceSystem: .wgs84))
      #expect(read.table.rowCount == 1, "\(name)")
    }
  }

  @Test(arguments: ExportFormat.files) func aPipeIsNoFile(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder["pipe.\(format.fileExtension)"]
    #expect(mkfifo(path, 0o600) == 0)
    #expect(failure { try FileWriter.write([layer()], to: path) }?.code == .notWritable)
    #expect(folder.names == ["pipe.\(format.fileExtension)"])
  }

  @Test(arguments: ExportFormat.files) func encodingsAreAskedForWhereThereAreSome(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder["g.\(format.fileExtension)"]
    if format.encodings.contains(.gbk) {
      try FileWriter.write([layer()], to: path, encoding: .gbk)
      let read = try FileReader.read(
        path, ImportOptions(referenceSystem: .wgs84, encoding: format == .csv ? "gbk" : nil))
      if format != .dxf { #expect(read.values("区县") == [.text("历城")], "\(format)") }
    } else {
      #expect(failure { try FileWriter.write([layer()], to: path, encoding: .gbk) }?.code == .encodingUnfit)
      #expect(folder.names.isEmpty)
    }
  }
}

@Suite struct ShortNameTests {
  @Test func namesAreCutAtACharacterAndStayApart() {
    var utf8 = ShortNames(.shp, .utf8)
    #expect(utf8.take("社区卫生服务中心") == "社区卫")
    #expect(utf8.take("社区卫生院") == "社区_2")
    #expect(utf8.take("h_distance_m") == "h_distance")
    #expect(utf8.take("H_DISTANCE_KM") == "H_DISTAN_2")
    #expect(utf8.take("") == "field")
    #expect(utf8.take("👨‍👩‍👧‍👦") == "f")
    var gbk = ShortNames(.shp, .gbk)
    #expect(gbk.take("社区卫生服务中心") == "社区卫生服")
    var long = ShortNames(.postgis, .utf8)
    #expect(long.take(String(repeating: "区", count: 22)) == String(repeating: "区", count: 21))
  }

  @Test func namesStayApartHoweverMany() {
    var names = ShortNames(.shp, .utf8)
    let taken = (0..<300).map { names.take("社区卫生服务中心\($0)") }
    #expect(Set(taken).count == 300)
    #expect(taken.allSatisfy { $0.utf8.count <= 10 })
  }

  @Test func encodersKnowWhatTheyHaveNot() {
    var lost = 0
    #expect(OutputEncoding.gbk.encoded(Array("历a".utf8)[...], lost: &lost) == [0xC0, 0xFA, 0x61])
    #expect(lost == 0)
    #expect(OutputEncoding.gbk.encoded(Array("𠮷".utf8)[...], lost: &lost) == [0x3F])
    #expect(lost == 1)
    #expect(OutputEncoding.gb18030.encoded(Array("𠮷".utf8)[...], lost: &lost).count == 4)
    #expect(OutputEncoding.utf8.cut(Array("历城区".utf8)[...], to: 7) == "历城")
    #expect(OutputEncoding.gbk.cut(Array("历城区".utf8)[...], to: 5) == "历城")
    #expect(OutputEncoding.gbk.cut(Array("历城区".utf8)[...], to: 6) == nil)
  }
}
