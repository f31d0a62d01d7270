import CatchmentEngine
import Foundation
import QueryLanguage
import Reporting
import TestSupport
import Testing

/// A text that somebody may type, over files that somebody may have, and what comes of it.
struct WrongInput: Sendable {
  let name: String
  let text: String
  var store: String?
  var parameters: [String: String] = [:]
  /// Exit status that is due: 2 the query is wrong, 3 the data is wrong, 0 it works and says something.
  let status: Int32
  let prepare: @Sendable (TemporaryFolder) throws -> Void

  init(
    _ name: String, _ text: String, status: Int32 = 2, store: String? = nil, set parameters: [String: String] = [:],
    prepare: @escaping @Sendable (TemporaryFolder) throws -> Void = { _ in }
  ) {
    self.name = name
    self.text = text
    self.status = status
    self.store = store
    self.parameters = parameters
    self.prepare = prepare
  }

  struct Result {
    /// All that is told, with the temporary folder as `FOLDER`.
    var text: String
    var status: Int32
    var errors: [Diagnostic]
  }

  func run() throws -> Result {
    let folder = try TemporaryFolder()
    try prepare(folder)
    let told = Bytes()
    let sink = ByteSink { told.append($0) }
    let style = TextStyle(width: 140, rowLimit: 6, showsTime: false)
    // Messages are not wrapped: the length of the folder's path must not show.
    var writer = ReportWriter(
      format: .table, style: style, messageStyle: TextStyle(narrates: true), output: sink, messages: sink)
    let source = SourceText(text, name: "query")
    var errors: [Diagnostic] = []
    var status: Int32
    writer.begin(source)
    do {
      let options = Session.Options(
        storePath: store.map { folder[$0] }, parameters: parameters, folder: folder.path)
      let session = try Session(options: options)
      status = session.run(source, stopAtFailure: true) { report in
        if case .failed(let list) = report.outcome { errors += list.filter { $0.severity == .error } }
        writer.write(report)
      }
      writer.writeSummary()
    } catch let error as Diagnostics {
      errors = error.list
      writer.write(error.list)
      status = error.list.map(\.code.blame.rawValue).max() ?? 3
    }
    writer.flush()
    let text = told.text.replacingOccurrences(of: folder.path, with: "FOLDER")
    return Result(text: text, status: status, errors: errors)
  }
}

/// Wrong inputs of one kind; what each is told stands in `Cases/NAME.txt`.
struct Family: Sendable, CustomTestStringConvertible {
  let name: String
  let cases: [WrongInput]

  var testDescription: String { name }

  static let all = [
    networks,
    syntax, units, names, types, statements, files, coordinates, geometries, stores, exports, answers,
  ]
}
