import Foundation
import GRDB
import GRDBSQLite

/// Layers in one SpatiaLite file, which QGIS, GDAL and `spatialite` open as it is.
///
/// Every change is one transaction. SQLite's rollback journal with `synchronous = FULL` makes it whole or absent
/// whenever the process is killed: the next to open the file undoes what was not finished. A write-ahead log would let
/// others read meanwhile, but writes everything twice, needs two more files beside the store and cannot be read from a
/// write-protected folder.
///
/// A store is used from one thread; several processes may have the same file open.
public final class Store {
  /// The absolute path of the file.
  public let path: String
  /// True when the file or its folder is write-protected: layers can be read but not written.
  public let isReadOnly: Bool

  let connection: SpatialConnection

  /// How long a call waits for another process's lock.
  private static let busySeconds = 5.0

  /// Opens a store, or makes one where no file is.
  ///
  /// A SpatiaLite file made elsewhere opens too; it gets our tables with the first layer written.
  ///
  /// - Throws: `StoreError` for a folder, a file that is no SpatiaLite database, a damaged or locked one, one of a
  ///   newer version, and where no file can be made. Takes some 20 ms, twice that for a new file.
  public static func open(_ path: String) throws(StoreError) -> Store {
    try Store(path, access: .readWrite, busySeconds: busySeconds)
  }

  init(_ path: String, access: SpatialConnection.Access, busySeconds: Double) throws(StoreError) {
    guard !path.isEmpty else { throw StoreError(.notAStore, "the store has no path", fix: "name a file") }
    // An absolute path, so that SQLite's special names (":memory:") are files like others.
    let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
    self.path = absolute
    try Self.checkPlace(absolute)
    do {
      connection = try SpatialConnection(path: absolute, access: access, busySeconds: busySeconds)
      isReadOnly = try connection.access { database in
        try database.execute(sql: "PRAGMA cache_size = -32768; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL")
        return sqlite3_db_readonly(database.sqliteConnection, "main") == 1
      }
      if case .nothing = try connection.access({ try StoreFormat.inspect($0, path: absolute) }) {
        try connection.transaction { database in
          // Another process may have made the tables since.
          guard case .nothing = try StoreFormat.inspect(database, path: absolute) else { return }
          try StoreFormat.makeSpatialTables(database)
          try StoreFormat.makeOwnTables(database)
        }
      }
    } catch {
      throw StoreError(wrapping: error, path: absolute)
    }
  }

  /// What SQLite would only call "unable to open database file".
  private static func checkPlace(_ path: String) throws(StoreError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue {
        throw StoreError(.isFolder, "\(path) is a folder, not a file", fix: "name a file in it: \(path)/plan.sqlite")
      }
      if !FileManager.default.isReadableFile(atPath: path) {
        throw StoreError(.noPermission, "no permission to read \(path)", fix: "change its permissions")
      }
      return
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw StoreError(.missingFolder, "there is no folder \(folder)", fix: "make it, or name a store elsewhere")
    }
    if !FileManager.default.isWritableFile(atPath: folder) {
      throw StoreError(
        .noPermission, "no permission to make a file in \(folder)", fix: "name a store in a folder of yours")
    }
  }

  /// Runs `body` on the connection, outside of any transaction.
  func perform<Result>(_ body: (Database) throws -> Result) throws(StoreError) -> Result {
    do {
      return try connection.access(body)
    } catch {
      throw StoreError(wrapping: error, path: path)
    }
  }

  /// - Throws: `StoreError.readOnly`.
  func checkWritable() throws(StoreError) {
    guard isReadOnly else { return }
    throw StoreError(
      .readOnly, "\(path) can only be read: the file or its folder is write-protected",
      fix: "copy it to a folder of yours, or change its permissions")
  }

  /// Removes a layer with all its rows.
  ///
  /// - Throws: `StoreError`; the store is then as before.
  public func remove(_ name: String) throws(StoreError) {
    try checkWritable()
    do {
      try connection.transaction { database in
        guard let entry = try LayerEntry.find(name, in: database) else {
          throw StoreError(noLayer: name, among: try LayerEntry.all(in: database).map(\.name), path: path)
        }
        try entry.drop(in: database)
      }
    } catch {
      throw StoreError(wrapping: error, path: path)
    }
  }
}

extension StoreError {
  init(wrapping error: any Error, path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(error, path: path)
    default: self.init(.failed, "\(path): \(error)")
    }
  }

  init(noLayer name: String, among names: [String], path: String) {
    let list = names.isEmpty ? "it holds none" : "it holds " + names.joined(separator: ", ")
    self.init(.noSuchLayer, "no layer \"\(name)\" in \(path); \(list)")
  }
}
