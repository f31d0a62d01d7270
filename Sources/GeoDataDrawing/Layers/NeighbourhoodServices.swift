/// Clinics, schools, markets and bus stops of the start-up area: synthetic, put where the residents are.
struct NeighbourhoodServices {
  let map: JinanMap
  let residents: Residents

  var layers: [DrawnLayer] { [clinics, schools, markets, busStops] }

  private var clinics: DrawnLayer {
    let kinds = [
      Kind("centre", "卫生服务中心", "Health Centre", perPerson: 1.0 / 22_000, apart: 2000),
      Kind("station", "卫生服务站", "Health Station", perPerson: 1.0 / 2600, apart: 900),
    ]
    return layer(
      "clinics", "社区卫生服务机构", "Clinics of the start-up area", kinds, seed: 0x434C_494E,
      kindDescription: "centre (社区卫生服务中心) or station (社区卫生服务站)")
  }

  private var schools: DrawnLayer {
    let kinds = [
      Kind("primary", "小学", "Primary School", perPerson: 1.0 / 1700, apart: 600),
      Kind("lower_secondary", "初级中学", "Lower Secondary School", perPerson: 1.0 / 9000, apart: 1200),
      Kind("kindergarten", "幼儿园", "Kindergarten", perPerson: 1.0 / 1500, apart: 400),
    ]
    return layer(
      "schools", "学校和幼儿园", "Schools and kindergartens of the start-up area", kinds, seed: 0x5343_484F,
      kindDescription: "primary (小学), lower_secondary (初中) or kindergarten (幼儿园)")
  }

  private var markets: DrawnLayer {
    let kinds = [
      Kind("wet_market", "菜市场", "Wet Market", perPerson: 1.0 / 4000, apart: 800),
      Kind("supermarket", "生鲜超市", "Fresh-food Supermarket", perPerson: 1.0 / 2800, apart: 550),
    ]
    return layer(
      "markets", "菜市场和生鲜超市", "Markets of the start-up area", kinds, seed: 0x4D41_524B,
      kindDescription: "wet_market (菜市场) or supermarket (生鲜超市)")
  }

  private var busStops: DrawnLayer {
    var random = SplitMix64(seed: 0x4255_5353)
    let homes = residents.groups.flatMap { zip($0.places, $0.people) }
    let stops = places([Kind("stop", "公交站", "Bus Stop", perPerson: 1.0 / 640, apart: 420)], &random)
    return DrawnLayer(
      name: "bus_stops", titleChinese: "公交车站", titleEnglish: "Bus stops of the start-up area",
      description: described("Bus stops"), source: "synthetic", uncertainty: Self.uncertainty,
      columns: [.name, .nameEnglish, .init("routes", .integer, "bus routes that stop there"), .subdistrict],
      features: stops.map { stop in
        // More routes where more people live within 500 m.
        let near = homes.reduce(0) { $0 + ($1.0.distance(to: stop.place) <= 500 ? $1.1 : 0) }
        let routes = 1 + min(near / 700, 5) + random.below(2)
        return .init(
          geometry: .point(stop.place),
          values: [.text(stop.name), .text(stop.nameEnglish), .integer(routes), .text(stop.subdistrict)],
          provenance: Self.provenance)
      })
  }

  private static let uncertainty = "synthetic: made up in place and number"
  private static let provenance = DrawnLayer.Provenance("synthetic", .synthetic, "put near residents")

  private func described(_ what: String) -> String {
    "\(what), made up so that queries have something to measure: put near residents, denser where people are, fewer in "
      + "some sub-districts than in others. None is a real facility."
  }

  /// One kind of facility: how many there are, and how far apart at least.
  private struct Kind {
    let name: String
    let title: String
    let titleEnglish: String
    let perPerson: Double
    /// Metres between two of the kind.
    let apart: Double

    init(_ name: String, _ title: String, _ titleEnglish: String, perPerson: Double, apart: Double) {
      self.name = name
      self.title = title
      self.titleEnglish = titleEnglish
      self.perPerson = perPerson
      self.apart = apart
    }
  }

  private struct Facility {
    let kind: String
    let name: String
    let nameEnglish: String
    let subdistrict: String
    let place: Position
  }

  private func layer(
    _ name: String, _ title: String, _ titleEnglish: String, _ kinds: [Kind], seed: UInt64, kindDescription: String
  ) -> DrawnLayer {
    var random = SplitMix64(seed: seed)
    let facilities = places(kinds, &random)
    return DrawnLayer(
      name: name, titleChinese: "起步区" + title, titleEnglish: titleEnglish,
      description: described(titleEnglish.split(separator: " of ").first.map(String.init) ?? titleEnglish),
      source: "synthetic", uncertainty: Self.uncertainty,
      columns: [.name, .nameEnglish, .init("kind", .text, kindDescription), .subdistrict],
      features: facilities.map {
        .init(
          geometry: .point($0.place),
          values: [.text($0.name), .text($0.nameEnglish), .text($0.kind), .text($0.subdistrict)],
          provenance: Self.provenance)
      })
  }

  /// How well a sub-district is served, against the mean: unequal on purpose, so that audits find something.
  private static let service: [String: Double] = [
    "太平街道": 0.65, "孙耿街道": 0.95, "桑梓店街道": 1.0, "大桥街道": 1.3, "崔寨街道": 1.25, "遥墙街道": 1.0, "临港街道": 1.1,
    "高官寨街道": 0.6, "唐王街道": 0.8, "泺口街道": 0.9,
  ]

  /// Sites near residents drawn by weight, kind by kind and sub-district by sub-district.
  private func places(_ kinds: [Kind], _ random: inout SplitMix64) -> [Facility] {
    var facilities: [Facility] = []
    for kind in kinds {
      for group in residents.groups {
        let subdistrict = group.subdistrict
        let share = Double(subdistrict.people) * kind.perPerson * (Self.service[subdistrict.name] ?? 1)
        let wanted = max(1, Int(share.rounded()))
        let sums = cumulative(group.people.map(Double.init))
        var found: [Position] = []
        var tries = 0
        while found.count < wanted, tries < 4000 {
          tries += 1
          let home = group.places[random.index(inCumulative: sums)]
          let place = home.moved(east: random.normal() * 60, north: random.normal() * 60)
          guard subdistrict.outline.contains(place), found.allSatisfy({ $0.distance(to: place) >= kind.apart }) else {
            continue
          }
          found.append(place)
          facilities.append(
            Facility(
              kind: kind.name, name: "\(subdistrict.name)\(kind.title)\(found.count)",
              nameEnglish: "\(subdistrict.shortEnglish) \(kind.titleEnglish) \(found.count)",
              subdistrict: subdistrict.name, place: place))
        }
      }
    }
    return facilities
  }
}

extension JinanMap.Subdistrict {
  /// `Taiping` for `Taiping Sub-district`.
  var shortEnglish: String { nameEnglish.split(separator: " ").first.map(String.init) ?? nameEnglish }
}

extension JinanMap.District {
  /// `Lixia` for `Lixia District`.
  var shortEnglish: String { nameEnglish.split(separator: " ").first.map(String.init) ?? nameEnglish }
}
