import FeatureTables
import GRDB
import GRDBSQLite
import Projections
import WorkControl

/// One statement of the user on its way to an answer.
struct SQLRun {
  private let sql: String
  private let database: Database
  private let connection: OpaquePointer
  private let path: String
  private let monitor: WorkMonitor

  init(_ sql: String, in database: Database, path: String?, monitor: WorkMonitor) throws {
    guard let connection = database.sqliteConnection else { throw DatabaseError(message: "the connection is closed") }
    self.sql = sql
    self.database = database
    self.connection = connection
    self.path = path ?? "the database in memory"
    self.monitor = monitor
  }

  /// - Throws: `StoreError`, `Cancelled`.
  func answer() throws -> SQLAnswer {
    let authorizer = ReadingAuthorizer()
    try SQLStatement("PRAGMA query_only = 1", in: database).run()
    authorizer.install(on: connection)
    installMonitor()
    defer {
      sqlite3_progress_handler(connection, 0, nil, nil)
      ReadingAuthorizer.uninstall(from: connection)
      try? SQLStatement("PRAGMA query_only = 0", in: database).run()
    }
    do {
      let statement = try compile(authorizer)
      defer { sqlite3_finalize(statement) }
      return try table(of: readAll(statement))
    } catch {
      if let refused = authorizer.refused {
        throw StoreError(
          .notAllowed, "sql only reads, and this statement needs \(refused)",
          fix: "change layers with import and save")
      }
      throw error
    }
  }

  /// Lets a cancellation through while SQLite works: it asks every 10 000 of its steps, less than a millisecond apart.
  private func installMonitor() {
    sqlite3_progress_handler(
      connection, 10_000,
      { context in
        guard let context else { return 0 }
        return Unmanaged<WorkMonitor>.fromOpaque(context).takeUnretainedValue().isCancelled ? 1 : 0
      }, Unmanaged.passUnretained(monitor).toOpaque())
  }

  private func compile(_ authorizer: ReadingAuthorizer) throws -> OpaquePointer {
    guard !sql.utf8.contains(0) else { throw StoreError(.sql, "the SQL text holds a zero byte") }
    return try sql.withCString { text in
      var statement: OpaquePointer?
      var rest: UnsafePointer<CChar>?
      guard sqlite3_prepare_v2(connection, text, -1, &statement, &rest) == SQLITE_OK else { throw lastError() }
      guard let statement else {
        throw StoreError(.sql, "there is no statement in the SQL text", fix: "write sql \"select … from …\"")
      }
      var second: OpaquePointer?
      let code = sqlite3_prepare_v2(connection, rest, -1, &second, nil)
      sqlite3_finalize(second)
      guard code == SQLITE_OK && second == nil else {
        sqlite3_finalize(statement)
        throw StoreError(
          .sql, "the SQL text holds more than one statement", fix: "write one select",
          sqlOffset: rest.map { $0 - text })
      }
      do {
        try check(statement)
      } catch {
        sqlite3_finalize(statement)
        throw error
      }
      return statement
    }
  }

  private func check(_ statement: OpaquePointer) throws {
    if sqlite3_stmt_readonly(statement) == 0 {
      throw StoreError(
        .notAllowed, "sql only reads, and this statement writes", fix: "change layers with import and save")
    }
    if sqlite3_bind_parameter_count(statement) > 0 {
      throw StoreError(.sql, "the SQL text has a parameter (?) and nothing to put there", fix: "write the value itself")
    }
    if sqlite3_column_count(statement) == 0 {
      throw StoreError(.sql, "this statement gives no columns", fix: "write a select")
    }
  }

  private func readAll(_ statement: OpaquePointer) throws -> [ResultReader] {
    var readers = (0..<sqlite3_column_count(statement)).map { ResultReader(statement, index: $0) }
    var row = 0
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: break
      case SQLITE_DONE: return readers
      default: throw lastError()
      }
      if row & 0x1FFF == 0 { try monitor.report("reading the answer of the SQL", fraction: nil, done: row) }
      for i in readers.indices {
        do {
          try readers[i].read(statement)
        } catch {
          throw StoreError(
            .damaged, "row \(row + 1) of the answer has bytes in \(readers[i].name) that are no geometry",
            fix: "leave the column out, or repair the feature with another program")
        }
      }
      row += 1
    }
  }

  /// What SQLite said about the statement, with the place where it is known.
  private func lastError() -> any Error {
    let code = sqlite3_extended_errcode(connection)
    let message = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "no reason given"
    switch code & 0xFF {
    case SQLITE_INTERRUPT where monitor.isCancelled: return Cancelled()
    case SQLITE_ERROR, SQLITE_AUTH, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_TOOBIG, SQLITE_NOMEM, SQLITE_CONSTRAINT:
      let offset = Int(sqlite3_error_offset(connection))
      return StoreError(.sql, message, fix: fix(message), sqlOffset: offset >= 0 ? offset : nil)
    default:
      return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
  }

  private func fix(_ message: String) -> String? {
    if message.hasPrefix("no such column") { return "texts stand in single quotes, names in double quotes" }
    if message.contains("unable to find") && message.contains("SRID") {
      return "set the system of the geometry with SetSRID, or name a target that EPSG has"
    }
    return nil
  }

  // MARK: The table

  private func table(of readers: consuming [ResultReader]) throws -> SQLAnswer {
    var taken: Set<String> = [Field.geometryName]
    var fields: [Field] = []
    var columns: [FeatureTables.Column] = []
    var geometryReader: ResultReader?
    for i in readers.indices {
      let (type, column) = readers[i].finish()
      let reader = readers[i]
      if let srid = reader.srid, let other = reader.otherSRID {
        throw StoreError(
          .sql, "\(reader.name) mixes geometries of SRID \(srid) and \(other)",
          fix: "bring them to one with ST_Transform")
      }
      let isFirstGeometry = type == .geometry && geometryReader == nil
      if isFirstGeometry { geometryReader = reader }
      let name = isFirstGeometry ? Field.geometryName : SQLNames.unique(reader.name, taken: taken)
      taken.insert(name.foldedName)
      fields.append(Field(name, type))
      columns.append(column)
    }
    let table = Table(schema: Schema(fields), columns: columns, rowCount: columns.first?.count ?? 0)
    return SQLAnswer(table: table, referenceSystem: try geometryReader.flatMap(system))
  }

  /// Geometries that are all null lie in no system: then any serves.
  private func system(of reader: ResultReader) throws -> ReferenceSystem? {
    guard let srid = reader.srid else { return .wgs84 }
    return try SpatialReference.system(srid: srid, in: database)
  }
}
