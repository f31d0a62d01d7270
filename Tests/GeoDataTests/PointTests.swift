import GeometryKernel
import Testing

/// Counts, sums, dates and attributes of the layers of points.
struct PointTests {
  @Test func saleOfWatermelons() throws {
    let stalls = try ReadLayer.named("sale_points")
    #expect(stalls.features.count == 266)
    let districts = try ReadLayer.named("districts")
    let urban = Set(districts.features.filter { $0.boolean("urban") == true }.compactMap { $0.text("name") })
    for stall in stalls.features {
      #expect(stall.text("valid_from") == "2021-05-11")
      #expect(stall.text("valid_to") == "2021-08-31")
      #expect(urban.contains(stall.text("district") ?? ""))
      #expect(stall.text("subdistrict")?.hasSuffix("街道") == true)
    }
    #expect(Set(stalls.features.compactMap { $0.text("district") }) == urban)
    let types = stalls.description.columns.filter { $0.name.hasPrefix("valid") }.map(\.type)
    #expect(types == [.date, .date])
  }

  @Test func collectionPointsAreSpreadByPopulation() throws {
    let points = try ReadLayer.named("collection_points")
    #expect(points.features.count >= 14_000)
    // One for each of the 13 000 supervisors of C07.
    #expect(points.features.filter { $0.boolean("supervised") == true }.count == 13_000)
    let area = try ReadLayer.named("start_up_area")
    let inside = points.features.indices.filter {
      !area.rows(holding: points.degrees.xs[$0], points.degrees.ys[$0]).isEmpty
    }
    let share = Double(points.features.count) * 353_600 / 9_200_000
    #expect(abs(Double(inside.count) - share) <= 1)
    let known: Set<String> = ["kitchen", "recyclable", "hazardous", "other"]
    for kinds in Set(points.features.map { $0.text("kinds") ?? "" }) {
      let kinds = kinds.split(separator: ",").map(String.init)
      #expect(!kinds.isEmpty && known.isSuperset(of: kinds))
    }
  }

  @Test func wasteFacilitiesHoldThePrintedFigures() throws {
    let facilities = try ReadLayer.named("waste_facilities")
    var counts: [String: Int] = [:]
    for facility in facilities.features { counts[facility.text("kind") ?? "", default: 0] += 1 }
    #expect(
      counts == [
        "transfer": 4, "incineration": 5, "kitchen": 1, "construction_landfill": 2, "construction_recycling": 4,
        "decoration": 2,
      ])
    func of(_ fact: String) -> [ReadLayer.Feature] { facilities.features.filter { $0.text("id_fact") == fact } }
    let kitchen = try #require(of("B08").first)
    #expect(kitchen.number("capacity") == 600 && kitchen.text("unit") == "t/d" && kitchen.number("year") == 2022)
    let transfers = ["B09", "B10", "B11", "B12"].flatMap(of)
    #expect(transfers.map { $0.text("district") } == ["市中区", "天桥区", "济阳区", "商河县"])
    #expect(transfers.allSatisfy { $0.number("year") == 2025 && $0.text("status") == "planned" })
    let subdistricts = try ReadLayer.named("subdistricts")
    let cuizhai = try facilities.row("id_fact", "B11")
    let holding = subdistricts.rows(holding: facilities.degrees.xs[cuizhai], facilities.degrees.ys[cuizhai])
    #expect(holding.map { subdistricts.features[$0].text("name") } == ["崔寨街道"])
    let incinerators = ["B13", "B14", "B15", "B16"].flatMap(of)
    #expect(incinerators.map { $0.text("district") } == ["莱芜区", "长清区", "章丘区", "商河县"])
    // Where only a group's capacity is printed, none is made up for one plant.
    for (features, sum, unit) in [
      (incinerators, 1900, "t/d"), (of("B17"), 2_950_000, "t/y"), (of("B18"), 3_700_000, "t/y"),
      (of("B19"), 1_250_000, "t/y"),
    ] {
      for feature in features {
        #expect(feature.number("capacity") == nil)
        #expect(feature.number("group_capacity") == Double(sum))
        #expect(feature.text("unit") == unit)
        #expect(feature.text("capacity_note")?.contains("together") == true)
      }
    }
    #expect(of("B06").count == 1)
  }

  @Test func hallsStationsAndPlacesAreThePrintedOnes() throws {
    let halls = try ReadLayer.named("service_halls")
    #expect(halls.features.map { $0.text("district") } == ["莱芜区", "章丘区", "钢城区"])
    let stations = try ReadLayer.named("metro_stations")
    #expect(stations.features.count == 15)
    let expo = try stations.row("name", "黄河会展中心")
    #expect(stations.degrees.xs[expo] == 117.105821 && stations.degrees.ys[expo] == 36.834213)
    let places = try ReadLayer.named("places")
    #expect(places.features.count == 21)
    #expect((stations.features + places.features).allSatisfy { $0.text("accuracy") == "located" })
  }

  @Test func residentsAddUpToThePrintedPopulation() throws {
    let residents = try ReadLayer.named("residents")
    let people = residents.features.compactMap { $0.number("pop") }
    #expect(people.reduce(0, +) == 353_600)
    #expect((8_000...12_000).contains(people.count))
    #expect(people.allSatisfy { $0 >= 1 })
  }

  @Test(arguments: ["residents", "clinics", "schools", "markets", "bus_stops"])
  func pointsOfTheStartUpAreaLieInTheSubdistrictTheyName(_ name: String) throws {
    let layer = try ReadLayer.named(name)
    let subdistricts = try ReadLayer.named("subdistricts")
    #expect(layer.features(outsideThe: "subdistrict", of: subdistricts).isEmpty)
    #expect(Set(layer.features.compactMap { $0.text("subdistrict") }).count == 10)
  }

  @Test func facilitiesHaveTheirKinds() throws {
    func kinds(_ name: String) throws -> Set<String> {
      Set(try ReadLayer.named(name).features.compactMap { $0.text("kind") })
    }
    #expect(try kinds("clinics") == ["centre", "station"])
    #expect(try kinds("schools") == ["primary", "lower_secondary", "kindergarten"])
    #expect(try kinds("markets") == ["wet_market", "supermarket"])
    #expect(try ReadLayer.named("bus_stops").features.allSatisfy { ($0.number("routes") ?? 0) >= 1 })
  }

  /// An audit must find something to praise and something to blame: clinics within 1000 m (F04) reach most residents,
  /// and not 80 % of them in every sub-district.
  @Test func clinicsReachMostResidentsAndNotAll() throws {
    let residents = try ReadLayer.named("residents")
    let clinics = try ReadLayer.named("clinics")
    var reached: [String: Double] = [:]
    var all: [String: Double] = [:]
    for (row, feature) in residents.features.enumerated() {
      let name = try #require(feature.text("subdistrict"))
      let people = try #require(feature.number("pop"))
      all[name, default: 0] += people
      let (x, y) = (residents.metres.xs[row], residents.metres.ys[row])
      let isNear = clinics.features.indices.contains { clinic in
        let (dx, dy) = (clinics.metres.xs[clinic] - x, clinics.metres.ys[clinic] - y)
        return dx * dx + dy * dy <= 1e6
      }
      if isNear { reached[name, default: 0] += people }
    }
    let total = reached.values.reduce(0, +) / all.values.reduce(0, +)
    #expect((0.6...0.9).contains(total))
    let failing = all.keys.filter { (reached[$0] ?? 0) / (all[$0] ?? 1) < 0.8 }
    #expect((2...8).contains(failing.count))
  }
}
