import FeatureTables
import GRDB
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

/// The rows of a layer in pieces, on several connections.
@Suite struct SharedReadTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store.open(folder.store)
  }

  /// Rows of points with texts and nulls among them, and, from the middle on, shapes of other kinds.
  private func layer(rows: Int, seed: UInt64) -> StoredLayer {
    var random = SplitMix64(seed: seed)
    var (numbers, texts) = (ColumnBuilder(.plainNumber), ColumnBuilder(.text))
    var texted: [String?] = []
    for row in 0..<rows {
      if .random(using: &random) { numbers.append(Double(row) / 7) } else { numbers.appendNull() }
      if row % 5 == 0 { texts.appendNull() } else { texts.append(String(repeating: "点", count: row % 7)) }
      let (x, y) = (Int.random(in: 0...900, using: &random), row)
      let shapes = ["POINT (\(x) \(y))", "LINESTRING (0 0, \(x) \(y))", "POINT EMPTY", "MULTIPOINT ((\(x) \(y)))"]
      texted.append(row % 11 == 0 ? nil : shapes[row < rows / 2 ? 0 : row % 4])
    }
    let table = Table(
      schema: Schema([Field("v", .plainNumber), Field("t", .text), Field("geometry", .geometry)]),
      columns: [numbers.finish(), texts.finish(), Column(.geometry(geometries(texted)))], rowCount: rows)
    return StoredLayer(name: "many", table: table, referenceSystem: .wgs84)
  }

  private func read(pieceSize: Int, workers: Int) throws -> (columns: [CellReader], count: Int) {
    try store.connection.snapshot { database in
      let entry = try #require(try LayerEntry.find("many", in: database))
      let rows = LayerRows(
        entry, try entry.description(in: database), path: store.path, pieceSize: pieceSize)
      return try rows.read(from: database, workers: Workers(workers))
    }
  }

  private func table(_ rows: (columns: [CellReader], count: Int)) -> [[String]] {
    let columns = rows.columns.map { reader in
      var reader = reader
      return reader.column()
    }
    let fields = rows.columns.enumerated().map { Field($0 == 2 ? "geometry" : "c\($0)", $1.type) }
    return Table(schema: Schema(fields), columns: columns, rowCount: rows.count).rows
  }

  @Test(arguments: [(1, 3), (7, 1), (7, 3), (64, 2), (1000, 4)])
  func piecesOnAnyNumberOfThreadsAreTheRows(pieceSize: Int, workers: Int) throws {
    let layer = layer(rows: 300, seed: 5)
    try store.write(layer, replacing: false)
    let rows = try read(pieceSize: pieceSize, workers: workers)
    #expect(rows.count == 300)
    #expect(table(rows) == layer.table.rows)
  }

  @Test func idsWithGapsAreReadInTheirOrder() throws {
    try store.write(layer(rows: 60, seed: 6), replacing: false)
    let moves = [(1, Int64.max), (2, -5), (3, Int64.min), (4, 1_000_000)]
    try store.connection.transaction { database in
      try database.execute(sql: "DELETE FROM many WHERE fid BETWEEN 20 AND 40")
      for (from, to) in moves {
        try database.execute(sql: "UPDATE many SET fid = ? WHERE fid = ?", arguments: [to, from])
      }
    }
    let inPieces = try read(pieceSize: 3, workers: 3)
    #expect(inPieces.count == 39)
    let whole = try read(pieceSize: 1000, workers: 1)
    #expect(table(inPieces) == table(whole))
  }

  @Test func aPlaceInAPieceIsToldAsARowOfTheLayer() throws {
    try store.write(layer(rows: 60, seed: 7), replacing: false)
    try store.connection.transaction { database in
      try database.execute(sql: "UPDATE many SET v = 'seven' WHERE fid IN (34, 51)")
      try database.execute(sql: "DELETE FROM many WHERE fid = 3")
    }
    let reader = try read(pieceSize: 7, workers: 2).columns[0]
    #expect(reader.misfits == 2 && reader.firstMisfit == 32)
    try store.connection.transaction { database in
      try database.execute(sql: "DROP TRIGGER ggu_many_geometry")
      try database.execute(sql: "UPDATE many SET geometry = x'0001' WHERE fid IN (45, 58)")
    }
    let error = #expect(throws: LayerRows.Malformed.self) { try read(pieceSize: 7, workers: 2) }
    #expect(error?.row == 44 && error?.field == 2)
  }

  @Test func nobodyWritesWhileRowsAreShared() throws {
    try store.write(layer(rows: 60, seed: 8), replacing: false)
    let other = try Store(folder.store, access: .readWrite, busySeconds: 0)
    try store.connection.snapshot { database in
      let snapshot = try SharedSnapshot("SELECT v FROM many", in: database, path: store.path, width: 3)
      #expect(snapshot.width == 3)
      let error = #expect(throws: StoreError.self) { try other.remove("many") }
      #expect(error?.code == .locked)
    }
    try other.remove("many")
  }

  @Test func aWriteAheadLogIsReadByOneConnection() throws {
    try store.write(layer(rows: 60, seed: 9), replacing: false)
    _ = try store.perform { try String.fetchOne($0, sql: "PRAGMA journal_mode = wal") }
    try store.connection.snapshot { database in
      let snapshot = try SharedSnapshot("SELECT v FROM many", in: database, path: store.path, width: 3)
      #expect(snapshot.width == 1)
    }
    #expect(try read(pieceSize: 7, workers: 3).count == 60)
  }

  @Test func aStatementBeyondPlainSQLiteIsRunByOneConnection() throws {
    try store.write(layer(rows: 60, seed: 10), replacing: false)
    try store.connection.snapshot { database in
      let sql = "SELECT ST_X(geometry) FROM many"
      let snapshot = try SharedSnapshot(sql, in: database, path: store.path, width: 3)
      #expect(snapshot.width == 1)
    }
  }
}
