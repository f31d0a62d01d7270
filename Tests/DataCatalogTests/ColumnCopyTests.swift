import FeatureTables
import Foundation
import GRDB
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

/// The copy of a layer's columns beside its rows.
@Suite struct ColumnCopyTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(folder.store)
  }

  /// A column of each type, with nulls, empty texts and shapes of every kind.
  private static let everything: StoredLayer = {
    let rows = 60
    let types: [(String, ValueType)] = [
      ("b", .boolean), ("i", .integer), ("v", .number(.metre)), ("t", .text), ("d", .date), ("whole", .integer),
    ]
    let shapes = [
      nil, "POINT (1 2)", "POINT EMPTY", "LINESTRING (0 0, 1 1)",
      "POLYGON ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))",
      "MULTIPOINT ((1 1), (2 2))", "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3))", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
      "GEOMETRYCOLLECTION (POINT (0 0), LINESTRING (0 0, 1 1))",
    ]
    var columns = types.map { name, type in
      var builder = ColumnBuilder(type)
      for row in 0..<rows {
        if name != "whole" && row % 7 == 3 {
          builder.appendNull()
          continue
        }
        switch type {
        case .boolean: builder.append(row % 2 == 0)
        case .integer: builder.append(Int64(row) << 40)
        case .number: builder.append(Double(row) / 7)
        case .text: builder.append(String(repeating: "点'", count: row % 5))
        default: builder.append(CalendarDate(daysSince1970: Int32(row * 300)))
        }
      }
      return builder.finish()
    }
    columns.append(Column(.geometry(geometries((0..<rows).map { shapes[$0 % shapes.count] }))))
    let fields = types.map { Field($0.0, $0.1) } + [Field("geometry", .geometry)]
    return StoredLayer(
      name: "an 'odd' \"name\"", table: Table(schema: Schema(fields), columns: columns, rowCount: rows),
      referenceSystem: .wgs84)
  }()

  private func hasCopy(_ name: String) throws -> Bool {
    try store.perform { try LayerEntry.find(name, in: $0)?.copy != nil }
  }

  private func run(_ sql: String) throws { try store.connection.transaction { try $0.execute(sql: sql) } }

  @Test func theCopyIsTheRows() throws {
    let layers = [Self.everything, plainLayer("plain", [3, 1, 2]), try pointLayer("points", rows: 40)]
    for layer in layers { try store.write(layer, replacing: false) }
    for layer in layers {
      #expect(try hasCopy(layer.name))
      #expect(try store.read(layer.name).table.rows == layer.table.rows)
    }
    try run("DELETE FROM catchment_columns")
    for layer in layers {
      #expect(try !hasCopy(layer.name))
      #expect(try store.read(layer.name).table.rows == layer.table.rows)
    }
  }

  /// Whatever plain SQL does to the table, the answer is what the rows say.
  @Test(arguments: [
    "UPDATE points SET number = 77 WHERE fid = 3",
    "DELETE FROM points",
    "DELETE FROM points WHERE fid = 9",
    "INSERT INTO points (fid, number) VALUES (900, 5)",
    "REPLACE INTO points (fid, number) VALUES (3, 5)",
    "ALTER TABLE points ADD COLUMN extra INTEGER DEFAULT 4",
    "ALTER TABLE points RENAME COLUMN number TO counted",
    "CREATE TABLE p AS SELECT * FROM points LIMIT 4; DROP TABLE points; ALTER TABLE p RENAME TO points",
    "DROP TRIGGER catchment_update_points; UPDATE points SET number = 77 WHERE fid = 3",
  ])
  func aChangeByAnotherProgramIsRead(sql: String) throws {
    try store.write(try pointLayer("points", rows: 20), replacing: false)
    #expect(try hasCopy("points"))
    try run(sql)
    #expect(try !hasCopy("points"))
    let read = try store.read("points").table
    let number = ["number", "counted"].first { read.schema.index(of: $0) != nil }
    let sum = try store.perform { try Int.fetchOne($0, sql: "SELECT total(\(number ?? "")) FROM points") }
    let count = try store.perform { try Int.fetchOne($0, sql: "SELECT count(*) FROM points") }
    #expect(read.rowCount == count)
    let ours = (0..<read.rowCount).reduce(Int64(0)) { total, row in
      guard case .integer(let value)? = number.flatMap({ read[$0] })?.value(at: row) else { return total }
      return total + value
    }
    #expect(Int(ours) == sum)
  }

  @Test func aLayerTakesItsCopyWithIt() throws {
    try store.write(Self.everything, replacing: false)
    try store.write(Self.everything, replacing: true)
    #expect(try hasCopy(Self.everything.name))
    try store.remove(Self.everything.name)
    #expect(try store.perform { try Int.fetchOne($0, sql: "SELECT count(*) FROM catchment_columns") } == 0)
  }

  /// Another program's new name for a table leaves the triggers named after the old one.
  @Test func aLayerMayHaveTheNameThatAnotherLost() throws {
    for layer in [plainLayer("plain", [3, 1, 2]), try pointLayer("points", rows: 40)] {
      try store.write(layer, replacing: false)
      try run("ALTER TABLE \(layer.name) RENAME TO other_\(layer.name)")
      let again = try Store.open(folder.store)
      try again.write(layer, replacing: false)
      #expect(try again.read(layer.name).table.rows == layer.table.rows)
      #expect(try hasCopy(layer.name))
    }
  }

  /// Bytes that do not hold together are passed over; none of them makes reading trap.
  @Test func aSpoiledCopyIsPassedOver() throws {
    try store.write(Self.everything, replacing: false)
    let pieces = try store.perform {
      try Row.fetchAll($0, sql: "SELECT id, bytes FROM catchment_columns").map { ($0[0] as Int64, $0[1] as Data) }
    }
    let seed: UInt64 = 77
    var random = SplitMix64(seed: seed)
    for round in 0..<200 {
      guard let (id, bytes) = pieces.randomElement(using: &random), !bytes.isEmpty else { continue }
      var spoiled = bytes
      if round % 2 == 0 {
        spoiled = spoiled.prefix(Int.random(in: 0..<bytes.count, using: &random))
      } else {
        for _ in 0..<3 {
          spoiled[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
      }
      try store.connection.transaction {
        try $0.execute(sql: "UPDATE catchment_columns SET bytes = ? WHERE id = ?", arguments: [spoiled, id])
      }
      let read = try store.read(Self.everything.name).table
      #expect(read.rows.count == 60, "seed \(seed) round \(round)")
      if spoiled.count != bytes.count { #expect(read.rows == Self.everything.table.rows, "round \(round)") }
      try store.connection.transaction {
        try $0.execute(sql: "UPDATE catchment_columns SET bytes = ? WHERE id = ?", arguments: [bytes, id])
      }
    }
  }
}
