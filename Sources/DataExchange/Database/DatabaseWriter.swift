import CGDAL
import FeatureTables
import Projections
import WorkControl

/// Writes layers as tables of PostGIS: all of them in one transaction, or none.
public enum DatabaseWriter {
  /// What the comment of a table begins with that may be replaced.
  static let mark = "Written by Catchment"

  /// Each layer becomes a table with its name (`schema.table` for one in a schema), its columns' names as they are, a key
  /// and a spatial index. A table of that name is replaced when an export made it, and left alone otherwise.
  ///
  /// - Parameters:
  ///   - address: `postgres://user@host/database`.
  ///   - referenceSystem: of the tables; the layers' own when `nil`.
  /// - Throws: `ExchangeError`; `ReferenceSystemError`; `Cancelled`. The database is then as it was.
  @discardableResult
  public static func write(
    _ layers: [ExportLayer], to address: String, in referenceSystem: ReferenceSystem? = nil,
    monitor: WorkMonitor = WorkMonitor()
  ) throws -> ExportReport {
    let address = try DatabaseAddress(address)
    let prepared = try layers.map { try PreparedLayer($0, for: .postgis, in: referenceSystem) }
    for layer in prepared where TableName(layer.name).name.utf8.count > ShortNames.longestIdentifier {
      throw ExchangeError(
        .doesNotFit, "the name “\(layer.name)” is too long for a table: it has more than 63 bytes.",
        fix: "Write a shorter one: layer \"name\".")
    }
    var report = ExportReport(format: .postgis)
    report.notes = prepared.flatMap(\.notes)
    report.renamings = prepared.flatMap(\.renamings)
    report.isReplaced = try GDALLibrary.withOptions([("PG_USE_COPY", "YES"), ("PG_USE_BASE64", "NO")]) {
      try GDALMessages.collecting { messages in
        let dataset = try GDALDataset(address, isReadOnly: false, messages)
        return try DatabaseSession(address: address, dataset: dataset, messages: messages, monitor: monitor)
          .write(prepared)
      }
    }
    report.files = [
      .init(path: address.shown, layers: layers.map { .init(name: $0.name, rows: $0.table.rowCount) }, bytes: 0)
    ]
    return report
  }
}

private struct DatabaseSession: ~Copyable {
  let address: DatabaseAddress
  let dataset: GDALDataset
  let messages: GDALMessages
  let monitor: WorkMonitor

  /// Returns whether a table was replaced.
  func write(_ layers: [PreparedLayer]) throws -> Bool {
    let version = "SELECT extversion FROM pg_extension WHERE extname = 'postgis'"
    guard try dataset.answer(version, address, messages, doing: "asking for PostGIS") != nil else {
      throw ExchangeError(
        .doesNotFit, "the database “\(address.shown)” has no PostGIS.",
        fix: "Its owner has to run: create extension postgis")
    }
    guard GDALDatasetStartTransaction(dataset.handle, 0) == OGRERR_NONE else { throw failure(messages.reason) }
    do {
      var isReplaced = false
      // The driver lists the tables when it makes the first, and would find those that are gone.
      for layer in layers where try removeOlder(TableName(layer.name)) { isReplaced = true }
      for layer in layers {
        let name = TableName(layer.name)
        let writer = FeatureWriter(format: .postgis, messages: messages, monitor: monitor) { [address] in
          address.failure($0, doing: "writing")
        }
        try writer.write(layer, named: name.name, to: dataset, options: options(for: layer, name))
        // What was copied last is sent, and refused, only now.
        GDALFlushCache(dataset.handle)
        if let reason = messages.failures.first { throw failure(reason) }
      }
      try monitor.check()
      guard GDALDatasetCommitTransaction(dataset.handle) == OGRERR_NONE else { throw failure(messages.reason) }
      return isReplaced
    } catch {
      GDALDatasetRollbackTransaction(dataset.handle)
      throw error
    }
  }

  private func failure(_ reason: String?) -> ExchangeError { address.failure(reason, doing: "writing") }

  /// Drops the table of an earlier export; says whether there was one.
  ///
  /// - Throws: `ExchangeError` for a table that somebody else made.
  private func removeOlder(_ table: TableName) throws -> Bool {
    let name = TableName.literal(table.quoted)
    let sql = """
      SELECT coalesce(obj_description(to_regclass(\(name))::oid, 'pg_class'), '-') WHERE to_regclass(\(name)) IS NOT NULL
      """
    guard let comment = try dataset.answer(sql, address, messages, doing: "looking for a table") else { return false }
    guard comment.hasPrefix(DatabaseWriter.mark) else {
      throw ExchangeError(
        .overwrites, "the database has a table “\(table.name)” that no export made, which would be lost.",
        fix: "Write another name: layer \"\(table.name)_2\", or drop it first.")
    }
    _ = try dataset.answer("DROP TABLE \(table.quoted)", address, messages, doing: "replacing a table")
    return true
  }

  private func options(for layer: PreparedLayer, _ table: TableName) -> [String] {
    var comment = DatabaseWriter.mark
    if let system = layer.referenceSystem, system.isShifted { comment += ", in \(system.identifier)" }
    for text in [layer.metadata.titleEnglish ?? layer.metadata.titleChinese, layer.metadata.description] {
      if let text { comment += ": \(text)" }
    }
    return [
      "LAUNDER=NO", "FID=\(layer.freeName("fid"))", "GEOMETRY_NAME=\(layer.freeName("geom"))", "DESCRIPTION=\(comment)",
      "EXTRACT_SCHEMA_FROM_LAYER_NAME=NO",
    ] + (table.schema.map { ["SCHEMA=\($0)"] } ?? [])
  }
}
