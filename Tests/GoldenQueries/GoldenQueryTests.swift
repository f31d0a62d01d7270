import CatchmentEngine
import Foundation
import QueryLanguage
import Reporting
import TestSupport
import Testing

/// Scripts in `Cases/NAME.cq` with their whole output in `Cases/NAME.txt`, messages and exit status included.
///
/// `UPDATE_GOLDEN=1 swift test --filter GoldenQueries` rewrites the expected output; read the difference before it is
/// committed.
@Suite struct GoldenQueries {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Cases")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
    .filter { $0.hasSuffix(".cq") }.map { String($0.dropLast(3)) }.sorted()

  @Test func thereAreCases() { #expect(Self.names.count >= 5) }

  @Test(arguments: names) func output(of name: String) throws {
    let script = Self.folder.appendingPathComponent("\(name).cq")
    let expected = Self.folder.appendingPathComponent("\(name).txt")
    let text = try String(contentsOf: script, encoding: .utf8)
    let output = try run(text, named: "\(name).cq")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try output.write(to: expected, atomically: true, encoding: .utf8)
      return
    }
    #expect(output == (try String(contentsOf: expected, encoding: .utf8)))
  }

  /// The same script gives the same bytes, in a session of its own and after another one.
  @Test func repeatedRunsAgree() throws {
    let name = try #require(Self.names.first)
    let text = try String(contentsOf: Self.folder.appendingPathComponent("\(name).cq"), encoding: .utf8)
    #expect(try run(text, named: name) == run(text, named: name))
  }

  private func run(_ text: String, named name: String) throws -> String {
    let folder = try TemporaryFolder()
    let output = Bytes()
    let sink = ByteSink { output.append($0) }
    let style = TextStyle(width: 160, rowLimit: 12, showsTime: false, narrates: true)
    var writer = ReportWriter(format: .table, style: style, messageStyle: style, output: sink, messages: sink)
    let source = SourceText(text, name: name)
    let session = try Session(options: Session.Options(folder: folder.path))
    writer.begin(source)
    let status = session.run(source, stopAtFailure: true) { writer.write($0) }
    writer.writeSummary()
    writer.flush()
    return output.text + "exit status \(status)\n"
  }

  private final class Bytes {
    private var bytes: [UInt8] = []
    func append(_ more: [UInt8]) { bytes += more }
    var text: String { String(decoding: bytes, as: UTF8.self) }
  }
}
