import FeatureTables
import GRDB
import GeometryKernel
import Projections

/// A layer as the file describes it: by our own table, by SpatiaLite's `geometry_columns`, or both.
struct LayerEntry {
  let name: String
  /// The SQL table that holds the rows.
  let table: String
  /// The integer primary key that only numbers the rows; `nil` in files made elsewhere, where it is an attribute, and
  /// where another program has made something else of it.
  let idColumn: String?
  /// What of the table's columns can be read, in order; the first geometry is named `geometry`.
  let columns: [ColumnRecord]
  let metadata: LayerMetadata
  /// Ours alone: the identifier exactly as it was written.
  let referenceSystem: String?
  /// SpatiaLite's geometry columns of the table, by their folded names.
  let geometryColumns: [String: GeometryColumn]
  /// What was counted when the layer was written; `nil` when it may have changed since.
  let counted: Counted?
  /// The columns as they were written; `nil` when anything may have changed since.
  let copy: ColumnCopy?
  /// Columns left out because they hold bytes.
  let skippedColumns: [String]
  let hasNetwork: Bool

  struct GeometryColumn {
    let srid: Int
    /// ISO 19125's code, 0 for any; plus 1000 with Z, 2000 with M, 3000 with both.
    let type: Int
  }

  struct Counted {
    let rows: Int
    let extent: Box
    let middle: Box
    let kinds: [GeometryKind]
  }

  var schema: Schema { Schema(columns.compactMap { column in column.valueType.map { Field(column.name, $0) } }) }

  /// What SQL calls the number of a row: a column may have one of the names that SQLite has for it.
  var rowID: String {
    if let idColumn { return idColumn.quotedName }
    let taken = Set((columns.map(\.sqlName) + skippedColumns).map(\.foldedName))
    return ["rowid", "_rowid_", "oid"].first { !taken.contains($0) } ?? "rowid"
  }

  /// The first geometry column.
  var geometry: (sqlName: String, column: GeometryColumn)? {
    for column in columns where column.name == Field.geometryName {
      if let known = geometryColumns[column.sqlName.foldedName] { return (column.sqlName, known) }
    }
    return nil
  }

  /// Removes the table and every row about it.
  func drop(in database: Database) throws {
    for column in geometryColumns.keys.sorted() {
      // What SpatiaLite or QGIS may have built for searches.
      for index in ["idx_\(table)_\(column)", "cache_\(table)_\(column)"] where try database.hasTable(index) {
        try database.execute(sql: "DROP TABLE \(index.quotedName)")
      }
    }
    // The other tables about geometry columns follow by their foreign keys.
    try database.execute(sql: "DELETE FROM geometry_columns WHERE f_table_name = lower(?)", arguments: [table])
    try database.dropNetwork(of: name)
    if try database.hasTable("catchment_layers") {
      try database.execute(sql: "DELETE FROM catchment_layers WHERE table_name = ?", arguments: [table])
    }
    try ColumnCopy(of: table).remove(in: database)
    try database.execute(sql: "DROP TABLE \(table.quotedName)")
  }
}

// MARK: - Finding them

extension LayerEntry {
  /// Every layer of the file, sorted by name.
  static func all(in database: Database) throws -> [LayerEntry] {
    let tables = try FileTables(database)
    var entries = try tables.own.map { try LayerEntry(own: $0, tables, in: database) }
    let known = Set(entries.map(\.table.foldedName))
    for table in tables.spatial where !known.contains(table.foldedName) {
      entries.append(try LayerEntry(foreign: table, tables, in: database))
    }
    return entries.sorted { $0.name < $1.name }
  }

  /// The layer of that name; failing that, the one whose name differs only in the case of ASCII letters.
  static func find(_ name: String, in database: Database) throws -> LayerEntry? {
    let tables = try FileTables(database)
    let own =
      tables.own.first { $0.text(0) == name } ?? tables.own.first { $0.text(0)?.foldedName == name.foldedName }
    if let own { return try LayerEntry(own: own, tables, in: database) }
    let taken = Set(tables.own.compactMap { $0.text(1)?.foldedName })
    guard
      let table = tables.spatial.first(where: { $0.foldedName == name.foldedName && !taken.contains($0.foldedName) })
    else { return nil }
    return try LayerEntry(foreign: table, tables, in: database)
  }

  private init(own row: Row, _ tables: FileTables, in database: Database) throws {
    name = row.text(0) ?? ""
    table = row.text(1) ?? ""
    let idColumn = row.text(2) ?? ""
    geometryColumns = tables.geometryColumns[table.foldedName] ?? [:]
    guard let records = StoreJSON.value([ColumnRecord].self, from: row.text(3) ?? ""),
      let metadata = StoreJSON.value(MetadataRecord.self, from: row.text(4) ?? "")
    else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the description of \(name) cannot be read") }
    self.metadata = metadata.metadata
    referenceSystem = row.text(5)
    hasNetwork = tables.networks.contains(name)

    // Other programs may have added columns to the table, or taken some away.
    let declared = try DeclaredColumn.all(of: table, in: database)
    self.idColumn = declared.contains { $0.numbersRows && $0.name.foldedName == idColumn.foldedName } ? idColumn : nil
    let present = Set(declared.map(\.name.foldedName))
    let kept = records.filter { present.contains($0.sqlName.foldedName) && $0.valueType != nil }
    let known = Set(records.map(\.sqlName.foldedName) + [idColumn.foldedName])
    let added = declared.filter { !known.contains($0.name.foldedName) }
    let found = Self.records(for: added, geometryColumns, besides: kept)
    columns = kept + found.records
    skippedColumns = found.skipped

    let extent = Box(
      minX: row.number(6) ?? .infinity, minY: row.number(7) ?? .infinity, maxX: row.number(8) ?? -.infinity,
      maxY: row.number(9) ?? -.infinity)
    let kinds = (row.text(11) ?? "").split(separator: ",").compactMap { UInt8($0) }
    let counted = Counted(
      rows: row.integer(10) ?? 0, extent: extent, middle: metadata.middleBox ?? extent,
      kinds: kinds.compactMap(GeometryKind.init(rawValue:)))
    self.counted = tables.untouched.contains(table.foldedName) ? counted : nil
    let isAsWritten = kept.count == records.count && added.isEmpty && self.idColumn != nil
    copy = isAsWritten && tables.copied.contains(table.foldedName) ? ColumnCopy(of: table) : nil
  }

  private init(foreign table: String, _ tables: FileTables, in database: Database) throws {
    name = table
    self.table = table
    idColumn = nil
    geometryColumns = tables.geometryColumns[table.foldedName] ?? [:]
    metadata = LayerMetadata()
    referenceSystem = nil
    hasNetwork = false
    counted = nil
    copy = nil
    let found = Self.records(for: try DeclaredColumn.all(of: table, in: database), geometryColumns, besides: [])
    columns = found.records
    skippedColumns = found.skipped
  }

  /// Records for columns that only SQL declares.
  private static func records(
    for declared: [DeclaredColumn], _ geometryColumns: [String: GeometryColumn], besides kept: [ColumnRecord]
  ) -> (records: [ColumnRecord], skipped: [String]) {
    var names = Set(kept.map(\.name.foldedName))
    var hasGeometry = names.contains(Field.geometryName)
    var records: [ColumnRecord] = []
    var skipped: [String] = []
    // The name `geometry` is the first geometry's, whatever a file calls it.
    if !geometryColumns.isEmpty { names.insert(Field.geometryName) }
    for column in declared {
      if geometryColumns[column.name.foldedName] != nil {
        let name = hasGeometry ? SQLNames.unique(column.name, taken: names) : Field.geometryName
        hasGeometry = true
        names.insert(name.foldedName)
        records.append(ColumnRecord(name: name, sqlName: column.name, type: "geometry"))
      } else if let type = column.readableType {
        let name = SQLNames.unique(column.name, taken: names)
        names.insert(name.foldedName)
        records.append(ColumnRecord(name: name, sqlName: column.name, type: type))
      } else {
        skipped.append(column.name)
      }
    }
    return (records, skipped)
  }
}

/// A column as SQL declares it.
private struct DeclaredColumn {
  let name: String
  let type: String
  /// True for a table's own number of its rows (sqlite.org/lang_createtable.html, "rowid").
  let numbersRows: Bool

  static func all(of table: String, in database: Database) throws -> [DeclaredColumn] {
    // Hidden columns (1) belong to virtual tables; generated ones (2, 3) are read like others.
    try Row.fetchAll(
      database, sql: "SELECT name, type, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1", arguments: [table]
    ).map {
      let type = ($0.text(1) ?? "").uppercased()
      return DeclaredColumn(name: $0.text(0) ?? "", type: type, numbersRows: type == "INTEGER" && $0.integer(2) == 1)
    }
  }

  var readableType: String? { ColumnRecord.readableType(declaration: type) }
}

/// What the file says about its tables, read in a few statements for all layers.
private struct FileTables {
  /// Rows of `catchment_layers` whose table is there.
  var own: [Row] = []
  /// Tables with a geometry column, by the names that they have in the schema, sorted.
  var spatial: [String] = []
  /// By the folded names of tables and columns.
  var geometryColumns: [String: [String: LayerEntry.GeometryColumn]] = [:]
  /// Own tables in which nobody has changed a row since they were written.
  var untouched: Set<String> = []
  /// Own tables whose copy of their columns is true.
  var copied: Set<String> = []
  /// The names of the layers with a street network.
  var networks: Set<String> = []

  private static let ownLayers = """
    SELECT name, table_name, id_column, columns, metadata, reference_system, min_x, min_y, max_x, max_y, row_count,
      geometry_kinds
    FROM catchment_layers ORDER BY name
    """

  init(_ database: Database) throws {
    let tables = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    let folded = Set(tables.map(\.foldedName))
    guard folded.contains("geometry_columns") else { return }
    for row in try Row.fetchAll(
      database, sql: "SELECT f_table_name, f_geometry_column, geometry_type, srid FROM geometry_columns")
    {
      guard let table = row.text(0)?.foldedName, let column = row.text(1)?.foldedName else { continue }
      geometryColumns[table, default: [:]][column] = LayerEntry.GeometryColumn(
        srid: row.integer(3) ?? SpatialReference.undefined, type: row.integer(2) ?? 0)
    }
    spatial = tables.filter { geometryColumns[$0.foldedName] != nil }
    guard folded.contains("catchment_layers") else { return }
    own = try Row.fetchAll(database, sql: Self.ownLayers).filter { row in
      row.text(1).map { folded.contains($0.foldedName) } ?? false
    }
    copied = try ColumnCopy.tables(in: database)
    if folded.contains("catchment_networks") {
      networks = Set(try String.fetchAll(database, sql: "SELECT layer_name FROM catchment_networks"))
    }
    // SpatiaLite's triggers note the times of later changes here; tables without geometry have none.
    let changed = try String.fetchAll(
      database,
      sql: """
        SELECT f_table_name FROM geometry_columns_time
        WHERE max(last_insert, last_update, last_delete) > '0001'
        """)
    let changedTables = Set(changed.map(\.foldedName))
    for row in own {
      guard let table = row.text(1)?.foldedName else { continue }
      let isWatched = geometryColumns[table] != nil && !changedTables.contains(table)
      if isWatched || copied.contains(table) { untouched.insert(table) }
    }
  }
}

/// GRDB's typed subscripts trap on a value of another type, which a damaged or foreign file may hold.
extension Row {
  func text(_ index: Int) -> String? { String.fromDatabaseValue(self[index]) }
  func integer(_ index: Int) -> Int? { Int.fromDatabaseValue(self[index]) }
  func number(_ index: Int) -> Double? { Double.fromDatabaseValue(self[index]) }
}

extension Database {
  /// GRDB's own `tableExists` remembers answers, and does not see the tables that SpatiaLite's functions make.
  func hasTable(_ name: String) throws -> Bool {
    try Int.fetchOne(
      self, sql: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? COLLATE NOCASE", arguments: [name])
      != nil
  }
}
