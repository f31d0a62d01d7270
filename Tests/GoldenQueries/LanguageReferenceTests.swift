import CatchmentEngine
import Foundation
import Testing

/// The committed reference of the language is what the program's declarations give; `UPDATE_GOLDEN=1` rewrites it.
@Test func languageReferenceIsCurrent() throws { try expect(LanguageReference.markdown, in: "LanguageReference.md") }

/// So is the table of what `check` looks for.
@Test func qualityReferenceIsCurrent() throws { try expect(QualityReference.markdown, in: "DataQuality.md") }

private func expect(_ text: String, in page: String) throws {
  let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let file = package.appendingPathComponent("Sources/CatchmentEngine/CatchmentEngine.docc/\(page)")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOf: file, encoding: .utf8) == text)
}
