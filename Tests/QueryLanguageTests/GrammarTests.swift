import Testing

@testable import QueryLanguage

@Suite struct GrammarTests {
  /// Terminals of the grammar: what stands between quotes outside of descriptions.
  private static func terminals() -> [String] {
    Grammar.productions.flatMap { production in
      let described = production.definition.split(separator: "?", omittingEmptySubsequences: false)
      let formal = stride(from: 0, to: described.count, by: 2).map { described[$0] }.joined()
      let quoted = formal.split(separator: "\"", omittingEmptySubsequences: false)
      return stride(from: 1, to: quoted.count, by: 2).map { String(quoted[$0]) }
    }
  }

  @Test func everyWordIsAKeywordAndEveryKeywordIsInTheGrammar() {
    let words = Set(Self.terminals().filter { $0.count > 1 && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
    #expect(words.subtracting(Keyword.allCases.map(\.rawValue)).sorted() == [])
    #expect(Set(Keyword.allCases.map(\.rawValue)).subtracting(words).sorted() == [])
  }

  @Test func everyNameIsDefinedOnceAndUsed() {
    let names = Grammar.productions.map(\.name)
    #expect(names.count == Set(names).count)
    var used: Set<String> = ["script", "comment"]
    for production in Grammar.productions {
      let described = production.definition.split(separator: "?", omittingEmptySubsequences: false)
      let formal = stride(from: 0, to: described.count, by: 2).map { described[$0] }.joined()
      let quoted = formal.split(separator: "\"", omittingEmptySubsequences: false)
      for index in stride(from: 0, to: quoted.count, by: 2) {
        for word in quoted[index].split(whereSeparator: { !($0.isLetter || $0 == "-") }) { used.insert(String(word)) }
      }
    }
    #expect(used.subtracting(names).sorted() == [])
    #expect(Set(names).subtracting(used).sorted() == [])
  }

  @Test func everySpellingMeansOneWordAndIsOneToken() {
    var seen: [String: Keyword] = [:]
    for keyword in Keyword.allCases {
      #expect(!keyword.aliases.isEmpty && !keyword.summary.isEmpty && !keyword.chineseSummary.isEmpty)
      for spelling in [keyword.rawValue] + keyword.aliases {
        #expect(seen.updateValue(keyword, forKey: spelling) == nil, "\(spelling) is given twice")
        let tokens = Lexer.lex(SourceText(spelling, name: "")).tokens
        #expect(tokens.count == 2 && tokens[0].word == keyword, "\(spelling)")
      }
    }
  }

  @Test func contextualWordsMayBeNames() {
    for keyword in Keyword.allCases {
      for spelling in [keyword.rawValue] + keyword.aliases {
        let quoted = Parser.parse(SourceText("a | select `\(spelling)`, x = `\(spelling)` + 1", name: ""))
        #expect(quoted.diagnostics == [], "\(spelling)")
        let plain = Parser.parse(
          SourceText("a | select x = \(spelling) + 1, \(spelling) | sort by \(spelling)", name: ""))
        let isValue = [Keyword.true, .false, .null].contains(keyword)
        #expect(plain.diagnostics.isEmpty == (!Keyword.isReserved(spelling: spelling) || isValue), "\(spelling)")
      }
    }
  }
}
