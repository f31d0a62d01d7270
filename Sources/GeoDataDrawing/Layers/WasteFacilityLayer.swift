/// The waste plants, stations and landfills that B06–B19 name.
enum WasteFacilityLayer {
  static var layer: DrawnLayer {
    DrawnLayer(
      name: "waste_facilities", titleChinese: "生活垃圾和建筑垃圾设施", titleEnglish: "Waste facilities",
      description: """
        The third domestic-waste plant (B06), the kitchen-waste plant (B08), the transfer stations (B09–B12), incinerators \
        (B13–B16) and construction-waste and decoration-waste sites (B17–B19). Where only the capacity of a whole group is \
        printed, capacity is empty and group_capacity holds the printed sum. No coordinates are printed: each lies at the \
        named place, or, where none is named, where a sketch puts it.
        """,
      source: "S0 B06, S2 B08–B19", uncertainty: "approximate: ±5 km; sketch: only the city is known",
      columns: [
        .name, .nameEnglish, .fact,
        .init(
          "kind", .text,
          """
          transfer, incineration, kitchen, construction_landfill, construction_recycling or decoration
          """),
        .init("capacity", .number, "printed for this facility alone, in the unit of the column unit"),
        .init("group_capacity", .number, "printed for all facilities of the same group together, in the unit of unit"),
        .init("unit", .text, "unit of the two capacities: t/d (tonnes a day) or t/y (tonnes a year)"),
        .init("capacity_note", .text, "what the source prints of the capacity"),
        .init("status", .text, "planned, or reported (named by the source as there or being built)"),
        .init("year", .integer, "the year by which it is due, or the source's own year where no due year is printed"),
        .district,
      ],
      features: table.map { site in
        .init(
          geometry: .point(Position(site.longitude, site.latitude)),
          values: [
            .text(site.name), .text(site.nameEnglish), .text(site.fact), .text(site.kind),
            site.capacity.map { .number($0) } ?? .null, site.groupCapacity.map { .number($0) } ?? .null,
            site.unit.map { .text($0) } ?? .null, .text(site.note), .text(site.status), .integer(site.year),
            .text(site.district),
          ],
          provenance: .init(
            "\(site.source) \(site.fact)", site.isPlaceNamed ? .approximate : .sketch,
            site.isPlaceNamed ? "put at the named place" : "no place is printed: put where one is likely"))
      })
  }

  private struct Site {
    let fact: String
    let kind: String
    let name: String
    let nameEnglish: String
    var capacity: Double?
    var groupCapacity: Double?
    var unit: String?
    let note: String
    var status = "planned"
    var year = 2025
    var source = "S2"
    let district: String
    var isPlaceNamed = true
    let longitude: Double
    let latitude: Double
  }

  private static func transfer(
    _ fact: String, _ name: String, _ english: String, _ district: String, _ longitude: Double, _ latitude: Double
  ) -> Site {
    Site(
      fact: fact, kind: "transfer", name: name, nameEnglish: english, unit: "t/d", note: "no capacity printed",
      district: district, longitude: longitude, latitude: latitude)
  }

  private static func incinerator(
    _ fact: String, _ name: String, _ english: String, _ district: String, _ longitude: Double, _ latitude: Double
  ) -> Site {
    Site(
      fact: fact, kind: "incineration", name: name, nameEnglish: english, groupCapacity: 1900, unit: "t/d",
      note: "B13–B16 together +1900 t/d; no plant's own share is printed", district: district, longitude: longitude,
      latitude: latitude)
  }

  /// A site of a group whose places are not printed.
  private static func unplaced(
    _ fact: String, _ kind: String, _ name: String, _ english: String, _ tonnes: Double, _ note: String,
    _ district: String, _ longitude: Double, _ latitude: Double
  ) -> Site {
    Site(
      fact: fact, kind: kind, name: name, nameEnglish: english, groupCapacity: tonnes, unit: "t/y", note: note,
      year: 2022, district: district, isPlaceNamed: false, longitude: longitude, latitude: latitude)
  }

  private static let table: [Site] = [
    Site(
      fact: "B06", kind: "incineration", name: "第三生活垃圾处理厂", nameEnglish: "Third Domestic-waste Plant",
      unit: "t/d", note: "no capacity printed", status: "reported", year: 2021, source: "S0", district: "长清区",
      isPlaceNamed: false, longitude: 116.752, latitude: 36.338),
    Site(
      fact: "B08", kind: "kitchen", name: "厨余垃圾处理厂一期", nameEnglish: "Kitchen-waste Plant, Phase 1", capacity: 600,
      unit: "t/d", note: "600 t/d", year: 2022, district: "历城区", isPlaceNamed: false, longitude: 117.225,
      latitude: 36.725),
    transfer("B09", "市中区垃圾转运站", "Shizhong Transfer Station", "市中区", 116.925, 36.585),
    transfer("B10", "天桥区垃圾转运站", "Tianqiao Transfer Station", "天桥区", 116.962, 36.714),
    transfer("B11", "崔寨垃圾转运站", "Cuizhai Transfer Station", "济阳区", 117.092, 36.846),
    transfer("B12", "商河县垃圾转运站", "Shanghe Transfer Station", "商河县", 117.161, 37.288),
    incinerator("B13", "莱芜焚烧发电厂二期", "Laiwu Incineration Plant, Phase 2", "莱芜区", 117.598, 36.252),
    incinerator("B14", "长清马山焚烧发电厂二期", "Changqing Mashan Incineration Plant, Phase 2", "长清区", 116.744, 36.331),
    incinerator("B15", "章丘焚烧发电厂二期", "Zhangqiu Incineration Plant, Phase 2", "章丘区", 117.472, 36.812),
    incinerator("B16", "商河焚烧发电厂", "Shanghe Incineration Plant", "商河县", 117.205, 37.275),
    unplaced(
      "B17", "construction_landfill", "建筑垃圾消纳场(一)", "Construction-waste Landfill 1", 2_950_000,
      "two landfills together +2.95 Mt/y", "长清区", 116.862, 36.482),
    unplaced(
      "B17", "construction_landfill", "建筑垃圾消纳场(二)", "Construction-waste Landfill 2", 2_950_000,
      "two landfills together +2.95 Mt/y", "历城区", 117.212, 36.632),
    unplaced(
      "B18", "construction_recycling", "建筑垃圾资源化利用厂(一)", "Construction-waste Recycling Plant 1", 3_700_000,
      "four plants together +3.70 Mt/y", "槐荫区", 116.872, 36.672),
    unplaced(
      "B18", "construction_recycling", "建筑垃圾资源化利用厂(二)", "Construction-waste Recycling Plant 2", 3_700_000,
      "four plants together +3.70 Mt/y", "历城区", 117.143, 36.738),
    unplaced(
      "B18", "construction_recycling", "建筑垃圾资源化利用厂(三)", "Construction-waste Recycling Plant 3", 3_700_000,
      "four plants together +3.70 Mt/y", "章丘区", 117.437, 36.742),
    unplaced(
      "B18", "construction_recycling", "建筑垃圾资源化利用厂(四)", "Construction-waste Recycling Plant 4", 3_700_000,
      "four plants together +3.70 Mt/y", "济阳区", 117.132, 36.945),
    unplaced(
      "B19", "decoration", "装修垃圾处理场(一)", "Decoration-waste Site 1", 1_250_000, "two sites together +1.25 Mt/y",
      "市中区", 116.902, 36.572),
    unplaced(
      "B19", "decoration", "装修垃圾处理场(二)", "Decoration-waste Site 2", 1_250_000, "two sites together +1.25 Mt/y",
      "历城区", 117.172, 36.732),
  ]
}
