import QueryLanguage
import Testing

/// Long texts of any kind are read in time that grows with their length. Were reading any of these quadratic, one would
/// take 10^9 steps and more and the suite would stand still for minutes.
@Suite struct SizeTests {
  static let patterns: [(head: String, repeated: String)] = [
    ("", "("), ("", ")"), ("a | where ", "("), ("a | where ", "- "), ("a | where ", "not "), ("a | where a", " + a"),
    ("a | where a", " < a"), ("a | where a", ".a"), ("a | where a", " to m"), ("a | where a", " in (1"),
    ("a | where ", "case when "), ("a | where ", "f("), ("a | where ", "open on "), ("a", " | take 5"), ("a", " | tke"),
    ("a", " | union (a"), ("a", " | nearest ("), ("a", " | around d ("), ("a", " | nearest (a) b as c"), ("", "a | "),
    ("", "a\n"), ("", "let a = b | wher\n"), ("", "select a\n"), ("", "select\nfrom\n"), ("", "import a.b "),
    ("", "\""), ("", "\"\n"), ("sql \"", "x\n"), ("", "`"), ("", "'"), ("", "#"), ("", "# a "), ("", "“"), ("", "\0"),
    ("", "-- "),
    ("", "1"), ("", "1_"), ("", "1.1"), ("", "1-1-1"), ("", "5 m "), ("", "per "), ("values (a = 1)", ", (1)"),
    ("", "诊所"),
    ("", "诊所 "), ("help ", "x "), ("set ", "x "), ("export a", ", a"), ("", "|"), ("", "\n"), ("", ";"),
    ("a | select a", ", a"),
  ]

  @Test(arguments: patterns) func growsWithLength(_ pattern: (head: String, repeated: String)) {
    let unit = Array(pattern.repeated.utf8)
    var bytes = Array(pattern.head.utf8)
    bytes.reserveCapacity(1 << 16)
    while bytes.count < 1 << 16 { bytes += unit }
    let source = SourceText(utf8: bytes, name: "long")
    let result = Parser.parse(source)
    #expect(result.diagnostics.count <= Parser.mostMistakes + 1)
    let rendered = DiagnosticRenderer(source).render(result.diagnostics)
    #expect(rendered.utf8.count < 200_000)
    #expect(Formatter.format(result.script).utf8.count < 1 << 20)
  }

  @Test func aMegabyteIsRead() {
    let line =
      "let x = parks | where (a > 1 and b == “c”) | nearest 3 (clinics | where open on 2026-01-15) as c | tke 5\n"
    let count = (1 << 20) / line.utf8.count
    let result = Parser.parse(SourceText(String(repeating: line, count: count), name: "long"))
    #expect(result.unreadNames.count == count)
    let parenthesis = SourceText(utf8: [UInt8](repeating: UInt8(ascii: "("), count: 1 << 20), name: "deep")
    #expect(Parser.parse(parenthesis).diagnostics.map(\.code) == [.tooDeep])
  }

  @Test func deepNestingIsRefusedInOneDiagnostic() {
    for text in [
      "a | where " + String(repeating: "(", count: 500) + "1" + String(repeating: ")", count: 500),
      "a | where " + String(repeating: "not ", count: 500) + "b",
      "a | where a" + String(repeating: " + a", count: 500),
      String(repeating: "(", count: 500) + "a" + String(repeating: ")", count: 500),
    ] {
      let result = Parser.parse(SourceText(text, name: "deep"))
      #expect(result.diagnostics.map(\.code) == [.tooDeep])
    }
    let fits = "a | where " + String(repeating: "(", count: 90) + "1" + String(repeating: ")", count: 90)
    #expect(Parser.parse(SourceText(fits, name: "deep")).diagnostics == [])
    let chain = "a | where a" + String(repeating: " or a", count: 300)
    #expect(Parser.parse(SourceText(chain, name: "long")).diagnostics == [])
  }
}
