import Foundation
import Testing

@testable import DataExchange

@Suite struct FormatReferenceTests {
  /// The documentation's table is the program's own: `UPDATE_GOLDEN=1` writes it anew.
  @Test func theDocumentationSaysWhatTheProgramDoes() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = root.appendingPathComponent("Sources/CatchmentEngine/CatchmentEngine.docc/Formats.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let begin = try #require(text.range(of: "<!-- written -->\n"))
    let end = try #require(text.range(of: "<!-- /written -->"))
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      let updated = text.replacingCharacters(in: begin.upperBound..<end.lowerBound, with: FormatReference.markdown)
      try updated.write(to: page, atomically: true, encoding: .utf8)
    } else {
      #expect(text[begin.upperBound..<end.lowerBound] == FormatReference.markdown, "run with UPDATE_GOLDEN=1")
    }
  }
}
