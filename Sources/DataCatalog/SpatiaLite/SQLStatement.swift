import GRDB
import GRDBSQLite

/// A compiled statement for the loops over many rows, where a value object a cell would cost more than SQLite does.
final class SQLStatement {
  let handle: OpaquePointer
  private let connection: OpaquePointer

  /// - Throws: GRDB's `DatabaseError`.
  convenience init(_ sql: String, in database: Database) throws {
    guard let connection = database.sqliteConnection else { throw DatabaseError(message: "the connection is closed") }
    try self.init(sql, on: connection)
  }

  /// - Throws: GRDB's `DatabaseError`.
  init(_ sql: String, on connection: OpaquePointer) throws {
    var handle: OpaquePointer?
    let code = sqlite3_prepare_v2(connection, sql, -1, &handle, nil)
    guard code == SQLITE_OK, let handle else { throw DatabaseError.last(code, in: connection, sql: sql) }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  /// Goes to the next row; false after the last one.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw DatabaseError.last(code, in: connection, sql: nil)
    }
  }

  /// - Throws: for a code other than `SQLITE_OK`, what SQLite says about it.
  func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError.last(code, in: connection, sql: nil) }
  }

  /// Runs a statement without rows and makes it ready for the next values.
  func run() throws {
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE else { throw DatabaseError.last(code, in: connection, sql: nil) }
    sqlite3_reset(handle)
  }
}

extension DatabaseError {
  /// What SQLite says about its last call on a connection.
  static func last(_ code: Int32, in connection: OpaquePointer, sql: String?) -> DatabaseError {
    DatabaseError(
      resultCode: ResultCode(rawValue: code), message: sqlite3_errmsg(connection).map { String(cString: $0) },
      sql: sql)
  }
}

extension String {
  /// The text as a quoted SQL name: safe for every name, whatever it holds.
  var quotedName: String { "\"" + replacing("\"", with: "\"\"") + "\"" }

  /// The text as a literal of SQL.
  var quotedText: String { "'" + replacing("'", with: "''") + "'" }

  /// The text as SQL compares names: without the case of ASCII letters.
  var foldedName: String {
    String(decoding: utf8.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
