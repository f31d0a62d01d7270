import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// Formats that our own writer does not write, made by `ogr2ogr`.
@Suite(.enabled(if: Converter.isThere, "ogr2ogr (apt-get install gdal-bin) is not there"))
struct FormatTests {
  private static let names = ["济南", "章丘 \"区\"", "c"]

  /// Three areas with a hole, names and a number of 16 digits, written in a format.
  private func make(_ folder: TemporaryFolder, _ driver: String, _ file: String, _ options: [String] = []) throws
    -> String
  {
    let features = Self.names.enumerated().map { index, name in
      let x = 117 + Double(index) / 10
      let shell = "[[\(x),36],[\(x + 0.08),36],[\(x + 0.08),36.08],[\(x),36.08],[\(x),36]]"
      let hole = "[[\(x + 0.02),36.02],[\(x + 0.02),36.04],[\(x + 0.04),36.04],[\(x + 0.04),36.02],[\(x + 0.02),36.02]]"
      return (
        #"{"type":"Polygon","coordinates":[\#(shell),\#(hole)]}"#,
        #"{"title":"\#(name.replacing("\"", with: "\\\""))","code":\#(9_007_199_254_740_993 + index),"share":0.5}"#
      )
    }
    let source = try folder.write("source.geojson", collection(features))
    let path = folder[file]
    try Converter.run(["-f", driver, "-nln", "districts"] + options + [path, source])
    return path
  }

  @Test(arguments: [
    ("GML", "d.gml", []), ("KML", "d.kml", []), ("LIBKML", "d.kmz", []), ("MapInfo File", "d.tab", []),
    ("MapInfo File", "d.mif", ["-dsco", "FORMAT=MIF"]), ("SQLite", "d.sqlite", ["-dsco", "SPATIALITE=YES"]),
    ("OpenFileGDB", "d.gdb", []), ("FlatGeobuf", "d.fgb", ["-lco", "SPATIAL_INDEX=NO"]), ("GPKG", "d.gpkg", []),
    ("ESRI Shapefile", "d.shp", ["-lco", "ENCODING=UTF-8"]),
    ("GeoJSONSeq", "d.geojsonl", []),
  ]) func namesAndHolesComeThrough(driver: String, file: String, options: [String]) throws {
    let folder = try TemporaryFolder()
    // Only since 3.6 GDAL writes file geodatabases without Esri's library.
    guard let path = try? make(folder, driver, file, options) else { return #expect(driver == "OpenFileGDB") }
    let before = folder.names
    let layer = try FileReader.read(path)
    let title = layer.table["title"] != nil ? "title" : "Name"
    let names = ["KML", "LIBKML"].contains(driver) && layer.table["title"] == nil ? [] : layer.values(title)
    if !names.isEmpty { #expect(names == Self.names.map(Value.text), "\(layer.table.schema.fields)") }
    #expect(layer.report.rows == 3)
    #expect(abs((layer.table.geometry?.extent.width ?? 0) - 0.28) < 1e-6)
    #expect((0..<3).allSatisfy { layer.table.geometry?.coordinates(at: $0).count == 10 })
    if let code = layer.values("code").first, case .integer(let number) = code {
      #expect(number == 9_007_199_254_740_993)
    }
    #expect(folder.names == before, "nothing is written beside a file that is read")
    let listed = try DataFile(path).layers()
    #expect(listed.count == 1 && listed[0].rows == 3)
  }

  @Test func aGeodatabaseIsReadOutOfAnArchive() throws {
    let folder = try TemporaryFolder()
    guard let path = try? make(folder, "OpenFileGDB", "济南.gdb") else { return }
    var zip = ZipWriter()
    for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
      zip.add("数据/济南.gdb/\(name)", try bytes(of: path + "/" + name))
    }
    let archive = try folder.write("g.zip", zip.bytes)
    #expect(try FileReader.read(archive).report.rows == 3)
    #expect(try FileReader.layerNames(archive) == ["districts"])
  }
}

/// The command of GDAL that converts files.
enum Converter {
  private static let path = ["/usr/bin/ogr2ogr", "/usr/local/bin/ogr2ogr"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  static var isThere: Bool { path != nil }

  struct Failed: Error {}

  static func run(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path ?? "/usr/bin/false")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    if process.terminationStatus != 0 { throw Failed() }
  }
}
