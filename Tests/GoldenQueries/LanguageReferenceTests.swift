import CatchmentEngine
import Foundation
import Testing

/// The committed reference of the language is what the program's declarations give; `UPDATE_GOLDEN=1` rewrites it.
@Test func languageReferenceIsCurrent() throws {
  let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  let file = package.appendingPathComponent("Sources/CatchmentEngine/CatchmentEngine.docc/LanguageReference.md")
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
    try LanguageReference.markdown.write(to: file, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOf: file, encoding: .utf8) == LanguageReference.markdown)
}
