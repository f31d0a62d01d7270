import FeatureTables
import GRDBSQLite
import WorkControl

import class GRDB.Database
import struct GRDB.DatabaseError
import class GRDB.Row

/// A layer's columns as they lie in memory, kept beside the rows that other programs read: taking a million rows apart
/// costs three times what SQLite needs to step over them, copying buffers a fraction of it.
///
/// The copy is what the rows say or is not there: triggers on the table, in plain SQL for whatever program changes a
/// row, remove it. `catchment_columns` has a row for each run of at most `pieceSize` bytes of each buffer of a field, as
/// `ColumnBuffers` numbers them.
struct ColumnCopy {
  private let table: String

  /// So that neither writing nor reading holds a long buffer twice.
  private static let pieceSize = 1 << 23

  static let ownTable = """
    CREATE TABLE IF NOT EXISTS catchment_columns (
      id INTEGER PRIMARY KEY, table_name TEXT NOT NULL COLLATE NOCASE, field INTEGER NOT NULL, buffer INTEGER NOT NULL,
      bytes BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS catchment_columns_place ON catchment_columns (table_name, field, buffer);
    """

  init(of table: String) { self.table = table }

  // MARK: Whether it is what the rows say

  /// The folded names of the tables that have a copy and all triggers that keep it true.
  static func tables(in database: Database) throws -> Set<String> {
    guard try database.hasTable("catchment_columns") else { return [] }
    var triggers: [String: Set<String>] = [:]
    let found = try Row.fetchAll(database, sql: "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    for row in found { triggers[row.text(0)?.foldedName ?? "", default: []].insert(row.text(1) ?? "") }
    let copied = try String.fetchAll(database, sql: "SELECT DISTINCT table_name FROM catchment_columns")
    let kept = copied.filter { triggers[$0.foldedName]?.isSuperset(of: ColumnCopy(of: $0).triggers) ?? false }
    return Set(kept.map(\.foldedName))
  }

  /// As `sqlite_master` repeats them.
  private var triggers: [String] {
    ["INSERT", "UPDATE", "DELETE"].map { change in
      """
      CREATE TRIGGER \("catchment_\(change.lowercased())_\(table)".quotedName) AFTER \(change) ON \(table.quotedName) \
      BEGIN DELETE FROM catchment_columns WHERE table_name = \(table.quotedText); END
      """
    }
  }

  // MARK: Writing

  /// Writes the copy of a table whose rows are there. O(bytes).
  ///
  /// - Throws: GRDB's `DatabaseError`, `Cancelled`.
  func write(_ columns: [Column], in database: Database, monitor: WorkMonitor) throws {
    try remove(in: database)
    let insert = try SQLStatement(
      "INSERT INTO catchment_columns (table_name, field, buffer, bytes) VALUES (\(table.quotedText), ?, ?, ?)",
      in: database)
    for (field, column) in columns.enumerated() {
      try ColumnBuffers.visit(column) { buffer, bytes in
        var start = 0
        repeat {
          try monitor.check()
          let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + Self.pieceSize, bytes.count)])
          sqlite3_bind_int64(insert.handle, 1, Int64(field))
          sqlite3_bind_int64(insert.handle, 2, Int64(buffer))
          // A null pointer is NULL to SQLite, which no bytes are not.
          let code =
            piece.isEmpty
            ? sqlite3_bind_zeroblob(insert.handle, 3, 0)
            : sqlite3_bind_blob64(insert.handle, 3, piece.baseAddress, UInt64(piece.count), nil)
          try insert.check(code)
          try insert.run()
          start += Self.pieceSize
        } while start < bytes.count
      }
    }
    for trigger in triggers { try database.execute(sql: trigger) }
  }

  func remove(in database: Database) throws {
    guard try database.hasTable("catchment_columns") else { return }
    try database.execute(sql: "DELETE FROM catchment_columns WHERE table_name = ?", arguments: [table])
  }

  // MARK: Reading

  /// The table; `nil` where the copy does not hold together: the rows are there to be read. O(bytes).
  ///
  /// - Throws: `Cancelled`.
  func read(_ schema: Schema, rows: Int, in database: Database, monitor: WorkMonitor) throws(Cancelled) -> Table? {
    var columns: [Column] = []
    for (i, field) in schema.fields.enumerated() {
      try monitor.check()
      let source = Source(table: table, field: i, database: database)
      guard let column = try? ColumnBuffers.column(of: field.type, rows: rows, from: source) else { return nil }
      columns.append(column)
    }
    return Table(schema: schema, columns: columns, rowCount: rows)
  }

  /// The buffers of one field in the file.
  private struct Source: ColumnBuffers.Source {
    let table: String
    let field: Int
    let database: Database

    func read<Element: BitwiseCopyable>(_ buffer: Int, of _: Element.Type) throws -> [Element] {
      let pieces = try Row.fetchAll(
        database,
        sql: """
          SELECT id, length(bytes) FROM catchment_columns WHERE table_name = ? AND field = ? AND buffer = ? ORDER BY id
          """, arguments: [table, field, buffer]
      ).map { (id: Int64($0.integer(0) ?? 0), size: $0.integer(1) ?? -1) }
      let size = pieces.reduce(0) { $0 + $1.size }
      let stride = MemoryLayout<Element>.stride
      guard !pieces.isEmpty, pieces.allSatisfy({ 0...ColumnCopy.pieceSize ~= $0.size }), size.isMultiple(of: stride),
        let connection = database.sqliteConnection
      else { throw ColumnBuffers.Inconsistent() }
      return try Array(unsafeUninitializedCapacity: size / stride) { elements, count in
        var target = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(elements)[..<size])
        for piece in pieces {
          try copy(piece.id, to: UnsafeMutableRawBufferPointer(rebasing: target[..<piece.size]), on: connection)
          target = UnsafeMutableRawBufferPointer(rebasing: target[piece.size...])
        }
        count = size / stride
      }
    }

    private func copy(_ id: Int64, to target: UnsafeMutableRawBufferPointer, on connection: OpaquePointer) throws {
      guard !target.isEmpty else { return }
      var blob: OpaquePointer?
      defer { sqlite3_blob_close(blob) }
      var code = sqlite3_blob_open(connection, "main", "catchment_columns", "bytes", id, 0, &blob)
      if code == SQLITE_OK { code = sqlite3_blob_read(blob, target.baseAddress, Int32(target.count), 0) }
      guard code == SQLITE_OK else { throw DatabaseError.last(code, in: connection, sql: nil) }
    }
  }
}
