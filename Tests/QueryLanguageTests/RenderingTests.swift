import QueryLanguage
import Testing

@Suite struct RenderingTests {
  private func render(_ text: String, _ name: String = "night.cq") -> String {
    let source = SourceText(text, name: name)
    return DiagnosticRenderer(source).render(Parser.parse(source).diagnostics)
  }

  @Test func marksThePlaceUnderTheLine() {
    #expect(
      render("parks\nparks | wher kind == \"core\"") == """
        night.cq:2:9: error[syntax.unknown-step]: there is no step `wher`
          parks | wher kind == "core"
                  ^~~~
          fix: did you mean `where`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair
        """)
  }

  @Test func alignsByDisplayWidth() {
    // 12 characters stand before the sign, 4 of them two columns wide.
    #expect(
      render("诊所 | 筛选 a = “崔寨”") == """
        night.cq:1:11: error[syntax.single-equals]: values are compared with `==`
          诊所 | 筛选 a = “崔寨”
                        ^
          fix: write ==
        """)
    #expect(
      render("诊所 | 塞选 a") == """
        night.cq:1:6: error[syntax.unknown-step]: there is no step `塞选`
          诊所 | 塞选 a
                 ^~~~
          fix: did you mean `筛选`? Steps of the family rows: where, select, derive, sort, take, summarize, join, union, distinct, repair
        """)
  }

  @Test func placesAreCountedInCharactersFromOne() {
    let renderer = DiagnosticRenderer(SourceText("\u{FEFF}诊所\r\nb\rc\n", name: "t"))
    let places = [3, 6, 9, 11, 13, 15, 99].map { renderer.position(ofByte: $0) }
    #expect(places.map { "\($0.line):\($0.column)" } == ["1:1", "1:2", "1:3", "2:1", "3:1", "4:1", "4:1"])
  }

  @Test func controlCharactersAndTabsDoNotReachTheTerminal() {
    #expect(
      render("a\t|\u{1B}[31m take 5") == """
        night.cq:1:4: error[syntax.stray-character]: an invisible character (U+001B) has no meaning here
          a |␛[31m take 5
             ^~
          fix: delete it
        """)
  }

  @Test func longLinesAreCutRoundThePlace() {
    let steps = String(repeating: "筛选 a == “崔寨” | ", count: 500)
    let rendered = render("诊所 | " + steps + "wher | " + steps + "hull")
    let lines = rendered.split(separator: "\n")
    #expect(lines.count == 4 && lines.allSatisfy { displayWidth($0) < 200 })
    let column = lines[2].unicodeScalars.count - "  ".count - "^~~~".count
    // The mark stands under the word when wide characters count twice.
    var width = 0
    let under = lines[1].dropFirst(2).drop { character in
      guard width < column else { return false }
      width += displayWidth(String(character))
      return true
    }
    #expect(under.hasPrefix("wher |") && lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
  }

  @Test func rangesOverLinesAreCutToTheFirst() {
    let source = SourceText("abc\ndef", name: "t")
    let text = DiagnosticRenderer(source).render(Diagnostic(.unexpected, at: 1..<6, "m"))
    #expect(text == "t:1:2: error[syntax.unexpected]: m\n  abc\n   ^~")
    let nowhere = DiagnosticRenderer(source).render(Diagnostic(.unexpected, severity: .note, at: nil, "m", fix: "f"))
    #expect(nowhere == "t: note[syntax.unexpected]: m\n  fix: f")
    let outside = DiagnosticRenderer(source).render(Diagnostic(.unexpected, at: 50..<60, "m"))
    #expect(outside == "t:2:4: error[syntax.unexpected]: m\n  def\n     ^")
    #expect(
      DiagnosticRenderer(SourceText("", name: "t")).render(Diagnostic(.unexpected, at: 0..<0, "m")).hasPrefix("t:1:1:"))
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("诊所", 4), ("ab诊所", 6), ("（，）", 6), ("km²", 3), ("“x”", 3), ("e\u{301}", 1), ("\u{200B}", 0),
    ("👩‍👩‍👧", 2), ("😀", 2), ("ｱ", 1), ("Ａ", 2), ("한글", 4), ("\t", 0), ("…", 1), ("𠮷", 2), ("●", 1),
  ])
  func widthOnATerminal(_ text: String, _ width: Int) { #expect(displayWidth(text) == width, "\(text)") }
}
