import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// The forms that a GeoJSON file can have, and what it says about itself.
@Suite struct GeoJSONFormTests {
  private func read(_ text: String, blockSize: Int = FeatureStream.blockSize) throws -> RawLayer {
    let folder = try TemporaryFolder()
    return try readGeoJSON(try folder.write("stops.json", text), blockSize: blockSize)
  }

  @Test func oneFeatureIsALayer() throws {
    for text in [
      #"{"type":"Feature","name":"x","properties":{"a":2},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
      "\u{FEFF}{\n\"properties\":\n{\"a\":2},\n\"geometry\":{\"coordinates\":[1,\n2],\"type\":\"Point\"},\n"
        + "\"type\":\"Feature\"}\n",
    ] {
      let layer = try read(text, blockSize: 10)
      #expect(layer.name == "stops" && layer.fields == [Field("a", .integer)])
      #expect(layer.geometry.xs == [1] && layer.geometry.ys == [2])
    }
  }

  @Test func aBareGeometryIsAFeature() throws {
    let layer = try read(#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#)
    #expect(layer.fields.isEmpty && layer.geometry.count == 1 && layer.geometry.kind(at: 0) == .collection)
  }

  @Test(arguments: ["\n", "\r\n", "\n\n", "\n\u{1E}", "\u{1E}", " "]) func featuresFollowOneAnother(between: String)
    throws
  {
    let features = (0..<20).map {
      #"{"type":"Feature","properties":{"n":\#($0)},"geometry":{"type":"Point","coordinates":[\#($0),2]}}"#
    }
    let text = (between.contains("\u{1E}") ? "\u{1E}" : "") + features.joined(separator: between) + "\n"
    for size in [50, 100, 300, 1 << 19] {
      let layer = try read(text, blockSize: size)
      #expect(layer.geometry.xs == (0..<20).map(Double.init), "blocks of \(size)")
      #expect(layer.columns[0].storage.integers == (0..<20).map(Int64.init))
    }
  }

  @Test func membersMayComeInAnyOrder() throws {
    let layer = try read(
      #"""
      {"features":[{"geometry":null,"properties":{"a":1},"type":"Feature"}], "bbox":[1,2,3,4], "description":"of all",
       "crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4548"}}, "name":"last", "type":"FeatureCollection"}
      """#, blockSize: 20)
    #expect(layer.name == "last" && layer.description == "of all")
    #expect(layer.referenceSystem?.identifier == "EPSG:4548")
  }

  @Test(arguments: [
    (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#, "EPSG:4326"),
    (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4326"}}"#, "EPSG:4326"),
    (#"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}"#, "EPSG:4490"),
    (#"{"type":"name","properties":{"name":"EPSG:4548"}}"#, "EPSG:4548"),
    (#"{"type":"EPSG","properties":{"code":4548}}"#, "EPSG:4548"), (#""EPSG:4548""#, "EPSG:4548"),
    ("null", "EPSG:4326"),
  ]) func referenceSystems(member: String, identifier: String) throws {
    let text = #"{"type":"FeatureCollection","crs":\#(member),"features":[]}"#
    #expect(try read(text).referenceSystem?.identifier == identifier)
  }

  @Test(arguments: [
    #"{"type":"link","properties":{"href":"http://example.org/crs","type":"proj4"}}"#, "12",
    #"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::99999"}}"#,
  ]) func aSystemThatIsNotKnownMustBeSaid(member: String) throws {
    let folder = try TemporaryFolder()
    let text = #"{"type":"FeatureCollection","crs":\#(member),"features":[]}"#
    let path = try folder.write("crs.geojson", text)
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .referenceSystemUnknown)
    #expect(error?.fix?.contains("crs epsg:") == true)
    #expect(try FileReader.read(path, ImportOptions(referenceSystem: .wgs84)).referenceSystem == .wgs84)
  }

  @Test func aFeatureWithoutPropertiesHasItsOwnMembers() throws {
    let layer = try read(
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"a":1,"bbox":[1,2,3,4]}]}"#)
    #expect(layer.fields == [Field("a", .integer)])
  }

  @Test func idsOfAnyKindAreAColumn() throws {
    func ids(_ ids: [String?]) throws -> [Value] {
      let features = ids.map {
        #"{"type":"Feature"\#($0.map { #","id":\#($0)"# } ?? ""),"properties":{"k":1},"geometry":null}"#
      }
      let layer = try read(
        #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}", blockSize: 100)
      guard layer.fields.first?.name == "id" else { return [] }
      return (0..<ids.count).map { layer.columns[0].value(at: $0) }
    }
    #expect(try ids([#""a""#, #""b""#]) == [.text("a"), .text("b")])
    #expect(try ids([#""a""#, "4", nil]) == [.text("a"), .text("4"), .null])
    #expect(try ids(["-4", "4"]) == [.integer(-4), .integer(4)])
    #expect(try ids([nil, "4"]) == [.null, .integer(4)])
    #expect(try ids(["1", "2", "3"]).isEmpty && ids(["0", "1"]).isEmpty && ids([nil, nil]).isEmpty)
  }

  @Test func theLastOfTwoPropertiesOfOneNameCounts() throws {
    let layer = try read(
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":"x","b":1,"a":"y"}}]}"#
    )
    #expect(layer.columns.map { $0.value(at: 0) } == [.text("y"), .integer(1)])
  }

  @Test func aTypeIsThatOfTheWholeColumn() throws {
    let rows = [
      #""a":1,"b":true,"c":"2021-05-11","d":"2021-05-11","e":true,"f":1.5,"g":[1]"#,
      #""a":2.5,"b":2,"c":"2021/6/1","d":"2021-02-30","e":"x","f":"x","g":"x","late":18446744073709551615"#,
    ]
    let layer = try read(
      #"{"type":"FeatureCollection","features":["#
        + rows.map { #"{"type":"Feature","geometry":null,"properties":{\#($0)}}"# }.joined(separator: ",") + "]}")
    #expect(layer.fields.map(\.type) == [.plainNumber, .integer, .date, .text, .text, .text, .text, .plainNumber])
    #expect(layer.columns.map { $0.value(at: 0) }.suffix(4) == [.text("true"), .text("1.5"), .text("[1]"), .null])
    #expect(layer.columns[1].value(at: 0) == .integer(1) && layer.columns[7].value(at: 1) == .number(0x1p64))
  }

  @Test func layersAreAskedForByTheirName() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("f.geojson", #"{"type":"FeatureCollection","name":"stops","features":[]}"#)
    #expect(try FileReader.layerNames(path) == ["stops"])
    #expect(try FileReader.read(path, ImportOptions(layer: "Stops")).table.rowCount == 0)
    let error = failure { _ = try FileReader.read(path, ImportOptions(layer: "stpos")) }
    #expect(error?.code == .layerMissing && error?.fix?.contains("Did you mean “stops”?") == true)
  }
}
