import CatchmentEngine
import QueryLanguage
import Reporting
import Testing

/// The rows that a query gives over a store, as JSON.
struct Answers: Equatable {
  let text: String

  init(to query: String, store: String) throws {
    let told = Bytes()
    let sink = ByteSink { told.append($0) }
    var writer = ReportWriter(
      format: .json, style: TextStyle(rowLimit: nil, showsTime: false), messageStyle: TextStyle(), output: sink,
      messages: sink)
    let source = SourceText(query, name: "query")
    let session = try Session(options: Session.Options(storePath: store))
    writer.begin(source)
    let status = session.run(source, stopAtFailure: true) { writer.write($0) }
    writer.flush()
    text = told.text
    try #require(status == 0, "\(text)")
  }
}

/// Bytes as they come.
final class Bytes {
  private var bytes: [UInt8] = []
  func append(_ more: [UInt8]) { bytes += more }
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
