import QueryLanguage
import TestSupport
import Testing

/// No text traps, every parse ends, and every diagnostic can be shown.
@Suite struct FuzzTests {
  private static func check(_ bytes: [UInt8], _ seed: UInt64) {
    let source = SourceText(utf8: bytes, name: "fuzz")
    let result = Parser.parse(source)
    _ = Parser.isIncomplete(source)
    let renderer = DiagnosticRenderer(source)
    for diagnostic in result.diagnostics {
      #expect(diagnostic.range.map { 0 <= $0.lowerBound && $0.upperBound <= bytes.count } ?? true, "seed \(seed)")
      #expect(!diagnostic.message.isEmpty && diagnostic.fix?.isEmpty != true, "seed \(seed)")
      #expect(renderer.render(diagnostic).contains(diagnostic.code.name), "seed \(seed)")
    }
    for statement in result.script.statements {
      #expect(0 <= statement.range.lowerBound && statement.range.upperBound <= bytes.count, "seed \(seed)")
      // What could be read can be written, and is then read as the same.
      let text = Formatter.format(statement)
      let again = Parser.parse(SourceText(text, name: "again"))
      #expect(again.script.statements.map(Formatter.format) == [text], "seed \(seed): \(text)")
    }
    let isWhole = !result.diagnostics.isEmpty || result.unreadNames.isEmpty
    #expect(isWhole, "seed \(seed): names are unread and nothing says why")
  }

  @Test(arguments: 0..<8) func randomBytes(_ round: Int) {
    for draw in 0..<100 {
      let seed = UInt64(round * 100 + draw)
      var random = SplitMix64(seed: seed)
      // Half of the bytes are signs of the language, so that more than the lexer is reached.
      let signs = Array("|(),.:=<>!+-*/%\"'`\\;\n 019ae".utf8)
      let bytes = (0..<random.below(300)).map { _ in
        random.chance(2) ? random.pick(signs) : UInt8(truncatingIfNeeded: random.next())
      }
      Self.check(bytes, seed)
    }
  }

  @Test(arguments: DesignQueriesTests.scripts + ChineseQueriesTests.pairs.map(\.chinese))
  func brokenScripts(_ script: String) {
    let bytes = Array(script.utf8)
    for draw in 0..<15 {
      let seed = UInt64(bytes.count * 1000 + draw)
      var random = SplitMix64(seed: seed)
      var broken = bytes
      for _ in 0...random.below(4) where !broken.isEmpty {
        let place = random.below(broken.count)
        switch random.below(5) {
        case 0: broken.removeSubrange(place...)
        case 1: broken.remove(at: place)
        case 2: broken.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
        case 3: broken.insert(contentsOf: random.pick(Self.words).utf8, at: place)
        default:
          let other = random.below(broken.count)
          broken.removeSubrange(min(place, other)..<max(place, other))
        }
      }
      Self.check(broken, seed)
    }
  }

  /// Random words of the language in a row.
  @Test(arguments: 0..<8) func randomWords(_ round: Int) {
    for draw in 0..<100 {
      let seed = UInt64(1_000_000 + round * 100 + draw)
      var random = SplitMix64(seed: seed)
      let words = (0..<random.below(40)).map { _ in random.pick(Self.words) }
      Self.check(Array(words.joined(separator: random.chance(8) ? "" : " ").utf8), seed)
    }
  }

  private static let words =
    Keyword.allCases.flatMap { [$0.rawValue] + $0.aliases }
    + [
      "|", "|", "(", ")", "(", ")", ",", ".", ":", "=", "==", "!=", "<", ">=", "+", "-", "*", "/", "%", "\n", ";", "a",
      "b", "5",
      "1.5", "500 m", "km/h", "\"x\"", "“y”", "`odd name`", "2021-05-11", "--", "\"", "SELECT", "AND", "（", "）", "｜",
      "1e999",
    ]
}
