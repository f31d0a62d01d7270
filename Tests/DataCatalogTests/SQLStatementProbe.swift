import GRDB
import GRDBSQLite

/// Plain SQL for tests, without GRDB's names in them: its `Table` and `Column` are not ours.
enum SQLStatementProbe {
  static func count(_ sql: String, _ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: sql) ?? -1
  }

  static func texts(_ sql: String, _ database: Database) throws -> [String] {
    try String.fetchAll(database, sql: sql)
  }

  static func run(_ sql: String, _ database: Database) throws {
    try database.execute(sql: sql)
  }

  /// Runs statements on a file through a connection of its own.
  static func run(_ sql: String, onFile path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
    try queue.close()
  }
}

/// Lets a connection take values of so many bytes and no more.
func sqlite3LimitLength(_ database: Database, _ bytes: Int32) {
  sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, bytes)
}
