import QueryLanguage
import Testing

/// What is formatted is read back as it was.
@Suite struct RoundTripTests {
  /// `null` is compared in random trees, which the parser reads and reports.
  private static func mistakes(_ result: ParseResult) -> [Diagnostic] {
    result.diagnostics.filter { $0.code != .comparedWithNull }
  }

  @Test(arguments: 0..<20) func randomTreesComeBack(_ round: Int) {
    for draw in 0..<50 {
      let seed = UInt64(round * 1000 + draw)
      var trees = RandomTrees(seed: seed)
      let statement = trees.statement()
      let text = Formatter.format(statement)
      let result = Parser.parse(SourceText(text, name: "seed \(seed)"))
      #expect(Self.mistakes(result) == [], "seed \(seed): \(text)")
      #expect(result.script.statements.count == 1, "seed \(seed): \(text)")
      guard let again = result.script.statements.first else { continue }
      #expect(Formatter.format(again) == text, "seed \(seed)")
      #expect(shape(again) == shape(statement), "seed \(seed): \(text)")
    }
  }

  @Test(arguments: DesignQueriesTests.scripts) func designQueriesComeBack(_ script: String) {
    let first = Parser.parse(SourceText(script, name: "first")).script
    let text = Formatter.format(first)
    let second = Parser.parse(SourceText(text, name: "second"))
    #expect(second.diagnostics == [])
    #expect(shape(second.script) == shape(first))
    #expect(Formatter.format(second.script) == text)
  }

  @Test func longPipelinesAreLaidOutStepByStep() {
    let text = """
      sale_points | where open on 2021-06-01 | beyond 300 m of collection_points | locate in districts as d | take 10
      parks | where ((a)) and (b or (c)) | sort a asc, b desc
      """
    let expected = """
      sale_points
        | where open on 2021-06-01
        | beyond 300 m of collection_points
        | locate in districts as d
        | take 10
      parks | where a and (b or c) | sort by a, b desc

      """
    #expect(Formatter.format(Parser.parse(SourceText(text, name: "t")).script) == expected)
  }

  @Test func shapesTellTreesApart() {
    let texts = [
      "a | take 5", "a | take 5 m", "b | take 5", "a | take 5.0", "a", "a | within 5 of b", "a | within 5 from b",
    ]
    let shapes = texts.map { shape(Parser.parse(SourceText($0, name: "t")).script) }
    #expect(Set(shapes).count == texts.count)
  }
}
