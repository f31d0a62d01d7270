import CatchmentEngine
import FeatureTables
import Testing

/// Planners' own files, by the language.
@Suite struct ImportTests {
  private static let stops =
    "name,kind,pop,lng,lat\na,park,600,117.05,36.75\nb,公园,900,117.15,36.85\nc,park,10,117.25,36.9\n"

  private func imported(_ reports: [StatementReport]) -> Imported? {
    guard case .imported(let imported)? = reports.last?.outcome else { return nil }
    return imported
  }

  @Test func layersOfAFileAreListed() throws {
    let client = try TestClient()
    try client.write(Self.stops, to: "stops.csv")
    let table = try client.answer("layers of \"stops.csv\"")
    #expect(table.schema.fields.map(\.name) == ["layer", "geometry_kind", "rows", "crs", "columns"])
    #expect(table["layer"]?.value(at: 0) == .text("stops") && table["rows"]?.value(at: 0) == .integer(3))
    #expect(table["geometry_kind"]?.value(at: 0) == .text("Point") && table["crs"]?.value(at: 0) == .text("EPSG:4326"))
    #expect(table["columns"]?.value(at: 0) == .text("name, kind, pop"))
    #expect(try client.answer("图层 于 “stops.csv”").rowCount == 1)
    #expect(try client.failure("layers of \"stop.csv\"").first?.fix?.contains("stops.csv") == true)
  }

  @Test(arguments: ["stops.csv", "stops.gpkg", "stops.shp", "stops.geojson"]) func rowsAreChosen(file: String) throws {
    let client = try TestClient()
    try client.write(Self.stops, to: "stops.csv")
    if file != "stops.csv" { client.run("import \"stops.csv\" as s\nexport s to \"\(file)\"") }
    func names(_ options: String) throws -> [Value] {
      let table = try client.answer("import \"\(file)\" \(options) as t\nt | sort by name")
      return (0..<table.rowCount).map { table["name"]?.value(at: $0) ?? .null }
    }
    #expect(try names("where kind == \"park\" and pop > 500") == [.text("a")])
    #expect(try names("where kind in (\"park\", \"公园\")") == [.text("a"), .text("b"), .text("c")])
    #expect(try names("where lower(name) == \"b\" or pop * 2 < 100") == [.text("b"), .text("c")])
    #expect(try names("within box(117.1, 36, 117.2, 37)") == [.text("b")])
    #expect(try names("where 600 <= pop within box(117, 36, 118, 37) limit 1") == [.text("a")])
    #expect(try client.answer("param least = 700\nimport \"\(file)\" where pop >= least as t\nt").rowCount == 1)
    let unknown = try client.failure("import \"\(file)\" where kidn == \"park\" as t")
    #expect(unknown.first?.message.contains("kidn") == true)
    #expect(unknown.first?.fix?.contains("name, kind, pop") == true)
    #expect(unknown.first?.fix?.contains("row") == false)
    #expect(try client.failure("import \"\(file)\" where pop > mean(pop) as t").first?.fix?.contains("after") == true)
  }

  @Test(arguments: [
    ("limit 0", "from 1 on"), ("limit 2.5", "from 1 on"), ("within box(1, 2, 3, 400)", "degrees"),
    ("within box(2, 2, 1, 3)", "empty"), ("tolerance 5", "length"), ("tolerance 5 min", "length"),
  ]) func constantsAreCheckedBeforeAnythingRuns(option: String, message: String) throws {
    let client = try TestClient()
    let failures = try client.failure("import \"not there.csv\" \(option) as t")
    #expect(failures.contains { $0.message.contains(message) }, "\(failures.map(\.message))")
    #expect(client.status == 2)
  }

  @Test func severalLayersComeAtOnceOrNotAtAll() throws {
    let client = try TestClient()
    try client.write(Self.stops, to: "stops.csv")
    client.run(
      "import \"stops.csv\" as s\nlet parks = s | where kind == \"park\"\nlet others = s | where kind != \"park\"\nexport parks, others to \"two.gpkg\""
    )
    let fresh = try TestClient()
    let path = client.folder.url.appendingPathComponent("two.gpkg").path
    let all = try #require(imported(fresh.run("import \"\(path)\" all")))
    #expect(all.name == "parks" && all.rows == 2)
    #expect(all.others.map(\.name) == ["others"] && all.others.map(\.rows) == [1])
    #expect(try fresh.answer("others").rowCount == 1)
    let again = try #require(imported(fresh.run("import \"\(path)\" layers \"others\", \"parks\"")))
    #expect(again.others.count == 1 && again.notes.contains { $0.contains("replaces") })
    let half = try TestClient()
    try half.write(Self.stops, to: "others.csv")
    half.run("import \"others.csv\" as others")
    #expect(try half.failure("import \"\(path)\" all").first?.message.contains("others") == true)
    #expect(half.run("parks | take 1").failures.isEmpty, "the embedded layer of that name is still there")
    #expect(try half.failure("import \"\(path)\" layers \"parks\", \"none\"").first?.message.contains("none") == true)
    #expect(try half.failure("import \"\(path)\" all as x").first?.fix?.contains("leave out as x") == true)
  }

  @Test func badRowsAreKeptAside() throws {
    let client = try TestClient()
    try client.write("name,lng,lat\na,117,36\nb,oops,36\nc,117.2,36.2\n", to: "t.csv")
    let first = try #require(imported(client.run("import \"t.csv\" as t")))
    #expect(first.rows == 2)
    #expect(first.notes.contains { $0.contains("1 row is in t_rejected") })
    let rejected = try client.answer("t_rejected")
    #expect(rejected["original"]?.value(at: 0) == .text("oops, 36") && rejected["row"]?.value(at: 0) == .integer(2))
    #expect(try client.answer("import \"t.csv\" as u\nu_rejected | summarize n = count() by reason").rowCount == 1)
    try client.write("name,lng,lat\na,117,36\nb,117.1,36\n", to: "t.csv")
    #expect(imported(client.run("import \"t.csv\" as t"))?.rows == 2)
    #expect(try client.failure("t_rejected").first?.message.contains("no layer") == true)
  }
}
