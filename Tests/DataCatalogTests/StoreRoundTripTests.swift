import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataCatalog

@Suite struct StoreRoundTripTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a layer, opens the file anew and reads it.
  private func roundTrip(_ layer: StoredLayer) throws -> StoredLayer {
    do {
      let store = try Store.open(folder.store)
      try store.write(layer, replacing: true)
    }
    return try Store.open(folder.store).read(layer.name)
  }

  @Test func everyTypeUnitAndNullComesBack() throws {
    let day = try #require(CalendarDate(year: 2021, month: 5, day: 11))
    let speed = try #require(Unit.named("km")).divided(by: try #require(Unit.named("h")))
    let table = Table(
      schema: Schema([
        Field("id", .integer), Field("开放", .boolean), Field("面积", .number(.squareKilometre)),
        Field("share", .number(.percent)), Field("v", .number(speed)), Field("plain", .plainNumber),
        Field("from", .date), Field("名称", .text), Field("geometry", .geometry),
      ]),
      columns: [
        Column(.integer([.min, 0, .max])), Column(.boolean([true, false, false]), validity: [true, true, false]),
        Column(.number([1.0 / 3, 0, 798e6]), validity: [true, false, true]), Column(.number([0.947, 1, 0])),
        Column(.number([1e-300, -1e300, .infinity])), Column(.number([.leastNonzeroMagnitude, 0.1, -.infinity])),
        Column(.date([day.daysSince1970, -719_162, 0]), validity: [true, true, false]),
        Column(.text(TextArray(["中科新经济科创园", "", "a\0b 'q' \"d\""]))),
        Column(.geometry(geometries(["POINT (117 36.5)", nil, "POINT (0.1 -0.2)"]))),
      ], rowCount: 3)
    let metadata = LayerMetadata(
      titleChinese: "园区", titleEnglish: "Parks", description: "d", source: "S2", licence: "CC0-1.0",
      accuracy: .approximate, uncertainty: "±1 km", origin: "/a/b.gpkg", originalReferenceSystem: "EPSG:4326",
      importedAt: "2026-01-02T03:04:05Z", notes: ["1 row without geometry", "Z dropped"])
    let layer = StoredLayer(
      name: "园区", table: table, referenceSystem: .wgs84, metadata: metadata, columnDescriptions: ["面积": "as printed"])
    let back = try roundTrip(layer)
    #expect(back.table.schema == table.schema)
    #expect(back.table.rows == table.rows)
    #expect(back.metadata == metadata)
    #expect(back.referenceSystem == .wgs84)
    #expect(back.columnDescriptions == ["面积": "as printed"])
    #expect(back.readingNotes.isEmpty)
    for (column, original) in zip(back.table.columns, table.columns) {
      #expect(column.validity == original.validity)
    }
  }

  @Test func everyKindNullAndEmptyStayApart() throws {
    let texts: [String?] = [
      "POINT (1 2)", "LINESTRING (0 0, 1 1, 2 0)",
      "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 1 1))", "MULTIPOINT ((1 1), (2 2))",
      "MULTILINESTRING ((0 0, 1 1), (5 5, 6 6, 7 7))",
      "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 9 5, 9 9, 5 5), (7 6, 8 6, 8 7, 7 6)))",
      "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1), POLYGON ((0 0, 1 0, 1 1, 0 0)))", nil,
      "POINT EMPTY", "LINESTRING EMPTY", "POLYGON EMPTY", "MULTIPOINT EMPTY", "MULTILINESTRING EMPTY",
      "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY",
    ]
    let geometry = geometries(texts)
    let layer = StoredLayer(
      name: "kinds",
      table: Table(
        schema: Schema([Field("geometry", .geometry)]), columns: [Column(.geometry(geometry))], rowCount: texts.count),
      referenceSystem: try system(4548))
    let back = try roundTrip(layer)
    #expect(back.table.geometry?.signatures == geometry.signatures)
    let store = try Store.open(folder.store)
    let description = try store.description(of: "kinds")
    #expect(description.kinds == GeometryKind.allCases.filter { $0 != .null })
    #expect(description.extent == Box(minX: 0, minY: 0, maxX: 9, maxY: 9))
    #expect(description.rowCount == texts.count)
  }

  @Test func randomGeometriesComeBack() throws {
    let seed: UInt64 = 20_260_101
    var random = SplitMix64(seed: seed)
    var builder = GeometryArrayBuilder()
    for _ in 0..<500 {
      let kind = GeometryKind.allCases.randomElement(using: &random) ?? .null
      if kind == .null {
        builder.appendNull()
        continue
      }
      builder.beginRow(kind)
      for _ in 0..<(kind.isMulti ? Int.random(in: 0...4, using: &random) : 1) {
        let dimension = kind.partDimension ?? [.point, .line, .area].randomElement(using: &random) ?? .point
        builder.beginPart(dimension)
        for _ in 0..<(dimension == .area ? Int.random(in: 1...3, using: &random) : 1) {
          builder.beginRing()
          for _ in 0..<(dimension == .point ? 1 : Int.random(in: 1...40, using: &random)) {
            builder.addCoordinate(
              x: .random(in: -1e6...1e6, using: &random), y: .random(in: -1e6...1e6, using: &random))
          }
        }
      }
      builder.endRow()
    }
    let geometry = builder.finish()
    let layer = StoredLayer(
      name: "random",
      table: Table(
        schema: Schema([Field("geometry", .geometry)]), columns: [Column(.geometry(geometry))],
        rowCount: geometry.count),
      referenceSystem: try system(4548))
    #expect(try roundTrip(layer).table.geometry?.signatures == geometry.signatures, "seed \(seed)")
  }

  @Test(arguments: [
    "园区 数据", "a\"b", "it's", "select", "from", "x; DROP TABLE catchment_layers; --", "[y]", "tab`le", "a.b", "%s",
    "Ä", "select 1 union select", "\\", "数据'); DELETE FROM geometry_columns; --",
  ])
  func namesAreSafe(name: String) throws {
    let fields = [
      Field(name, .integer), Field("order", .text), Field("Order", .text), Field("rowid", .integer),
      Field("fid", .integer), Field("a\"b\"", .text), Field("it's", .plainNumber), Field("", .text),
      Field("geometry", .geometry),
    ]
    let columns = [
      Column(.integer([7])), Column(.text(TextArray(["x"]))), Column(.text(TextArray(["y"]))), Column(.integer([8])),
      Column(.integer([9])), Column(.text(TextArray(["'; --"]))), Column(.number([1.5])),
      Column(.text(TextArray([""]))),
      Column(.geometry(GeometryArray(pointsX: [1], y: [2]))),
    ]
    let table = Table(schema: Schema(fields), columns: columns, rowCount: 1)
    let other = try pointLayer("other", rows: 3)
    do {
      let store = try Store.open(folder.store)
      try store.write(other, replacing: false)
      try store.write(
        StoredLayer(name: name, table: table, referenceSystem: try system(4548)), replacing: false)
      try store.write(
        StoredLayer(name: name, table: table, referenceSystem: try system(4548)), replacing: true)
    }
    let store = try Store.open(folder.store)
    #expect(try store.names() == [name, "other"].sorted())
    let back = try store.read(name)
    #expect(back.table.schema == table.schema)
    #expect(back.table.rows == table.rows)
    #expect(try store.read("other").table.rows == other.table.rows)
    try store.remove(name)
    #expect(try store.names() == ["other"])
  }

  @Test(arguments: ["EPSG:4326", "EPSG:4490", "EPSG:4548", "EPSG:32650", "EPSG:3857", "GCJ-02", "BD-09", "ESRI:102025"])
  func referenceSystemsComeBack(identifier: String) throws {
    let system = try ReferenceSystem(parsing: identifier)
    #expect(try roundTrip(pointLayer("p", rows: 2, in: system)).referenceSystem == system)
  }

  @Test func aSystemWithoutACodeComesBack() throws {
    let own = try ReferenceSystem(
      parsing: "+proj=tmerc +lat_0=0 +lon_0=117.25 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs")
    #expect(try roundTrip(pointLayer("p", rows: 2, in: own)).referenceSystem == own)
    #expect(try roundTrip(pointLayer("q", rows: 2, in: own)).referenceSystem == own)
  }

  @Test func notANumberBecomesNull() throws {
    let table = Table(
      schema: Schema([Field("v", .plainNumber)]), columns: [Column(.number([.nan, -0.0, 2]))], rowCount: 3)
    let layer = StoredLayer(name: "v", table: table, referenceSystem: nil)
    let back = try roundTrip(layer)
    #expect(back.table.rows == [["null"], ["number(0.0)"], ["number(2.0)"]])
    #expect(back.table.rows == layer.withoutNaN().table.rows)
    #expect(back.referenceSystem == nil)
  }

  @Test func tablesWithoutRowsOrColumnsComeBack() throws {
    let empty = Table(
      schema: Schema([Field("a", .text), Field("geometry", .geometry)]),
      columns: [Column(.text(TextArray())), Column(.geometry(GeometryArray()))], rowCount: 0)
    let back = try roundTrip(StoredLayer(name: "empty", table: empty, referenceSystem: .wgs84))
    #expect(back.table.schema == empty.schema && back.table.rowCount == 0)
    #expect(try Store.open(folder.store).description(of: "empty").extent.isEmpty)
    let bare = Table(schema: Schema([]), columns: [], rowCount: 0)
    #expect(try roundTrip(StoredLayer(name: "bare", table: bare, referenceSystem: nil)).table.schema.fields.isEmpty)
  }

  @Test func replacingLeavesNothingBehind() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("a", rows: 100), replacing: false)
    try store.write(plainLayer("a", [1, 2]), replacing: true)
    #expect(try store.read("a").table.rows == [["integer(1)"], ["integer(2)"]])
    #expect(try store.layers().map(\.rowCount) == [2])
    let left = try store.connection.access { database in
      try ["geometry_columns", "geometry_columns_statistics", "geometry_columns_auth", "geometry_columns_time"].map {
        try SQLStatementProbe.count("SELECT count(*) FROM \($0)", database)
      }
    }
    #expect(left == [0, 0, 0, 0])
  }
}
