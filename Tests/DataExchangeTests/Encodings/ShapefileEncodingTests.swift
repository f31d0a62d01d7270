import FeatureTables
import TestSupport
import Testing

@testable import DataExchange

/// The texts of shapefiles: with a word about their encoding, without one, with a wrong one.
@Suite struct ShapefileEncodingTests {
  private static let names = ["济南市", "天桥区", "历城区", "泺口街道", "遥墙国际机场"]

  private func read(_ file: HandmadeShapefile, encoding: String? = nil) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    return try FileReader.read(try file.write(folder), ImportOptions(encoding: encoding))
  }

  private func texts(_ names: [String]) -> [Value] { names.map { .text($0) } }

  @Test(arguments: ["GBK", "gb2312", "936", "ANSI 936", "GB18030"])
  func theCompanionSaysItsEncoding(name: String) throws {
    let layer = try read(
      HandmadeShapefile(texts: Self.names.map { gbk($0) }, codePage: name))
    #expect(layer.values("name") == texts(Self.names))
    #expect(layer.report.notes.isEmpty)
    #expect(layer.metadata.encoding == "GB18030, as the .cpg file says")
  }

  @Test func theLanguageByteSaysIt() throws {
    let layer = try read(HandmadeShapefile(texts: Self.names.map { gbk($0) }, languageDriver: 0x4D))
    #expect(layer.values("name") == texts(Self.names))
    #expect(layer.metadata.encoding == "GB18030, as the language byte of the .dbf file says")
  }

  /// `name == …`, in UTF-8.
  private struct Named: RowCondition {
    let name: String

    func comparisons(over schema: Schema) throws -> [ColumnComparison] {
      [ColumnComparison("name", .equal, [.text(name)])]
    }

    func columns(over schema: Schema) throws -> Set<String> { ["name"] }

    func rows(of table: Table) throws -> [Int32] {
      guard let names = table["name"] else { return [] }
      return (0..<table.rowCount).filter { names.value(at: $0) == .text(name) }.map(Int32.init)
    }
  }

  /// Rows are left out piece by piece, and all of them decide what the texts are.
  @Test func rowsLeftOutDecideTheEncodingAllTheSame() throws {
    let folder = try TemporaryFolder()
    var texts = (0..<20_000).map { gbk(Self.names[$0 % 5]) }
    for row in stride(from: 3, to: 20_000, by: 5) { texts[row] = Array("depot".utf8) }
    texts[18_000] = Array("济南市".utf8)
    let path = try HandmadeShapefile(texts: texts).write(folder)
    var options = ImportOptions()
    options.rows.condition = Named(name: "天桥区")
    let chinese = try FileReader.read(path, options)
    #expect(chinese.table.rowCount == 4000 && chinese.metadata.encoding == "GB18030, decided from the bytes")
    #expect(chinese.hasNote("1 text is not GB18030 and was read as UTF-8: row 18001 “济南市”"))
    options.rows.condition = Named(name: "depot")
    let latin = try FileReader.read(path, options)
    #expect(latin.table.rowCount == 4000 && latin.metadata.encoding == chinese.metadata.encoding)
    options.rows = RowSelection(limit: 2)
    let few = try FileReader.read(path, options)
    #expect(few.values("name") == self.texts(["济南市", "天桥区"]) && !few.hasNote("18001"))
  }

  /// A driver compares bytes, of which half a character is some; we compare texts.
  @Test func aTextCutInACharacterIsFound() throws {
    let folder = try TemporaryFolder()
    let texts = [Array("depo".utf8), Array("depo".utf8) + [0xB5], gbk("天桥区")]
    let path = try HandmadeShapefile(texts: texts, codePage: "GBK").write(folder)
    var options = ImportOptions()
    let whole = try FileReader.read(path)
    options.rows.condition = Named(name: "depo")
    let wanted = try Named(name: "depo").rows(of: whole.table)
    #expect(try FileReader.read(path, options).table.rowCount == wanted.count)
  }

  @Test(arguments: [UInt8(0), 0x03, 0x57])
  func withoutAWordTheBytesDecide(languageDriver: UInt8) throws {
    let layer = try read(
      HandmadeShapefile(
        field: gbk("街道名称"), texts: Self.names.map { gbk($0) }, languageDriver: languageDriver))
    #expect(layer.values("街道名称") == texts(Self.names))
    #expect(
      layer.hasNote(
        "texts are read as GB18030, decided from the bytes; write encoding … if names look wrong."))
    let plain = try read(HandmadeShapefile(texts: Self.names.map { Array($0.utf8) }))
    #expect(plain.values("name") == texts(Self.names) && plain.report.notes.isEmpty)
  }

  @Test(arguments: ["UTF-8", "ISO-8859-1", "BIG5"])
  func aWrongWordIsOverruledAndNamed(said: String) throws {
    let layer = try read(HandmadeShapefile(texts: Self.names.map { gbk($0) }, codePage: said))
    #expect(layer.values("name") == texts(Self.names))
    #expect(layer.hasNote("but the bytes are GB18030, and so texts are read; write encoding …"))
    let other = try read(HandmadeShapefile(texts: Self.names.map { Array($0.utf8) }, codePage: "GBK"))
    #expect(other.values("name") == texts(Self.names))
    #expect(other.hasNote("the .cpg file says GB18030, but the bytes are UTF-8"))
  }

  @Test func theUserHasTheLastWord() throws {
    let file = HandmadeShapefile(texts: [gbk("济南")], codePage: "UTF-8")
    #expect(try read(file, encoding: "gbk").values("name") == [.text("济南")])
    #expect(try read(file, encoding: "gbk").report.notes.isEmpty)
    #expect(try read(file, encoding: "latin1").values("name") == [.text("¼ÃÄÏ")])
    #expect(failure { _ = try read(file, encoding: "utf-8") }?.message.contains("is not text in UTF-8") == true)
  }

  @Test func mixedRowsAreKeptAndNamed() throws {
    let mixed = Self.names.map { gbk($0) } + [Array("崔寨街道".utf8), gbk("孙耿街道"), Array("太平街道".utf8)]
    let layer = try read(HandmadeShapefile(texts: mixed))
    #expect(layer.values("name") == texts(Self.names + ["崔寨街道", "孙耿街道", "太平街道"]))
    #expect(
      layer.hasNote("2 texts are not GB18030 and were read as UTF-8: row 6 “崔寨街道”, row 8 “太平街道”."))
    let other = try read(
      HandmadeShapefile(texts: Self.names.map { Array($0.utf8) } + [gbk("崔寨街道")], codePage: "UTF-8"))
    #expect(other.values("name") == texts(Self.names + ["崔寨街道"]))
    #expect(other.hasNote("1 text is not UTF-8 and was read as GB18030: row 6 “崔寨街道”."))
  }

  /// A dBASE field of 9 bytes holds 4½ characters of GBK, or 3 of UTF-8; one of 10 bytes 3⅓ of UTF-8.
  @Test func halfACharacterAtTheFieldsEndIsDroppedAndSaidSo() throws {
    let layer = try read(
      HandmadeShapefile(width: 9, texts: [gbk("济南市历下区"), gbk("天桥区"), gbk("济南市历城区"), gbk("章丘区")]))
    #expect(layer.values("name") == texts(["济南市历", "天桥区", "济南市历", "章丘区"]))
    #expect(layer.hasNote("2 texts end in half a character"))
    let utf8 = try read(HandmadeShapefile(width: 10, texts: [Array("济南市历下区".utf8), Array("天桥区".utf8)]))
    #expect(utf8.values("name") == texts(["济南市", "天桥区"]))
    #expect(utf8.hasNote("1 text ends in half a character"))
    #expect(utf8.metadata.encoding == "UTF-8, decided from the bytes")
  }

  @Test func bytesOfNoEncodingAreKeptLetterByLetter() throws {
    let layer = try read(HandmadeShapefile(texts: Self.names.map { gbk($0) } + [[0x81, 0x20, 0xFF, 0x41]]))
    #expect(layer.values("name") == texts(Self.names + ["� �A"]))
    #expect(layer.hasNote("1 text is not GB18030 nor any other encoding"))
  }

  @Test func twoNamesOfColumnsInGBKDoNotCollide() throws {
    let layer = try read(HandmadeShapefile(field: gbk("名称"), texts: Self.names.map { gbk($0) }))
    #expect(layer.table.schema.fields.map(\.name) == ["名称", "geometry"])
  }
}
