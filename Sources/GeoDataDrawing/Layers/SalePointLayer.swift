/// The 266 watermelon stalls of 2021 in the urban districts.
enum SalePointLayer {
  static func layer(map: JinanMap) throws -> DrawnLayer {
    let cities = try Settlement.city()
    var random = SplitMix64(seed: 0x4D45_4C4F)
    let urban = map.districts.filter(\.isUrban)
    let settlements = urban.map { district in cities.filter { $0.district == district.name } }
    let counts = apportion(266, by: settlements.map { $0.reduce(0) { $0 + $1.weight } })
    var features: [DrawnLayer.Feature] = []
    for (number, district) in urban.enumerated() {
      let ownSettlements = settlements[number]
      let ownCounts = apportion(counts[number], by: ownSettlements.map(\.weight))
      var stall = 0
      for (settlement, count) in zip(ownSettlements, ownCounts) {
        for _ in 0..<count {
          stall += 1
          var place = settlement.randomPlace(&random)
          while !district.outline.contains(place) { place = settlement.randomPlace(&random) }
          features.append(
            .init(
              geometry: .point(place),
              values: [
                .text("\(district.name)西瓜便民疏导点\(stall)"), .text("\(district.shortEnglish) Watermelon Stall \(stall)"),
                .text(district.name), .text(settlement.name), "2021-05-11", "2021-08-31",
              ],
              provenance: .init("S0 B01, B02", .synthetic, "spread by population over the sub-districts")))
        }
      }
    }
    return DrawnLayer(
      name: "sale_points", titleChinese: "西瓜临时便民疏导点", titleEnglish: "Watermelon temporary sale points, 2021",
      description: """
        The 266 temporary watermelon stalls of the city's urban area (B01), valid from 2021-05-11 to 2021-08-31 (B02), 113 \
        days inclusive. Their number and dates are printed, their places made up: spread by population over the \
        sub-districts of the urban districts.
        """,
      source: "S0 B01, B02 (number and dates printed); places synthetic",
      uncertainty: "synthetic: right in number and dates, made up in place",
      columns: [
        .name, .nameEnglish, .district, .subdistrict, .init("valid_from", .date, "first day of sale"),
        .init("valid_to", .date, "last day of sale, inclusive"),
      ],
      features: features)
  }
}
