import FeatureTables
import Foundation
import GeometryKernel
import Projections
import Synchronization
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

@Suite struct GeoJSONReadingTests {
  @Test func fieldsAreTyped() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "typed.geojson",
      collection([
        (
          point(117.1, 36.8),
          #"{"n":1,"big":9007199254740993,"r":1.5,"t":"a","d":"2021-05-11","b":true,"m":"2021-05-11T08:30:00+08:00","h":"08:30:00","l":[1,2],"s":["a","\"b"],"o":{"k":[1]},"mixed":1}"#
        ),
        (point(117.2, 36.9), #"{"n":null,"big":2,"r":2,"t":null,"d":null,"b":false,"mixed":2.5}"#),
      ]))
    let layer = try FileReader.read(path)
    let types = Dictionary(uniqueKeysWithValues: layer.table.schema.fields.map { ($0.name, $0.type) })
    #expect(types["n"] == .integer && types["big"] == .integer)
    #expect(types["r"] == .plainNumber && types["mixed"] == .plainNumber)
    #expect(types["d"] == .date && types["b"] == .boolean)
    #expect(types["m"] == .text && types["l"] == .text && types["o"] == .text)
    #expect(layer.values("n") == [.integer(1), .null])
    #expect(layer.values("big") == [.integer(9_007_199_254_740_993), .integer(2)])
    #expect(layer.values("d") == [.date(try #require(CalendarDate("2021-05-11"))), .null])
    #expect(layer.values("b") == [.boolean(true), .boolean(false)])
    #expect(layer.values("m") == [.text("2021-05-11T08:30:00+08:00"), .null])
    #expect(layer.values("h") == [.text("08:30:00"), .null])
    #expect(layer.values("l").first == .text("[1,2]"))
    #expect(layer.values("s").first == .text(#"["a","\"b"]"#))
    #expect(layer.values("mixed") == [.number(1), .number(2.5)])
  }

  @Test func mixedKindsAreOneLayerAndNullAndEmptyAreCounted() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "mixed.geojson",
      collection([
        (point(117, 36), "{}"), ("null", "{}"), (#"{"type":"LineString","coordinates":[]}"#, "{}"),
        (#"{"type":"LineString","coordinates":[[117,36],[117.1,36]]}"#, "{}"),
        (
          #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[117,36]},{"type":"LineString","coordinates":[[117,36],[117.1,36]]}]}"#,
          "{}"
        ), (#"{"type":"MultiPoint","coordinates":[[117,36],[117.1,36]]}"#, "{}"),
      ]))
    let report = try FileReader.read(path).report
    #expect(report.kindsText == "Point 1, LineString 2, MultiPoint 1, GeometryCollection 1")
    #expect(report.rows == 6 && report.nullGeometries == 1 && report.emptyGeometries == 1)
  }

  @Test func heightsAreDroppedWithANote() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "z.geojson",
      collection([
        (#"{"type":"Point","coordinates":[117,36,50]}"#, "{}"),
        (#"{"type":"LineString","coordinates":[[117,36,1],[117.1,36,2]]}"#, "{}"),
      ]))
    let layer = try FileReader.read(path)
    #expect(layer.table.geometry?.coordinateCount == 3)
    #expect(layer.hasNote("heights (Z) of 2 rows"))
  }

  @Test func namesThatAreTakenAreNumbered() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "names.geojson", collection([(point(117, 36), #"{"geometry":"g","Name":"a","name":"b","":"c"}"#)]))
    let layer = try FileReader.read(path)
    #expect(layer.table.schema.fields.map(\.name) == ["geometry_2", "Name", "name_2", "column_4", "geometry"])
    #expect(layer.values("name_2") == [.text("b")])
    #expect(layer.hasNote("“geometry” is reserved"))
  }

  @Test(arguments: [
    ([0, 1, 2], false), ([1, 2, 3], false), ([7, 5, 9], true), ([10, 11, 12], true),
  ]) func idsThatSayMoreThanTheOrderAreAColumn(ids: [Int], isColumn: Bool) throws {
    let folder = try TemporaryFolder()
    let features = ids.map {
      #"{"type":"Feature","id":\#($0),"properties":{"k":1},"geometry":\#(point(117, 36))}"#
    }
    let path = try folder.write(
      "ids.geojson", #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}")
    let layer = try FileReader.read(path)
    #expect(layer.table.schema.fields.first?.name == (isColumn ? "id" : "k"))
    if isColumn { #expect(layer.values("id") == ids.map { .integer(Int64($0)) }) }
  }

  @Test func aPropertyCalledIdStaysWhatItIs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "ids.geojson",
      #"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"id":"x"},"geometry":null}]}"#)
    #expect(try FileReader.read(path).values("id") == [.text("x")])
  }

  @Test func noFeaturesAreFine() throws {
    let folder = try TemporaryFolder()
    let layer = try FileReader.read(try folder.write("none.geojson", collection([])))
    #expect(layer.table.rowCount == 0)
    #expect(layer.report.notes == ["the layer has no features."])
  }

  @Test func theFilesOwnSystemIsRecognised() throws {
    let folder = try TemporaryFolder()
    let features = [(point(500_000, 4_065_000), "{}")]
    let projected = try folder.write("p.geojson", collection(features, crs: "urn:ogc:def:crs:EPSG::4548"))
    #expect(try FileReader.read(projected).referenceSystem.identifier == "EPSG:4548")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:32650"))
    let overridden = try FileReader.read(projected, said)
    #expect(overridden.referenceSystem.identifier == "EPSG:32650")
    #expect(overridden.hasNote("the file says EPSG:4548"))
  }

  @Test func progressIsToldAndCancellationHeardBetweenBatches() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 5)
    for format in ["geojson", "gpkg", "csv"] {
      let path = folder["p." + format]
      try FileWriter.write([try TruncationTests.layer(rows: 9000, &random)], to: path)
      let heard = Mutex<[Int]>([])
      let box = Mutex<WorkMonitor?>(nil)
      let monitor = WorkMonitor { progress in
        heard.withLock { $0.append(progress.done) }
        if progress.done >= 4096 { box.withLock { $0 }?.cancel() }
      }
      box.withLock { $0 = monitor }
      #expect(throws: Cancelled.self) { try FileReader.read(path, monitor: monitor) }
      let rows = heard.withLock { $0 }
      // GeoJSON is read in blocks of bytes, other files in runs of rows.
      if format == "geojson" {
        #expect(rows.first == 0 && rows.count { $0 >= 4096 } == 1)
      } else {
        #expect(rows == [0, 4096], "\(format)")
      }
      box.withLock { $0 = nil }
    }
  }

  @Test func cancelledWorkStops() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("p.geojson", collection([(point(117, 36), "{}")]))
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) { try FileReader.read(path, monitor: monitor) }
  }
}
