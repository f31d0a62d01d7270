extension JinanMap {
  /// The start-up area, its sub-districts and the twelve districts.
  func areaLayers() -> [DrawnLayer] { [startUpLayer, subdistrictLayer, districtLayer] }

  private var startUpLayer: DrawnLayer {
    DrawnLayer(
      name: "start_up_area", titleChinese: "济南新旧动能转换起步区",
      titleEnglish: "Jinan start-up area for replacing old growth drivers with new ones",
      description: """
        The whole start-up area of 798 km² (A01) as one area. No coordinates were printed: it is drawn from the printed \
        limits (west the Jinan–Dezhou boundary, east the Xiaoqing River and Baiyun Lake wetland, south the Yellow River \
        and the Jiqing Expressway, north the Tuhai River) and the places that anchor its sub-districts.
        """,
      source: "S2 A01 (area and limits printed); outline drawn by hand", uncertainty: "±1 km",
      columns: [
        .name, .nameEnglish, .fact, .init("area_km2", .number, "area as printed", unit: "km2"),
      ],
      features: [
        .init(
          geometry: .area([startUpArea]),
          values: ["济南新旧动能转换起步区", "Jinan Start-up Area", "A01", 798.0],
          provenance: .init("S2 A01", .sketch, "drawn from the printed limits and the anchors of the sub-districts"))
      ])
  }

  private var subdistrictLayer: DrawnLayer {
    DrawnLayer(
      name: "subdistricts", titleChinese: "起步区街道", titleEnglish: "Sub-districts of the start-up area",
      description: """
        The ten sub-districts (街道), or parts of them, that make up the start-up area; they tile it exactly, with shared \
        edges. A hand sketch in which each holds the place that anchors it.
        """,
      source: "S2 A01 (names printed); outlines drawn by hand", uncertainty: "±1 km",
      columns: [
        .name, .nameEnglish, .init("anchor", .text, "the place inside it that its position was drawn from"),
        .init("extent", .text, "the part of the sub-district that belongs to the start-up area"), .district, .fact,
      ],
      features: subdistricts.map {
        .init(
          geometry: .area([$0.outline]),
          values: [
            .text($0.name), .text($0.nameEnglish), .text($0.anchor), .text($0.extent), .text($0.district), "A01",
          ],
          provenance: .init("S2 A01", .sketch, "drawn round its anchor; borders are guessed"))
      })
  }

  private var districtLayer: DrawnLayer {
    DrawnLayer(
      name: "districts", titleChinese: "济南市区县", titleEnglish: "Districts and counties of Jinan",
      description: """
        The ten districts and two counties of Jinan as a hand sketch that tiles: relative positions and rough shapes from \
        general knowledge, sized to within 5 % of the official areas. The Jinan high-tech zone (济南高新区), the sixth \
        unit of the central urban area (A16), has no outline of its own here: it lies in 历城区 and 历下区.
        """,
      source: "official land areas and codes; A16 for the urban ones; outlines drawn by hand", uncertainty: "±3 km",
      columns: [
        .name, .nameEnglish, .init("code", .text, "administrative division code (GB/T 2260)"),
        .init("area_km2", .number, "official land area", unit: "km2"),
        .init("urban", .boolean, "in the central urban area (A16)"),
      ],
      features: districts.map {
        .init(
          geometry: .area([$0.outline]),
          values: [.text($0.name), .text($0.nameEnglish), .text($0.code), .number($0.area), .boolean($0.isUrban)],
          provenance: .init("official area", .sketch, "sketched by hand and sized to the official area"))
      })
  }
}
