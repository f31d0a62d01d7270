import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// What programs that share no code with the writer see in its files.
@Suite struct OtherReaderTests {
  static func has(_ program: String) -> Bool { FileManager.default.isExecutableFile(atPath: program) }

  private func run(_ words: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: data, as: UTF8.self))")
    return String(decoding: data, as: UTF8.self)
  }

  @Test(
    .enabled(if: OtherReaderTests.has("/usr/bin/ogrinfo"), "GDAL's tools are not installed"),
    arguments: ExportFormat.files) func gdalReadsWithoutAComplaint(format: ExportFormat) throws
  {
    let folder = try TemporaryFolder()
    let trip = try Trip(.areas, format)
    let path = folder["往返.\(format.fileExtension)"]
    try FileWriter.write([trip.layer], to: path, in: .wgs84)
    let text = try run(["/usr/bin/ogrinfo", "-al", path])
    // GDAL wonders about the largest whole number in JSON, which it reads right.
    let isQuiet = !text.contains("Warning") || format.isAlwaysWGS84
    #expect(!text.contains("ERROR") && isQuiet, "\(text.prefix(400))")
    if format != .xlsx && format != .dxf { #expect(text.contains("9007199254740993")) }
    #expect(text.contains("道路"))
    if ![.csv, .xlsx, .dxf].contains(format) {
      #expect(text.contains("WGS 84") && text.contains("117.25 36.25"))
    }
  }

  private static let script = """
    import sys, zipfile, xml.etree.ElementTree as tree
    book = zipfile.ZipFile(sys.argv[1]); assert book.testzip() is None
    parts = {name: tree.fromstring(book.read(name)) for name in book.namelist()}
    main = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
    print([s.get('name') for s in parts['xl/workbook.xml'].iter(main + 'sheet')])
    for row in list(parts['xl/worksheets/sheet1.xml'].iter(main + 'row'))[:3]:
      print([(c.get('r'), c.get('t'), c.get('s'), ''.join(c.itertext())) for c in row])
    """

  @Test(.enabled(if: OtherReaderTests.has("/usr/bin/python3"), "Python is not installed"))
  func aWorkbookIsAnArchiveOfSoundTexts() throws {
    let table = Table(
      schema: Schema([
        Field("名称", .text), Field("编号", .integer), Field("开放", .boolean), Field("建成", .date), Field("备注", .text),
        Field("geometry", .geometry),
      ]),
      columns: [
        Column(.text(TextArray(["<图书馆> & \"馆\"", "=1+1"]))), Column(.integer([370_112, 1 << 60])),
        Column(.boolean([true, false]), validity: [true, false]), Column(.date([18_628, 20_468])),
        Column(.text(TextArray([" 两 行\n", "007"]))),
        Column(.geometry(GeometryArray(pointsX: [117, .nan], y: [36.5, .nan]))),
      ], rowCount: 2)
    let layers = ["图书馆/一", "图书馆:一"].map { ExportLayer(name: $0, table: table, referenceSystem: .wgs84) }
    let folder = try TemporaryFolder()
    try FileWriter.write(layers, to: folder["b.xlsx"])
    let lines = try run(["/usr/bin/python3", "-X", "utf8", "-c", Self.script, folder["b.xlsx"]]).split(separator: "\n")
    #expect(lines[0] == "['图书馆_一', '图书馆_一_2']")
    #expect(
      lines[1].hasPrefix("[('A1', 'inlineStr', '2', '名称'), ('B1', 'inlineStr', '2', '编号')")
        && lines[1].hasSuffix("('F1', 'inlineStr', '2', 'longitude'), ('G1', 'inlineStr', '2', 'latitude')]"))
    // 2021-01-01 is day 44 197 of Excel's.
    #expect(
      lines[2]
        == "[('A2', 'inlineStr', None, '<图书馆> & \"馆\"'), ('B2', 'inlineStr', None, '370112'), ('C2', 'b', None, '1'), "
        + "('D2', None, '1', '44197'), ('E2', 'inlineStr', None, ' 两 行\\n'), ('F2', None, None, '117'), "
        + "('G2', None, None, '36.5')]")
    #expect(lines[3].contains("('A3', 'inlineStr', None, '=1+1')") && lines[3].contains("'1152921504606846976'"))
  }

  /// Excel takes a table without the mark for text of the system's code page.
  @Test func aTableWithChineseBeginsWithTheMark() throws {
    func written(_ name: String, _ encoding: OutputEncoding?) throws -> [UInt8] {
      let table = Table(schema: Schema([Field(name, .integer)]), columns: [Column(.integer([1]))], rowCount: 1)
      let folder = try TemporaryFolder()
      try FileWriter.write(
        [ExportLayer(name: "t", table: table, referenceSystem: nil)], to: folder["t.csv"], encoding: encoding)
      return try bytes(of: folder["t.csv"])
    }
    #expect(try written("人口", nil) == [0xEF, 0xBB, 0xBF] + Array("人口\n1\n".utf8))
    #expect(try written("人口", .utf8) == Array("人口\n1\n".utf8))
    #expect(try written("人口", .gbk) == [0xC8, 0xCB, 0xBF, 0xDA, 0x0A, 0x31, 0x0A])
    #expect(try written("people", nil) == Array("people\n1\n".utf8))
  }
}
