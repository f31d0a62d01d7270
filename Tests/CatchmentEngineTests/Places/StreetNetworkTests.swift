import CatchmentEngine
import FeatureTables
import Foundation
import QueryLanguage
import Testing

/// Streets as a planner brings them in, looks at them and says how fast people walk.
@Suite struct StreetNetworkTests {
  private let client: TestClient

  init() throws { client = try TestClient() }

  private func page(_ text: String) throws -> [String] {
    let reports = client.run(text)
    try #require(reports.failures.isEmpty, "\(reports.failures.map(\.message))")
    guard case .page(let page)? = reports.last?.outcome else { return [] }
    return page.blocks.flatMap { block -> [String] in
      if case .table(_, let rows) = block { rows.map { $0.joined(separator: " | ") } } else { [] }
    }
  }

  private func notes(_ text: String) throws -> [String] {
    let reports = client.run(text)
    try #require(reports.failures.isEmpty, "\(reports.failures.map(\.message))")
    guard case .imported(let imported)? = reports.last?.outcome else { return [] }
    return imported.notes
  }

  private static let cross = """
    {"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"kind":"primary"},"geometry":{"type":"LineString",\
    "coordinates":[[117.10,36.80],[117.12,36.80]]}},
    {"type":"Feature","properties":{"kind":"steps"},"geometry":{"type":"LineString",\
    "coordinates":[[117.11,36.79],[117.11,36.81]]}}]}
    """

  @Test func crossingsJoinOnlyWhenAsked() throws {
    try client.write(Self.cross, to: "cross.geojson")
    let apart = try notes("import \"cross.geojson\" as apart network")
    #expect(apart[0].contains("2 parts"))
    let joined = try notes("import \"cross.geojson\" as joined network class field kind planar")
    #expect(joined[0].contains("4 edges between 5 nodes"))
    #expect(joined[0].hasSuffix("all of one part"))
    // Rows stay as they were.
    #expect(try client.answer("joined").rowCount == 2)
    let described = try page("describe joined")
    #expect(described.contains { $0.hasPrefix("joined | at shared vertices within 0.01 m, and where they cross (1 ") })
    #expect(described.contains("dead ends | 4"))
  }

  @Test func savedLinesAreNoNetwork() throws {
    try client.write(Self.cross, to: "cross.geojson")
    let told = client.run("import \"cross.geojson\" as g network\nsave g as g2").compactMap { report -> String? in
      if case .done(let text) = report.outcome { text } else { nil }
    }
    #expect(told.last?.hasSuffix("; the lines only, the street network stays with g") == true, "\(told)")
  }

  /// 1 km along a parallel, 100 m higher in the east: 12 min on the flat or down 10 %, 17 min up.
  @Test func upHillTakesLonger() throws {
    let hill = """
      {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":1},"geometry":{"type":"LineString",\
      "coordinates":[[117.10,36.80,20],[117.1112,36.80,120]]}}]}
      """
    try client.write(hill, to: "hill.geojson")
    try client.write("id,lon,lat\n1,117.10,36.80\n", to: "below.csv")
    try client.write("id,lon,lat\n2,117.1112,36.80\n", to: "above.csv")
    client.run("import \"below.csv\" as below\nimport \"above.csv\" as above")
    func minutes(_ query: String) throws -> Double {
      let time = try client.answer("\(query) as n by walk | select t = n.time / 1 min").numbers("t")
      return ((time[0] ?? .nan) * 10).rounded() / 10
    }
    #expect(
      try notes("import \"hill.geojson\" as hill network with heights").contains {
        $0 == "walking follows the heights of the streets"
      })
    #expect(try minutes("below | nearest 1 above") == 17)
    #expect(try minutes("above | nearest 1 below") == 12)
    #expect(try minutes("below | nearest 1 from above") == 12)
    client.run("import \"hill.geojson\" as hill network")
    #expect(try minutes("below | nearest 1 above") == 12)
  }

  @Test func severalNetworksWantAChoice() throws {
    try client.write(Self.cross, to: "cross.geojson")
    client.run("import \"cross.geojson\" as a network planar\nimport \"cross.geojson\" as b network planar")
    let wrong = try client.failure("clinics | within 5 min by walk of schools")
    #expect(wrong.map(\.code.name) == ["network.several"])
    #expect(try page("set network = b\nset").contains("network | b"))
    #expect(try page("set network = auto\nset").contains("network | auto"))
  }

  /// Who travels is measured where the streets are: a row at 0, 0 would bring the others to another zone.
  @Test func aStrayRowMovesNobody() throws {
    try client.write("id,lon,lat\n1,117.1058,36.8342\n", to: "one.csv")
    try client.write("id,lon,lat\n1,117.1058,36.8342\n2,0,0\n", to: "stray.csv")
    client.run("import \"one.csv\" as one\nimport \"stray.csv\" as stray")
    func reached(_ rows: String) throws -> [Double?] {
      try client.answer(
        "\(rows) | where id == 1 | around 15 min by walk residents as r (n = count(), far = max(time))"
          + " | select n = r.n, far = r.far"
      ).numbers("n")
    }
    let alone = try reached("one")
    #expect((alone[0] ?? 0) > 100)
    #expect(try reached("stray") == alone)
  }

  @Test func modesAreData() throws {
    #expect(
      try page("set walk speed = 4.8 km/h\nset snap = 50 m\nset detour = 1.3\nset").contains("snap | 50 m to edges"))
    #expect(try page("set").contains("detour | 1.3"))
    #expect(try page("describe walk").contains("speed | 4.8 km/h"))
    // How fast people get to their street goes with it for every mode.
    #expect(try page("describe drive").contains("to the street | straight, on foot at 4.8 km/h"))
    let own = try page("mode wheelchair like walk speed 3 km/h speed 2 km/h on path without steps\ndescribe wheelchair")
    #expect(own[0] == "speed | 3 km/h")
    #expect(own[1] == "on | 2 km/h on path")
    #expect(own[3] == "not on | motorway, motorway_link, steps")
    #expect(try page("describe modes").count == 4)
    #expect(try page("describe 步行")[0] == "speed | 4.8 km/h")
  }

  /// What an import says loudly stays to be read.
  @Test func whatIsWorthALookSaysWhere() throws {
    let line = #"{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":"#
    let street = line + "[[117.1,36.8],[117.11,36.8]]}}"
    let lines = Array(repeating: street, count: 11) + [line + "[[0,0],[0.01,0]]}}"]
    try client.write(
      #"{"type":"FeatureCollection","features":["# + lines.joined(separator: ",") + "]}", to: "far.geojson")
    let told = try notes("import \"far.geojson\" as far network")
    let described = try page("describe far")
    #expect(
      told.contains { $0.hasPrefix("lines lie from 0° to 117.1° east") && $0.hasSuffix("(first: row 12 at 0, 0)") })
    #expect(described.contains { $0.hasPrefix("lines lie from 0° to 117.1°") && $0.hasSuffix(" | row 12 at 0, 0") })
    #expect(described.contains { $0.hasPrefix("10 streets drawn twice | 117.1") })
  }

  @Test func speedsComeBack() throws {
    let before = try page("describe modes")
    try #require(before.count == 3)
    client.run("set walk speed = 4 km/h\nset drive speed = 20 km/h\nset drive speed = auto")
    // Drivers still walk to their street as was set.
    #expect(try page("describe drive").contains("to the street | straight, on foot at 4 km/h"))
    #expect(try page("set walk speed = auto\ndescribe modes") == before)
    #expect(try page("describe drive").contains("to the street | straight, on foot at 5 km/h"))
    // A mode of one's own goes back to what it was made with.
    #expect(
      try page("mode jog like walk speed 9 km/h\nset jog speed = 3 km/h\nset jog speed = auto\ndescribe jog")[0]
        == "speed | 9 km/h")
    #expect(
      try page("set snap = 50 m\nset snap = nodes\nset snap = auto\nset detour = 2\nset detour = auto\nset")
        .filter { $0.hasPrefix("snap") || $0.hasPrefix("detour") } == ["snap | 100 m to edges", "detour | none"])
  }

  /// Words of the streets have no page of their own.
  @Test func wordsOfStreetsLeadToTheirPage() throws {
    let streets = try page("help streets")
    for word in ["snap", "detour", "via", "by", "walk", "drive", "步行"] {
      #expect(try page("help \(word)") == streets, "\(word)")
    }
    #expect(client.run("help tolerance\nhelp planar\nhelp speed").failures.isEmpty)
  }

  /// A map with several layers is imported for its streets.
  @Test(.enabled(if: RealDataTests.isThere, RealDataTests.absence))
  func aStreetMapOffersItsStreets() throws {
    let path = RealDataTests.folder.appendingPathComponent("monaco.osm.pbf").path
    let wrong = try client.failure("import \"\(path)\" as n")
    #expect(wrong[0].fix?.hasPrefix("for its streets write import \"\(path)\" as n network, ") == true)
  }

  @Test func inChinese() throws {
    try client.write(Self.cross, to: "cross.geojson")
    let joined = try notes("导入 \"cross.geojson\" 为 joined 路网 等级 字段 kind 容差 0.5 m 交叉打断")
    #expect(joined[0].contains("4 edges"))
    #expect(try page("出行方式 轮椅 形如 步行 速度 3 km/h 不含 steps\n描述 轮椅")[0] == "speed | 3 km/h")
  }

  /// A mode of the same text is known before it is run.
  @Test func aModeIsKnownToTheLinesAfterIt() throws {
    let wrong = try client.failure("mode jog like walk speed 9 km/h\nclinics | within 5 min by jgo of schools")
    #expect(wrong.map(\.code.name) == ["network.unknown-mode"])
    #expect(wrong[0].fix?.contains("did you mean jog?") == true)
  }

  @Test func theEmbeddedStreets() throws {
    let described = try page("describe roads")
    #expect(described.contains { $0.hasPrefix("streets | ") && $0.contains("nodes") })
    #expect(described.contains { $0.hasPrefix("footway | ") })
  }

  // MARK: The real world

  /// 92 667 edges between 82 891 nodes, 7 185 056 m as the file has them.
  @Test(.enabled(if: RealDataTests.isThere, RealDataTests.absence))
  func wuhan() throws {
    let path = RealDataTests.folder.appendingPathComponent("wuhan_streets.gpkg").path
    let store = client.folder.url.appendingPathComponent("plan.sqlite").path
    let session = try Session(options: Session.Options(storePath: store))
    var outcomes: [Outcome] = []
    session.run(
      SourceText("set crs = epsg:32650\nimport \"\(path)\" as wuhan network class field highway", name: "test"),
      stopAtFailure: true
    ) { outcomes.append($0.outcome) }
    guard case .imported(let imported)? = outcomes.last else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(imported.rows == 92_667)
    #expect(
      imported.notes[0]
        == "street network: 7185.1 km in 92667 edges between 82891 nodes, in EPSG:32650; all of one part")
    // Opened again, nothing is made anew.
    let again = try Session(options: Session.Options(storePath: store))
    var page: Page?
    again.run(SourceText("describe wuhan", name: "test"), stopAtFailure: true) {
      if case .page(let found) = $0.outcome { page = found }
    }
    guard case .table(_, let facts)? = page?.blocks.dropFirst().first else {
      Issue.record("no page")
      return
    }
    #expect(facts.contains(["streets", "7185.1 km in 92667 edges between 82891 nodes"]))
    #expect(facts.contains(["lengths taken in", "EPSG:32650"]))
  }

  @Test(.enabled(if: RealDataTests.isThere, RealDataTests.absence))
  func monaco() throws {
    let path = RealDataTests.folder.appendingPathComponent("monaco.osm.pbf").path
    let told = try notes("import \"\(path)\" as monaco network")
    #expect(told[0].hasSuffix("17 parts, the longest has 99.1 % of the length"))
    let lengths = try client.answer("monaco | where class == \"steps\" | summarize l = sum(length())")
    // Nodes are not joined to edges, so that the rows have the length of the edges.
    #expect(try abs(lengths.number("l") - 2762.4) < 1)
    #expect(try page("describe monaco").contains("joined | at the nodes that the ways name"))
  }
}
