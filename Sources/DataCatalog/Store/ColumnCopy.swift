import FeatureTables
import GRDBSQLite
import WorkControl

import class GRDB.Database
import class GRDB.Row

/// A layer's columns as they lie in memory, kept beside the rows that other programs read: taking a million rows apart
/// costs three times what SQLite needs to step over them, copying buffers a fraction of it.
///
/// The copy is what the rows say or is not there: triggers on the table, in plain SQL for whatever program changes a
/// row, remove it. `catchment_columns` has the `BlobPieces` of each buffer of a field, as `ColumnBuffers` numbers
/// them.
struct ColumnCopy {
  private let table: String

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

  private static let changes = ["INSERT", "UPDATE", "DELETE"]

  private func triggerName(_ change: String) -> String { "catchment_\(change.lowercased())_\(table)".quotedName }

  /// As `sqlite_master` repeats them.
  private var triggers: [String] {
    Self.changes.map { change in
      """
      CREATE TRIGGER \(triggerName(change)) AFTER \(change) ON \(table.quotedName) \
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
        sqlite3_bind_int64(insert.handle, 1, Int64(field))
        sqlite3_bind_int64(insert.handle, 2, Int64(buffer))
        try BlobPieces.write(bytes, with: insert, parameter: 3, monitor: monitor)
      }
    }
    // A table that another program renamed takes its triggers along, under the names of old.
    for change in Self.changes { try database.execute(sql: "DROP TRIGGER IF EXISTS \(triggerName(change))") }
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
          """, arguments: [table, field, buffer])
      guard let elements = try BlobPieces.read(pieces, of: "catchment_columns", as: Element.self, in: database) else {
        throw ColumnBuffers.Inconsistent()
      }
      return elements
    }
  }
}
