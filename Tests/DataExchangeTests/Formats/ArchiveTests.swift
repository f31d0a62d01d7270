import FeatureTables
import Foundation
import TestSupport
import Testing

@testable import DataExchange

@Suite struct ArchiveTests {
  /// `诊所` in GBK.
  private let clinics: [UInt8] = [0xD5, 0xEF, 0xCB, 0xF9]
  private let table = Array("name,lng,lat\n济南,117,36\nb,117.1,36.1\n".utf8)

  private func shapefile(_ folder: TemporaryFolder, _ name: String) throws -> [(ending: String, bytes: [UInt8])] {
    let layer = try FileReader.read(try folder.write("p.csv", table))
    try FileWriter.write([layer.exported(as: name)], to: folder[name + ".shp"])
    return try ["shp", "shx", "dbf", "prj", "cpg"].map { ($0, try bytes(of: folder[name + "." + $0])) }
  }

  @Test func aShapefileIsReadOutOfAnArchiveWithNamesInGBK() throws {
    let folder = try TemporaryFolder()
    var zip = ZipWriter()
    zip.add(Array("__MACOSX/._x.shp".utf8), [1, 2, 3])
    for (ending, bytes) in try shapefile(folder, "s") {
      zip.add([0xCA, 0xFD, 0xBE, 0xDD] + Array("/".utf8) + clinics + Array(".\(ending)".utf8), bytes)
    }
    zip.add("read me.pdf", [0])
    let path = try folder.write("it's \"one\".zip", zip.bytes)
    let file = try DataFile(path)
    #expect(try file.layerNames() == ["诊所"])
    #expect(try file.read().values("name") == [.text("济南"), .text("b")])
    #expect(
      try file.layers() == [
        FileLayer(name: "诊所", kinds: "Point", rows: 2, referenceSystem: "EPSG:4326", columns: ["name"])
      ])
  }

  @Test func severalFilesAreLayersOfTheirOwn() throws {
    let folder = try TemporaryFolder()
    var zip = ZipWriter()
    for (ending, bytes) in try shapefile(folder, "s") { zip.add("a/s.\(ending)", bytes) }
    zip.add("b/s.csv", table)
    zip.add("b/t.geojson", Array(collection([(point(117, 36), #"{"n":1}"#)]).utf8))
    let path = try folder.write("several.zip", zip.bytes)
    #expect(try FileReader.layerNames(path) == ["s", "s_2", "t"])
    let unnamed = failure { _ = try FileReader.read(path) }
    #expect(unnamed?.code == .layerNotNamed && unnamed?.message.contains("s, s_2, t") == true)
    #expect(unnamed?.fix?.contains(path) == true)
    #expect(try FileReader.read(path, ImportOptions(layer: "s_2")).values("name").count == 2)
    #expect(try FileReader.read(path, ImportOptions(layer: "t")).values("n") == [.integer(1)])
    #expect(failure { _ = try FileReader.read(path, ImportOptions(layer: "u")) }?.code == .layerMissing)
  }

  @Test func nothingStaysBehind() throws {
    let folder = try TemporaryFolder()
    var zip = ZipWriter()
    zip.add("../../up.csv", table)
    zip.add("t.csv", table)
    let path = try folder.write("t.zip", zip.bytes)
    var file: DataFile? = try DataFile(path)
    let places = file?.parts.map(\.path) ?? []
    #expect(places.count == 1 && places.allSatisfy { FileManager.default.fileExists(atPath: $0) })
    let root = FileManager.default.temporaryDirectory.path
    #expect(places.allSatisfy { $0.hasPrefix(root + "/catchment-") && !$0.contains("..") })
    file = nil
    #expect(places.allSatisfy { !FileManager.default.fileExists(atPath: $0) })
  }

  @Test func archivesThatCannotBeReadSayWhy() throws {
    let folder = try TemporaryFolder()
    var whole = ZipWriter()
    whole.add("t.csv", table)
    let cut = try folder.write("cut.zip", Array(whole.bytes.dropLast(30)))
    #expect(failure { _ = try FileReader.read(cut) }?.code == .truncated)
    var locked = ZipWriter()
    locked.add(Array("t.csv".utf8), table, flags: 1)
    #expect(
      failure { _ = try FileReader.read(try folder.write("l.zip", locked.bytes)) }?.message.contains("password") == true
    )
    var nested = ZipWriter()
    nested.add("inner.zip", whole.bytes)
    #expect(
      failure { _ = try FileReader.read(try folder.write("n.zip", nested.bytes)) }?.fix?.contains("inside") == true)
    #expect(failure { _ = try FileReader.read(try folder.write("e.zip", ZipWriter().bytes)) } != nil)
    let shape = try shapefile(folder, "s")
    var alone = ZipWriter()
    alone.add("s.shp", shape[0].bytes)
    #expect(
      failure { _ = try FileReader.read(try folder.write("a.zip", alone.bytes)) }?.message.contains("s.shx") == true)
  }

  @Test func bombsAreNotUnpacked() throws {
    let folder = try TemporaryFolder()
    for (name, size) in [("large.zip", 9 << 29), ("dense.zip", 300 << 20)] {
      var zip = ZipWriter()
      for part in 0..<4 { zip.add(Array("t\(part).csv".utf8), table, promisedSize: min(size, 4_000_000_000)) }
      let path = try folder.write(name, zip.bytes)
      #expect(failure { _ = try FileReader.read(path) }?.code == .tooLarge, "\(name)")
    }
    var sheet = ZipWriter()
    sheet.add(Array("xl/worksheets/sheet1.xml".utf8), table, promisedSize: 3_000_000_000)
    #expect(failure { _ = try FileReader.read(try folder.write("b.xlsx", sheet.bytes)) }?.code == .tooLarge)
    // A file that is longer than it promises is read as far as it promises, one that is shorter is an error.
    var liar = ZipWriter()
    liar.add(Array("t.csv".utf8), table, promisedSize: table.count + 100)
    #expect(failure { _ = try FileReader.read(try folder.write("liar.zip", liar.bytes)) } != nil)
  }

  @Test func archivesCutOrSpoiledAnywhereNeverTrap() throws {
    let folder = try TemporaryFolder()
    let seed: UInt64 = 20_261_121
    var random = SplitMix64(seed: seed)
    var zip = ZipWriter()
    zip.add("t.csv", table)
    zip.add("u.csv", table)
    let content = zip.bytes
    for _ in 0..<80 {
      var damaged = Array(content[..<Int.random(in: 1...content.count, using: &random)])
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        _ = try FileReader.read(folder.write("d.zip", damaged), ImportOptions(layer: "t"))
      } catch let error as ExchangeError {
        #expect(!error.message.isEmpty, "seed \(seed)")
      }
    }
  }
}
