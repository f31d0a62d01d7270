import DataQuality
import FeatureTables
import QueryLanguage
import QueryPlanning

/// What `help` shows, from the declarations that the binder uses.
extension Session {
  func helpPage(_ topic: String?, at range: Range<Int>) throws -> Page {
    guard let topic else { return Self.overview }
    let word = Keyword(spelling: topic)?.rawValue ?? topic
    var blocks: [Page.Block] = []
    func entry(_ name: String, _ summary: String, _ syntax: String, _ example: String) {
      blocks += [.heading(name), .text(summary), .code(syntax), .text("Example"), .code(example)]
    }
    if let step = StepDeclaration.named(word) { entry(step.name, step.summary, step.syntax, step.example) }
    if let statement = StatementDeclaration.named(word) {
      entry(statement.name, statement.summary, statement.syntax, statement.example)
    }
    if let function = FunctionDeclaration.named(topic) {
      entry("\(function.name)()", function.summary, function.signature, function.example)
    }
    if !blocks.isEmpty { return Page(blocks + aliases(word)) }
    if let unit = Unit.declarations.first(where: { $0.names.contains(topic) }) {
      return Page([
        .heading(unit.unit.symbol),
        .text("\(unit.summary); also written \(unit.names.dropFirst().joined(separator: ", "))"),
      ])
    }
    if topic == "streets" { return Self.streetsPage }
    if topic == "quality" || ProblemKind(rawValue: topic) != nil { return QualityReference.page }
    if topic == "units" { return Page([.heading("Units"), Self.unitsTable]) }
    if relations.relationNames.contains(topic) { return try describe(Identifier(topic, range: range)) }
    if let page = Self.pages[word] { return try helpPage(page, at: range) }
    if relations.modes.named(topic) != nil { return Self.streetsPage }
    let similar = nearestNames(to: topic, in: Self.topics)
    throw Diagnostic(
      .unknownTopic, at: range, "no help on \"\(topic)\"",
      fix: (similar.first.map { "did you mean \($0)? " } ?? "") + "`help` alone lists all words")
  }

  private static var streetsPage: Page {
    Page(
      [.heading("Along the streets")] + StreetTravel.paragraphs.map { .text($0) } + [
        .table(headings: ["reason", "when"], rows: StreetTravel.reasons.map { [$0.words, $0.meaning] })
      ])
  }

  /// The page on which a word without one of its own is explained.
  private static let pages = [
    "snap": "streets", "detour": "streets", "via": "streets", "by": "streets", "route": "streets", "reason": "streets",
    "speed": "mode", "modes": "mode", "without": "mode", "tolerance": "network", "bridging": "network",
    "planar": "network", "oneway": "network", "class": "network", "ferries": "network", "heights": "network",
    "crs": "set",
  ]

  private func aliases(_ word: String) -> [Page.Block] {
    guard let aliases = Keyword(rawValue: word)?.aliases, !aliases.isEmpty else { return [] }
    return [.text("In Chinese: \(aliases.joined(separator: ", "))")]
  }

  static let topics: [String] =
    StepDeclaration.all.map(\.name)
    + (StatementDeclaration.statements + StatementDeclaration.options + StatementDeclaration.sources).map(\.name)
    + FunctionDeclaration.all.flatMap(\.names) + ["units", "streets", "quality"]

  /// The language at a glance.
  static var overview: Page {
    var blocks: [Page.Block] = [
      .text("A query is a source and steps joined by |. Quantities carry their unit: 500 m, 3 per km2, 80 %."),
      .code("parks | density collection_points per km2 as d | where d < mean(d) | sort by d"),
    ]
    var rows = [
      [
        "sources",
        "a layer or a let name, (pipeline), " + StatementDeclaration.sources.map(\.name).joined(separator: ", "),
      ]
    ]
    for family in StepDeclaration.Family.allCases {
      let names = StepDeclaration.all.filter { $0.family == family }.map(\.name)
      rows.append([family.rawValue.lowercased(), names.joined(separator: ", ")])
    }
    rows.append(["statements", StatementDeclaration.statements.map(\.name).joined(separator: ", ")])
    rows.append(["functions", FunctionDeclaration.all.map(\.name).joined(separator: ", ")])
    rows.append(["units", Unit.declarations.map(\.unit.symbol).joined(separator: ", ")])
    blocks.append(.table(headings: [], rows: rows))
    blocks.append(
      .text("`help WORD` explains one of them with an example; `layers` lists the data; `describe NAME` its columns."))
    return Page(blocks)
  }

  static var unitsTable: Page.Block {
    .table(
      headings: ["unit", "also", "is"],
      rows: Unit.declarations.map { unit in
        let others = unit.names.filter { $0 != unit.unit.symbol }
        return [unit.unit.symbol, others.joined(separator: ", "), unit.summary]
      })
  }
}
