import CatchmentEngine
import FeatureTables
import GeometryKernel
import QueryLanguage
import Testing

@testable import Reporting

@Suite struct TableTests {
  @Test func chineseTextIsAlignedByItsWidth() {
    let answer = Answer(
      [
        ("name", .text, ["遥墙街道", "Taiping", "济南机场T2", nil]),
        ("h.distance", .number(.metre), [812.34, 12.5, 10_400.0, nil]),
        ("c.share", .number(.percent), [0.947, 1.0, 0.05, nil]),
        ("pop", .integer, [353_600, 7, nil, 0]),
        ("open", .boolean, [true, false, nil, true]),
      ], note: "uses districts, a sketch, ±3 km", plan: "nearest 1 of service_halls (point grid 3 × 1)")
    #expect(
      Rendering(.answer(answer)).output == """
        name        h.distance (m)  c.share     pop  open
        ──────────  ──────────────  ───────  ──────  ─────
        遥墙街道             812.3   94.7 %  353600  true
        Taiping               12.5  100.0 %       7  false
        济南机场T2         10400.0    5.0 %       –  –
        –                        –        –       0  true
        4 rows · nearest 1 of service_halls (point grid 3 × 1)
        uses districts, a sketch, ±3 km

        """)
  }

  @Test func timeIsShownWhereItMayDiffer() {
    let answer = Answer([("n", .integer, [1])], plan: "scan")
    #expect(Rendering(style: TextStyle(showsTime: true), .answer(answer)).output.hasSuffix("\n1 row · 12 ms · scan\n"))
    #expect(Rendering(style: TextStyle(isQuiet: true), .answer(answer)).output == "n\n─\n1\n")
  }

  @Test func longTablesAreCutWithACount() {
    let answer = Answer([("n", .integer, (1...266).map { .integer($0) })])
    #expect(
      Rendering(style: TextStyle(rowLimit: 2), .answer(answer)).output == """
        n
        ─
        1
        2
        … 264 more rows (266 in all)
        266 rows

        """)
    #expect(Rendering(style: TextStyle(rowLimit: nil), .answer(answer)).output.split(separator: "\n").count == 269)
  }

  @Test func longTextIsCutAndMadeHarmless() {
    let long = String(repeating: "崔寨", count: 20)
    let answer = Answer([("t", .text, [.text(long), "a\tb\u{1B}[31mc\r\nd\u{202E}e", "🏳️‍🌈 flag"])])
    let lines = Rendering(.answer(answer)).output.split(separator: "\n")
    #expect(lines[2] == String(repeating: "崔寨", count: 11) + "崔…")
    #expect(displayWidth(lines[2]) <= 48)
    #expect(lines[3] == "a b [31mc↵d e")
    #expect(lines[4] == "🏳️‍🌈 flag")
  }

  @Test func reasonsThatNoRowHasAreLeftOut() {
    let none = Answer([("h.name", .text, ["a"]), ("h.reason", .text, [nil])])
    #expect(Rendering(.answer(none)).output.hasPrefix("h.name\n"))
    let some = Answer([("h.name", .text, ["a", nil]), ("h.reason", .text, [nil, "too far"])])
    #expect(Rendering(.answer(some)).output.contains("too far"))
  }

  @Test func geometryIsNoColumn() {
    let points = Column(.geometry(GeometryArray(pointsX: [1, 2], y: [3, 4])))
    let table = Table(
      schema: Schema([Field(Field.geometryName, .geometry)]), columns: [points], rowCount: 2)
    let answer = Answer(
      table: table, referenceSystem: "EPSG:4548", accuracy: nil, accuracyNote: nil, planSummary: "")
    #expect(Rendering(.answer(answer)).output == "(geometry without attributes)\n2 rows\n")
  }

  @Test func emptyAnswersShowTheirHeadings() {
    let answer = Answer([("name", .text, []), ("area", .number(.squareKilometre), [])])
    #expect(Rendering(.answer(answer)).output == "name  area (km²)\n────  ──────────\n0 rows\n")
  }

  @Test func wideTablesKeepTheFirstAndTheLastColumns() {
    let columns = (1...9).map {
      (name: "column\($0)", type: ValueType.text, values: [Value.text("value number \($0)")])
    }
    let answer = Answer(columns)
    let lines = Rendering(style: TextStyle(width: 60), .answer(answer)).output.split(separator: "\n")
    #expect(lines[0] == "column1         column2         …  column9")
    #expect(lines[2] == "value number 1  value number 2  …  value number 9")
    #expect(lines[3] == "… 6 columns not shown: column3, column4, column5, column6,")
    #expect(lines.allSatisfy { displayWidth($0) <= 60 })
  }

  @Test func provenanceGoesFirstWhereRoomIsShort() {
    let answer = Answer([
      ("name", .text, ["济阳"]), ("source", .text, ["the plan's text, page 12"]), ("accuracy", .text, ["approximate"]),
      ("kind", .text, ["industrial"]), ("h.distance", .number(.metre), [12.5]),
    ])
    let lines = Rendering(style: TextStyle(width: 40), .answer(answer)).output.split(separator: "\n")
    #expect(lines[0] == "name  …  kind        h.distance (m)")
    #expect(lines[2] == "济阳  …  industrial            12.5")
  }

  @Test(arguments: 8...70) func nothingIsWiderThanTheTerminal(width: Int) {
    let answer = Answer(
      [
        ("名称", .text, ["济南新旧动能转换起步区", "a"]), ("text", .text, [.text(String(repeating: "x y ", count: 30)), nil]),
        ("n", .integer, [123_456, 1]), ("source", .text, ["s", nil]),
      ], note: "uses districts, a sketch, ±3 km")
    let output = Rendering(style: TextStyle(width: width), .answer(answer)).output
    #expect(output.split(separator: "\n").allSatisfy { displayWidth($0) <= width }, "\(output)")
  }
}

@Suite struct NumberFormatTests {
  private func texts(_ unit: Unit, _ values: [Double], isJudged: Bool = false) -> [String] {
    let format = NumberFormat(unit: unit, values: values, isJudged: isJudged)
    return values.map(format.text)
  }

  @Test func digitsFollowTheValues() {
    #expect(texts(.metre, [812.3456, 12.0]) == ["812.3", "12.0"])
    #expect(texts(.metre, [1000.04, 123_456.7]) == ["1000.0", "123456.7"])
    #expect(texts(.metre, [500, 1000]) == ["500", "1000"])
    #expect(texts(.metre, [0.1234567, 0.5]) == ["0.123", "0.500"])
    #expect(texts(.squareKilometre, [798_003_421, 52_100_000.5]) == ["798.0", "52.1"])
    #expect(texts(.squareKilometre, [798_003_421, 120_000.5]) == ["798.00", "0.12"])
    #expect(texts(.one, [117.169, 117.1]) == ["117.169", "117.100"])
    #expect(texts(.one, [1.0 / 3, 2]) == ["0.33333", "2.00000"])
    #expect(texts(.one, [3, -4, 0]) == ["3", "-4", "0"])
    #expect(texts(.one, [0.1 + 0.2]) == ["0.3"])
    #expect(texts(.one, [-0.0]) == ["0"])
    #expect(texts(.minute, [754.3]) == ["12.6"])
  }

  @Test func sharesDoNotHideWhatARuleAsks() {
    #expect(texts(.percent, [0.947, 1, 0]) == ["94.7 %", "100.0 %", "0.0 %"])
    #expect(texts(.percent, [1, 0.5]) == ["100 %", "50 %"])
    #expect(texts(.percent, [0.99998]) == ["99.998 %"])
    #expect(texts(.percent, [0.0001234]) == ["0.01 %"])
    #expect(texts(.percent, [0.79982, 0.123]) == ["80.0 %", "12.3 %"])
    #expect(texts(.percent, [0.79982, 0.123], isJudged: true) == ["79.98 %", "12.30 %"])
    #expect(texts(.percent, [0.999999999999, 0.5]) == ["100 %", "50 %"])
  }

  @Test func extremesArePowersOfTen() {
    #expect(texts(.one, [1.5e20, 1]) == ["1.500e20", "1.000e0"])
    #expect(texts(.one, [2.5e-9]) == ["2.500e-9"])
    #expect(texts(.one, [.nan, .infinity, -.infinity, 1]) == ["nan", "∞", "-∞", "1"])
    #expect(texts(.one, [9.9999999e19]) == ["1.000e20"])
    #expect(texts(.one, [1e300, -1e300]) == ["1.000e300", "-1.000e300"])
  }

  @Test func roundingIsTheSchoolsWay() {
    #expect(NumberFormat.fixed(0.05, decimals: 1) == "0.1")
    #expect(NumberFormat.fixed(-0.04, decimals: 1) == "0.0")
    #expect(NumberFormat.fixed(-12.345, decimals: 2) == "-12.35")
    #expect(NumberFormat.fixed(999.96, decimals: 1) == "1000.0")
  }
}
