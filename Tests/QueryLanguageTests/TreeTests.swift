import QueryLanguage
import Testing

/// The points of the grammar where a reading had to be chosen.
@Suite struct TreeTests {
  private func expression(_ text: String) -> Expression? {
    let result = Parser.parse(SourceText("a | where " + text, name: "t"))
    #expect(result.diagnostics == [], "\(text)")
    guard case .query(let pipeline)? = result.script.statements.first?.kind,
      case .where(let condition)? = pipeline.steps.first?.kind
    else { return nil }
    return condition
  }

  private func step(_ text: String) -> Step.Kind? {
    let result = Parser.parse(SourceText("a | " + text, name: "t"))
    #expect(result.diagnostics == [], "\(text)")
    guard case .query(let pipeline)? = result.script.statements.first?.kind else { return nil }
    return pipeline.steps.first?.kind
  }

  /// Every operation in parentheses.
  private func grouped(_ expression: Expression?) -> String {
    guard let expression else { return "nothing" }
    switch expression.kind {
    case .binary(let sign, let a, let b, _): return "(\(grouped(a)) \(sign.rawValue) \(grouped(b)))"
    case .not(let a): return "(not \(grouped(a)))"
    case .negate(let a): return "(-\(grouped(a)))"
    case .convert(let a, let unit): return "(\(grouped(a)) to \(Formatter.format(unit)))"
    case .isNull(let a, _): return "(\(grouped(a)) is null)"
    case .openOn(let a): return "(open on \(grouped(a)))"
    default: return Formatter.format(expression)
    }
  }

  @Test(arguments: [
    ("a or b and not c + d * -e to m < f", "(a or (b and (not (((c + (d * (-e))) to m) < f))))"),
    ("a - b - c", "((a - b) - c)"), ("a / b * c", "((a / b) * c)"), ("a - (b - c)", "(a - (b - c))"),
    ("not not a and b", "((not (not a)) and b)"), ("not a is null", "(not (a is null))"), ("-a * b", "((-a) * b)"),
    ("a or b or c", "((a or b) or c)"), ("area() / 1 km2 > 2", "((area() / 1 km2) > 2)"),
    ("area() to mu > 900 mu", "((area() to mu) > 900 mu)"),
    ("open on 2021-06-01 and b", "((open on 2021-06-01) and b)"),
    ("open == 1", "(open == 1)"), ("a to km2 to mu", "((a to km2) to mu)"),
  ])
  func operatorsBind(_ text: String, _ expected: String) {
    #expect(grouped(expression(text)) == expected)
  }

  @Test func unitsFollowNumbers() throws {
    func unit(_ text: String) -> UnitName? {
      guard case .quantity(_, let unit)? = expression(text)?.kind else { return nil }
      return unit
    }
    #expect(unit("500m")?.text == "m")
    #expect(unit("500 米")?.text == "米")
    #expect(unit("30 km/h")?.denominator == "h")
    #expect(unit("900 t per d")?.denominator == "d")
    #expect(unit("80 %")?.text == "%")
    #expect(unit("3 per km2") == UnitName("km2", isReciprocal: true, range: unit("3 per km2")?.range ?? 0..<0))
    #expect(unit("5 `count`")?.text == "count")
    // With white space the slash divides.
    #expect(grouped(expression("30 km / h")) == "(30 km / h)")
    #expect(grouped(expression("5 and b")) == "(5 and b)")
    #expect(unit("5") == nil)
  }

  @Test func rangesCoverWhatWasWritten() throws {
    let text = "诊所 | where 床位 > 20 张"
    let source = SourceText(text, name: "t")
    guard case .query(let pipeline)? = Parser.parse(source).script.statements.first?.kind,
      case .where(let condition)? = pipeline.steps.first?.kind,
      case .binary(_, let left, let right, let sign) = condition.kind
    else {
      Issue.record("not a comparison")
      return
    }
    #expect(source[pipeline.range] == text)
    #expect(source[pipeline.source.range] == "诊所")
    #expect(source[condition.range] == "床位 > 20 张")
    #expect([left.range, sign, right.range].map { source[$0] } == ["床位", ">", "20 张"])
    #expect(pipeline.steps.first.map { source[$0.verb.range] } == "where")
  }

  @Test func catchmentRangesShareTheLastUnit() {
    guard case .catchment(let catchment)? = step("catchment 5, 10, 15 min by walk") else {
      Issue.record("not a catchment")
      return
    }
    #expect(catchment.limits.map(Formatter.format) == ["5 min", "10 min", "15 min"])
    #expect(catchment.travel.mode?.text == "walk" && !catchment.travel.reversed)
    #expect(catchment.sharing == .overlapping && !catchment.asLines && catchment.width == nil)
  }

  @Test func nearestCountsHaveNoUnit() {
    guard
      case .nearest(let count, let layer, let name, let within, let travel, false)? = step(
        "nearest 3 h as x within 1 km by walk")
    else {
      Issue.record("not nearest")
      return
    }
    #expect(count.map(Formatter.format) == "3" && Formatter.format(layer) == "h" && name.text == "x")
    #expect(within.map(Formatter.format) == "1 km" && travel.mode?.text == "walk" && !travel.reversed)
    guard case .nearest(nil, _, _, nil, Travel(), false)? = step("nearest clinics as c") else {
      Issue.record("a count where none is written")
      return
    }
  }

  @Test func fromTurnsTheWayAndViaNamesTheEntrances() {
    for text in [
      "within 5 min by drive from stations via gates", "beyond 5 min by drive from stations via gates as s",
      "nearest 2 from stations via gates as s within 5 min by drive with route",
      "nearest (stations | take 3) via gates as s by drive",
      "nearest (k) from (stations | take 1) as s by drive",
      "around 5 min by drive from stations via gates as s (n = count())",
      "coverage from stations via gates within 5 min by drive of people as c",
      "gaps from stations via (gates | take 3) within 5 min by drive", "catchment from 8 min by drive merged",
      "catchment 800 m by walk split as lines", "catchment 5 min, 1000 s by walk width 30 m",
    ] {
      #expect(step(text).map { Formatter.format(Step($0, verb: Identifier("", range: 0..<0), range: 0..<0)) } == text)
    }
    guard case .nearest(_, let layer, _, _, let travel, true)? = step("nearest from as x with route") else {
      Issue.record("a layer may be called from")
      return
    }
    #expect(Formatter.format(layer) == "from" && !travel.reversed)
  }

  @Test func verbsAreNamedInEnglish() {
    let result = Parser.parse(SourceText("诊所 | 筛选 a | 取 5", name: "t"))
    guard case .query(let pipeline)? = result.script.statements.first?.kind else { return }
    #expect(pipeline.steps.map(\.verb.text) == ["where", "take"])
  }

  @Test func settingsAreWordsSystemsOrValues() {
    let text = "set walk speed = 4.8 km/h\nset crs = EPSG:4547\nset crs = auto\nset 坐标系 = gcj02\nset workers = 1"
    let values = Parser.parse(SourceText(text, name: "t")).script.statements.compactMap { statement in
      if case .set(let clause) = statement.kind { clause } else { nil }
    }
    #expect(values.map(\.key) == ["walk speed", "crs", "crs", "crs", "workers"])
    guard case .referenceSystem(let system) = values[1].value, case .word(let word) = values[2].value else {
      Issue.record("not a system and a word")
      return
    }
    #expect(system.text == "EPSG:4547" && word.text == "auto")
  }

  @Test func aStatementWhoseMeaningIsPlainIsKept() {
    let result = Parser.parse(SourceText("let x = a | where b = 'c' && d <> 2", name: "t"))
    #expect(result.diagnostics.map(\.code) == [.singleEquals, .singleQuotes, .foreignOperator, .foreignOperator])
    #expect(result.script.statements.map(Formatter.format) == ["let x = a | where b == \"c\" and d != 2"])
    #expect(result.unreadNames == [])
  }

  @Test func moreThanAHundredMistakesAreCounted() {
    let text = String(repeating: "a | wher\n", count: 150)
    let found = Parser.parse(SourceText(text, name: "t")).diagnostics
    #expect(found.count == 101)
    #expect(found.last?.code == .tooManyMistakes && found.last?.message == "50 more mistakes are not listed")
  }
}
