import CatchmentEngine
import DataQuality
import Foundation
import Testing

/// How a layer came, and whether its coordinates are what it says.
@Suite struct LayerOriginTests {
  private let client: TestClient

  init() throws { client = try TestClient() }

  /// The facts of a page, by their names.
  private func facts(_ text: String) throws -> [String: String] {
    guard case .page(let page)? = client.run(text).last?.outcome else { throw Absent() }
    let rows = page.blocks.flatMap { block -> [[String]] in
      guard case .table(let headings, let rows) = block, headings.isEmpty else { return [] }
      return rows
    }
    return Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
  }

  private func remarks(_ text: String) throws -> [String] {
    guard case .checked(let report)? = client.run(text).last?.outcome else { throw Absent() }
    return report.remarks
  }

  private struct Absent: Error {}

  @Test func describeTellsTheWayOfALayer() throws {
    try client.write("名称,经度,纬度\n济南西站,116.9,36.66\n大明湖,117.02,36.68\n", to: "t.csv")
    let plain = try facts("import \"t.csv\" as t\ndescribe t")
    #expect(plain["origin"]?.hasSuffix("t.csv") == true)
    #expect(plain["texts"] == "UTF-8, decided from the bytes")
    #expect(plain["came in"] == "EPSG:4326 (WGS 84), taken for it, since a table does not say")
    #expect(plain["brought there by"]?.contains("equal coordinates") == true)
    let shifted = try facts("import \"t.csv\" crs gcj02 as g\ndescribe g")
    #expect(shifted["came in"] == "GCJ-02 (国测局坐标), as written on import")
    #expect(shifted["brought there by"]?.hasPrefix("GCJ-02 unshifted, ") == true)
    try client.write("名称,x,y\n济南西站,39490000,4060000\n", to: "x.csv")
    let old = try facts("import \"x.csv\" crs epsg:2363 as x\ndescribe x")
    #expect(old["came in"]?.hasPrefix("EPSG:2363 (Xian 1980") == true)
    #expect(old["brought there by"]?.contains("no datum shift known: up to some 150 m off") == true)
  }

  @Test func embeddedLayersServeAsReference() throws {
    let stations = try client.answer("metro_stations | select name, lng = x(), lat = y()")
    #expect(stations.rowCount == 15)
    // As a map service publishes them, and as somebody reads them who does not know.
    _ = client.run(
      "export metro_stations to \"m.geojson\"\nimport \"m.geojson\" crs gcj02 as wrong\nimport \"m.geojson\" as right")
    let wrong = try remarks("check wrong")
    #expect(
      wrong.contains {
        $0.hasPrefix("wrong compared with metro_stations by 15 places of the same name: median distance 0 m as WGS 84")
          && $0.hasSuffix("it is WGS 84, though it says GCJ-02: import it again with crs epsg:4326")
      }, "\(wrong)")
    #expect(try remarks("check right").contains { $0.hasSuffix("it is WGS 84, as it says") })
    #expect(try remarks("check clinics").allSatisfy { !$0.contains("median distance") })
  }

  private func path(_ name: String) -> String { RealDataTests.folder.appendingPathComponent(name).path }

  private func median(_ sentence: String, as datum: String) -> Double? {
    guard let end = sentence.range(of: " m as \(datum)") else { return nil }
    return sentence[..<end.lowerBound].split(separator: " ").last.flatMap { Double($0) }
  }

  @Test(.enabled(if: RealDataTests.isThere, RealDataTests.absence)) func mapServicesAreRecognised() throws {
    let text = """
      import "\(path("jinan_districts_gcj02.geojson"))" as d
      import "\(path("jinan_metro_stations_gcj02.csv"))" as m
      import "\(path("jinan_boundary_osm_wgs84.geojson"))" as outline
      import "\(path("jinan_railway_station_osm.geojson"))" as stations
      import "\(path("jinan_districts_gcj02.geojson"))" crs gcj02 as right
      """
    for report in client.run(text) { if case .failed(let why) = report.outcome { Issue.record("\(why)") } }
    let outline = try #require(try remarks("check d against outline").last)
    print(outline)
    #expect(outline.hasSuffix("it is GCJ-02, though it says WGS 84: import it again with crs gcj02"))
    #expect(try #require(median(outline, as: "GCJ-02")) < 80)
    let stations = try #require(try remarks("check m against stations").last)
    print(stations)
    #expect(stations.hasSuffix("it is GCJ-02, though it says WGS 84: import it again with crs gcj02"))
    #expect(try #require(median(stations, as: "GCJ-02")) < 40)
    // Out of the box, by the names that the embedded stations share.
    #expect(
      try remarks("check m").contains { $0.hasPrefix("m compared with metro_stations by") && $0.hasSuffix("crs gcj02") }
    )
    #expect(try remarks("check right against outline").last?.hasSuffix("it is GCJ-02, as it says") == true)
    #expect(try remarks("check outline against right").last?.hasSuffix("it is WGS 84, as it says") == true)
  }

  /// The official areas in km², from `../shared/data/README.md`.
  @Test(
    .enabled(if: RealDataTests.isThere, RealDataTests.absence),
    arguments: [("天桥区", 258.97), ("历城区", 1298.57), ("章丘区", 1719.09), ("平阴县", 714.95), ("济阳区", 1076.2)])
  func correctedDistrictsHaveTheirOfficialAreas(name: String, official: Double) throws {
    let drawn =
      try client.answer(
        "import \"\(path("jinan_districts_gcj02.geojson"))\" crs gcj02 as d\nd | where name == \"\(name)\" | select a = area()"
      ).number("a") / 1e6
    #expect(abs(drawn / official - 1) < 0.02, "\(name): \(drawn) of \(official) km²")
  }
}
