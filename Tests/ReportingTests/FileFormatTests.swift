import CatchmentEngine
import FeatureTables
import Foundation
import GeometryKernel
import QueryLanguage
import Testing

@testable import Reporting

@Suite struct FileFormatTests {
  private let nasty = "a \"quoted\", \\ comma\nand 🍉 西瓜\u{1}"

  private var answer: Answer {
    Answer(
      [
        ("h.name", .text, [.text(nasty), nil, ""]),
        ("h.distance", .number(.metre), [0.1, nil, 1e-7]),
        ("area", .number(.squareKilometre), [798_000_000.0, 1500.0, .number(.nan)]),
        ("c.share", .number(.percent), [0.947, 1.0, 0.0]),
        ("until", .date, [.date(CalendarDate(daysSince1970: 18_870)), nil, nil]),
        ("ok", .boolean, [true, nil, false]), ("id", .integer, [9_007_199_254_740_993, nil, -1]),
      ], note: "uses districts, a sketch")
  }

  private func parsed(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func jsonRowsAreObjectsInFileUnits() throws {
    let output = Rendering(format: .json, .answer(answer)).output
    #expect(
      output == """
        {"type":"answer","statement":1,"columns":[{"name":"h_name"},{"name":"h_distance_m","unit":"m"},\
        {"name":"area_km2","unit":"km²"},{"name":"c_share"},{"name":"until"},{"name":"ok"},{"name":"id"}],\
        "rows":[{"h_name":"a \\"quoted\\", \\\\ comma\\nand 🍉 西瓜\\u0001","h_distance_m":0.1,"area_km2":798.0,\
        "c_share":0.947,"until":"2021-08-31","ok":true,"id":9007199254740993},\
        {"h_name":null,"h_distance_m":null,"area_km2":0.0015,"c_share":1.0,"until":null,"ok":null,"id":null},\
        {"h_name":"","h_distance_m":1e-07,"area_km2":null,"c_share":0.0,"until":null,"ok":false,"id":-1}],\
        "accuracy":"sketch","accuracy_note":"uses districts, a sketch"}

        """)
    let document = try parsed(output)
    let rows = try #require(document["rows"] as? [[String: Any]])
    #expect(rows[0]["h_name"] as? String == nasty)
  }

  @Test func everyOutcomeIsOneLineOfJSON() throws {
    let mistake = Diagnostic(DiagnosticCode("x.y", .query), at: 7..<9, "wrong", fix: "right")
    let outcomes: [Outcome] = [
      .answer(answer), .done("let \"a\""),
      .verdict(
        Verdict(label: "l", subject: "s", holds: false, checkedRows: 3, failingRowCount: 3, failing: answer)),
      .exported(Exported(path: "out/a.gpkg", layers: [], format: "GeoPackage")),
      .imported(
        Imported(name: "n", rows: 1, kinds: "Point 1", referenceSystem: "EPSG:4326", notes: ["a"], store: nil)),
      .explanation(
        Explanation(
          lines: [.init(depth: 0, title: "t", detail: "d", estimatedRows: .infinity, actualRows: 2, seconds: 0.5)],
          totalSeconds: 1)),
      .page(Page([.heading("h"), .text("t"), .code("c"), .table(headings: ["a", "b"], rows: [["1", "2"]])])),
      .failed([mistake]),
    ]
    let reports = outcomes.map { StatementReport(range: 0..<5, outcome: $0, notes: [mistake], seconds: 0.1) }
    let rendering = Rendering(format: .json, source: "parks\n|x", summary: true, reports)
    #expect(rendering.messages.isEmpty)
    let documents = try rendering.output.split(separator: "\n").map { try parsed(String($0)) }
    let types = documents.compactMap { $0["type"] as? String }
    #expect(
      types == [
        "answer", "done", "verdict", "exported", "imported", "explanation", "page", "failed", "summary",
      ])
    #expect(documents[1]["message"] as? String == "let \"a\"")
    #expect(documents[2]["holds"] as? Bool == false)
    #expect((documents[2]["failing"] as? [Any])?.count == 3)
    let diagnostic = try #require((documents[7]["diagnostics"] as? [[String: Any]])?.first)
    #expect(diagnostic["line"] as? Int == 2)
    #expect(diagnostic["column"] as? Int == 2)
    #expect(documents[8]["failed"] as? Int == 1)
  }

  @Test func clashingNamesAreTold() {
    let answer = Answer([("a.b", .integer, [1]), ("a_b", .integer, [2]), ("d_m", .number(.metre), [3.0])])
    #expect(Rendering(format: .json, .answer(answer)).output.contains(#""rows":[{"a_b":1,"a_b_2":2,"d_m":3.0}]"#))
  }

  @Test func csvQuotesAndTellsNullFromEmpty() {
    let answer = Answer([
      ("h.name", .text, ["plain", "say \"西瓜\", twice", "two\nlines 🍉", "", nil]),
      ("h.distance", .number(.metre), [0.1, 1e-7, nil, 1234.5, 2.0]),
    ])
    let one = Rendering(format: .csv, .answer(answer))
    #expect(
      one.output == """
        h_name,h_distance_m
        plain,0.1
        "say ""西瓜"", twice",1e-07
        "two
        lines 🍉",
        "",1234.5
        ,2.0

        """)
    #expect(one.messages.isEmpty)
    let report = StatementReport(
      range: 0..<5, outcome: .answer(Answer([("n", .integer, [1])])), seconds: 0)
    let done = StatementReport(range: 0..<5, outcome: .done("named x"), seconds: 0)
    let two = Rendering(format: .csv, [report, done, report])
    #expect(two.output == "n\n1\n\nn\n1\n")
    #expect(two.messages == "named x\n")
  }

  @Test func geoJSONIsInWGS84() throws {
    let table = Table(
      schema: Schema([Field("name", .text), Field(Field.geometryName, .geometry)]),
      columns: [
        Column(.text(TextArray(["遥墙"]))), Column(.geometry(GeometryArray(pointsX: [500_000], y: [4_076_000]))),
      ], rowCount: 1)
    let answer = Answer(
      table: table, referenceSystem: "EPSG:4548", accuracy: .sketch, accuracyNote: nil, planSummary: "")
    let document = try parsed(Rendering(format: .geojson, .answer(answer)).output)
    #expect(document["type"] as? String == "FeatureCollection")
    let feature = try #require((document["features"] as? [[String: Any]])?.first)
    #expect((feature["properties"] as? [String: Any])?["name"] as? String == "遥墙")
    let position = try #require((feature["geometry"] as? [String: Any])?["coordinates"] as? [Double])
    // The false easting of the zone is its central meridian, 117° E.
    #expect(abs(position[0] - 117) < 1e-6)
    #expect(abs(position[1] - 36.8) < 0.1)
  }

  @Test func timingIsALineAStatement() {
    let report = StatementReport(range: 6..<11, outcome: .answer(answer), seconds: 0.0125)
    let done = StatementReport(range: 12..<13, outcome: .done("x"), seconds: 1)
    let rendering = Rendering(format: .csv, source: "\n\nlet x\nparks", timing: true, [report, done])
    #expect(
      rendering.messages == """
        {"statement":1,"line":3,"seconds":0.0125,"rows":3}
        x
        {"statement":2,"line":4,"seconds":1.0}

        """)
  }
}
