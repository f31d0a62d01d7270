import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

@Suite struct WrongFileTests {
  private let features = collection([(point(117.1, 36.8), #"{"name":"济南"}"#), (point(117.2, 36.9), #"{"name":"b"}"#)])

  @Test func aMissingFileMeansASimilarOne() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("clinics.geojson", features)
    let error = failure { _ = try FileReader.read(folder["clincs.geojson"]) }
    #expect(error?.code == .fileMissing)
    #expect(error?.fix?.contains("clinics.geojson") == true)
    #expect(
      failure { _ = try FileReader.read("/no/such/folder/a.gpkg") }?.fix?.contains("does not exist either") == true)
  }

  @Test func aFolderIsNoFile() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("clinics.geojson", features)
    let error = failure { _ = try FileReader.read(folder.path) }
    #expect(error?.code == .isDirectory)
    #expect(error?.fix?.contains("clinics.geojson") == true)
  }

  @Test func permissionIsAskedFor() throws {
    #expect(SourceFile.cannotOpen("/x/a.gpkg", code: EACCES).code == .noPermission)
    let folder = try TemporaryFolder()
    let path = try folder.write("closed.geojson", features)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    // Root may read everything.
    if geteuid() != 0 { #expect(failure { _ = try FileReader.read(path) }?.code == .noPermission) }
  }

  @Test func anEmptyFileIsSaidToBe() throws {
    let folder = try TemporaryFolder()
    #expect(failure { _ = try FileReader.read(try folder.write("e.gpkg", "")) }?.code == .emptyFile)
    #expect(failure { _ = try FileReader.read(try folder.write("e.csv", "\n\n")) }?.code == .emptyFile)
  }

  @Test(arguments: [
    ("a.gpkg", "just text\n", "plain text"), ("a.gpkg", #"{"type":"FeatureCollection"}"#, "JSON"),
    ("a.shp", "just text\n", "plain text"), ("a.geojson", "name,lng,lat\n", "plain text"),
    ("a.geojson", "<html></html>", "HTML"), ("a.csv", "PK\u{3}\u{4}", "ZIP"), ("a.fgb", "%PDF-1.4", "PDF"),
  ]) func aFileIsNotWhatItsNameSays(name: String, text: String, kind: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(name, text)
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .notWhatItClaims)
    #expect(error?.message.contains(kind) == true)
  }

  @Test func gdalsOwnWordsAreInTheMessage() throws {
    let folder = try TemporaryFolder()
    let json = failure { _ = try FileReader.read(try folder.write("a.geojson", #"{"type":"Nothing","x":[1,}"#)) }
    #expect(json?.code == .damaged || json?.code == .unknownFormat)
    let other = failure { _ = try FileReader.read(try folder.write("a.xyz", "hello\n")) }
    #expect(other?.code == .unknownFormat)
    #expect(other?.fix?.contains("GeoPackage") == true)
  }

  @Test func layersAreNamed() throws {
    let folder = try TemporaryFolder()
    let layer = try FileReader.read(try folder.write("p.geojson", features))
    let path = folder["two.gpkg"]
    try FileWriter.write([layer.exported(as: "clinics"), layer.exported(as: "schools")], to: path)
    #expect(try FileReader.layerNames(path) == ["clinics", "schools"])
    let unnamed = failure { _ = try FileReader.read(path) }
    #expect(unnamed?.code == .layerNotNamed)
    #expect(unnamed?.message.contains("clinics, schools") == true)
    let wrong = failure { _ = try FileReader.read(path, ImportOptions(layer: "clincs")) }
    #expect(wrong?.code == .layerMissing)
    #expect(wrong?.fix?.contains("Did you mean “clinics”?") == true)
    #expect(try FileReader.read(path, ImportOptions(layer: "schools")).table.rowCount == 2)
  }

  @Test func aTableWithoutGeometryIsNoLayer() throws {
    let folder = try TemporaryFolder()
    let table = Table(
      schema: Schema([Field("n", .integer)]), columns: [Column(.integer([1, 2]))], rowCount: 2)
    let path = folder["t.gpkg"]
    try FileWriter.write([ExportLayer(name: "t", table: table, referenceSystem: nil)], to: path)
    #expect(failure { _ = try FileReader.read(path) }?.code == .noGeometry)
  }

  @Test func aShapefileNeedsItsCompanions() throws {
    let folder = try TemporaryFolder()
    let layer = try FileReader.read(try folder.write("p.geojson", features))
    try FileWriter.write([layer.exported(as: "p")], to: folder["p.shp"])
    #expect(try FileReader.read(folder["p.shp"]).values("name") == [.text("济南"), .text("b")])
    let part = failure { _ = try FileReader.read(folder["p.dbf"]) }
    #expect(part?.fix?.contains("p.shp") == true)
    try FileManager.default.removeItem(atPath: folder["p.prj"])
    let unplaced = failure { _ = try FileReader.read(folder["p.shp"]) }
    #expect(unplaced?.code == .referenceSystemMissing)
    #expect(unplaced?.fix?.contains("crs epsg:4326") == true)
    try FileManager.default.removeItem(atPath: folder["p.dbf"])
    let error = failure { _ = try FileReader.read(folder["p.shp"]) }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains("p.dbf") == true)
  }
}

/// Files cut off anywhere: an error, or everything that the whole file has. A text table may be cut in the last cell of a
/// line or behind it, which nobody can tell from a shorter table.
@Suite struct TruncationTests {
  static let seed: UInt64 = 20_260_115

  @Test(arguments: ["geojson", "gpkg", "shp", "fgb", "kml", "csv"]) func cutAnywhere(format: String) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: Self.seed)
    let whole = try Self.layer(rows: 300, &random)
    let path = folder["whole." + format]
    try FileWriter.write([whole], to: path)
    let complete = try FileReader.read(path)
    #expect(complete.table.rowCount == 300)
    let content = try bytes(of: path)
    for _ in 0..<60 {
      let length = Int.random(in: 0..<content.count, using: &random)
      let cut = try folder.write("cut." + format, Array(content[..<length]))
      if format == "shp" {
        for ending in ["shx", "dbf", "prj", "cpg"] {
          _ = try folder.write("cut." + ending, try bytes(of: folder["whole." + ending]))
        }
      }
      do {
        let layer = try FileReader.read(cut)
        let rest = content[length...].prefix { $0 != UInt8(ascii: "\n") }
        let isShorterTable =
          format == "csv" && (content[length - 1] == UInt8(ascii: "\n") || !rest.contains(UInt8(ascii: ",")))
        let rows = layer.table.rowCount
        #expect(
          rows == 300 || isShorterTable,
          "seed \(Self.seed), \(format) cut at \(length) of \(content.count) read as \(rows) rows")
        if format != "csv" {
          let isSame = layer.values("name") == complete.values("name")
          #expect(isSame, "seed \(Self.seed), \(format) cut at \(length)")
        }
      } catch let error as ExchangeError {
        #expect(!error.message.isEmpty)
      }
    }
  }

  @Test func companionsOfAShapefileCutAnywhere() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: Self.seed)
    try FileWriter.write([try Self.layer(rows: 100, &random)], to: folder["s.shp"])
    for ending in ["dbf", "shx"] {
      let content = try bytes(of: folder["s." + ending])
      for _ in 0..<20 {
        let length = Int.random(in: 0..<content.count - 1, using: &random)
        _ = try folder.write("s." + ending, Array(content[..<length]))
        let error = failure { _ = try FileReader.read(folder["s.shp"]) }
        #expect(error != nil, "seed \(Self.seed), .\(ending) cut at \(length) of \(content.count)")
      }
      _ = try folder.write("s." + ending, content)
    }
  }

  @Test(arguments: ["geojson", "gpkg", "shp", "fgb", "csv"]) func flippedBytesNeverTrap(format: String) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: Self.seed)
    try FileWriter.write([try Self.layer(rows: 50, &random)], to: folder["w." + format])
    let content = try bytes(of: folder["w." + format])
    for _ in 0..<60 {
      var damaged = content
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        damaged[Int.random(in: 0..<damaged.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      let path = try folder.write("w." + format, damaged)
      do { _ = try FileReader.read(path) } catch is ExchangeError {}
    }
  }

  /// Areas, so that a cut shows in vertices as well.
  static func layer(rows: Int, _ random: inout SplitMix64) throws -> ExportLayer {
    var builder = GeometryArrayBuilder()
    var names = TextArray()
    for row in 0..<rows {
      let x = Double.random(in: 116...118, using: &random)
      let y = Double.random(in: 36...37, using: &random)
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(xs: [x, x + 0.01, x + 0.01, x, x], ys: [y, y, y + 0.01, y + 0.01, y])
      builder.endRow()
      names.append("街道 \(row)")
    }
    let table = Table(
      schema: Schema([Field("name", .text), Field("geometry", .geometry)]),
      columns: [Column(.text(names)), Column(.geometry(builder.finish()))], rowCount: rows)
    return ExportLayer(name: "whole", table: table, referenceSystem: .wgs84)
  }
}
