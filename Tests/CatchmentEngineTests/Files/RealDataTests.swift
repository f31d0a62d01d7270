import FeatureTables
import Foundation
import GeometryKernel
import Testing

/// Files of the real world, which lie beside the checkout and are not part of it: brought in, asked, written, and
/// brought in again.
@Suite struct RealDataTests {
  /// `../shared/data` beside the checkout, or where CATCHMENT_TEST_DATA says.
  static let folder: URL = {
    let set = ProcessInfo.processInfo.environment["CATCHMENT_TEST_DATA"]
    return set.map { URL(fileURLWithPath: $0) }
      ?? PlainLayer.root.deletingLastPathComponent().appendingPathComponent("shared/data")
  }()

  static let isThere = FileManager.default.fileExists(atPath: folder.appendingPathComponent("wuhan_streets.gpkg").path)

  static let absence = Comment(
    rawValue: "no real data at \(folder.path): put it beside the checkout, or name its folder in CATCHMENT_TEST_DATA")

  private let client: TestClient

  init() throws { client = try TestClient() }

  private func path(_ name: String) -> String { Self.folder.appendingPathComponent(name).path }

  @Test(
    .enabled(if: isThere, absence),
    arguments: [
      ("jinan_railway_station_osm.geojson", 147), ("jinan_aeroways_osm.geojson", 171),
      ("jinan_boundary_osm_wgs84.geojson", 1), ("startup_area_metro_wgs84.csv", 15),
    ])
  func roundTrip(_ file: String, rows: Int) throws {
    let table = try client.answer("import \"\(path(file))\" as real\nreal")
    #expect(table.rowCount == rows)
    for format in ["geojson", "gpkg"] {
      let back = try client.answer(
        "export real to \"out.\(format)\"\nimport \"out.\(format)\" as back_\(format)\nback_\(format)")
      try expectSame(back, table)
    }
  }

  /// Every attribute and every coordinate, to a tenth of a millimetre per step of the seventh decimal.
  private func expectSame(_ back: Table, _ table: Table) throws {
    #expect(back.rowCount == table.rowCount)
    for field in table.schema.attributes where field.name != "id" {
      // A column without a value has no type to keep.
      guard let column = table[field.name], column.nullCount < table.rowCount else { continue }
      #expect(try back.values(field.name) == table.values(field.name), "\(field.name)")
    }
    let before = try #require(table.geometry)
    let after = try #require(back.geometry)
    #expect((0..<before.count).map { after.kind(at: $0) } == (0..<before.count).map { before.kind(at: $0) })
    for row in 0..<before.count {
      // Rings may be turned round by the right-hand rule: corners are compared as they lie.
      let old = PlainShape(before, row: row).corners.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
      let new = PlainShape(after, row: row).corners.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
      #expect(old.count == new.count)
      let area = before.area(at: row) ?? 0
      #expect(abs((after.area(at: row) ?? 0) - area) <= 1e-6 * area + 0.1)
      for corner in [old.first, old.last].compactMap({ $0 }) {
        #expect(new.contains { $0.distance(to: corner) < 0.05 })
      }
    }
  }

  @Test(.enabled(if: isThere, absence)) func questions() throws {
    let text = """
      import "\(path("jinan_railway_station_osm.geojson"))" as stations
      import "\(path("jinan_boundary_osm_wgs84.geojson"))" as boundary
      import "\(path("startup_area_metro_wgs84.csv"))" as metro
      """
    _ = try client.answers(text)
    let area = try client.answer("boundary | select a = area()").number("a")
    #expect(abs(area - 10_236e6) < 10e6)
    let stations = try client.answer("stations | derive kind = kind()")
    let inside = try client.answer("stations | inside boundary").rowCount
    let outside = try client.answer("stations | outside boundary").rowCount
    #expect(inside > 0 && inside + outside <= 147)
    #expect(stations.rowCount == 147)
    let metro = try client.answer("metro | nearest 1 stations as s | sort by s.distance")
    #expect(metro.rowCount == 15)
    let shapes = try #require(stations.geometry)
    let all = (0..<shapes.count).map { PlainShape(shapes, row: $0) }
    let points = try #require(metro.geometry)
    let expected = (0..<points.count).map { row in
      all.compactMap { $0.distance(from: Place(x: points.xs[row], y: points.ys[row])) }.min()
    }
    expectClose(try metro.numbers("s.distance"), expected, within: 1e-6)
  }

  /// The working zone of the place against the system of the file.
  @Test(.enabled(if: isThere, absence)) func streetsOfWuhan() throws {
    let imported = client.run("import \"\(path("wuhan_streets.gpkg"))\" as streets")
    #expect(imported.failures.isEmpty)
    let table = try client.answer("streets | summarize n = count(), total = sum(length())")
    #expect(try table.number("n") == 92_667)
    #expect(abs(try table.number("total") - 7_181_887) < 1)
    let own = try client.answer("set crs = epsg:32650\nstreets | summarize total = sum(length())")
    #expect(abs(try own.number("total") - 7_185_056) < 1)
    let back = try client.answer(
      """
      streets | export to "streets.geojson"
      import "streets.geojson" as back
      set crs = auto
      back | summarize n = count(), total = sum(length())
      """)
    #expect(try back.number("n") == 92_667)
    #expect(abs(try back.number("total") - 7_181_887) < 20)
  }
}
