import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

@Suite struct StoreErrorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func error(_ body: () throws -> Void) -> StoreError? {
    do {
      try body()
      return nil
    } catch {
      return error as? StoreError
    }
  }

  private func openError(_ path: String) -> StoreError? { error { _ = try Store.open(path) } }

  private func writeText(_ text: String, _ name: String) throws -> String {
    let path = folder[name]
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  @Test func whatIsNoStoreSaysSo() throws {
    #expect(openError("")?.code == .notAStore)
    #expect(openError(folder.path)?.code == .isFolder)
    #expect(openError(folder["no/such/plan.sqlite"])?.code == .missingFolder)
    let text = try writeText(String(repeating: "not a database ", count: 100), "a.txt")
    let found = openError(text)
    #expect(found?.code == .notADatabase && found?.message.contains("a.txt") == true && found?.fix != nil)
    #expect(openError(try writeText("xy", "short.sqlite"))?.code == .notADatabase)
    let plain = folder["plain.sqlite"]
    try SQLStatementProbe.run("CREATE TABLE notes (text)", onFile: plain)
    #expect(openError(plain)?.code == .notAStore)
    // What was refused is as it was.
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)).count == 1500)
  }

  @Test func anEmptyFileBecomesAStore() throws {
    let path = try writeText("", "new.sqlite")
    try Store.open(path).write(plainLayer("a", [1]), replacing: false)
    #expect(try Store.open(path).names() == ["a"])
  }

  @Test func specialNamesOfSQLiteAreFilesLikeOthers() throws {
    for name in [":memory:", "file:x?mode=memory", "a b?.sqlite", "数据.sqlite", "it's.sqlite"] {
      try Store.open(folder[name]).write(plainLayer("a", [1]), replacing: false)
      #expect(FileManager.default.fileExists(atPath: folder[name]))
      #expect(try Store.open(folder[name]).names() == ["a"])
    }
  }

  @Test func aNewerStoreIsLeftAlone() throws {
    let path = folder.store
    _ = try Store.open(path)
    try SQLStatementProbe.run(
      "UPDATE catchment_store SET format_version = 7, created_by = 'Catchment 9.1'", onFile: path)
    let found = openError(path)
    #expect(found?.code == .newerVersion)
    #expect(found?.message.contains("format 7") == true && found?.message.contains("Catchment 9.1") == true)
    #expect(found?.fix?.contains("update Catchment") == true)
  }

  @Test func aStoreWithoutItsVersionIsDamaged() throws {
    let path = folder.store
    _ = try Store.open(path)
    try SQLStatementProbe.run("DELETE FROM catchment_store", onFile: path)
    #expect(openError(path)?.code == .damaged)
  }

  @Test func aGeoPackageIsToBeImported() throws {
    let path = folder["x.gpkg"]
    try SQLStatementProbe.run(
      """
      CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER, organization TEXT,
        organization_coordsys_id INTEGER, definition TEXT, description TEXT);
      CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
        z INTEGER, m INTEGER);
      """, onFile: path)
    let found = openError(path)
    #expect(found?.code == .notAStore && found?.message.contains("GeoPackage") == true)
    #expect(found?.fix?.contains("import") == true)
  }

  @Test func aLockedStoreSaysWho() throws {
    let path = folder.store
    let other = try Store.open(path)
    try other.write(plainLayer("a", [1]), replacing: false)
    let impatient = try Store(path, access: .readWrite, busySeconds: 0)
    try other.connection.access { database in
      try SQLStatementProbe.run("BEGIN EXCLUSIVE", database)
      let found = error { try impatient.write(plainLayer("b", [1]), replacing: false) }
      #expect(found?.code == .locked && found?.fix?.contains("try again") == true)
      #expect(error { _ = try Store(path, access: .readWrite, busySeconds: 0) }?.code == .locked)
      #expect(error { _ = try impatient.read("a") }?.code == .locked)
      try SQLStatementProbe.run("ROLLBACK", database)
    }
    try impatient.write(plainLayer("b", [1]), replacing: false)
    #expect(try other.names() == ["a", "b"])
  }

  @Test func aReaderSeesTheLayersOfBeforeWhileAnotherWrites() throws {
    let path = folder.store
    let writer = try Store.open(path)
    try writer.write(pointLayer("a", rows: 10), replacing: false)
    let reader = try Store(path, access: .readWrite, busySeconds: 0)
    try writer.connection.access { database in
      try SQLStatementProbe.run("BEGIN IMMEDIATE; DELETE FROM \"a\"", database)
      #expect(try reader.read("a").table.rowCount == 10)
      try SQLStatementProbe.run("COMMIT", database)
    }
    #expect(try reader.read("a").table.rowCount == 0)
    #expect(try reader.description(of: "a").rowCount == 0)
  }

  @Test func aFullDiskLosesNothing() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("a", rows: 1000), replacing: false)
    let pages = try store.connection.access { try SQLStatementProbe.count("PRAGMA page_count", $0) }
    try store.connection.access { try SQLStatementProbe.run("PRAGMA max_page_count = \(pages + 10)", $0) }
    let found = error { try store.write(pointLayer("a", rows: 100_000), replacing: true) }
    #expect(found?.code == .diskFull && found?.message.contains("nothing was written") == true)
    #expect(try store.read("a").table.rowCount == 1000)
    #expect(try Store.open(folder.store).read("a").table.rows == pointLayer("a", rows: 1000).table.rows)
  }

  @Test func aWriteProtectedStoreCanBeRead() throws {
    let path = folder.store
    try Store.open(path).write(plainLayer("a", [1]), replacing: false)
    let store = try Store(path, access: .readOnly, busySeconds: 0)
    #expect(store.isReadOnly)
    #expect(try store.read("a").table.rowCount == 1)
    #expect(error { try store.write(plainLayer("b", [1]), replacing: false) }?.code == .readOnly)
    #expect(error { try store.remove("a") }?.code == .readOnly)
  }

  /// Root may read and write everything: the permissions themselves are tested for others.
  @Test(.enabled(if: geteuid() != 0)) func permissionsAreNamed() throws {
    let path = folder.store
    try Store.open(path).write(plainLayer("a", [1]), replacing: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    #expect(try Store.open(path).isReadOnly)
    try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: path)
    #expect(openError(path)?.code == .noPermission)
    try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.path)
    #expect(openError(folder["new.sqlite"])?.code == .noPermission)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
  }

  @Test(arguments: [
    "", "sqlite_x", "SQLite_Master", "catchment_layers", "Catchment_x", "geometry_columns", "spatial_ref_sys",
    "idx_a_geometry", "ElementaryGeometries", "SpatialIndex", "knn", "data_licenses", "a\0b", "a\nb",
    String(repeating: "n", count: 501),
  ])
  func namesOfOthersAreNotAllowed(name: String) throws {
    let store = try Store.open(folder.store)
    let found = error { try store.write(plainLayer(name, [1]), replacing: true) }
    #expect(found?.code == .nameNotAllowed && found?.fix != nil)
    #expect(try store.names().isEmpty)
  }

  @Test func takenAndMissingLayersAreNamed() throws {
    let store = try Store.open(folder.store)
    try store.write(plainLayer("Parks", [1]), replacing: false)
    let taken = error { try store.write(plainLayer("parks", [2]), replacing: false) }
    #expect(taken?.code == .layerExists && taken?.message.contains("Parks") == true)
    let missing = error { _ = try store.read("nowhere") }
    #expect(missing?.code == .noSuchLayer && missing?.message.contains("Parks") == true)
    #expect(error { try store.remove("nowhere") }?.code == .noSuchLayer)
  }

  @Test func tooManyColumnsAreRefused() throws {
    let fields = (0..<2500).map { Field("c\($0)", .integer) }
    let columns = fields.map { _ in Column(.integer([1])) }
    let layer = StoredLayer(
      name: "wide", table: Table(schema: Schema(fields), columns: columns, rowCount: 1), referenceSystem: nil)
    let store = try Store.open(folder.store)
    #expect(error { try store.write(layer, replacing: false) }?.code == .tooLarge)
    #expect(try store.names().isEmpty)
  }

  @Test func aCancelledWriteLeavesTheStoreAsItWas() throws {
    let store = try Store.open(folder.store)
    let before = try pointLayer("a", rows: 10)
    try store.write(before, replacing: false)
    let monitor = CancellingMonitor(afterReports: 3)
    #expect(throws: Cancelled.self) {
      try store.write(pointLayer("a", rows: 100_000), replacing: true, monitor: monitor.monitor)
    }
    #expect(throws: Cancelled.self) {
      try store.write(
        pointLayer("b", rows: 100_000), replacing: false, monitor: CancellingMonitor(afterReports: 2).monitor)
    }
    #expect(try store.names() == ["a"])
    #expect(try store.read("a").table.rows == before.table.rows)
    #expect(try Store.open(folder.store).read("a").table.rows == before.table.rows)
  }

  @Test func aWriteThatFailsAtARowLeavesTheStoreAsItWas() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("a", rows: 10), replacing: false)
    // A value that SQLite refuses comes after thousands that it took.
    try store.connection.access { database in
      sqlite3LimitLength(database, 100_000)
    }
    var texts = TextArray((0..<5000).map { "row \($0)" })
    texts.append(String(repeating: "x", count: 200_000))
    let layer = StoredLayer(
      name: "a", table: Table(schema: Schema([Field("t", .text)]), columns: [Column(.text(texts))], rowCount: 5001),
      referenceSystem: nil)
    #expect(error { try store.write(layer, replacing: true) }?.code == .tooLarge)
    #expect(try store.read("a").table.rowCount == 10)
  }
}

/// Cancels its work at a report, as a user would in the middle.
final class CancellingMonitor: Sendable {
  let monitor: WorkMonitor

  init(afterReports limit: Int) {
    let box = Box()
    monitor = WorkMonitor { _ in box.count(limit) }
    box.monitor = monitor
  }

  private final class Box: @unchecked Sendable {
    weak var monitor: WorkMonitor?
    private var reports = 0

    func count(_ limit: Int) {
      reports += 1
      if reports >= limit { monitor?.cancel() }
    }
  }
}
