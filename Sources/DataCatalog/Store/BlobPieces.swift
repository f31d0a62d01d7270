import GRDBSQLite
import WorkControl

import class GRDB.Database
import struct GRDB.DatabaseError
import class GRDB.Row

/// A long buffer as rows of a table, a piece in the column `bytes` of each, in the order of `id`: SQLite takes no more
/// than a billion bytes in one, and neither writing nor reading holds a long buffer twice.
enum BlobPieces {
  private static let size = 1 << 23

  /// Writes a buffer, one row at least. O(bytes).
  ///
  /// - Parameter insert: Has its other parameters bound; takes each piece as the one of number `parameter`.
  /// - Throws: GRDB's `DatabaseError`, `Cancelled`.
  static func write(
    _ bytes: UnsafeRawBufferPointer, with insert: SQLStatement, parameter: Int32, monitor: WorkMonitor
  ) throws {
    var start = 0
    repeat {
      try monitor.check()
      let piece = UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + size, bytes.count)])
      // A null pointer is NULL to SQLite, which no bytes are not.
      let code =
        piece.isEmpty
        ? sqlite3_bind_zeroblob(insert.handle, parameter, 0)
        : sqlite3_bind_blob64(insert.handle, parameter, piece.baseAddress, UInt64(piece.count), nil)
      try insert.check(code)
      try insert.run()
      start += size
    } while start < bytes.count
  }

  /// Reads a buffer back; `nil` where there is no row, or one that `write` did not write. O(bytes).
  ///
  /// - Parameter rows: `id` and `length(bytes)` of each, in the order of `id`.
  /// - Throws: GRDB's `DatabaseError`.
  static func read<Element: BitwiseCopyable>(
    _ rows: [Row], of table: String, as _: Element.Type, in database: Database
  ) throws -> [Element]? {
    let pieces = rows.map { (id: Int64($0.integer(0) ?? 0), size: $0.integer(1) ?? -1) }
    let whole = pieces.reduce(0) { $0 + $1.size }
    let stride = MemoryLayout<Element>.stride
    guard !pieces.isEmpty, pieces.allSatisfy({ 0...size ~= $0.size }), whole.isMultiple(of: stride),
      let connection = database.sqliteConnection
    else { return nil }
    return try Array(unsafeUninitializedCapacity: whole / stride) { elements, count in
      var target = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(elements)[..<whole])
      for piece in pieces {
        try copy(piece.id, of: table, to: UnsafeMutableRawBufferPointer(rebasing: target[..<piece.size]), connection)
        target = UnsafeMutableRawBufferPointer(rebasing: target[piece.size...])
      }
      count = whole / stride
    }
  }

  private static func copy(
    _ id: Int64, of table: String, to target: UnsafeMutableRawBufferPointer, _ connection: OpaquePointer
  ) throws {
    guard !target.isEmpty else { return }
    var blob: OpaquePointer?
    defer { sqlite3_blob_close(blob) }
    var code = sqlite3_blob_open(connection, "main", table, "bytes", id, 0, &blob)
    if code == SQLITE_OK { code = sqlite3_blob_read(blob, target.baseAddress, Int32(target.count), 0) }
    guard code == SQLITE_OK else { throw DatabaseError.last(code, in: connection, sql: nil) }
  }
}
