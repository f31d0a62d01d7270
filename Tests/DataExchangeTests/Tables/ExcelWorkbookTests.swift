import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// Workbooks written by hand, as ECMA-376 has them.
@Suite struct ExcelWorkbookTests {
  /// A workbook of one sheet.
  ///
  /// - Parameters:
  ///   - formats: Of the styles from 1 on.
  ///   - rows: The cells of each row, without their row.
  private func workbook(
    _ folder: TemporaryFolder, formats: [String] = [], texts: [String] = [], merges: [String] = [],
    is1904: Bool = false,
    _ rows: [String]
  ) throws -> String {
    let codes = formats.enumerated().map { "<numFmt numFmtId=\"\(200 + $0.offset)\" formatCode=\"\($0.element)\"/>" }
    let styles = (["0"] + formats.indices.map { "\(200 + $0)" }).map { "<xf numFmtId=\"\($0)\"/>" }.joined()
    let lines = rows.enumerated().map { "<row r=\"\($0.offset + 1)\">\($0.element)</row>" }.joined()
    let refs = merges.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    let parts = [
      "workbook.xml": "<workbook xmlns:r=\"x\"><workbookPr\(is1904 ? " date1904=\"1\"" : "")/><sheets>"
        + "<sheet name=\"表 &amp; 一\" sheetId=\"1\" r:id=\"rId3\"/></sheets></workbook>",
      "_rels/workbook.xml.rels":
        "<Relationships><Relationship Id=\"rId3\" Target=\"worksheets/s.xml\"/></Relationships>",
      "styles.xml": "<styleSheet><numFmts>\(codes.joined())</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        + "<cellXfs>\(styles)</cellXfs></styleSheet>",
      "sharedStrings.xml": "<sst>\(texts.map { "<si>\($0)</si>" }.joined())</sst>",
      "worksheets/s.xml": "<?xml version=\"1.0\"?><worksheet><sheetData>\(lines)</sheetData>"
        + "<mergeCells>\(refs)</mergeCells></worksheet>",
    ]
    var zip = ZipWriter()
    for (name, text) in parts.sorted(by: { $0.key < $1.key }) { zip.add("xl/" + name, Array(text.utf8)) }
    return try folder.write("w.xlsx", zip.bytes)
  }

  private func named(_ names: [String]) -> String {
    names.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined()
  }

  @Test func cellsAreWhatTheySay() throws {
    let folder = try TemporaryFolder()
    let path = try workbook(
      folder,
      formats: [
        "yyyy/m/d h:mm", "h:mm:ss", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "[White]General", "0.00E+00",
      ],
      texts: ["<t>1.10</t>", "<r><t>甲</t></r><r><t xml:space=\"preserve\"> 乙&lt;</t></r><rPh><t>jia</t></rPh>"],
      [
        named(["lng", "lat", "code", "name", "at", "opens", "day", "n", "small", "flag", "mixed"]),
        "<c r=\"A2\"><v>117</v></c><c r=\"B2\"><v>36.5</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c>"
          + "<c s=\"1\"><v>45413.520833333336</v></c><c s=\"2\"><v>0.354166666666667</v></c><c s=\"3\"><v>45413</v></c>"
          + "<c s=\"4\"><v>7</v></c><c s=\"5\"><v>1.5E-3</v></c><c t=\"b\"><v>1</v></c><c><v>12</v></c>",
        "<c r=\"A3\"><v>118</v></c><c r=\"B3\"><v>36.6</v></c><c t=\"inlineStr\"><is><t>1E05</t></is></c>"
          + "<c r=\"J3\" t=\"b\"><v>0</v></c><c r=\"K3\" t=\"str\"><v>无_x4E00_</v></c>",
        "<c r=\"A4\"><v>118</v></c><c r=\"B4\"><v>36.6</v></c><c r=\"D4\" t=\"e\"><v>#N/A</v></c><c r=\"H4\"><f>1+2</f></c>",
      ])
    #expect(try FileReader.layerNames(path) == ["表 & 一"])
    let layer = try FileReader.read(path)
    #expect(layer.values("code") == [.text("1.10"), .text("1E05"), .null])
    #expect(layer.values("name") == [.text("甲 乙<"), .null, .null])
    #expect(layer.values("at") == [.text("2024-05-01T12:30:00"), .null, .null])
    #expect(layer.values("opens") == [.text("08:30:00"), .null, .null])
    #expect(layer.values("day") == [.date(try #require(CalendarDate("2024-05-01"))), .null, .null])
    #expect(layer.values("n") == [.integer(7), .null, .null])
    #expect(layer.values("small") == [.number(0.0015), .null, .null])
    #expect(layer.values("flag") == [.boolean(true), .boolean(false), .null])
    #expect(layer.values("mixed") == [.text("12"), .text("无一"), .null])
    #expect(layer.table.geometry?.xs == [117, 118, 118])
    for note in ["“mixed” holds 1 number or dates and 1 text", "1 cell holds an error", "1 cell holds a formula"] {
      #expect(layer.hasNote(note), "\(note)")
    }
  }

  @Test func daysOf1904AndBefore1900March() throws {
    let folder = try TemporaryFolder()
    let rows = [named(["lng", "lat", "day"]), "<c><v>117</v></c><c><v>36</v></c><c s=\"1\"><v>59</v></c>"]
    func day(_ is1904: Bool) throws -> Value? {
      try FileReader.read(workbook(folder, formats: ["m/d/yy"], is1904: is1904, rows)).values("day").first
    }
    #expect(try day(false) == .date(try #require(CalendarDate("1900-02-28"))))
    #expect(try day(true) == .date(try #require(CalendarDate("1904-02-29"))))
  }

  @Test func mergedCellsMeanTheSame() throws {
    let folder = try TemporaryFolder()
    let path = try workbook(
      folder, merges: ["A1:D1", "A2:A3", "B2:C2", "D2:D3", "A4:A5"],
      [
        "<c r=\"A1\" t=\"str\"><v>一览表</v></c>",
        "<c r=\"A2\" t=\"str\"><v>街道</v></c><c r=\"B2\" t=\"str\"><v>坐标</v></c><c r=\"D2\" t=\"str\"><v>床位</v></c>",
        "<c r=\"B3\" t=\"str\"><v>经度</v></c><c r=\"C3\" t=\"str\"><v>纬度</v></c>",
        "<c r=\"A4\" t=\"str\"><v>崔寨</v></c><c r=\"B4\"><v>117</v></c><c r=\"C4\"><v>36.5</v></c><c r=\"D4\"><v>5</v></c>",
        "<c r=\"B5\"><v>117.1</v></c><c r=\"C5\"><v>36.6</v></c><c r=\"D5\"><v>6</v></c>",
        "<c r=\"A6\" t=\"str\"><v>合计</v></c><c r=\"D6\"><v>11</v></c>",
      ])
    let layer = try FileReader.read(path)
    #expect(layer.values("街道") == [.text("崔寨"), .text("崔寨"), .text("合计")])
    #expect(layer.values("床位") == [.integer(5), .integer(6), .integer(11)])
    for note in ["row 3 of the sheet names", "1 empty cell merged", "looks like a total (first: row 6)"] {
      #expect(layer.hasNote(note), "\(note)")
    }
  }

  @Test func damagedWorkbooksSaySo() throws {
    let folder = try TemporaryFolder()
    let path = try workbook(
      folder, [named(["lng", "lat"]), "<c r=\"A2\"><v>117</v></c><c r=\"B2\"><v>36</v></c><!--"])
    #expect(failure { _ = try FileReader.read(path) }?.code == .truncated)
    let wide = try workbook(folder, [named(["lng", "lat"]), "<c r=\"XFD2\"><v>117</v></c>"])
    #expect(failure { _ = try FileReader.read(wide) }?.code == .tooLarge)
    let odd = try workbook(
      folder, texts: ["<t>a</t>"],
      [
        named(["lng", "lat", "t"]),
        "<c r=\"99999999999999999999\"><v>117</v></c><c r=\"B2\" s=\"-9\"><v>36</v></c><c t=\"s\"><v>0</v></c>",
        "<c r=\"A3\" s=\"999\"><v>1e400</v></c><c r=\"B3\"><v>nan</v></c><c r=\"C3\" t=\"?\"><v></v></c>",
      ])
    #expect(failure { _ = try FileReader.read(odd) } == nil)
    let astray = try workbook(
      folder, merges: ["A1:A1048576", "A2:A9", "B9223372036854775807:C9"],
      [
        named(["lng", "lat"]),
        "<is><t>x</t></is></row><row r=\"9223372036854775807\"></row><row r=\"2147483647\"></row><row>"
          + "<c><v>117</v></c><c><v>36</v></c>",
      ])
    #expect(try FileReader.read(astray).table.rowCount == 1)
    let lost = try workbook(folder, texts: ["<t>a</t>"], [named(["lng", "lat"]), "<c t=\"s\"><v>1</v></c>"])
    #expect(failure { _ = try FileReader.read(lost) }?.message.contains("text 1 of 1") == true)
  }
}
