import FeatureTables
import GRDB
import GeometryKernel
import Projections
import WorkControl

extension Store {
  /// All layers without their rows, sorted by name. O(layers), and O(rows) for layers that other programs changed.
  public func layers() throws(StoreError) -> [LayerDescription] {
    try perform { database in
      try LayerEntry.all(in: database).map { try $0.description(in: database) }
    }
  }

  /// What is known about one layer.
  ///
  /// - Throws: `StoreError.noSuchLayer` and whatever reading meets.
  public func description(of name: String) throws(StoreError) -> LayerDescription {
    try perform { database in try entry(name, in: database).description(in: database) }
  }

  /// Reads a layer: what `write` was given, or what another program put into the file, in the order of its ids.
  /// Several threads share out its rows; nobody can change the file meanwhile.
  ///
  /// Values that do not fit their column's declared type become null; `readingNotes` say how many. O(bytes).
  ///
  /// - Throws: `StoreError`, `Cancelled`.
  public func read(
    _ name: String, workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> StoredLayer {
    do {
      return try connection.snapshot { database in
        let entry = try entry(name, in: database)
        let description = try entry.description(in: database)
        return try entry.read(
          description, in: database, path: path, workers: Workers(workers, monitor: monitor))
      }
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch {
      throw StoreError(wrapping: error, path: path)
    }
  }

  /// The names of all layers, sorted.
  public func names() throws(StoreError) -> [String] {
    try perform { database in try LayerEntry.all(in: database).map(\.name) }
  }

  /// A number that changes whenever another connection, in this process or another, has changed the file.
  func dataVersion() throws(StoreError) -> Int {
    try perform { database in try Int.fetchOne(database, sql: "PRAGMA data_version") ?? 0 }
  }

  private func entry(_ name: String, in database: Database) throws -> LayerEntry {
    if let entry = try LayerEntry.find(name, in: database) { return entry }
    throw StoreError(noLayer: name, among: try LayerEntry.all(in: database).map(\.name), path: path)
  }
}

extension LayerEntry {
  func description(in database: Database) throws -> LayerDescription {
    let counted = try self.counted ?? count(in: database)
    var descriptions: [String: String] = [:]
    for column in columns { descriptions[column.name] = column.description }
    return LayerDescription(
      name: name, schema: schema, referenceSystem: try system(in: database), metadata: metadata,
      columnDescriptions: descriptions, rowCount: counted.rows, extent: counted.extent, middle: counted.middle,
      kinds: counted.kinds,
      networkState: !hasNetwork ? .none : copy == nil ? .outdated : .current)
  }

  private func system(in database: Database) throws -> ReferenceSystem? {
    guard let geometry else { return nil }
    if let referenceSystem, let system = try? ReferenceSystem(parsing: referenceSystem) { return system }
    return try SpatialReference.system(srid: geometry.column.srid, in: database)
  }

  /// Counts a layer that others may have changed. The boxes in the blobs are enough for the extent. O(rows).
  private func count(in database: Database) throws -> Counted {
    let rows = try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table.quotedName)") ?? 0
    guard let geometry else { return Counted(rows: rows, extent: .empty, middle: .empty, kinds: []) }
    let g = geometry.sqlName.quotedName
    let box = try Row.fetchOne(
      database,
      sql: """
        SELECT min(MbrMinX(\(g))), min(MbrMinY(\(g))), max(MbrMaxX(\(g))), max(MbrMaxY(\(g)))
        FROM \(table.quotedName)
        """)
    let extent = Box(
      minX: box?.number(0) ?? .infinity, minY: box?.number(1) ?? .infinity, maxX: box?.number(2) ?? -.infinity,
      maxY: box?.number(3) ?? -.infinity)
    let kind = GeometryKind(rawValue: UInt8(clamping: geometry.column.type % 1000)) ?? .null
    return Counted(rows: rows, extent: extent, middle: extent, kinds: kind == .null ? [] : [kind])
  }

  func read(
    _ description: LayerDescription, in database: Database, path: String, workers: Workers
  ) throws -> StoredLayer {
    if let table = try copy?.read(
      description.schema, rows: description.rowCount, in: database, monitor: workers.monitor)
    {
      return StoredLayer(
        name: name, table: table, referenceSystem: description.referenceSystem, metadata: metadata,
        columnDescriptions: description.columnDescriptions)
    }
    let fields = description.schema.fields
    var (readers, rows): ([CellReader], Int)
    do {
      (readers, rows) = try LayerRows(self, description, path: path).read(
        from: database, workers: workers)
    } catch let malformed as LayerRows.Malformed {
      let field = fields[malformed.field].name
      throw StoreError(
        .damaged, "feature \(malformed.row) of \(name) in \(path) has bytes in \(field) that are no geometry",
        fix: "remove the feature with another program, or take a copy of the store from before")
    }
    let table = Table(schema: description.schema, columns: readers.indices.map { readers[$0].column() }, rowCount: rows)
    var layer = StoredLayer(
      name: name, table: table, referenceSystem: description.referenceSystem, metadata: metadata,
      columnDescriptions: description.columnDescriptions)
    layer.readingNotes = notes(readers, fields)
    return layer
  }

  private func notes(_ readers: [CellReader], _ fields: [Field]) -> [String] {
    var notes: [String] = []
    for (reader, field) in zip(readers, fields) where reader.misfits > 0 {
      notes.append(
        "\(field.name): \(reader.misfits) values are no \(field.type.description) and are null here; the first is in "
          + "row \(reader.firstMisfit + 1)")
    }
    if !skippedColumns.isEmpty {
      notes.append("columns of bytes are left out: \(skippedColumns.joined(separator: ", "))")
    }
    return notes
  }
}
