import GRDBSQLite

/// Lets a connection read and nothing else, whatever statement is compiled on it, those that SpatiaLite's functions run
/// inside included (sqlite.org/c3ref/set_authorizer.html).
final class ReadingAuthorizer {
  /// What was refused first, in words: `DELETE on parks`.
  private(set) var refused: String?

  /// Installs the authorizer; it must live until `uninstall`.
  func install(on connection: OpaquePointer) {
    refused = nil
    let context = Unmanaged.passUnretained(self).toOpaque()
    sqlite3_set_authorizer(
      connection,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        return Unmanaged<ReadingAuthorizer>.fromOpaque(context).takeUnretainedValue()
          .decide(action, first.map { String(cString: $0) }, second.map { String(cString: $0) })
      }, context)
  }

  static func uninstall(from connection: OpaquePointer) { sqlite3_set_authorizer(connection, nil, nil) }

  private func decide(_ action: Int32, _ first: String?, _ second: String?) -> Int32 {
    switch action {
    case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
    // Asked when a table-valued function or a virtual table is used for the first time. A statement that really means
    // it fails all the same: the schema is written by pragma `writable_schema` alone.
    case SQLITE_UPDATE where first == "sqlite_master" || first == "sqlite_temp_master": return SQLITE_OK
    case SQLITE_FUNCTION:
      // The function's name comes second.
      guard let name = second?.foldedName, Self.isChanging(function: name) else { return SQLITE_OK }
      return refuse("the function \(second ?? "")")
    case SQLITE_PRAGMA:
      guard let name = first?.foldedName, !Self.readingPragmas.contains(name) else { return SQLITE_OK }
      return refuse("PRAGMA \(name)")
    default:
      return refuse(
        [Self.names[action] ?? "a change", first.map { "on \($0)" }].compactMap(\.self).joined(separator: " "))
    }
  }

  private func refuse(_ what: String) -> Int32 {
    if refused == nil { refused = what }
    return SQLITE_DENY
  }

  /// Pragmas that only tell, as `pragma_table_info('parks')` does.
  private static let readingPragmas: Set<String> = [
    "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    "function_list", "collation_list", "compile_options", "database_list",
  ]

  /// Functions that touch files, run text as SQL, change tables or change how later statements on the connection
  /// answer. Most could not do it here anyway; but some of SpatiaLite's only answer 0 and complain on standard error.
  private static func isChanging(function name: String) -> Bool {
    name != "createuuid" && (changingFunctions.contains(name) || changingPrefixes.contains { name.hasPrefix($0) })
  }

  private static let changingPrefixes = [
    "import", "export", "create", "init", "drop", "rename", "clone", "recover", "discard", "rebuild", "register",
    "unregister", "updatelayer", "invalidatelayer", "addgeometrycolumn", "addtemporarygeometrycolumn",
    "addfdogeometrycolumn", "addvirtualgeometry", "disablespatialindex", "insertepsgsrid", "elementarygeometries",
    "gpkgcreate", "gpkgadd", "gpkginsert", "sqlproc_", "storedproc_", "storedvar_", "xb_load", "xb_store",
  ]

  private static let changingFunctions: Set<String> = [
    "load_extension", "eval", "readfile", "writefile", "edit", "fts3_tokenizer", "blobfromfile", "blobtofile",
    "setdecimalprecision", "enablegpkgmode", "disablegpkgmode", "enablegpkgamphibiousmode",
    "disablegpkgamphibiousmode", "enabletinypoint", "disabletinypoint", "proj_setdatabasepath",
    "bufferoptions_reset", "bufferoptions_setendcapstyle", "bufferoptions_setjoinstyle",
    "bufferoptions_setmitrelimit", "bufferoptions_setquadrantsegments",
  ]

  private static let names: [Int32: String] = [
    SQLITE_INSERT: "INSERT", SQLITE_UPDATE: "UPDATE", SQLITE_DELETE: "DELETE", SQLITE_ATTACH: "ATTACH",
    SQLITE_DETACH: "DETACH", SQLITE_TRANSACTION: "a transaction", SQLITE_SAVEPOINT: "a savepoint",
    SQLITE_ALTER_TABLE: "ALTER TABLE", SQLITE_ANALYZE: "ANALYZE", SQLITE_REINDEX: "REINDEX",
    SQLITE_CREATE_TABLE: "CREATE TABLE", SQLITE_CREATE_TEMP_TABLE: "CREATE TABLE", SQLITE_CREATE_VIEW: "CREATE VIEW",
    SQLITE_CREATE_TEMP_VIEW: "CREATE VIEW", SQLITE_CREATE_INDEX: "CREATE INDEX",
    SQLITE_CREATE_TRIGGER: "CREATE TRIGGER", SQLITE_CREATE_VTABLE: "CREATE VIRTUAL TABLE",
    SQLITE_DROP_TABLE: "DROP TABLE", SQLITE_DROP_VIEW: "DROP VIEW", SQLITE_DROP_INDEX: "DROP INDEX",
    SQLITE_DROP_TRIGGER: "DROP TRIGGER", SQLITE_DROP_VTABLE: "DROP TABLE",
  ]
}
