/// The people of the start-up area as weighted points, which every other synthetic layer there follows.
struct Residents {
  /// Of one sub-district, with the number of its people at each place.
  struct Group {
    let subdistrict: JinanMap.Subdistrict
    let places: [Position]
    let people: [Int]
  }

  let groups: [Group]

  /// Three fifths of a sub-district's people live in its towns, the others in villages strewn over it, 1 km or more
  /// apart.
  init(map: JinanMap) throws {
    let towns = try Settlement.startUpTowns()
    var random = SplitMix64(seed: 0x5245_5349)
    let counts = apportion(10_000, by: map.subdistricts.map { Double($0.people) })
    groups = zip(map.subdistricts, counts).map { subdistrict, count in
      let outline = subdistrict.outline
      let ownTowns = towns.filter { $0.name == subdistrict.name }
      let townSums = cumulative(ownTowns.map(\.weight))
      var villages: [Position] = []
      var misses = 0
      while misses < 60 {
        let place = outline.randomPlace(&random)
        let isFree =
          villages.allSatisfy { $0.distance(to: place) >= 1000 }
          && ownTowns.allSatisfy { $0.centre.distance(to: place) >= 1000 }
        if isFree { villages.append(place) } else { misses += 1 }
      }
      let villageSums = cumulative(villages.map { _ in 0.4 + random.unit() })
      var places: [Position] = []
      var weights: [Double] = []
      while places.count < count {
        let isTown = villages.isEmpty || random.unit() < 0.6
        let place: Position
        if isTown {
          place = ownTowns[random.index(inCumulative: townSums)].randomPlace(&random)
        } else {
          let village = villages[random.index(inCumulative: villageSums)]
          place = village.moved(east: random.normal() * 130, north: random.normal() * 130)
        }
        guard outline.contains(place) else { continue }
        places.append(place)
        weights.append(0.5 + random.unit())
      }
      return Group(subdistrict: subdistrict, places: places, people: apportion(subdistrict.people, by: weights))
    }
  }

  var layer: DrawnLayer {
    DrawnLayer(
      name: "residents", titleChinese: "起步区居民点", titleEnglish: "Residents of the start-up area",
      description: """
        Where the 353 600 or so people of the start-up area (D55) live: 10 000 weighted points, three fifths of them in \
        towns and the others in villages. The total is printed (as GDP over GDP per head); how it is spread is made up.
        """,
      source: "S2 D55 (total implied); places synthetic", uncertainty: "synthetic: only the total is real",
      columns: [.init("pop", .integer, "people at this place"), .subdistrict],
      features: groups.flatMap { group in
        zip(group.places, group.people).map { place, people in
          .init(
            geometry: .point(place), values: [.integer(people), .text(group.subdistrict.name)],
            provenance: .init("S2 D55", .synthetic, "towns and villages"))
        }
      })
  }
}
