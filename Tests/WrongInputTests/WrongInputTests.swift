import Foundation
import Testing

/// What each wrong input is told, in full: `Cases/FAMILY.txt`.
///
/// `UPDATE_GOLDEN=1 swift test --filter WrongInputTests` rewrites the files; read the difference before it is committed.
@Suite struct WrongInputTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Cases")

  @Test func thereAreSixtyCasesOfAllKinds() {
    let names = Family.all.flatMap { family in family.cases.map { "\(family.name): \($0.name)" } }
    #expect(names.count >= 60)
    #expect(Set(names).count == names.count)
    #expect(Family.all.allSatisfy { $0.cases.count >= 4 })
  }

  @Test(arguments: Family.all) func messages(of family: Family) throws {
    let file = Self.folder.appendingPathComponent("\(family.name).txt")
    let sections = try family.cases.map { wrong in
      let result = try wrong.run()
      #expect(result.status == wrong.status, "\(wrong.name): \(result.text)")
      checkManners(of: result, wrong)
      return "### \(wrong.name)\n\(result.text)exit status \(result.status)\n"
    }
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try sections.joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n### ")
    #expect(expected.count == sections.count)
    for (section, golden) in zip(sections, expected) {
      let golden = (golden.hasPrefix("### ") ? "" : "### ") + golden
      #expect(section == (golden.hasSuffix("\n") ? golden : golden + "\n"))
    }
  }

  /// What holds for all messages: a mistake in the query has its place, every mistake says what to do, and no word
  /// comes from inside the program.
  private func checkManners(of result: WrongInput.Result, _ wrong: WrongInput) {
    if wrong.status > 1 { #expect(!result.errors.isEmpty, "\(wrong.name)") }
    for error in result.errors {
      #expect(error.range != nil || wrong.store != nil, "\(wrong.name) has no place: \(error.message)")
      // What a function takes says what to write.
      let saysWhatIsDue = error.code.name == "type.mismatch"
      #expect(error.fix != nil || saysWhatIsDue, "\(wrong.name) does not say what to do: \(error.message)")
    }
    for word in [
      "Optional(", "nil", "Error(", "Swift", "Diagnostic", "0x", "std::", "errno", "NSError", ".swift", "GDAL", "GEOS",
      "OGR", "Exception", "SQLITE_", "data.unexpected", "-0.0",
    ] {
      #expect(!result.text.contains(word), "\(wrong.name) says “\(word)”: \(result.text)")
    }
  }
}
