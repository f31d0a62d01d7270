import CatchmentEngine
import FeatureTables
import QueryLanguage
import Testing

@testable import Reporting

@Suite struct OutcomeTests {
  private let failing = Verdict(
    label: "c.share >= 80 %", subject: "circle", holds: false, checkedRows: 12, failingRowCount: 2,
    failing: Answer([("name", .text, ["孙耿街道", "太平街道"]), ("c.share", .number(.percent), [0.5, 0.25])]))
  private let passing = Verdict(
    label: "R01 clinics", subject: "circle", holds: true, checkedRows: 12, failingRowCount: 0,
    failing: Answer([("name", .text, [])]))

  private func report(_ outcome: Outcome, notes: [Diagnostic] = []) -> StatementReport {
    StatementReport(range: 0..<5, outcome: outcome, notes: notes, seconds: 0.5)
  }

  @Test func verdictsSayWhatFailed() {
    let rendering = Rendering(summary: true, [report(.verdict(passing)), report(.verdict(failing))])
    #expect(
      rendering.output == """
        PASS  R01 clinics · circle · 12 rows
        FAIL  c.share >= 80 % · circle · 2 of 12 rows fail
        name      c.share
        ────────  ───────
        孙耿街道     50 %
        太平街道     25 %
        2 assertions: 1 holds, 1 failed

        """)
    #expect(Rendering(summary: true, [report(.verdict(passing))]).output.hasSuffix("1 assertion: it holds\n"))
    #expect(Rendering(summary: true, [report(.done("x"))]).output == "x\n")
  }

  @Test func plansAreTrees() {
    func line(_ depth: Int, _ title: String) -> Explanation.Line {
      Explanation.Line(
        depth: depth, title: title, detail: "d", estimatedRows: 9.6, actualRows: 9, seconds: 0.0004)
    }
    let plan = Explanation(
      lines: [line(0, "sort"), line(1, "join"), line(2, "scan a"), line(3, "x"), line(2, "scan b"), line(1, "y")],
      totalSeconds: 1.5)
    #expect(
      Rendering(.explanation(plan)).output == """
        operator      est. rows  rows    time  detail
        ────────────  ─────────  ────  ──────  ──────
        sort                 10     9  0.4 ms  d
        ├─ join              10     9  0.4 ms  d
        │  ├─ scan a         10     9  0.4 ms  d
        │  │  └─ x           10     9  0.4 ms  d
        │  └─ scan b         10     9  0.4 ms  d
        └─ y                 10     9  0.4 ms  d
        1.50 s in all

        """)
  }

  @Test func pagesWrapAndAreNeverCut() {
    let page = Page([
      .heading("nearest"), .text("Joins the k nearest features. 每一行连接最近的要素，并给出距离。"),
      .code("places | nearest 1 clinics as c"),
      .table(
        headings: ["layer", "rows", "title"],
        rows: [["clinics", "31", "Clinics of the start-up area, drawn"], ["parks", "9", "园区"]]),
    ])
    #expect(
      Rendering(style: TextStyle(width: 34), .page(page)).output == """
        nearest
        Joins the k nearest features. 每一
        行连接最近的要素，并给出距离。

          places | nearest 1 clinics as c

        layer    rows  title
        ───────  ────  ──────────────
        clinics    31  Clinics of the
                       start-up area,
                       drawn
        parks       9  园区

        """)
  }

  @Test func filesAreOneLineEach() {
    let exported = Exported(path: "out/circle.gpkg", layers: [], format: "GeoPackage")
    #expect(Rendering(.exported(exported)).output == "wrote out/circle.gpkg · GeoPackage\n")
    let imported = Imported(
      name: "stops", rows: 3, kinds: "Point 3", referenceSystem: "EPSG:4326", notes: ["dropped Z"], store: "plan.sqlite"
    )
    #expect(
      Rendering(.imported(imported)).output == """
        imported stops · 3 rows · Point 3 · EPSG:4326 · kept in plan.sqlite
          dropped Z

        """)
  }

  @Test func errorsGoToTheMessagesWithTheirPlace() {
    let mistake = Diagnostic(
      DiagnosticCode("name.unknown-layer", .query), at: 0..<5, "no layer `parks`", fix: "layers: places")
    for format in [OutputFormat.table, .csv, .geojson] {
      let rendering = Rendering(format: format, [report(.failed([mistake]))])
      #expect(rendering.output.isEmpty)
      #expect(
        rendering.messages == """
          test.cq:1:1: error[name.unknown-layer]: no layer `parks`
            parks
            ^~~~~
            fix: layers: places

          """)
    }
  }

  @Test func longMessagesAreWrappedBesideTheirExcerpt() {
    let mistake = Diagnostic(
      DiagnosticCode("name.unknown-layer", .query), at: 0..<5, "no layer `parks`",
      fix: "layers: places, residents, clinics, markets, schools")
    let rendering = Rendering(
      style: TextStyle(width: 50), source: "parks | where kind == \"industrial\" | derive a = area()",
      [report(.failed([mistake]))])
    #expect(
      rendering.messages == """
        test.cq:1:1: error[name.unknown-layer]: no
             layer `parks`
          parks | where kind == "industrial" | derive a = area()
          ^~~~~
          fix: layers: places, residents, clinics,
               markets, schools

        """)
  }

  @Test func notesFollowTheirAnswer() {
    let note = Diagnostic(DiagnosticCode("a.b", .data), severity: .note, at: nil, "3 rows have no geometry")
    let loud = Rendering([report(.done("x"), notes: [note])])
    #expect(loud.messages == "test.cq: note[a.b]: 3 rows have no geometry\n")
    #expect(Rendering(style: TextStyle(isQuiet: true), [report(.done("x"), notes: [note])]).messages.isEmpty)
  }

  @Test func coloursAreOnlyWhereAskedFor() {
    #expect(!Rendering(.verdict(failing)).output.contains("\u{1B}"))
    #expect(
      Rendering(style: TextStyle(usesColour: true), .verdict(failing)).output.hasPrefix("\u{1B}[1;31mFAIL\u{1B}[0m  "))
  }

  @Test func scriptsReadAsReports() {
    let script = """
      -- The parks
      -- of Jinan.
      param p = 1 m -- not told

      -- 1. All.
      let a = parks
      a
        | take 1
      export a to "a.csv"

      assert a: n > 1
      a
      """
    let answer = Answer([("n", .integer, [1])])
    func report(_ text: String, _ outcome: Outcome, last: Bool = false) -> StatementReport {
      let bytes = Array(script.utf8)
      let length = text.utf8.count
      let starts = bytes.indices.filter { bytes[$0...].starts(with: text.utf8) }
      let start = (last ? starts.last : starts.first) ?? 0
      return StatementReport(range: start..<(start + length), outcome: outcome, seconds: 0)
    }
    let verdict = Verdict(
      label: "n > 1", subject: "a", holds: false, checkedRows: 1, failingRowCount: 1, failing: answer)
    let rendering = Rendering(
      style: TextStyle(narrates: true), source: script, summary: true,
      [
        report("param p = 1 m", .defined("p is set")), report("let a = parks", .defined("a is defined")),
        report("a\n  | take 1", .answer(answer)),
        report("export a to \"a.csv\"", .exported(Exported(path: "a.csv", layers: [], format: "CSV"))),
        report("assert a: n > 1", .verdict(verdict)), report("a", .answer(answer), last: true),
      ])
    #expect(
      rendering.output == """
        The parks
        of Jinan.

        1. All.
        > a
            | take 1
        n
        ─
        1
        1 row

        wrote a.csv · CSV
        FAIL  n > 1 · a · 1 of 1 row fails
        n
        ─
        1

        > a
        n
        ─
        1
        1 row

        1 assertion: 0 hold, 1 failed

        """)
  }

  @Test func durationsReadWell() {
    #expect(
      [0.0003, 0.0123, 0.9, 1.239, 125.2].map(durationText) == ["0.3 ms", "12 ms", "900 ms", "1.24 s", "2 min 05 s"])
  }
}
