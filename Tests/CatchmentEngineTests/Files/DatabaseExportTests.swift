import CatchmentEngine
import QueryLanguage
import TestSupport
import Testing

/// `export … to "postgres://…"` from a session, into a real PostgreSQL with PostGIS.
@Suite(.serialized, .enabled(if: PostgresServer.isInstalled, "PostgreSQL with PostGIS is not installed"))
struct DatabaseExportTests {
  private let server: PostgresServer

  init() throws { server = try #require(PostgresServer.shared) }

  /// As it is written in a query.
  private var address: String { server.address().replacing("\\", with: "\\\\") }

  @Test func layersAndResultsBecomeTablesAndComeBack() throws {
    let client = try TestClient()
    let reports = client.run(
      """
      let near = clinics | nearest 1 places as p | select name, p.name, p.distance
      export near, parks to "\(address)"
      clinics | take 3 | export to "\(address)" layer "planning.three"
      """)
    #expect(reports.failures.isEmpty, "\(reports.failures.map(\.message))")
    let exports = reports.compactMap { report -> Exported? in
      if case .exported(let exported) = report.outcome { exported } else { nil }
    }
    #expect(exports.map { $0.layers.map(\.name) } == [["near", "parks"], ["planning.three"]])
    #expect(exports.map { $0.layers.map(\.rows) } == [[155, 14], [3]])
    for export in exports { #expect(!export.path.contains("wörd") && export.path.hasPrefix("postgres://planner@")) }
    #expect(
      try server.sql("select count(*), count(distinct p_name) > 1, min(p_distance_m) >= 0 from near") == "155|t|t")
    #expect(try server.sql("select count(*) from planning.three where geom is not null") == "3")
    let back = try client.answer(
      "import \"\(address)\" layer \"near\" as back\nback | summarize n = count(), farthest = max(p_distance_m)")
    let own = try client.answer("near | summarize farthest = max(p.distance)")
    #expect(try back.number("n") == 155)
    expectClose([try back.number("farthest")], [try own.number("farthest")], within: 1e-6)
  }

  @Test func whatFailsIsSaidWithoutThePassword() throws {
    let client = try TestClient()
    for target in [
      "postgres://planner:sesame@127.0.0.1:\(server.port)/plan", "postgres://planner:sesame@127.0.0.1:1/plan",
    ] {
      let text = "export clinics to \"\(target)\""
      let failures = try client.failure(text)
      let source = SourceText(text, name: "test")
      for failure in failures {
        let rendered = DiagnosticRenderer(source).render(failure)
        #expect(!rendered.contains("sesame"), "\(rendered)")
      }
      #expect(client.status == 3)
    }
  }
}
