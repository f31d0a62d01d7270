import FeatureTables
import GRDB
import GRDBSQLite
import GeometryKernel
import WorkControl

extension Store {
  /// Writes a layer with its description as one transaction: after a failure, a cancellation or a killed process the
  /// store is as it was.
  ///
  /// The feature id is the row's position from 1. Numbers are kept in base units and dates as ISO text; a number that
  /// is NaN becomes null. O(bytes), about 1 µs a row and column.
  ///
  /// - Throws: `StoreError`, `Cancelled`.
  public func write(_ layer: StoredLayer, replacing: Bool, monitor: WorkMonitor = WorkMonitor()) throws {
    try write([layer], replacing: replacing ? [layer.name] : [], monitor: monitor)
  }

  /// Writes several layers as one transaction: all of them or none.
  ///
  /// - Parameter replaced: layers that give way, those of the names written and others.
  /// - Throws: `StoreError`, `Cancelled`.
  public func write(_ layers: [StoredLayer], replacing replaced: Set<String>, monitor: WorkMonitor = WorkMonitor())
    throws
  {
    try checkWritable()
    for layer in layers { try SQLNames.check(layer: layer.name) }
    do {
      try connection.transaction { database in
        try StoreFormat.makeOwnTables(database)
        for name in replaced.sorted() { try LayerEntry.find(name, in: database)?.drop(in: database) }
        for layer in layers {
          if let existing = try LayerEntry.find(layer.name, in: database) {
            throw StoreError(
              .layerExists, "the store has a layer \"\(existing.name)\" already",
              fix: "choose another name")
          }
          try LayerWriter(layer.withoutNaN(), in: database).run(monitor: monitor)
        }
      }
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      throw StoreError(wrapping: error, path: path)
    }
  }
}

/// The steps of one write, inside its transaction.
private struct LayerWriter {
  let layer: StoredLayer
  let database: Database
  let table: String
  let idColumn: String
  let sqlNames: [String]
  let kinds: [GeometryKind]

  init(_ layer: StoredLayer, in database: Database) throws {
    self.layer = layer
    self.database = database
    let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master")
    let taken = Set(names.map(\.foldedName))
    guard !taken.contains(layer.name.foldedName) else {
      throw StoreError(
        .nameNotAllowed, "no layer can be named \"\(layer.name)\": the file has another table of that name",
        fix: "choose another name")
    }
    table = SQLNames.table(forLayer: layer.name, taken: taken)
    (idColumn, sqlNames) = SQLNames.columns(layer.table.schema.fields)
    kinds = layer.table.geometry?.distinctKinds ?? []
    let limit = 1999
    guard sqlNames.count <= limit else {
      throw StoreError(
        .tooLarge, "\(layer.name) has \(sqlNames.count) columns; a store takes \(limit)",
        fix: "select those that you need")
    }
  }

  func run(monitor: WorkMonitor) throws {
    try forgetLostTables()
    let srid = try SpatialReference.register(layer.referenceSystem, in: database)
    try makeTable()
    try RowWriter(layer, table: table, idColumn: idColumn, sqlNames: sqlNames, srid: Int32(srid), in: database)
      .run(monitor: monitor)
    try ColumnCopy(of: table).write(layer.table.columns, in: database, monitor: monitor)
    for (field, name) in zip(layer.table.schema.fields, sqlNames) where field.type == .geometry {
      try describeGeometry(field, name, srid: srid)
    }
    try describeLayer()
    if let network = layer.network { try database.write(network, of: layer.name, monitor: monitor) }
  }

  /// Rows about tables of these names that another program dropped without telling.
  private func forgetLostTables() throws {
    try database.execute(sql: "DELETE FROM geometry_columns WHERE f_table_name = lower(?)", arguments: [table])
    try database.execute(
      sql: "DELETE FROM catchment_layers WHERE name = ? OR table_name = ?", arguments: [layer.name, table])
    try database.dropNetwork(of: layer.name)
  }

  private func makeTable() throws {
    var columns = ["\(idColumn.quotedName) INTEGER PRIMARY KEY"]
    for (i, field) in layer.table.schema.fields.enumerated() {
      var type = ColumnRecord.sqlType(field.type)
      if case .geometry(let geometry) = layer.table.columns[i].storage { type = Self.sqlType(geometry.distinctKinds) }
      columns.append("\(sqlNames[i].quotedName) \(type)")
    }
    try database.execute(sql: "CREATE TABLE \(table.quotedName) (\(columns.joined(separator: ", ")))")
  }

  /// The precise type when all features share one.
  private static func sqlType(_ kinds: [GeometryKind]) -> String {
    kinds.count == 1 ? kinds[0].name.uppercased() : "GEOMETRY"
  }

  /// What SpatiaLite's `AddGeometryColumn` writes, once the rows are there: its triggers, which check every row that
  /// others add, would double the time of ours.
  private func describeGeometry(_ field: Field, _ name: String, srid: Int) throws {
    guard let geometry = layer.table[field.name]?.geometry else { return }
    let kinds = geometry.distinctKinds
    let extent = geometry.extent
    let bounds = extent.isEmpty ? [nil, nil, nil, nil] : [extent.minX, extent.minY, extent.maxX, extent.maxY]
    try database.execute(
      sql: "INSERT INTO geometry_columns VALUES (lower(?), lower(?), ?, 2, ?, 0)",
      arguments: [table, name, kinds.count == 1 ? Int(kinds[0].rawValue) : 0, srid])
    try database.execute(
      sql: """
        INSERT INTO geometry_columns_statistics
        VALUES (lower(?), lower(?), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), ?, ?, ?, ?, ?)
        """, arguments: [table, name, geometry.count] + StatementArguments(bounds))
    try database.execute(
      sql: "INSERT INTO geometry_columns_auth VALUES (lower(?), lower(?), 0, 0)", arguments: [table, name])
    try database.execute(
      sql: "INSERT INTO geometry_columns_time (f_table_name, f_geometry_column) VALUES (lower(?), lower(?))",
      arguments: [table, name])
    guard
      try Int.fetchOne(database, sql: "SELECT RebuildGeometryTriggers(?, ?)", arguments: [table, name]) == 1
    else { throw DatabaseError(message: "SpatiaLite could not make the triggers of \(layer.name)") }
  }

  private func describeLayer() throws {
    let records = zip(layer.table.schema.fields, sqlNames).map { field, name in
      ColumnRecord(field, sqlName: name, description: layer.columnDescriptions[field.name])
    }
    let extent = layer.table.geometry?.extent ?? .empty
    let bounds = extent.isEmpty ? [nil, nil, nil, nil] : [extent.minX, extent.minY, extent.maxX, extent.maxY]
    let kinds = kinds.map { String($0.rawValue) }.joined(separator: ",")
    let text: StatementArguments = [
      layer.name, table, idColumn, try StoreJSON.text(records),
      try StoreJSON.text(MetadataRecord(layer.metadata, middle: layer.table.geometry?.middle ?? .empty)),
      layer.referenceSystem?.identifier,
    ]
    try database.execute(
      sql: """
        INSERT INTO catchment_layers (name, table_name, id_column, columns, metadata, reference_system,
          min_x, min_y, max_x, max_y, row_count, geometry_kinds)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: text + StatementArguments(bounds) + [layer.table.rowCount, kinds])
  }
}
