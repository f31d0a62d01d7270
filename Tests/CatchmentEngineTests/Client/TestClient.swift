import CatchmentEngine
import DataCatalog
import FeatureTables
import Foundation
import QueryLanguage
import Testing
import WorkControl

/// A session in a folder of its own, asked in the language and answering with tables.
final class TestClient {
  let session: Session
  let folder: TemporaryFolder
  /// Of the last text that was run.
  private(set) var status: Int32 = 0
  private(set) var notes: [String] = []

  init(monitor: WorkMonitor = WorkMonitor()) throws {
    folder = try TemporaryFolder()
    session = try Session(options: Session.Options(folder: folder.url.path), monitor: monitor)
  }

  @discardableResult
  func run(_ text: String, stopAtFailure: Bool = true) -> [StatementReport] {
    var reports: [StatementReport] = []
    status = session.run(SourceText(text, name: "test"), stopAtFailure: stopAtFailure) { reports.append($0) }
    notes = reports.flatMap { $0.notes.map(\.message) }
    return reports
  }

  /// The rows of the last query of a text, every statement of which has to succeed.
  func answer(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> Table {
    try answers(text, location).last.require(location)
  }

  /// The rows of every query of a text.
  func answers(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> [Table] {
    let reports = run(text)
    let failures = reports.failures.map(\.message)
    try #require(failures.isEmpty, "\(text)\n\(failures)", sourceLocation: location)
    return reports.compactMap { report -> Table? in
      if case .answer(let answer) = report.outcome { answer.table } else { nil }
    }
  }

  /// What is wrong with a text that has to fail.
  func failure(_ text: String, _ location: SourceLocation = #_sourceLocation) throws -> [Diagnostic] {
    let failures = run(text).failures
    try #require(!failures.isEmpty, "\(text)\nsucceeds", sourceLocation: location)
    return failures
  }

  /// Writes a file where the session looks for relative paths.
  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.url.appendingPathComponent(name))
  }
}

extension [StatementReport] {
  var failures: [Diagnostic] {
    flatMap { report -> [Diagnostic] in
      if case .failed(let list) = report.outcome { list } else { [] }
    }
  }
}

extension Optional {
  func require(_ location: SourceLocation) throws -> Wrapped { try #require(self, sourceLocation: location) }
}

/// A folder that goes when its owner goes.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("catchment-engine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The bytes of every file below, by relative path.
  func contents() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
      let file = url.appendingPathComponent(name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue else {
        continue
      }
      files[name] = try Data(contentsOf: file)
    }
    return files
  }
}
