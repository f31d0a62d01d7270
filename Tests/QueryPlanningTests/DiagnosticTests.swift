import QueryLanguage
import Testing

@testable import QueryPlanning

@Suite struct Diagnostics {
  /// The lists of names that every message of a kind repeats.
  private func cut(_ line: String) -> String {
    var line = line
    for list in [
      "layers: \(City().relationNames.joined(separator: ", "))",
      "functions: \(FunctionDeclaration.all.map(\.name).joined(separator: ", "))",
      "units: mm, cm, m, km, m², ha, km², mu, s, min, h, d, y, kg, t, %",
    ] {
      line = line.replacing(list, with: "\(list.prefix { $0 != ":" }): …")
    }
    return line
  }

  @Test(arguments: nameMistakes + unitMistakes + typeMistakes)
  func message(_ query: String, _ expected: String) {
    let bound = Bound(query)
    #expect(bound.lines.map(cut) == [expected])
    #expect(bound.plan == nil, "a plan with a mistake must not run")
  }

  @Test(arguments: severalMistakes)
  func messages(_ query: String, _ expected: [String]) {
    let bound = Bound(query)
    #expect(bound.lines.map(cut) == expected)
    #expect(bound.plan == nil)
  }

  /// Right as they stand, however near they are to a mistake.
  @Test(arguments: [
    "parks | buffer -50 m", "circle | where c.share > 0.8 and c.share < 1", "circle | where c.share * 100 > 80",
    "circle | where c.share >= 80 %", "parks | where area_mu > 900 亩", "parks | where area() > 1500000 m2",
    "residents | within 0 m of clinics", "parks | take 0", "parks | nearest (3) clinics as c within 1 km",
    "residents | within 500 m from clinics", "parks | where kind in (\"core\", null)", "values (a = null), (1)",
    "parks | select name | where area() > 1 km2", "parks | union (clinics | select name, beds = 5)",
    "parks | select h.name = name, geometry = geometry | where h.name == \"x\"".replacing(
      "h.name = ", with: "`h.name` = "),
    "parks | derive open = 1 | where open == 1", "sale_points | where open on 2021-06-01 and open on valid_from",
    "parks | derive a = 1 | derive a = a + 1", "parks | count clinics | where count > 5",
    "parks | where 面积() > 1 平方公里", "budget | where year in (2020, 2021) and yuan > 5",
  ])
  func isRight(_ query: String) {
    let bound = Bound(query)
    #expect(bound.lines.isEmpty)
    #expect(bound.plan != nil)
  }

  /// A name whose statement held a mistake is not told again; the mistakes beside it are.
  @Test func namesThatCouldNotBeMadeOutAreQuiet() {
    let quiet = Bound("reached | where share > 5 | within gap of stations", unread: ["reached", "gap", "stations"])
    #expect(quiet.plan == nil && quiet.lines.isEmpty)
    let loud = Bound("parks | within 5 of reached | where nam == \"x\"", unread: ["reached"])
    #expect(loud.diagnostics.map(\.code.name) == ["unit.missing", "name.unknown-column"])
  }

  /// Every message is one sentence without a final stop, at a place in the text, and blames nobody.
  @Test(arguments: nameMistakes + unitMistakes + typeMistakes)
  func wording(_ query: String, _ expected: String) throws {
    let diagnostic = try #require(Bound(query).diagnostics.first)
    let range = try #require(diagnostic.range)
    #expect(!range.isEmpty && range.upperBound <= query.utf8.count)
    for text in [diagnostic.message, diagnostic.fix ?? ""] {
      #expect(
        !text.hasSuffix(".") && !text.contains("invalid") && !text.contains("illegal") && !text.contains("you must"))
    }
    #expect(diagnostic.code.blame == .query || diagnostic.code == .unreadableLayer)
  }
}
