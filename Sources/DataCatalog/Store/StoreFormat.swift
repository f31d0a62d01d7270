import GRDB

/// The tables that make a SpatiaLite file a store.
///
/// `catchment_store` has one row: the format's version and the program that made it. `catchment_layers` has one row a
/// layer, `catchment_networks` one for each that is a street network, `catchment_graphs` the `BlobPieces` of its graph,
/// `catchment_columns` is described by `ColumnCopy`; files made before there were any lack them. Everything else is
/// SpatiaLite's own, so that QGIS, GDAL and `spatialite` open the file as it is.
enum StoreFormat {
  /// Raised when an older version could misread what a newer one writes.
  static let version = 1
  static let createdBy = "Catchment"

  /// What a database turns out to be.
  enum Content {
    case nothing
    /// SpatiaLite's tables, with or without ours.
    case store
  }

  /// - Throws: `StoreError` for databases that are something else or newer.
  static func inspect(_ database: Database, path: String) throws -> Content {
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    if try database.hasTable("catchment_store") {
      try checkVersion(database, path: path)
      return .store
    }
    if tables == 0 { return .nothing }
    // 0 no metadata, 1 SpatiaLite before 4, 2 GDAL's plain SQLite, 3 SpatiaLite, 4 GeoPackage.
    switch try Int.fetchOne(database, sql: "SELECT CheckSpatialMetaData()") ?? 0 {
    case 3: return .store
    case 4:
      throw StoreError(
        .notAStore, "\(path) is a GeoPackage, not a store", fix: "bring it in with import \"\(path)\" as name")
    case 1:
      throw StoreError(
        .notAStore, "\(path) is laid out as before SpatiaLite 4", fix: "bring it in with import \"\(path)\" as name")
    default:
      throw StoreError(
        .notAStore, "\(path) is a SQLite database without SpatiaLite's tables",
        fix: "name a new file to make a store, or bring it in with import \"\(path)\" as name")
    }
  }

  private static func checkVersion(_ database: Database, path: String) throws {
    guard
      let row = try Row.fetchOne(database, sql: "SELECT format_version, created_by FROM catchment_store"),
      let found = row.integer(0)
    else {
      throw StoreError(.damaged, "\(path) has lost its format version", fix: "take a copy from before")
    }
    guard found > version else { return }
    let maker = row.text(1) ?? createdBy
    throw StoreError(
      .newerVersion,
      "\(path) is a store of format \(found), made by \(maker); this Catchment reads formats up to \(version)",
      fix: "update Catchment, or name another store")
  }

  /// Makes SpatiaLite's tables. 'NONE' leaves out some 6000 reference systems (7 MB): layers bring in their own.
  static func makeSpatialTables(_ database: Database) throws {
    guard try Int.fetchOne(database, sql: "SELECT InitSpatialMetadata(0, 'NONE')") == 1 else {
      throw DatabaseError(message: "SpatiaLite could not make its tables")
    }
    _ = try SpatialReference.register(.wgs84, in: database)
  }

  static func makeOwnTables(_ database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS catchment_store (format_version INTEGER NOT NULL, created_by TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS catchment_layers (
          name TEXT NOT NULL PRIMARY KEY,
          table_name TEXT NOT NULL UNIQUE COLLATE NOCASE,
          id_column TEXT NOT NULL,
          columns TEXT NOT NULL,
          metadata TEXT NOT NULL,
          reference_system TEXT,
          min_x REAL, min_y REAL, max_x REAL, max_y REAL,
          row_count INTEGER NOT NULL,
          geometry_kinds TEXT NOT NULL
        );
        \(ColumnCopy.ownTable)
        CREATE TABLE IF NOT EXISTS catchment_networks (
          layer_name TEXT NOT NULL PRIMARY KEY,
          reference_system TEXT NOT NULL,
          record TEXT NOT NULL
        );
        CREATE TABLE IF NOT EXISTS catchment_graphs (
          id INTEGER PRIMARY KEY, layer_name TEXT NOT NULL, bytes BLOB NOT NULL);
        CREATE INDEX IF NOT EXISTS catchment_graphs_place ON catchment_graphs (layer_name);
        INSERT INTO catchment_store SELECT \(version), '\(createdBy)' WHERE NOT EXISTS (SELECT 1 FROM catchment_store);
        """)
  }
}
