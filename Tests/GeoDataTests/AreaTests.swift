import GeometryKernel
import GeometryOperations
import Testing

/// The drawn areas: sizes in EPSG:4548, tiling, and what lies inside and outside.
struct AreaTests {
  @Test func theStartUpAreaHasItsPrintedArea() throws {
    let area = try ReadLayer.named("start_up_area")
    #expect(area.features.count == 1)
    #expect(abs(try area.squareKilometres(0) - 798) <= 0.5)
    #expect(area.features[0].number("area_km2") == 798)
  }

  @Test func jiyangTownAndHuiheLieOutside() throws {
    let area = try ReadLayer.named("start_up_area")
    for (x, y) in [(117.169, 36.975), (117.117, 36.930)] { #expect(area.rows(holding: x, y).isEmpty) }
  }

  @Test func everySubdistrictHoldsItsAnchors() throws {
    let subdistricts = try ReadLayer.named("subdistricts")
    let area = try ReadLayer.named("start_up_area")
    let places = try ReadLayer.named("places")
    let names = subdistricts.features.compactMap { $0.text("name") }
    let expected = ["太平", "孙耿", "桑梓店", "大桥", "崔寨", "遥墙", "临港", "高官寨", "唐王", "泺口"].map { $0 + "街道" }
    #expect(names == expected)
    var anchored: Set<String> = ["高官寨街道"]
    #expect(subdistricts.rows(holding: 117.26, 36.90).map { names[$0] } == ["高官寨街道"])
    for (row, place) in places.features.enumerated() {
      let (x, y) = (places.degrees.xs[row], places.degrees.ys[row])
      let name = try #require(place.text("subdistrict"))
      let holding = subdistricts.rows(holding: x, y).map { names[$0] }
      #expect(holding == (names.contains(name) ? [name] : []), "\(place.text("name") ?? "")")
      #expect(area.rows(holding: x, y).count == holding.count)
      anchored.formUnion(holding)
    }
    #expect(anchored == Set(names))
    // The anchor that an area names is one of those places; 高官寨 has none.
    for feature in subdistricts.features where feature.text("name") != "高官寨街道" {
      let row = try places.row("name", try #require(feature.text("anchor")))
      #expect(places.features[row].text("subdistrict") == feature.text("name"))
    }
  }

  @Test func theSubdistrictsTileTheStartUpArea() throws {
    let subdistricts = try ReadLayer.named("subdistricts")
    let area = try ReadLayer.named("start_up_area")
    #expect(outerEdges(subdistricts) == edges(area, row: 0))
    let sum = try subdistricts.features.indices.reduce(0) { $0 + (try subdistricts.squareKilometres($1)) }
    #expect(abs(sum - (try area.squareKilometres(0))) < 1e-6)
  }

  @Test func theDistrictsTileTheCity() throws {
    let districts = try ReadLayer.named("districts")
    #expect(districts.features.count == 12)
    // What is left after shared edges cancel is one closed line without a crossing: no gap inside, no overlap.
    let outline = outerEdges(districts)
    #expect(outline.allSatisfy { edge in outline.contains { $0.from == edge.to } })
    let united = try GEOSContext().union(districts.metres)
    #expect(united.parts(at: 0).count == 1)
    #expect(united.parts(at: 0).allSatisfy { united.rings(ofPart: $0).count == 1 })
    let sum = try districts.features.indices.reduce(0) { $0 + (try districts.squareKilometres($1)) }
    #expect(abs(sum - (united.area(at: 0) ?? 0) / 1e6) < 1e-6)
    #expect(abs(sum / 10_244 - 1) < 0.05)
  }

  @Test func theDistrictsHaveTheirOfficialAreas() throws {
    let official: [String: Double] = [
      "历下区": 100.87, "市中区": 280.33, "槐荫区": 151.61, "天桥区": 258.97, "历城区": 1298.57, "长清区": 1208.54, "章丘区": 1719.09,
      "济阳区": 1076.2, "莱芜区": 1739.61, "钢城区": 506.42, "平阴县": 714.95, "商河县": 1162.68,
    ]
    let districts = try ReadLayer.named("districts")
    for (row, feature) in districts.features.enumerated() {
      let expected = try #require(official[feature.text("name") ?? ""])
      #expect(feature.number("area_km2") == expected)
      #expect(abs(try districts.squareKilometres(row) / expected - 1) < 0.05)
    }
    let urban = districts.features.filter { $0.boolean("urban") == true }.compactMap { $0.text("name") }
    #expect(urban == ["历下区", "市中区", "槐荫区", "天桥区", "历城区"])
  }

  @Test func theStartUpAreaLiesInTheDistrictsThatItsSubdistrictsName() throws {
    let districts = try ReadLayer.named("districts")
    let subdistricts = try ReadLayer.named("subdistricts")
    let context = try GEOSContext()
    for (row, feature) in subdistricts.features.enumerated() {
      let district = try districts.row("name", try #require(feature.text("district")))
      let overlap = try context.intersection(
        subdistricts.metres, rows: [Int32(row)], with: districts.metres, rows: [Int32(district)])
      #expect(abs((overlap.area(at: 0) ?? 0) - (subdistricts.metres.area(at: row) ?? 0)) < 1)
    }
  }

  @Test(arguments: [
    "places", "metro_stations", "service_halls", "waste_facilities", "sale_points", "collection_points",
  ])
  func pointsLieInTheDistrictTheyName(_ name: String) throws {
    let districts = try ReadLayer.named("districts")
    let layer = try ReadLayer.named(name)
    #expect(layer.features(outsideThe: "district", of: districts).isEmpty)
  }

  @Test func parksHaveTheirPrintedAreas() throws {
    let printed: [(String, String, Double)] = [
      ("A02", "industrial", 900), ("A03", "industrial", 18_000), ("A04", "industrial", 5100),
      ("A05", "industrial", 6700), ("A06", "core", 1500), ("A07", "cluster", 15_000), ("A08", "industrial", 9900),
      ("A09", "industrial", 4500),
    ]
    let parks = try ReadLayer.named("parks")
    for (fact, kind, mu) in printed {
      let row = try parks.row("id_fact", fact)
      #expect(parks.features[row].text("kind") == kind)
      #expect(parks.features[row].number("area_mu") == mu)
      // 1 km² = 1500 mu.
      #expect(abs(try parks.squareKilometres(row) * 1500 / mu - 1) < 0.01)
    }
    // "A02–A05, A08 and A09 sum to 45 100 mu".
    let industrial = parks.features.filter { $0.text("kind") == "industrial" }
    #expect(industrial.compactMap { $0.number("area_mu") }.reduce(0, +) == 45_100)
    let farm = parks.features[try parks.row("id_fact", "A10")]
    #expect(farm.text("kind") == "agriculture")
    #expect(farm.number("area_mu") == nil)
    let a11 = parks.features.filter { $0.text("id_fact") == "A11" }
    #expect(a11.map { $0.text("kind") } == ["core", "core", "cluster", "cluster", "cluster"])
    #expect(parks.features.count == 14)
  }

  @Test func parksLieInTheStartUpAreaAndTheHydrogenValleyInItsPark() throws {
    let parks = try ReadLayer.named("parks")
    let area = try ReadLayer.named("start_up_area")
    let context = try GEOSContext()
    let rows = parks.features.indices.map(Int32.init)
    let inside = try context.test(
      .covers, area.metres, rows: rows.map { _ in 0 }, parks.metres, rows: rows)
    #expect(inside.allSatisfy { $0 })
    let outer = Int32(try parks.row("id_fact", "A05"))
    let inner = Int32(try parks.row("id_fact", "A06"))
    #expect(try context.test(.covers, parks.metres, rows: [outer], parks.metres, rows: [inner]) == [true])
  }

  private struct Edge: Hashable {
    struct Vertex: Hashable {
      let x: Double
      let y: Double
    }
    let from: Vertex
    let to: Vertex
    var reversed: Edge { Edge(from: to, to: from) }
  }

  private func edges(_ layer: ReadLayer, row: Int) -> Set<Edge> {
    var edges: Set<Edge> = []
    for part in layer.degrees.parts(at: row) {
      for ring in layer.degrees.rings(ofPart: part) {
        let vertices = layer.degrees.coordinates(ofRing: ring).map {
          Edge.Vertex(x: layer.degrees.xs[$0], y: layer.degrees.ys[$0])
        }
        for (a, b) in zip(vertices, vertices.dropFirst()) { edges.insert(Edge(from: a, to: b)) }
      }
    }
    return edges
  }

  /// The directed edges that no neighbour runs through the other way; no edge may be run twice the same way.
  private func outerEdges(_ layer: ReadLayer) -> Set<Edge> {
    var all: Set<Edge> = []
    for row in layer.features.indices {
      let own = edges(layer, row: row)
      #expect(all.isDisjoint(with: own))
      all.formUnion(own)
    }
    return all.filter { !all.contains($0.reversed) }
  }
}
