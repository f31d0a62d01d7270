import FeatureTables
import GRDB
import GRDBSQLite
import GeometryKernel
import Projections
import WorkControl

/// What a statement of the user gave.
public struct SQLAnswer: Sendable {
  /// Columns typed by their values; the first geometry is named `geometry`.
  public let table: FeatureTables.Table
  /// What the coordinates of `geometry` mean.
  public let referenceSystem: ReferenceSystem?

  public init(table: FeatureTables.Table, referenceSystem: ReferenceSystem?) {
    self.table = table
    self.referenceSystem = referenceSystem
  }
}

/// Runs the user's SQL, with SpatiaLite's functions, where it cannot change anything.
///
/// It has a connection of its own: read-only on the store's file, or to an empty database in memory where there is no
/// store. Layers from elsewhere are copied into temporary tables for the time of a statement. What keeps a statement
/// from writing: the read-only file, an authorizer that allows reading alone, and `sqlite3_stmt_readonly`.
///
/// Nothing is opened before the first statement; used from one thread.
final class SQLSource {
  private let path: String?
  private var opened: SpatialConnection?

  init(path: String?) { self.path = path }

  /// Runs one statement.
  ///
  /// - Parameter layers: copied in under their names before the statement runs; a table of the store of that name is
  ///   hidden meanwhile.
  /// - Throws: `StoreError`, `Cancelled`.
  func query(_ sql: String, layers: [StoredLayer], monitor: WorkMonitor) throws -> SQLAnswer {
    do {
      return try connection().access { database in
        defer { removeTemporaries(from: database) }
        try addReferenceSystems(sql, layers, to: database)
        for layer in layers { try copy(layer, to: database, monitor: monitor) }
        try makeViews(sql, besides: layers, in: database)
        return try SQLRun(sql, in: database, path: path, monitor: monitor).answer()
      }
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      throw StoreError(wrapping: error, path: path ?? "the database in memory")
    }
  }

  private func connection() throws -> SpatialConnection {
    if let opened { return opened }
    let made = try SpatialConnection(path: path, access: .readOnly, busySeconds: 5)
    if path == nil { try made.access(StoreFormat.makeSpatialTables) }
    opened = made
    return made
  }
}

// MARK: - Around the statement

extension SQLSource {
  /// Brings a layer in as a temporary table, with the columns that it would have in a store.
  private func copy(_ layer: StoredLayer, to database: Database, monitor: WorkMonitor) throws {
    let names = SQLNames.columns(layer.table.schema.fields)
    var columns = ["\(names.id.quotedName) INTEGER PRIMARY KEY"]
    for (field, name) in zip(layer.table.schema.fields, names.columns) {
      columns.append("\(name.quotedName) \(ColumnRecord.sqlType(field.type))")
    }
    try SQLStatement(
      "CREATE TEMP TABLE \(layer.name.quotedName) (\(columns.joined(separator: ", ")))", in: database
    ).run()
    let srid = try layer.referenceSystem.map { try SpatialReference.register($0, in: database) }
    try SQLStatement("BEGIN", in: database).run()
    do {
      try RowWriter(
        layer, table: layer.name, idColumn: names.id, sqlNames: names.columns,
        srid: Int32(srid ?? SpatialReference.undefined), in: database
      ).run(monitor: monitor)
      try SQLStatement("COMMIT", in: database).run()
    } catch {
      try? SQLStatement("ROLLBACK", in: database).run()
      throw error
    }
  }

  /// Makes the reference systems known that the statement and the layers name: a store has rows for those of its own
  /// layers alone, and `ST_Transform` looks its target up in the table.
  ///
  /// The file is read-only here, so a temporary table of the same name is put before the store's.
  private func addReferenceSystems(_ sql: String, _ layers: [StoredLayer], to database: Database) throws {
    var systems = layers.compactMap(\.referenceSystem)
    if SQLText.identifiers(in: sql).contains(where: { $0.contains("transform") }) {
      for number in SQLText.numbers(in: sql).sorted() where (1024..<1_000_000).contains(number) {
        let known = try Int.fetchOne(
          database, sql: "SELECT 1 FROM spatial_ref_sys WHERE srid = ?", arguments: [number])
        if known == nil, let system = try? ReferenceSystem(parsing: "EPSG:\(number)") { systems.append(system) }
      }
    }
    guard !systems.isEmpty else { return }
    try SQLStatement("CREATE TEMP TABLE spatial_ref_sys AS SELECT * FROM main.spatial_ref_sys", in: database).run()
    for system in systems { _ = try SpatialReference.register(system, in: database) }
  }

  /// Layers whose name no table can have are found under it all the same.
  private func makeViews(_ sql: String, besides layers: [StoredLayer], in database: Database) throws {
    guard path != nil, try database.hasTable("catchment_layers") else { return }
    let identifiers = SQLText.identifiers(in: sql)
    let copied = Set(layers.map(\.name))
    for row in try Row.fetchAll(
      database, sql: "SELECT name, table_name FROM catchment_layers WHERE name <> table_name ORDER BY name")
    {
      guard let name = row.text(0), let table = row.text(1), !copied.contains(name),
        identifiers.contains(name.foldedName)
      else { continue }
      try SQLStatement(
        "CREATE TEMP VIEW \(name.quotedName) AS SELECT * FROM main.\(table.quotedName)", in: database
      ).run()
    }
  }

  private func removeTemporaries(from database: Database) {
    let objects = try? Row.fetchAll(
      database, sql: "SELECT type, name FROM sqlite_temp_master WHERE type IN ('table', 'view')")
    for row in objects ?? [] {
      guard let type = row.text(0), let name = row.text(1) else { continue }
      try? SQLStatement("DROP \(type) temp.\(name.quotedName)", in: database).run()
    }
  }
}
