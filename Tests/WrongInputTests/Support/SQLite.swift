import GRDBSQLite
import Testing

/// SQL on a file, past the store, for what only another program would do.
enum SQLite {
  static func run(_ sql: String, _ path: String) throws {
    var database: OpaquePointer?
    try #require(sqlite3_open(path, &database) == SQLITE_OK)
    defer { sqlite3_close(database) }
    try #require(sqlite3_exec(database, sql, nil, nil, nil) == SQLITE_OK)
  }

  /// The first number of an answer.
  static func number(_ sql: String, _ path: String) throws -> Int {
    var database: OpaquePointer?
    try #require(sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
    defer { sqlite3_close(database) }
    var statement: OpaquePointer?
    try #require(sqlite3_prepare_v2(database, sql, -1, &statement, nil) == SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    try #require(sqlite3_step(statement) == SQLITE_ROW)
    return Int(sqlite3_column_int64(statement, 0))
  }
}

extension SQLite {
  /// Holds a file as another program does that writes to it.
  final class Lock {
    private var database: OpaquePointer?

    init(_ path: String) throws {
      try #require(sqlite3_open(path, &database) == SQLITE_OK)
      try #require(sqlite3_exec(database, "BEGIN EXCLUSIVE", nil, nil, nil) == SQLITE_OK)
    }

    deinit { release() }

    func release() {
      sqlite3_close(database)
      database = nil
    }
  }
}
