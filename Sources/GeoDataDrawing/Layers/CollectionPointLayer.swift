/// The waste-sorting collection points of the whole city.
struct CollectionPointLayer {
  /// B05 prints "more than 14 000".
  static let count = 14_100
  /// C07 prints 13 000 supervisors at the points: one each.
  static let supervised = 13_000
  /// People of the city; the start-up area has 353 600 of them (D55).
  static let cityPeople = 9_200_000

  let map: JinanMap
  let residents: Residents

  func layer() throws -> DrawnLayer {
    var random = SplitMix64(seed: 0x5741_5354)
    var points = startUpPoints(&random)
    points += try otherPoints(&random)
    chooseSupervised(&points, &random)
    return DrawnLayer(
      name: "collection_points", titleChinese: "生活垃圾分类投放收集点", titleEnglish: "Waste-sorting collection points",
      description: """
        The city's waste-sorting drop-off points: more than 14 000 are printed (B05), 14 100 are made up here, spread by \
        population, the start-up area holding its share (353 600 of 9.2 million people). 13 000 of them are supervised, \
        one for each of the supervisors printed (C07).
        """,
      source: "S0 B05, C07 (numbers printed); places synthetic",
      uncertainty: "synthetic: right in number, made up in place",
      columns: [
        .init("kinds", .text, "kinds of waste taken, divided by commas: kitchen, recyclable, hazardous, other"),
        .init("supervised", .boolean, "whether a supervisor (督导员) stands there"), .district,
      ],
      features: points.map {
        .init(
          geometry: .point($0.place),
          values: [.text($0.kinds), .boolean($0.isSupervised), .text($0.district)],
          provenance: .init("S0 B05, C07", .synthetic, "spread by population"))
      })
  }

  private struct Point {
    let place: Position
    let district: String
    let isRural: Bool
    let kinds: String
    var isSupervised = true

    /// Towns mostly sort into four, villages mostly into two.
    init(_ place: Position, _ district: String, isRural: Bool, _ random: inout SplitMix64) {
      self.place = place
      self.district = district
      self.isRural = isRural
      let chance = random.unit()
      if chance < (isRural ? 0.3 : 0.85) {
        kinds = "kitchen,recyclable,hazardous,other"
      } else if chance < (isRural ? 0.4 : 0.95) {
        kinds = "kitchen,recyclable,other"
      } else {
        kinds = "kitchen,other"
      }
    }
  }

  /// Near residents, drawn by weight.
  private func startUpPoints(_ random: inout SplitMix64) -> [Point] {
    let total = residents.groups.reduce(0) { $0 + $1.subdistrict.people }
    let wanted = (Self.count * total + Self.cityPeople / 2) / Self.cityPeople
    let counts = apportion(wanted, by: residents.groups.map { Double($0.subdistrict.people) })
    var points: [Point] = []
    for (group, count) in zip(residents.groups, counts) {
      let sums = cumulative(group.people.map(Double.init))
      var found = 0
      while found < count {
        let home = group.places[random.index(inCumulative: sums)]
        let place = home.moved(east: random.normal() * 50, north: random.normal() * 50)
        guard group.subdistrict.outline.contains(place) else { continue }
        found += 1
        points.append(Point(place, group.subdistrict.district, isRural: true, &random))
      }
    }
    return points
  }

  /// In the settlements of each district, and strewn over its countryside.
  private func otherPoints(_ random: inout SplitMix64) throws -> [Point] {
    let inside = residents.groups.reduce(0) { $0 + $1.subdistrict.people }
    let wanted = Self.count - (Self.count * inside + Self.cityPeople / 2) / Self.cityPeople
    let settlements = try Settlement.city()
    let people = map.districts.map { district in Self.people.first { $0.district == district.name } }
    let counts = apportion(wanted, by: people.map { $0?.thousands ?? 0 })
    var points: [Point] = []
    for (number, district) in map.districts.enumerated() {
      let own = settlements.filter { $0.district == district.name }
      let sums = cumulative(own.map(\.weight))
      let ruralShare = people[number]?.ruralShare ?? 0
      var found = 0
      while found < counts[number] {
        let isRural = random.unit() < ruralShare
        let place =
          isRural
          ? district.outline.randomPlace(&random) : own[random.index(inCumulative: sums)].randomPlace(&random)
        guard district.outline.contains(place), !map.startUpArea.contains(place) else { continue }
        found += 1
        points.append(Point(place, district.name, isRural: isRural, &random))
      }
    }
    return points
  }

  /// The points without a supervisor are drawn by lot, villages with twice the chance.
  private func chooseSupervised(_ points: inout [Point], _ random: inout SplitMix64) {
    let lots = points.map { random.unit() * ($0.isRural ? 1 : 0.5) }
    let order = lots.indices.sorted { lots[$0] == lots[$1] ? $0 < $1 : lots[$0] > lots[$1] }
    for index in order.prefix(points.count - Self.supervised) { points[index].isSupervised = false }
  }

  /// Thousands of people outside the start-up area and the share of them in the countryside: rough, from general
  /// knowledge, only to spread the points. With the start-up area they make 9.2 million.
  private static let people: [(district: String, thousands: Double, ruralShare: Double)] = [
    ("历下区", 860, 0), ("市中区", 910, 0.05), ("槐荫区", 690, 0.05), ("天桥区", 654, 0.03), ("历城区", 1607, 0.12),
    ("长清区", 620, 0.4), ("章丘区", 1055.4, 0.4), ("济阳区", 320, 0.45), ("莱芜区", 900, 0.4), ("钢城区", 310, 0.4),
    ("平阴县", 330, 0.45), ("商河县", 590, 0.55),
  ]
}
