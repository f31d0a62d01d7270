import FeatureTables
import Foundation
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

/// What a killed process leaves is the file and its journal as they are at that moment: copies of the two, taken while
/// a write is under way, stand for it.
@Suite struct InterruptedWriteTests {
  @Test func aWriteBrokenOffAnywhereIsUndone() throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    let before = try pointLayer("a", rows: 2_000)
    let store = try Store.open(path)
    try store.write(before, replacing: false)
    // A small cache makes SQLite write into the file long before the end.
    try store.connection.access { try SQLStatementProbe.run("PRAGMA cache_size = 20", $0) }
    let snapshots = Snapshots(of: path, in: folder)
    try store.write(
      pointLayer("a", rows: 30_000), replacing: true, monitor: WorkMonitor { _ in snapshots.take() })
    #expect(snapshots.paths.count >= 4)
    var written = 0
    for snapshot in snapshots.paths {
      let size = try FileManager.default.attributesOfItem(atPath: snapshot)[.size] as? Int ?? 0
      written = max(written, size)
      let recovered = try Store.open(snapshot)
      #expect(try recovered.names() == ["a"])
      #expect(try recovered.read("a").table.rows == before.table.rows)
      #expect(!FileManager.default.fileExists(atPath: snapshot + "-journal"))
      // And it can be written again.
      try recovered.write(plainLayer("b", [1]), replacing: false)
    }
    // Rows of the broken write were in some of the files.
    #expect(written > 1_500_000)
    #expect(try store.read("a").table.rowCount == 30_000)
  }

  @Test func aStoreBrokenOffWhileBeingMadeIsMadeAnew() throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    try Data().write(to: URL(fileURLWithPath: path))
    try Data("left over".utf8).write(to: URL(fileURLWithPath: path + "-journal"))
    try Store.open(path).write(plainLayer("a", [1]), replacing: false)
    #expect(try Store.open(path).names() == ["a"])
  }

  /// Called on the thread that writes, between rows.
  private final class Snapshots: @unchecked Sendable {
    private let path: String
    private let folder: TemporaryFolder
    private(set) var paths: [String] = []

    init(of path: String, in folder: TemporaryFolder) {
      self.path = path
      self.folder = folder
    }

    func take() {
      let copy = folder["killed-\(paths.count).sqlite"]
      try? FileManager.default.copyItem(atPath: path, toPath: copy)
      try? FileManager.default.copyItem(atPath: path + "-journal", toPath: copy + "-journal")
      paths.append(copy)
    }
  }
}
