import CSpatiaLite
import GRDB
import GRDBSQLite

/// One SQLite connection with SpatiaLite's functions in it.
///
/// SpatiaLite keeps what it needs for a connection in a block of its own, which must outlive the connection
/// (spatialite.h: `spatialite_cleanup_ex` comes after `sqlite3_close`): this type ties the two together.
final class SpatialConnection {
  enum Access: Sendable {
    case readWrite
    case readOnly
  }

  private let queue: DatabaseQueue
  private let memory: SpatiaLiteMemory

  /// Opens a file, or an empty database in memory when `path` is nil.
  ///
  /// - Parameter busySeconds: how long a call waits for another process's lock before it fails.
  /// - Throws: GRDB's `DatabaseError`.
  init(path: String?, access: Access, busySeconds: Double) throws {
    let memory = SpatiaLiteMemory()
    var configuration = Configuration()
    configuration.readonly = access == .readOnly && path != nil
    configuration.prepareDatabase { database in
      memory.attach(to: database)
      // SpatiaLite has just set five seconds of its own.
      sqlite3_busy_timeout(database.sqliteConnection, Int32(busySeconds * 1000))
    }
    do {
      queue =
        try path.map { try DatabaseQueue(path: $0, configuration: configuration) }
        ?? DatabaseQueue(configuration: configuration)
    } catch {
      memory.release()
      throw error
    }
    self.memory = memory
  }

  deinit {
    try? queue.close()
    memory.release()
  }

  /// Runs `body` outside of any transaction.
  func access<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.writeWithoutTransaction(body)
  }

  /// Runs `body`, which only reads, on one version of the file: nobody changes it meanwhile.
  func snapshot<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.writeWithoutTransaction { database in
      // The connection's own statements, so that one that is read-only is none to GRDB.
      try SQLStatement("BEGIN", in: database).run()
      defer { try? SQLStatement("COMMIT", in: database).run() }
      return try body(database)
    }
  }

  /// Runs `body` as one transaction that holds the write lock from its start: it is whole when this returns, and
  /// undone when `body` throws or the process ends.
  func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.writeWithoutTransaction { database in
      var result: Result?
      try database.inTransaction(.immediate) {
        result = try body(database)
        return .commit
      }
      guard let result else { throw DatabaseError(message: "the transaction did not run") }
      return result
    }
  }
}

/// SpatiaLite's block for one connection.
///
/// `@unchecked Sendable`: GRDB asks for it because it may open connections on other threads; a queue opens its only
/// connection inside its initializer.
private final class SpatiaLiteMemory: @unchecked Sendable {
  private var block: UnsafeMutableRawPointer?

  func attach(to database: Database) {
    guard block == nil, let connection = database.sqliteConnection else { return }
    block = spatialite_alloc_connection()
    spatialite_init_ex(UnsafeMutableRawPointer(connection), block, 0)
  }

  /// Call it once the connection is closed.
  func release() {
    if let block { spatialite_cleanup_ex(block) }
    block = nil
  }
}
