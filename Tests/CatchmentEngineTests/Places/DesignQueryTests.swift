import FeatureTables
import Foundation
import Testing

/// The straight-line queries of the language's design as they are written there, against loops over all pairs.
@Suite struct DesignQueryTests {
  private let client: TestClient

  init() throws { client = try TestClient() }

  @Test func circleWithGapsAndExports() throws {
    let reports = client.run(
      """
      let circle = subdistricts | coverage by clinics within 1000 m of residents weighted by pop as c
      let gaps15 = subdistricts | gaps by clinics within 1000 m
      assert circle: c.share >= 80 %
      export gaps15 to "out/gaps15.geojson"
      export circle, gaps15 to "out/circle.gpkg"
      """)
    #expect(reports.failures.isEmpty)
    let circle = try client.answer("circle")
    let failing = try circle.numbers("c.share").count { $0.map { $0 < 0.8 } ?? true }
    guard case .verdict(let verdict) = reports[2].outcome else {
      Issue.record("no verdict")
      return
    }
    #expect(verdict.checkedRows == 10)
    #expect(verdict.failingRowCount == failing)
    #expect(verdict.holds == (failing == 0))
    #expect(Set(try client.folder.contents().keys) == ["out/gaps15.geojson", "out/circle.gpkg"])
    for layer in ["circle", "gaps15"] {
      let back = try client.answer("import \"out/circle.gpkg\" layer \"\(layer)\" as \(layer)_back\n\(layer)_back")
      #expect(try back.texts("name") == client.answer(layer).texts("name"))
    }
  }

  @Test func densityUnderTheMean() throws {
    let table = try client.answer("parks | density collection_points per km2 as d | where d < mean(d) | sort by d")
    let parks = try PlainLayer("parks")
    let points = try PlainLayer("collection_points").places
    let densities = parks.shapes.map { park in Double(points.count { park.holds($0) }) / park.area }
    let mean = densities.reduce(0, +) / Double(densities.count)
    let order = densities.indices.filter { densities[$0] < mean }.sorted { (densities[$0], $0) < (densities[$1], $1) }
    #expect(try table.texts("name") == order.map { parks.texts("name")[$0] })
    expectClose(try table.numbers("d"), order.map { densities[$0] }, within: 1e-15)
  }

  @Test func stallsWithoutABin() throws {
    let table = try client.answer(
      """
      sale_points | where open on 2021-06-01 | beyond 300 m of collection_points | locate in districts as d
        | summarize n = count() by d.name | sort by n desc
      """)
    let stalls = try PlainLayer("sale_points")
    let bins = try PlainLayer("collection_points").places
    let districts = try PlainLayer("districts")
    let from = stalls.texts("valid_from")
    let to = stalls.texts("valid_to")
    var counts: [String?: Int] = [:]
    for (row, place) in stalls.places.enumerated() {
      guard let from = from[row], let to = to[row], from <= "2021-06-01", "2021-06-01" <= to else { continue }
      if bins.contains(where: { $0.distance(to: place) <= 300 }) { continue }
      let district = districts.shapes.firstIndex { $0.holds(place) }
      counts[district.flatMap { districts.texts("name")[$0] }, default: 0] += 1
    }
    #expect(!counts.isEmpty)
    let found = zip(try table.texts("d.name"), try table.numbers("n")).map { ($0, $1.map(Int.init)) }
    #expect(Dictionary(uniqueKeysWithValues: found) == counts)
    #expect(found.map { $1 ?? 0 } == counts.values.sorted(by: >))
  }

  @Test func nearestHall() throws {
    let table = try client.answer(
      """
      places | nearest 1 (service_halls | where district in ("莱芜区", "章丘区", "钢城区")) as h
        | select name, h.name, h.distance
      """)
    let places = try PlainLayer("places")
    let halls = try PlainLayer("service_halls")
    let candidates = halls.rows("district", in: ["莱芜区", "章丘区", "钢城区"])
    let nearest = places.places.map { place in
      candidates.map { (halls.places[$0].distance(to: place), $0) }.min { $0 < $1 }
    }
    #expect(try table.texts("name") == places.texts("name"))
    #expect(try table.texts("h.name") == nearest.map { $0.flatMap { halls.texts("name")[$0.1] } })
    expectClose(try table.numbers("h.distance"), nearest.map { $0?.0 }, within: 1e-6)
  }

  @Test func beyondTheHaul() throws {
    let query = "collection_points | beyond 3 km of (waste_facilities | where kind == \"transfer\")"
    let reports = client.run(query + " | export to \"out/too_far.geojson\"")
    #expect(reports.failures.isEmpty)
    let table = try client.answer(query)
    let points = try PlainLayer("collection_points")
    let facilities = try PlainLayer("waste_facilities")
    let transfer = facilities.rows("kind", in: ["transfer"]).map { facilities.places[$0] }
    #expect(!transfer.isEmpty)
    let expected = points.places.indices.filter { row in
      transfer.allSatisfy { $0.distance(to: points.places[row]) > 3000 }
    }
    #expect(try table.numbers("id") == expected.map { Double($0 + 1) })
    let written = try PlainLayer("too_far", file: client.folder.url.appendingPathComponent("out/too_far.geojson"))
    #expect(written.count == expected.count)
  }

  /// Candidates are filtered before the search, results after it.
  @Test func whereInsideAndOutside() throws {
    let before = try client.answer(
      "places | nearest 1 (clinics | where kind == \"station\") as c | select name, c.kind, c.distance")
    let after = try client.answer(
      "places | nearest 1 clinics as c | where c.kind == \"station\" | select name, c.kind, c.distance")
    let places = try PlainLayer("places").places
    let clinics = try PlainLayer("clinics")
    let kinds = clinics.texts("kind")
    let nearest = places.map { place in
      clinics.places.enumerated().map { ($1.distance(to: place), $0) }.min { $0 < $1 }
    }
    let stations = clinics.rows("kind", in: ["station"])
    #expect(!stations.isEmpty && stations.count < clinics.count)
    #expect(try before.texts("c.kind") == places.map { _ in "station" })
    expectClose(
      try before.numbers("c.distance"),
      places.map { place in stations.map { clinics.places[$0].distance(to: place) }.min() }, within: 1e-6)
    expectClose(
      try after.numbers("c.distance"), nearest.compactMap { $0 }.filter { kinds[$0.1] == "station" }.map(\.0),
      within: 1e-6)
  }
}
