import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// One row of every kind, null and empty among them, with attributes of every type.
private func everything() throws -> ExportLayer {
  var builder = GeometryArrayBuilder()
  builder.appendPoint(x: 117.123456789, y: 36.8)
  builder.appendNull()
  builder.beginRow(.lineString)
  builder.beginPart(.line)
  builder.addRing(xs: [117, 117.1], ys: [36, 36.1])
  builder.endRow()
  builder.beginRow(.polygon)
  builder.beginPart(.area)
  // Clockwise outside, counter-clockwise inside: both the wrong way round.
  builder.addRing(xs: [117, 117, 118, 118, 117], ys: [36, 37, 37, 36, 36])
  builder.addRing(xs: [117.2, 117.4, 117.4, 117.2, 117.2], ys: [36.2, 36.2, 36.4, 36.4, 36.2])
  builder.endRow()
  builder.beginRow(.multiPoint)
  for x in [116.5, 116.75] {
    builder.beginPart(.point)
    builder.addRing(xs: [x], ys: [35.5])
  }
  builder.endRow()
  builder.beginRow(.multiPolygon)
  for x in [117.0, 119.0] {
    builder.beginPart(.area)
    builder.addRing(xs: [x, x + 0.5, x, x], ys: [36, 36, 36.5, 36])
  }
  builder.endRow()
  builder.beginRow(.collection)
  builder.beginPart(.point)
  builder.addRing(xs: [117.5], ys: [36.5])
  builder.beginPart(.line)
  builder.addRing(xs: [117, 117.1], ys: [36, 36.1])
  builder.endRow()
  let geometry = builder.finish()
  let count = geometry.count
  let valid = (0..<count).map { $0 != 1 }
  let metre = ValueType.number(.metre)
  let fields = [
    Field("name", .text), Field("h.name", .text), Field("h_name", .text), Field("h.distance", metre),
    Field("area", .number(.squareKilometre)), Field("share", .number(.percent)), Field("n", .integer),
    Field("open", .boolean), Field("since", .date), Field("geometry", .geometry),
  ]
  let numbers = (0..<count).map { Double($0) * 1000.1 }
  let columns = [
    Column(.text(TextArray(["街道", "", "a,b", "\"q\"", "line\nend", "007", "\\\u{1}"])), validity: valid),
    Column(.text(TextArray((0..<count).map { "h\($0)" }))), Column(.text(TextArray((0..<count).map { "u\($0)" }))),
    Column(.number(numbers), validity: valid), Column(.number(numbers.map { $0 * 1e6 })),
    Column(.number(Array(repeating: 0.1, count: count))), Column(.integer((0..<Int64(count)).map { $0 << 40 })),
    Column(.boolean((0..<count).map { $0 % 2 == 0 }), validity: valid),
    Column(.date((0..<Int32(count)).map { 18_000 + $0 })), Column(.geometry(geometry)),
  ]
  return ExportLayer(
    name: "everything", table: Table(schema: Schema(fields), columns: columns, rowCount: count),
    referenceSystem: .wgs84,
    metadata: LayerMetadata(titleEnglish: "Everything", description: "A row of each", accuracy: .sketch))
}

@Suite struct GeoJSONWritingTests {
  @Test func theTextIsRFC7946() throws {
    let text = try FileWriter.geoJSON(try everything())
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    #expect(root["type"] as? String == "FeatureCollection")
    #expect(root["crs"] == nil)
    #expect(root["accuracy"] as? String == "sketch")
    #expect(root["bbox"] as? [Double] == [116.5, 35.5, 119.5, 37])
    let features = try #require(root["features"] as? [[String: Any]])
    #expect(features.count == 7)
    for feature in features {
      #expect(Set(feature.keys) == ["type", "properties", "geometry"])
      #expect(feature["type"] as? String == "Feature")
    }
    let kinds = features.map { ($0["geometry"] as? [String: Any])?["type"] as? String ?? "null" }
    #expect(
      kinds == ["Point", "null", "LineString", "Polygon", "MultiPoint", "MultiPolygon", "GeometryCollection"])
    let point = try #require((features[0]["geometry"] as? [String: Any])?["coordinates"] as? [Double])
    #expect(point == [117.1234568, 36.8])
    let rings = try #require((features[3]["geometry"] as? [String: Any])?["coordinates"] as? [[[Double]]])
    #expect(signedArea(rings[0]) > 0 && signedArea(rings[1]) < 0)
    for ring in rings { #expect(ring.first == ring.last) }
    let parts = try #require((features[5]["geometry"] as? [String: Any])?["coordinates"] as? [[[[Double]]]])
    #expect(parts.count == 2 && parts.allSatisfy { signedArea($0[0]) > 0 })
  }

  private func signedArea(_ ring: [[Double]]) -> Double {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0[0] * $1.1[1] - $1.1[0] * $1.0[1] }
  }

  @Test func propertiesAreInOrderWithTheirUnits() throws {
    let text = String(decoding: try FileWriter.geoJSON(try everything()), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.contains("街道") })
    #expect(
      line.contains(
        #""properties":{"name":"街道","h_name":"h0","h_name_2":"u0","h_distance_m":0.0,"area_km2":0.0,"share":0.1,"n":0,"open":true,"since":"2019-04-14"}"#
      ))
    #expect(text.contains(#""h_distance_m":null"#))
    #expect(text.contains(#""area_km2":1000.1,"#))
    #expect(text.contains(#""\\\u0001""#))
  }

  @Test func gdalReadsItAsItWas() throws {
    let folder = try TemporaryFolder()
    let path = folder["e.geojson"]
    try FileWriter.write([try everything()], to: path)
    #expect(try bytes(of: path) == FileWriter.geoJSON(try everything()))
    let layer = try FileReader.read(path)
    let types = layer.table.schema.attributes.map(\.type)
    #expect(
      types == [.text, .text, .text, .plainNumber, .plainNumber, .plainNumber, .integer, .boolean, .date])
    #expect(layer.values("name") == (try everything()).table["name"].map { c in (0..<7).map { c.value(at: $0) } })
    #expect(layer.report.nullGeometries == 1)
  }

  @Test func numbersReadBackExactly() throws {
    let seed: UInt64 = 7_946
    var random = SplitMix64(seed: seed)
    let numbers =
      (0..<500).map { _ in Double(bitPattern: random.next()) }.filter(\.isFinite) + [
        0.1, -0.0, 1e21, Double.leastNonzeroMagnitude,
      ]
    let count = numbers.count
    let table = Table(
      schema: Schema([Field("v", .plainNumber), Field("geometry", .geometry)]),
      columns: [
        Column(.number(numbers)),
        Column(
          .geometry(GeometryArray(pointsX: Array(repeating: 117, count: count), y: Array(repeating: 36, count: count)))),
      ], rowCount: count)
    let folder = try TemporaryFolder()
    for format in ["geojson", "csv", "gpkg", "fgb"] {
      let path = folder["n." + format]
      try FileWriter.write([ExportLayer(name: "n", table: table, referenceSystem: .wgs84)], to: path)
      let read = try FileReader.read(path).values("v")
      #expect(read == numbers.map { .number($0) }, "seed \(seed), \(format)")
    }
  }

  @Test func shiftedCoordinatesAreUnshifted() throws {
    let table = Table(
      schema: Schema([Field("geometry", .geometry)]),
      columns: [Column(.geometry(GeometryArray(pointsX: [116.795194], y: [36.498442])))], rowCount: 1)
    let text = String(
      decoding: try FileWriter.geoJSON(ExportLayer(name: "g", table: table, referenceSystem: .gcj02)), as: UTF8.self)
    let expected = try CoordinateTransform(from: .gcj02, to: .wgs84).apply(x: 116.795194, y: 36.498442)
    #expect(text.contains("[\((expected.x * 1e7).rounded() / 1e7),"))
    let folder = try TemporaryFolder()
    let report = try FileWriter.write(
      [ExportLayer(name: "g", table: table, referenceSystem: .gcj02)], to: folder["g.gpkg"])
    #expect(report.notes.contains { $0.contains("WGS 84") })
    #expect(try FileReader.read(folder["g.gpkg"]).referenceSystem == .wgs84)
  }

  @Test func rowsThatAreNowhereHaveNoGeometry() throws {
    let table = Table(
      schema: Schema([Field("geometry", .geometry)]),
      columns: [Column(.geometry(GeometryArray(pointsX: [117, 117], y: [.infinity, 36])))], rowCount: 2)
    let folder = try TemporaryFolder()
    let report = try FileWriter.write(
      [ExportLayer(name: "n", table: table, referenceSystem: .wgs84)], to: folder["n.geojson"])
    #expect(report.notes.contains { $0.contains("row 1") })
    let read = try FileReader.read(folder["n.geojson"])
    #expect(read.report.nullGeometries == 1 && read.table.geometry?.ys[1] == 36)
  }

  @Test func aTableWithoutGeometryIsWrittenToo() throws {
    let table = Table(schema: Schema([Field("n", .integer)]), columns: [Column(.integer([1, 2]))], rowCount: 2)
    let layer = ExportLayer(name: "t", table: table, referenceSystem: nil)
    #expect(String(decoding: try FileWriter.csv(layer), as: UTF8.self) == "n\n1\n2\n")
    #expect(String(decoding: try FileWriter.geoJSON(layer), as: UTF8.self).contains(#""geometry":null"#))
  }
}

@Suite struct TextTableWritingTests {
  @Test func pointsHaveTwoColumns() throws {
    let table = Table(
      schema: Schema([Field("longitude", .text), Field("d", .number(.metre)), Field("geometry", .geometry)]),
      columns: [
        Column(.text(TextArray(["a", "12"]))), Column(.number([1.5, 0]), validity: [true, false]),
        Column(.geometry(GeometryArray(pointsX: [117.1, .nan], y: [36.8, .nan]))),
      ], rowCount: 2)
    let text = String(
      decoding: try FileWriter.csv(ExportLayer(name: "p", table: table, referenceSystem: .wgs84)), as: UTF8.self)
    #expect(text == "longitude_2,d_m,longitude,latitude\na,1.5,117.1,36.8\n\"12\",,,\n")
  }

  @Test func othersAreWellKnownText() throws {
    let folder = try TemporaryFolder()
    try FileWriter.write([try everything()], to: folder["e.csv"])
    let layer = try FileReader.read(folder["e.csv"])
    #expect(
      layer.report.kindsText == "Point 1, LineString 1, Polygon 1, MultiPoint 1, MultiPolygon 1, GeometryCollection 1")
    let before = try everything()
    #expect(layer.values("name") == (0..<7).map { before.table.columns[0].value(at: $0) })
    #expect(layer.values("since") == (0..<7).map { before.table.columns[8].value(at: $0) })
    #expect(layer.table["open"]?.nullCount == 1)
  }
}

@Suite struct FileFormatTests {
  static let formats = ExportFormat.files

  @Test(arguments: formats) func theSameLayerGivesTheSameBytes(format: ExportFormat) throws {
    var random = SplitMix64(seed: 1)
    let layer = try TruncationTests.layer(rows: 40, &random)
    let folder = try TemporaryFolder()
    let (first, second) = (folder["a/same." + format.fileExtension], folder["b/same." + format.fileExtension])
    try FileWriter.write([layer], to: first)
    try FileWriter.write([layer], to: second)
    for name in try FileManager.default.contentsOfDirectory(atPath: folder["a"]).sorted() {
      #expect(try bytes(of: folder["a/" + name]) == bytes(of: folder["b/" + name]), "\(name)")
    }
  }

  @Test(arguments: [ExportFormat.gpkg, .geojson]) func everyKindAndTypeIsKept(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder["e." + format.fileExtension]
    let before = try everything()
    try FileWriter.write([before], to: path)
    let after = try FileReader.read(path)
    let old = try #require(before.table.geometry)
    let new = try #require(after.table.geometry)
    #expect((0..<7).map { new.kind(at: $0) } == (0..<7).map { old.kind(at: $0) })
    #expect(after.table.schema.fields.map(\.name).contains("h_distance_m"))
    #expect(after.values("open") == (0..<7).map { before.table.columns[7].value(at: $0) })
    #expect(after.values("since") == (0..<7).map { before.table.columns[8].value(at: $0) })
  }

  @Test func geoPackagesHoldSeveralLayersInTheirOwnSystems() throws {
    let folder = try TemporaryFolder()
    let metric = try ReferenceSystem(parsing: "EPSG:4548")
    let table = Table(
      schema: Schema([Field("fid", .text), Field("geom", .text), Field("geometry", .geometry)]),
      columns: [
        Column(.text(TextArray(["f"]))), Column(.text(TextArray(["g"]))),
        Column(.geometry(GeometryArray(pointsX: [500_000.25], y: [4_065_000.5]))),
      ], rowCount: 1)
    let path = folder["two.gpkg"]
    let report = try FileWriter.write(
      [try everything(), ExportLayer(name: "点", table: table, referenceSystem: metric)], to: path)
    #expect(report.files.first?.layers.map(\.name) == ["everything", "点"])
    #expect(report.files.first?.bytes == (try bytes(of: path)).count)
    let points = try FileReader.read(path, ImportOptions(layer: "点"))
    #expect(points.referenceSystem.identifier == "EPSG:4548")
    #expect(points.table.geometry?.xs == [500_000.25])
    #expect(points.values("fid") == [.text("f")] && points.values("geom") == [.text("g")])
    #expect(try FileReader.read(path, ImportOptions(layer: "everything")).metadata.description == "A row of each")
    try FileWriter.write([ExportLayer(name: "p", table: table, referenceSystem: metric)], to: path, in: .wgs84)
    #expect(try FileReader.read(path).referenceSystem == .wgs84)
  }

  @Test func shapefilesTellShortenedNames() throws {
    var layer = try everything()
    layer.table = layer.table.slice(3..<4)
    let folder = try TemporaryFolder()
    let report = try FileWriter.write([layer], to: folder["s.shp"])
    #expect(report.renamings == [.init(layer: "everything", from: "h_distance_m", to: "h_distance")])
    #expect(folder.names == ["s.cpg", "s.dbf", "s.prj", "s.shp", "s.shx"])
    let read = try FileReader.read(folder["s.shp"])
    #expect(read.values("h_name") == [.text("h3")])
  }

  @Test func flatGeobufNeedsAPlaceForEveryRow() throws {
    let folder = try TemporaryFolder()
    let whole = try everything()
    let error = failure { try FileWriter.write([whole], to: folder["e.fgb"]) }
    #expect(error?.code == .doesNotFit)
    #expect(error?.message.contains("row 2") == true)
    var empty = whole
    empty.table = whole.table.slice(0..<0)
    #expect(failure { try FileWriter.write([empty], to: folder["e.fgb"]) }?.code == .doesNotFit)
    #expect(folder.names.isEmpty)
  }

  @Test(arguments: [ExportFormat.geojson, .gpkg, .csv, .shp, .kml]) func aLayerMayHaveNoRows(format: ExportFormat)
    throws
  {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 1)
    var layer = try TruncationTests.layer(rows: 1, &random)
    layer.table = layer.table.slice(0..<0)
    let path = folder["e." + format.fileExtension]
    try FileWriter.write([layer], to: path)
    #expect(try FileReader.read(path).table.rowCount == 0)
  }

  @Test func shapefilesHoldOneKind() throws {
    let folder = try TemporaryFolder()
    #expect(failure { try FileWriter.write([try everything()], to: folder["s.shp"]) }?.code == .doesNotFit)
    #expect(folder.names.isEmpty)
  }
}
