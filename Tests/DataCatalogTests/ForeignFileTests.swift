import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing

@testable import DataCatalog

/// Files that other programs write or read.
@Suite struct ForeignFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let hasGDAL = FileManager.default.isExecutableFile(atPath: "/usr/bin/ogrinfo")

  /// What a program prints.
  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/\(program)")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(program): \(text)")
    return text
  }

  @Test(.enabled(if: hasGDAL, "needs ogrinfo")) func gdalSeesTypesSystemsAndCounts() throws {
    let mixed = geometries(["POINT (1 2)", "POLYGON EMPTY", nil, "LINESTRING (0 0, 3 4)", "POINT EMPTY"])
    let areas = geometries(["MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"])
    let day = try #require(CalendarDate(year: 2021, month: 5, day: 11))
    do {
      let store = try Store.open(folder.store)
      try store.write(pointLayer("收集点", rows: 1234), replacing: false)
      for (name, geometry) in [("mixed", mixed), ("it's \"areas\"", areas)] {
        try store.write(
          StoredLayer(
            name: name,
            table: Table(
              schema: Schema([Field("d", .date), Field("b", .boolean), Field("geometry", .geometry)]),
              columns: [
                Column(.date(Array(repeating: day.daysSince1970, count: geometry.count))),
                Column(.boolean(Array(repeating: true, count: geometry.count))), Column(.geometry(geometry)),
              ], rowCount: geometry.count),
            referenceSystem: name == "mixed" ? .gcj02 : .wgs84), replacing: false)
      }
    }
    let points = try run("ogrinfo", ["-so", folder.store, "收集点"])
    #expect(points.contains("Geometry: Point\n") && points.contains("Feature Count: 1234"))
    #expect(points.contains("CGCS2000 / 3-degree Gauss-Kruger CM 117E") && points.contains("ID[\"EPSG\",4548]"))
    #expect(points.contains("Extent: (500000.000000, 4060000.000000) - (509990.000000, 4060010.000000)"))
    #expect(
      points.contains("FID Column = fid") && points.contains("number: Integer") && points.contains("weight: Real"))
    let kinds = try run("ogrinfo", ["-al", folder.store, "mixed"])
    for text in ["POINT (1 2)", "POLYGON EMPTY", "LINESTRING (0 0,3 4)", "POINT EMPTY", "d (Date) = 2021/05/11"] {
      #expect(kinds.contains(text), "\(text)")
    }
    #expect(kinds.contains("GCJ-02") && !kinds.contains("4326"))
    let named = try run("ogrinfo", ["-so", folder.store, "it_s _areas_"])
    #expect(named.contains("Geometry: Multi Polygon") && named.contains("ID[\"EPSG\",4326]"))
  }

  @Test(.enabled(if: hasGDAL, "needs ogr2ogr")) func gdalsFilesAreLayers() throws {
    let source = folder["source.geojson"]
    try Data(
      """
      {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"名称": "a", "n": 1, "x": 1.5, "d": "2021-05-11", "yes": true},
         "geometry": {"type": "LineString", "coordinates": [[117, 36, 5], [117.5, 36.25, 6], [118, 36.5, 7]]}},
        {"type": "Feature", "properties": {"名称": null, "n": null, "x": null, "d": null, "yes": false}, "geometry": null}
      ]}
      """.utf8
    ).write(to: URL(fileURLWithPath: source))
    for (name, options) in [("plain", [String]()), ("compressed", ["-lco", "COMPRESS_GEOM=YES"])] {
      let path = folder["\(name).sqlite"]
      let fixed = [
        "-f", "SQLite", "-a_srs", "EPSG:4326", "-dsco", "SPATIALITE=YES", "-lco", "SPATIAL_INDEX=YES", "-nln", "Lines",
      ]
      _ = try run("ogr2ogr", fixed + options + [path, source])
      let store = try Store.open(path)
      #expect(try store.names() == ["lines"])
      let description = try store.description(of: "lines")
      #expect(description.referenceSystem == .wgs84 && description.rowCount == 2)
      #expect(description.extent == Box(minX: 117, minY: 36, maxX: 118, maxY: 36.5))
      let layer = try store.read("lines")
      let types = Dictionary(uniqueKeysWithValues: layer.table.schema.fields.map { ($0.name, $0.type) })
      #expect(types["名称"] == .text && types["n"] == .integer && types["x"] == .plainNumber && types["d"] == .date)
      #expect(types["ogc_fid"] == .integer && types["geometry"] == .geometry)
      #expect(layer.table["d"]?.value(at: 0) == CalendarDate(year: 2021, month: 5, day: 11).map(Value.date))
      #expect(
        layer.table.geometry?.signatures == ["LineString line[117.0 36.0,117.5 36.25,118.0 36.5;]", "Null"], "\(name)")
      // Our own layers live beside them, and theirs can go.
      try store.write(pointLayer("mine", rows: 3), replacing: false)
      #expect(try Store.open(path).names() == ["lines", "mine"])
      try store.remove("lines")
      #expect(try Store.open(path).names() == ["mine"])
      let left = try store.connection.access {
        try SQLStatementProbe.texts("SELECT name FROM sqlite_master WHERE name LIKE 'idx_lines%'", $0)
      }
      #expect(left.isEmpty)
    }
  }

  @Test func whatOthersChangeInOurLayersIsSeen() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("p", rows: 5), replacing: false)
    try store.connection.access { database in
      try SQLStatementProbe.run(
        """
        ALTER TABLE p ADD COLUMN note TEXT;
        ALTER TABLE p ADD COLUMN picture BLOB;
        ALTER TABLE p DROP COLUMN weight;
        UPDATE p SET note = 'seen', number = 'not a number' WHERE fid = 2;
        DELETE FROM p WHERE fid = 5;
        INSERT INTO p (fid, name, geometry) VALUES (9, 'far', MakePoint(600000, 4100000, 4548));
        """, database)
    }
    let description = try store.description(of: "p")
    #expect(description.rowCount == 5)
    #expect(description.extent == Box(minX: 500_000, minY: 4_060_000, maxX: 600_000, maxY: 4_100_000))
    let layer = try store.read("p")
    #expect(layer.table.schema.fields.map(\.name) == ["number", "name", "geometry", "note"])
    #expect(layer.table["note"]?.value(at: 1) == .text("seen"))
    #expect(layer.table["number"]?.value(at: 1) == .null)
    #expect(layer.table["name"]?.value(at: 4) == .text("far"))
    #expect(layer.readingNotes.count == 2)
    #expect(layer.readingNotes[0].contains("number: 1 value") && layer.readingNotes[0].contains("row 2"))
    #expect(layer.readingNotes[1].contains("picture"))
    // SpatiaLite's triggers guard the column: a point in another system does not come in.
    #expect(throws: (any Error).self) {
      try store.connection.access {
        try SQLStatementProbe.run("INSERT INTO p (geometry) VALUES (MakePoint(117, 36, 4326))", $0)
      }
    }
  }

  @Test func tablesThatOthersDroppedAreForgotten() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("p", rows: 5), replacing: false)
    try store.connection.access { try SQLStatementProbe.run("DROP TABLE p", $0) }
    #expect(try store.names().isEmpty)
    try store.write(pointLayer("p", rows: 7), replacing: false)
    #expect(try store.read("p").table.rowCount == 7)
  }

  @Test func blobsOfOtherKindsOfSpatiaLiteAreRead() throws {
    let store = try Store.open(folder.store)
    let sql = """
      GeomFromText('POINTZ(1 2 3)', 4326), GeomFromText('LINESTRINGM(0 0 5, 1 1 6, 2 0 7)', 4326),
      CompressGeometry(GeomFromText('POLYGONZM((0 0 1 1, 4 0 1 1, 4 4 1 1, 0 4 1 1, 0 0 1 1))', 4326)),
      CompressGeometry(GeomFromText('MULTILINESTRING((0 0, 1 1, 2 0, 3 1), (5 5, 6 6))', 4326)),
      GeomFromText('MULTIPOINTZ(1 2 3, 4 5 6)', 4326), TinyPointEncode(MakePoint(7, 8, 4326)),
      GeomFromText('GEOMETRYCOLLECTIONM(POINTM(1 2 3), LINESTRINGM(0 0 1, 1 1 2))', 4326)
      """
    let expected = [
      "Point point[1.0 2.0;]", "LineString line[0.0 0.0,1.0 1.0,2.0 0.0;]",
      "Polygon area[0.0 0.0,4.0 0.0,4.0 4.0,0.0 4.0,0.0 0.0;]",
      "MultiLineString line[0.0 0.0,1.0 1.0,2.0 0.0,3.0 1.0;] line[5.0 5.0,6.0 6.0;]",
      "MultiPoint point[1.0 2.0;] point[4.0 5.0;]", "Point point[7.0 8.0;]",
      "GeometryCollection point[1.0 2.0;] line[0.0 0.0,1.0 1.0;]",
    ]
    let catalog = Catalog(store: store)
    let answer = try catalog.query("select \(sql)").table
    #expect(answer.columns.map { $0.geometry?.signature(0) } == expected)
  }

  @Test func ourBlobsAreSpatiaLitesOwn() throws {
    let texts = [
      "POINT (1 2)", "LINESTRING (0 0, 1 1, 2 0)", "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))",
      "MULTIPOINT ((1 1), (2 2))", "MULTILINESTRING ((0 0, 1 1), (5 5, 6 6, 7 7))",
      "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (7 6, 8 6, 8 7, 7 6)))",
      "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), POLYGON ((0 0, 1 0, 1 1, 0 0)))",
    ]
    let store = try Store.open(folder.store)
    let encoder = SpatiaLiteEncoder(geometries(texts), srid: 4548)
    for (row, text) in texts.enumerated() {
      let ours = try #require(encoder.encode(row: row)).map { String($0, radix: 16).leftPadded }.joined().uppercased()
      let theirs = try store.connection.access {
        try SQLStatementProbe.texts("SELECT hex(GeomFromText('\(text)', 4548))", $0)
      }
      #expect([ours] == theirs, "\(text)")
    }
  }

  @Test func brokenBlobsNeverCrash() throws {
    let seed: UInt64 = 4_548_117
    var random = SplitMix64(seed: seed)
    let encoder = SpatiaLiteEncoder(
      geometries(["MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (7 6, 8 6, 8 7, 7 6)))"]), srid: 4548)
    let whole = try #require(encoder.encode(row: 0)).map { $0 }
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = whole
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
        // The counts and types lie towards the front, where a wrong byte does most.
        bytes[Int.random(in: 0..<min(bytes.count, 70), using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.append(0xFE) }
      var builder = GeometryArrayBuilder()
      do {
        try bytes.withUnsafeBytes { try SpatiaLiteDecoder.append($0, to: &builder) }
        #expect(builder.finish().count == 1, "seed \(seed)")
      } catch {
        refused += 1
      }
    }
    #expect(refused > 5000)
  }
}

extension String {
  fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
