import FeatureTables
import Foundation
import GeometryKernel
import Projections
import Synchronization
import Testing

@testable import DataExchange

@Suite struct GeoJSONReadingTests {
  @Test func fieldsAreTyped() throws {
    let folder = try ScratchFolder()
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
    let folder = try ScratchFolder()
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
    let folder = try ScratchFolder()
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
    let folder = try ScratchFolder()
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
    let folder = try ScratchFolder()
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
    let folder = try ScratchFolder()
    let path = try folder.write(
      "ids.geojson",
      #"{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"id":"x"},"geometry":null}]}"#)
    #expect(try FileReader.read(path).values("id") == [.text("x")])
  }

  @Test func noFeaturesAreFine() throws {
    let folder = try ScratchFolder()
    let layer = try FileReader.read(try folder.write("none.geojson", collection([])))
    #expect(layer.table.rowCount == 0)
    #expect(layer.report.notes == ["the layer has no features."])
  }

  @Test func theFilesOwnSystemIsRecognised() throws {
    let folder = try ScratchFolder()
    let features = [(point(500_000, 4_065_000), "{}")]
    let projected = try folder.write("p.geojson", collection(features, crs: "urn:ogc:def:crs:EPSG::4548"))
    #expect(try FileReader.read(projected).referenceSystem.identifier == "EPSG:4548")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:32650"))
    let overridden = try FileReader.read(projected, said)
    #expect(overridden.referenceSystem.identifier == "EPSG:32650")
    #expect(overridden.hasNote("the file says EPSG:4548"))
  }

  @Test func progressIsToldAndCancellationHeardBetweenBatches() throws {
    let folder = try ScratchFolder()
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
      #expect(heard.withLock { $0 } == [0, 4096], "\(format)")
      box.withLock { $0 = nil }
    }
  }

  @Test func cancelledWorkStops() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("p.geojson", collection([(point(117, 36), "{}")]))
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) { try FileReader.read(path, monitor: monitor) }
  }
}

@Suite struct InvalidGeometryTests {
  private static let bowTie =
    #"{"type":"Polygon","coordinates":[[[117,36],[117.2,36.2],[117.2,36],[117,36.2],[117,36]]]}"#
  private static let square =
    #"{"type":"Polygon","coordinates":[[[117,36],[117.2,36],[117.2,36.2],[117,36.2],[117,36]]]}"#

  @Test func invalidAreasAreReportedAndKept() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "a.geojson", collection([(Self.square, "{}"), (Self.bowTie, "{}"), (Self.bowTie, "{}")]))
    let layer = try FileReader.read(path)
    #expect(layer.report.invalid == 2 && layer.report.repaired == 0)
    let first = try #require(layer.report.firstInvalid)
    #expect(first.row == 2 && first.reason.contains("Self-intersection"))
    #expect(abs((first.x ?? 0) - 117.1) < 1e-9 && abs((first.y ?? 0) - 36.1) < 1e-9)
    #expect(layer.hasNote("Write repair behind the import"))
    #expect(layer.table.geometry?.kind(at: 1) == .polygon)
  }

  @Test func theyAreRepairedWhenAsked() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("a.geojson", collection([(Self.square, "{}"), (Self.bowTie, "{}")]))
    let layer = try FileReader.read(path, ImportOptions(repair: true))
    #expect(layer.report.invalid == 1 && layer.report.repaired == 1)
    let geometry = try #require(layer.table.geometry)
    #expect(geometry.kind(at: 1) == .multiPolygon)
    #expect(abs((geometry.area(at: 1) ?? 0) - 0.02) < 1e-9)
    #expect(layer.report.kindsText == "Polygon 1, MultiPolygon 1")
  }
}

@Suite struct PositionTests {
  @Test func swappedAxesAreAnErrorThatNamesTheFirstRow() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("s.geojson", collection([(point(36.8, 117.1), "{}"), (point(36.7, 117.2), "{}")]))
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .axesSwapped)
    #expect(error?.message.contains("row 1 has longitude 36.8 and latitude 117.1") == true)
  }

  @Test func swappedColumnsOfATableAsWell() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("s.csv", "name,lng,lat\na,36.8,117.1\nb,36.7,117.2\n")
    #expect(failure { _ = try FileReader.read(path) }?.code == .axesSwapped)
  }

  @Test func swappedInWesternChinaIsANote() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("u.csv", "name,lng,lat\n乌鲁木齐,43.8,87.6\n")
    #expect(try FileReader.read(path).hasNote("check whether the axes are swapped"))
  }

  @Test func oneImpossibleRowLosesItsGeometryAndIsNamed() throws {
    let folder = try ScratchFolder()
    let path = try folder.write(
      "o.csv", "name,lng,lat\na,117.1,36.8\nb,1171,36.8\nc,117.2,36.9\nd,117.2,\ne,?,36\nf,nan,36\n")
    let layer = try FileReader.read(path)
    #expect(layer.report.nullGeometries == 4)
    #expect(layer.hasNote("1 row has coordinates outside ±180°, ±90° (first: row 2, 1171.0, 36.8)"))
    #expect(layer.hasNote("3 rows have coordinates that are no numbers (first: row 4)"))
  }

  @Test func metresThatClaimToBeDegreesAreAnErrorWithAProposal() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("m.geojson", collection([(point(39_500_000, 4_065_000), "{}")]))
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .outOfRange)
    #expect(error?.fix?.contains("crs epsg:4527") == true)
  }

  @Test func zeroCoordinatesAreCounted() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("z.csv", "name,lng,lat\na,117.1,36.8\nb,0,0\n")
    #expect(try FileReader.read(path).hasNote("1 row has the coordinate 0, 0"))
  }

  @Test func aProjectedLayerFarFromItsRegionIsWarnedOf() throws {
    let folder = try ScratchFolder()
    let features = [(point(39_500_000, 4_065_000), "{}"), (point(39_510_000, 4_066_000), "{}")]
    let far = try folder.write("f.geojson", collection(features, crs: "urn:ogc:def:crs:EPSG::4548"))
    let layer = try FileReader.read(far)
    #expect(layer.hasNote("far from the area of use of EPSG:4548"))
    #expect(layer.hasNote("crs epsg:4527"))
    let near = try folder.write(
      "n.geojson", collection([(point(500_000, 4_065_000), "{}")], crs: "urn:ogc:def:crs:EPSG::4548"))
    #expect(try FileReader.read(near).report.notes.isEmpty)
  }

  @Test(arguments: [
    ("117.1,36.8", "crs epsg:4326"), ("39500000,4065000", "crs epsg:4527"), ("20500000,4065000", "crs epsg:4498"),
    ("13034900,4414000", "crs epsg:3857"), ("500000,4065000", "crs epsg:4548"), ("5,-9000000", "crs epsg:…"),
  ]) func numbersProposeAReferenceSystem(position: String, proposal: String) throws {
    let parts = position.split(separator: ",").compactMap { Double($0) }
    let survey = PositionSurvey(GeometryArray(pointsX: [parts[0]], y: [parts[1]]))
    #expect(ReferenceSystemProposal.sentence(for: survey).contains(proposal))
  }

  @Test func northingBeforeEastingIsWarnedOf() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("n.csv", "name,x,y\na,4065000,500000\n")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:4548"))
    #expect(try FileReader.read(path, said).hasNote("check whether the axes are swapped"))
  }

  @Test func aTableOfMetresMustSayItsSystem() throws {
    let folder = try ScratchFolder()
    let path = try folder.write("m.csv", "name,x,y\na,500000,4065000\n")
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .referenceSystemMissing)
    #expect(error?.fix?.contains("epsg:4548") == true)
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:4548"))
    #expect(try FileReader.read(path, said).table.geometry?.xs == [500_000])
  }
}
