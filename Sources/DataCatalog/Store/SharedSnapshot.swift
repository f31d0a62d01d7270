import GRDB
import GRDBSQLite
import Synchronization

/// One statement on several connections that see the same version of a file, for threads that share out its rows.
///
/// While one connection holds the shared lock of a file with a rollback journal, nobody changes the file
/// (sqlite.org/lockingv3.html): whoever begins to read after it sees what it sees. A write-ahead log promises no such
/// thing; there, and where a further connection cannot be had, the first reads alone.
///
/// `@unchecked Sendable`: `lend` gives a connection to one thread at a time, which is what SQLite asks for.
final class SharedSnapshot: @unchecked Sendable {
  /// On the first connection and on each of the others.
  private let statements: [SQLStatement]
  private let others: [FurtherConnection]
  /// The positions of the statements that no thread uses.
  private let idle: Mutex<[Int]>

  /// How many threads can read at once; at least 1.
  var width: Int { statements.count }

  /// - Parameters:
  ///   - database: Inside a transaction that has begun to read; it must not be used by others before the snapshot ends.
  ///   - width: The most connections, the first included.
  /// - Throws: GRDB's `DatabaseError` when the statement cannot be compiled on the first connection.
  init(_ sql: String, in database: Database, path: String, width: Int) throws {
    let own = try SQLStatement(sql, in: database)
    var others: [FurtherConnection] = []
    if width > 1, try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
      while others.count + 1 < width, let further = FurtherConnection(path, sql) { others.append(further) }
    }
    self.others = others
    statements = [own] + others.map(\.statement)
    idle = Mutex(Array(statements.indices))
  }

  /// Runs `body` with a statement that no other thread uses meanwhile; at most `width` threads may ask at once.
  func lend<Result>(_ body: (SQLStatement) throws -> Result) throws -> Result {
    guard let position = idle.withLock({ $0.popLast() }) else {
      throw DatabaseError(message: "more threads than connections")
    }
    defer { idle.withLock { $0.append(position) } }
    return try body(statements[position])
  }
}

/// A plain connection, without SpatiaLite's functions, that has begun to read.
private final class FurtherConnection {
  let statement: SQLStatement
  private let connection: OpaquePointer

  /// `nil` when the file is locked or the statement needs more than plain SQLite.
  init?(_ path: String, _ sql: String) {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK, let opened,
      sqlite3_exec(opened, "BEGIN; SELECT 1 FROM sqlite_master", nil, nil, nil) == SQLITE_OK,
      let statement = try? SQLStatement(sql, on: opened)
    else {
      sqlite3_close_v2(opened)
      return nil
    }
    self.statement = statement
    connection = opened
  }

  // Its statement may go after it: such a connection closes itself then.
  deinit { sqlite3_close_v2(connection) }
}
