import QueryLanguage
import Testing

/// Where statements end, and when the console asks for more.
@Suite struct LayoutTests {
  private func statements(_ text: String) -> [String] {
    let result = Parser.parse(SourceText(text, name: "t"))
    #expect(result.diagnostics == [], "\(text)")
    return result.script.statements.map(Formatter.format)
  }

  @Test func linesContinue() {
    for text in [
      "a |\n take 5", "a\n| take 5", "a\n\n  -- comment\n  | take 5", "a |\r\ntake\u{20}5", "a -- x\n | take 5 -- y",
    ] {
      #expect(statements(text) == ["a | take 5"], "\(text)")
    }
    #expect(statements("a | select x,\n y") == ["a | select x, y"])
    #expect(statements("a | where x >\n 1 +\n 2\n and y") == ["a | where x > 1 + 2 and y"])
    #expect(statements("a | where x in (\n1\n,\n2\n)\n| take 1") == ["a | where x in (1, 2) | take 1"])
    #expect(
      statements("a | nearest (b\n where\n  | take 1) as c".replacing(" where\n", with: "")) == [
        "a | nearest (b | take 1) as c"
      ])
    #expect(statements("let x =\n a") == ["let x = a"])
    #expect(statements("assert a:\n b > 1") == ["assert a: b > 1"])
    #expect(statements("a | within 500 m of\n b") == ["a | within 500 m of b"])
    #expect(statements("a | coverage by b within 1 km\n of c\n weighted by p\n as d").count == 1)
  }

  @Test func statementsEndAtLineEndsAndSemicolons() {
    #expect(statements("a; b\nc;;\n\n;d") == ["a", "b", "c", "d"])
    #expect(statements("help |\nhelp by\nlayers") == ["help \"|\"", "help by", "layers"])
    #expect(statements("let | take 1\nset | take 2\n`layers`") == ["`let` | take 1", "`set` | take 2", "`layers`"])
  }

  @Test func anOpenParenthesisDoesNotHideTheStatementsAfterIt() {
    let text = "let a = b | where (x > 1\nlet c = d | wher\nexport c to \"c.csv\"\na | where (y\n  | take 5"
    let result = Parser.parse(SourceText(text, name: "t"))
    #expect(result.diagnostics.map(\.code) == [.unclosedParenthesis, .unknownStep, .unexpected])
    #expect(result.script.statements.count == 1)
    #expect(result.unreadNames.map(\.text) == ["a", "c"])
  }

  @Test func theConsoleAsksForMore() {
    for open in [
      "a |", "a | where (x", "a | where x and", "a | where x >", "a | select x,", "let x =", "sql \"select",
      "a | within 5 m of",
      "a | nearest (b | take 1", "a ｜", "a | where （x", "assert a:", "a | -- comment", "a |\n",
    ] {
      #expect(Parser.isIncomplete(SourceText(open, name: "t")), "\(open)")
    }
    for whole in [
      "", "a", "a | take 5", "a | where x == \"open", "a | where (x == \"open", "help |", "help by", "-- a |",
      "a | sort by x desc",
      "a | where x is null", "a )", "a | where x == 80 %", "a;", "a | where (x;", "a | where x == ‘open",
    ] {
      #expect(!Parser.isIncomplete(SourceText(whole, name: "t")), "\(whole)")
    }
  }
}
