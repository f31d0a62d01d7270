import FeatureTables
import TestSupport
import Testing

@testable import DataExchange

/// Texts that another program garbled before they came here.
@Suite struct GarbledTests {
  private func read(_ names: [String], encoding: String? = nil) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    let features = names.map { (point(117, 36.6), #"{"name":"\#($0)"}"#) }
    return try FileReader.read(
      try folder.write("g.geojson", collection(features)), ImportOptions(encoding: encoding))
  }

  private struct Named: RowCondition {
    let name: String

    func comparisons(over schema: Schema) throws -> [ColumnComparison] { [] }

    func columns(over schema: Schema) throws -> Set<String> { ["name"] }

    func rows(of table: Table) throws -> [Int32] {
      (0..<table.rowCount).filter { table["name"]?.value(at: $0) == .text(name) }.map(Int32.init)
    }
  }

  /// A condition is asked of the texts as they were.
  @Test func aConditionIsAskedOfTheRestoredTexts() throws {
    let folder = try TemporaryFolder()
    let features = ["¼ÃÄÏÊÐ", "Café", "¼ÃÄÏÊÐ"].map { (point(117, 36.6), #"{"name":"\#($0)"}"#) }
    var options = ImportOptions(encoding: "garbled")
    options.rows = RowSelection(condition: Named(name: "济南市"), limit: 1)
    let read = try FileReader.read(try folder.write("g.geojson", collection(features)), options)
    #expect(read.values("name") == [.text("济南市")])
  }

  /// What a program makes of bytes that it takes for another encoding's.
  private func garbled(_ text: String, were: TextEncoding, readAs: TextEncoding) throws -> String {
    var result: [UInt8] = []
    for byte in written(text, in: were) where readAs == .latin1 {
      var letter: [UInt8] = []
      let outcome = try TextDecoder(.latin1).decode([byte], into: &letter)
      result += outcome.isClean ? letter : Array(String(Character(Unicode.Scalar(byte))).utf8)
    }
    if readAs != .latin1 { _ = try TextDecoder(readAs).decode(written(text, in: were), into: &result) }
    return String(decoding: result, as: UTF8.self)
  }

  @Test func theWordsOfTheIssue() throws {
    let layer = try read(["¼ÃÄÏÊÐ", "\u{E6}\u{B5}\u{17D}\u{E5}\u{8D}\u{2014}", "Café", "济南"])
    #expect(
      layer.hasNote(
        "2 texts were garbled by another program (first: “¼ÃÄÏÊÐ” in “name”, GB18030 that was read as Latin-1: “济南市”); "
          + "write encoding garbled to restore them."))
    #expect(layer.values("name").first == .text("¼ÃÄÏÊÐ"))
    for word in ["garbled", "乱码"] {
      let mended = try read(["¼ÃÄÏÊÐ", "\u{E6}\u{B5}\u{17D}\u{E5}\u{8D}\u{2014}", "Café", "济南"], encoding: word)
      #expect(mended.values("name") == [.text("济南市"), .text("济南"), .text("Café"), .text("济南")])
      #expect(mended.hasNote("2 texts were garbled by another program and are restored"))
    }
  }

  @Test(arguments: [
    (TextEncoding.gb18030, TextEncoding.latin1), (.utf8, .latin1), (.utf8, .gb18030),
  ]) func eachMishapIsUndone(were: TextEncoding, readAs: TextEncoding) throws {
    // UTF-8 read as GBK pairs the bytes anew: an odd number of them loses the last.
    let names = ["济南", "历城", "章丘区政府", "黄河大桥", "天桥医院"].filter { readAs != .gb18030 || $0.utf8.count % 2 == 0 }
    let spoiled = try names.map { try garbled($0, were: were, readAs: readAs) }
    #expect(spoiled != names && !names.isEmpty)
    #expect(try read(spoiled, encoding: "garbled").values("name") == names.map { .text($0) })
    #expect(try read(spoiled).hasNote("\(names.count) texts were garbled"))
  }

  @Test func whatIsWellIsLeftAlone() throws {
    let names = ["Ångström", "Škoda", "Île-de-France", "£ 5 ½", "Łódź", "東京タワー", "鄄城", "垚淼鑫", "邿山", "Ñandú"]
    let layer = try read(names, encoding: "garbled")
    #expect(layer.values("name") == names.map { .text($0) })
    #expect(layer.report.notes.isEmpty)
  }

  @Test func whatIsLostIsSaid() throws {
    #expect(try read(["��市", "济南"]).hasNote("1 text has letters that another program lost (first: row 1"))
    #expect(try read(["锟斤拷锟斤拷"]).hasNote("1 text has letters that another program lost"))
  }
}
