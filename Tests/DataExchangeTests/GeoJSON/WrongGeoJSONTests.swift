import FeatureTables
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// GeoJSON that is broken, cut off or something else.
@Suite struct WrongGeoJSONTests {
  private static let head = #"{"type":"FeatureCollection","features":["#
  private static let good =
    #"{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[117,36]}}"#

  /// Each with § at the place, and the reason, that the message must tell.
  static let broken: [(marked: String, reason: String)] = [
    (head + "\n§,]}", "a value is missing"), (head + good + ",\n  §]}", "a value is missing"),
    (head + good + "\n§" + good + "]}", "a comma or ] is missing after a feature"),
    (head + #"{"type" §"Feature"}]}"#, "a colon is missing"),
    (head + #"{"type":"Feature",§}]}"#, "a name in quotes is missing"),
    (head + #"{§type:"Feature"}]}"#, "a name in quotes is missing"),
    (head + #"{"济南":§northern}]}"#, "“northern” is no value"),
    (head + #"{"a":[1 §2]}]}"#, "a comma or ] is missing"), (head + #"{"a":1 §"b":2}]}"#, "a comma or } is missing"),
    (head + #"{"a":§007}]}"#, "a needless zero"), (head + #"{"a":1.§}]}"#, "lacks a digit"),
    (head + #"{"a":-§}]}"#, "lacks a digit"), (head + #"{"a":"x§\q"}]}"#, "a backslash that begins no escape"),
    (head + #"{"a":"x\u12§g4"}]}"#, "four hexadecimal digits"),
    (head + "{\"a\":\"x§\ny\"}]}", "a line end or another control character"),
    (head + good + "]} §and more }", "something follows the end"), (head + good + #"],"crs" §}"#, "a colon is missing"),
    ("§[1, 2]", "an object is missing"),
    (
      head + "{\"a\":" + String(repeating: "[", count: 999) + "§" + String(repeating: "[", count: 9)
        + String(repeating: "]", count: 1008) + "}]}", "nested more than"
    ),
  ]

  @Test(arguments: broken.indices, [16, 64, 1 << 19])
  func theBrokenPlaceIsNamed(index: Int, blockSize: Int) throws {
    let (marked, reason) = Self.broken[index]
    let lines = marked.prefix { $0 != "§" }.split(separator: "\n", omittingEmptySubsequences: false)
    let place = "line \(lines.count), character \((lines.last?.unicodeScalars.count ?? 0) + 1): "
    let folder = try TemporaryFolder()
    let path = try folder.write("broken.geojson", marked.filter { $0 != "§" })
    let error = failure { _ = try readGeoJSON(path, blockSize: blockSize) }
    #expect(error?.code == .damaged)
    #expect(error?.message.contains(place) == true, "\(place) \(error?.message ?? "read")")
    #expect(error?.message.contains(reason) == true, "\(error?.message ?? "read")")
    #expect(error?.fix != nil)
  }

  /// A cut that ends with a bracket passes the first look at the file's end.
  @Test func everyCutIsFound() throws {
    let folder = try TemporaryFolder()
    let whole = Array((Self.head + Self.good + "," + Self.good + #"],"name":"x"}"#).utf8)
    for length in 1..<whole.count {
      let path = try folder.write("cut.json", Array(whole[..<length]))
      let error = failure { _ = try FileReader.read(path) }
      #expect(error?.code == .truncated, "cut at \(length)")
    }
  }

  @Test func foreignBytesAreFoundInTheirLine() throws {
    let folder = try TemporaryFolder()
    let other = Self.good.replacing(#""n":1"#, with: #""n":"XX""#)
    var content = Array((Self.head + Self.good + ",\n" + other + "]}").utf8)
    let place = try #require(content.lastIndex(of: UInt8(ascii: "X")))
    content.replaceSubrange(place - 1...place, with: [0xBC, 0xC3])
    let path = try folder.write("gbk.geojson", content)
    for size in [64, 1 << 19] {
      let error = failure { _ = try readGeoJSON(path, blockSize: size) }
      #expect(error?.code == .encodingUnknown)
      #expect(error?.message.contains("line 2") == true)
      #expect(error?.fix == "Save the file as UTF-8.")
    }
  }

  @Test(arguments: [
    (#"{"type":"FeatureCollection"}"#, "a collection without features"),
    (#"{"type":"FeatureCollection","features":{"a":1}}"#, "a collection without features"),
    (#"{"type":"FeatureCollection","features":null}"#, "a collection without features"),
    (#"{"stops":[{"lng":117.1,"lat":36.7}]}"#, "JSON, but no GeoJSON"), ("{}", "JSON, but no GeoJSON"),
    (#"{"type":"Nothing","features":[1]}"#, "JSON, but no GeoJSON"),
    (#"{"features":[{"a":1}]}"#, "JSON, but no GeoJSON"),
  ]) func otherJSONIsSaidToBe(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("other.json", text)
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .unknownFormat || error?.code == .damaged)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "read")")
  }

  /// Rows whose geometries are none are kept aside.
  @Test func oneBadGeometryIsOneRowKeptAside() throws {
    let folder = try TemporaryFolder()
    let shapes = [
      point(117, 36), #"{"type":"Polygon","coordinates":[[117,36],[118,36],[118,37],[117,36]]}"#,
      #"{"type":"Point","coordinates":[[117,36]]}"#, #"{"type":"LineString","coordinates":[[[117,36]]]}"#,
      #"{"type":"Circle","coordinates":[117,36]}"#, #"{"coordinates":[117,36]}"#, #"{"type":"Point"}"#,
      #"{"type":"GeometryCollection"}"#, #"[117,36]"#, #""POINT (117 36)""#,
      #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[117,36]},null]}"#,
      #"{"type":"Point","coordinates":["117","36"]}"#, #"{"type":"Point","coordinates":[117]}"#,
      #"{"type":"LineString","coordinates":[[117,36],[null,null]]}"#, #"{"type":"Point","coordinates":[117,1e999]}"#,
      #"{"type":"MultiPolygon","coordinates":[[[117,36],[118,36]]]}"#, point(117, 36),
    ]
    let path = try folder.write("shapes.geojson", collection(shapes.map { ($0, #"{"n":1}"#) }))
    let layer = try FileReader.read(path)
    #expect(layer.report.kindsText == "Point 2" && layer.report.rows == 2)
    #expect(layer.rejected?.table.rowCount == shapes.count - 2)
    #expect(
      layer.hasNote(
        "15 rows have a place that cannot be read "
          + "(first: row 2, a Polygon whose coordinates are not nested like one's)"), "\(layer.report.notes)")
  }

  @Test func entriesThatAreNoFeaturesAreLeftOut() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("odd.geojson", Self.head + "null, 3," + Self.good + #", "x", []]}"#)
    let layer = try FileReader.read(path)
    #expect(layer.table.rowCount == 1)
    #expect(layer.hasNote("4 entries of the features are no objects; they were left out."))
  }
}

/// JSON of other programs is read by their drivers.
@Suite struct RelatedFormatTests {
  @Test func topologiesAndFeatureServicesAreReadByGDAL() throws {
    let folder = try TemporaryFolder()
    let topology = try folder.write(
      "a.json",
      #"{"type":"Topology","objects":{"o":{"type":"Point","coordinates":[117,36],"properties":{"n":1}}},"arcs":[]}"#)
    let said = ImportOptions(referenceSystem: .wgs84)
    #expect(try FileReader.read(topology, said).report.kindsText == "Point 1")
    let service = try folder.write(
      "b.json",
      #"{"geometryType":"esriGeometryPoint","spatialReference":{"wkid":4326},"fields":[{"name":"n","type":"esriFieldTypeInteger","alias":"n"}],"features":[{"attributes":{"n":1},"geometry":{"x":117,"y":36}}]}"#
    )
    #expect(try FileReader.read(service).values("n") == [.integer(1)])
  }
}
