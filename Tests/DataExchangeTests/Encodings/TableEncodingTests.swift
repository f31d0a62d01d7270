import FeatureTables
import TestSupport
import Testing

@testable import DataExchange

/// The bytes of a text in GBK or GB18030, as another program would write it.
func gbk(_ text: String) -> [UInt8] { written(text, in: .gb18030) }

func written(_ text: String, in encoding: TextEncoding) -> [UInt8] {
  EncoderHandle(encoding)?.encode(text) ?? []
}

/// The texts of tables: CSV says nothing about its encoding.
@Suite struct TableEncodingTests {
  private func read(_ bytes: [UInt8], encoding: String? = nil) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    return try FileReader.read(try folder.write("t.csv", bytes), ImportOptions(encoding: encoding))
  }

  @Test func theEncoderWritesTheBytesOfTheStandards() {
    #expect(gbk("济南") == [0xBC, 0xC3, 0xC4, 0xCF])
    #expect(written("濟南", in: .big5) == [0xC0, 0xD9, 0xAB, 0x6E])
    // GB18030-2022, four bytes: U+20000, the first character of the second plane.
    #expect(gbk("𠀀") == [0x95, 0x32, 0x82, 0x36])
  }

  @Test func tablesOfGB18030WithCharactersOfFourBytes() throws {
    let layer = try read(gbk("名称,经度,纬度\n济南西站,116.9,36.66\n𠀀堌村,117.1,36.7\n䶮家庄,117.2,36.7\n"))
    #expect(layer.values("名称") == [.text("济南西站"), .text("𠀀堌村"), .text("䶮家庄")])
    #expect(layer.hasNote("texts are read as GB18030, decided from the bytes"))
    #expect(layer.metadata.encoding == "GB18030, decided from the bytes")
  }

  @Test func tablesOfBig5() throws {
    let layer = try read(written("名稱,lng,lat\n臺北車站,121.5,25.05\n龍山寺|功學社,121.5,25.04\n許功蓋餐廳,121.5,25.0\n", in: .big5))
    #expect(layer.values("名稱") == [.text("臺北車站"), .text("龍山寺|功學社"), .text("許功蓋餐廳")])
    #expect(layer.hasNote("texts are read as Big5"))
  }

  @Test func tablesOfLatin1() throws {
    let layer = try read(
      written("name,lng,lat\nCafé Zürich,8.5,47.4\nHôtel de l’Île,6.1,46.2\nSão João,-9,38\n", in: .latin1))
    #expect(layer.values("name") == [.text("Café Zürich"), .text("Hôtel de l’Île"), .text("São João")])
    #expect(layer.hasNote("texts are read as Latin-1"))
  }

  @Test func utf8NeedsNoWordAndAMarkIsOne() throws {
    let plain = try read(Array("名称,lng,lat\nCafé,8.5,47.4\n济南,117,36.6\n".utf8))
    #expect(plain.values("名称") == [.text("Café"), .text("济南")])
    #expect(plain.metadata.encoding == "UTF-8, decided from the bytes")
    let marked = try read([0xEF, 0xBB, 0xBF] + Array("名称,lng,lat\n济南,117,36.6\n".utf8), encoding: "gbk")
    #expect(marked.values("名称") == [.text("济南")])
  }

  @Test func mixedLinesAreKeptAndNamed() throws {
    let layer = try read(
      gbk("名称,lng,lat\n济南西站,116.9,36.66\n大明湖,117.0,36.68\n") + Array("趵突泉,117.0,36.66\n".utf8)
        + gbk("千佛山,117.0,36.6\n"))
    #expect(layer.values("名称") == ["济南西站", "大明湖", "趵突泉", "千佛山"].map { .text($0) })
    #expect(layer.hasNote("1 text is not GB18030 and was read as UTF-8: line 4 “趵突泉"))
  }

  @Test func encodingsAreSaidInManyWays() throws {
    for name in ["GBK", "gb18030", "cp936", "gb-2312", "ANSI_936", "WindowsSimpChinese"] {
      #expect(TextEncoding(named: name) == .gb18030, "\(name)")
    }
    #expect(TextEncoding(named: "65001") == .utf8 && TextEncoding(named: "ISO 88591") == .latin1)
    #expect(TextEncoding(named: "shift_jis")?.name == "shift_jis" && TextEncoding(named: "klingon") == nil)
    let sjis = TextEncoding(named: "Shift_JIS")
    #expect(
      try read(
        [0x6E, 0x2C, 0x78, 0x2C, 0x79, 0x0A, 0x93, 0x8C, 0x8B, 0x9E, 0x2C, 0x31, 0x2C, 0x32], encoding: sjis?.title
      )
      .values("n") == [.text("東京")])
  }
}
