/// The parks A02–A10 and the cores and clusters of A11, drawn where their printed sides put them.
enum ParkLayer {
  static func layer() throws -> DrawnLayer {
    DrawnLayer(
      name: "parks", titleChinese: "起步区产业园区", titleEnglish: "Parks, cores and clusters of the start-up area",
      description: """
        The parks of the start-up area's industrial plan (A02–A10), and its two cores and three clusters (A11), which \
        overlap the parks. The printed areas are kept to within 1 %; A06 lies inside A05. Sides are printed as names of \
        roads and villages, not as coordinates: the outlines are drawn where those are thought to be.
        """,
      source: "S2 A02–A11 (areas and sides printed); outlines drawn by hand", uncertainty: "±1 km",
      columns: [
        .name, .nameEnglish, .fact,
        .init(
          "kind", .text,
          "industrial (A02–A05, A08, A09), cluster (组团), core (核心: of A11, and A06 inside A05) or agriculture"),
        .init("area_mu", .number, "area as printed, 1 km² = 1500 mu; A07 is printed as about 10 km²", unit: "mu"),
        .init("sides", .text, "sides or place as printed"),
        .init("inside", .text, "fact number of the park that it is nested in"),
      ],
      features: try table.map { park in
        .init(
          geometry: .area(try outlines(park.nodes)),
          values: [
            .text(park.name), .text(park.nameEnglish), .text(park.fact), .text(park.kind),
            park.areaInMu.map { .number($0) } ?? .null, .text(park.sides), park.fact == "A06" ? "A05" : .null,
          ],
          provenance: .init(
            "S2 \(park.fact)", .sketch,
            park.areaInMu == nil
              ? "drawn at the named places; no area is printed"
              : "drawn at the printed sides or place, sized to the printed area"))
      })
  }

  /// Parts are divided by a slash, nodes by spaces.
  private static func outlines(_ text: String) throws -> [Outline] {
    try text.split(separator: "/").map { part in
      Outline(try part.split(separator: " ").map { try Position(word: String($0)) })
    }
  }

  private struct Park {
    let fact: String
    let kind: String
    let name: String
    let nameEnglish: String
    /// Printed area in mu; `nil` where none is printed.
    let areaInMu: Double?
    let sides: String
    let nodes: String
  }

  private static let table: [Park] = [
    Park(
      fact: "A02", kind: "industrial", name: "中科新经济科创园", nameEnglish: "CAS New Economy Science Park",
      areaInMu: 900.0,
      sides: "Cuizhai, north-west of the south section: E 西环路, W 济乐高速, S 中心大街, N 绕城高速",
      nodes: """
        117.07765,36.82458 117.08610,36.82332 117.08765,36.82895 117.08668,36.83041 117.07911,36.83138
        """),
    Park(
      fact: "A03", kind: "industrial", name: "新能源汽车和数字经济产业园",
      nameEnglish: "New-energy Vehicle and Digital Economy Park",
      areaInMu: 18_000.0,
      sides: "Cuizhai, north-west of the north section: E 花二庄村, W 京沪高速, S 山东佳怡物流, N 小钊村",
      nodes: """
        117.06506,36.85972 117.08499,36.85666 117.10440,36.85870 117.10665,36.86994 117.10594,36.88629 \
        117.09010,36.88833 117.06864,36.88731 117.06353,36.87607
        """),
    Park(
      fact: "A04", kind: "industrial", name: "黄河国际会展产业园", nameEnglish: "Yellow River International Expo Park",
      areaInMu: 5100.0,
      sides: "Cuizhai",
      nodes: """
        117.10841,36.82892 117.12002,36.82690 117.12760,36.83094 117.12861,36.84407 117.11901,36.84609 \
        117.10740,36.84508
        """),
    Park(
      fact: "A05", kind: "industrial", name: "新能源新材料产业园", nameEnglish: "New-energy and New-materials Park",
      areaInMu: 6700.0,
      sides: "Cuizhai, south of the north section",
      nodes: """
        117.11082,36.85289 117.12501,36.85137 117.13768,36.85441 117.13870,36.86708 117.12602,36.87012 \
        117.11183,36.86962
        """),
    Park(
      fact: "A06", kind: "core", name: "氢谷产业核心区", nameEnglish: "Hydrogen Valley Core",
      areaInMu: 1500.0,
      sides: "inside A05",
      nodes: """
        117.11756,36.85668 117.12838,36.85613 117.12946,36.86479 117.12405,36.86587 117.11810,36.86533
        """),
    Park(
      fact: "A07", kind: "cluster", name: "桑梓店新材料产业组团", nameEnglish: "Sangzidian New-materials Cluster",
      areaInMu: 15_000.0,
      sides: "桑梓店街道",
      nodes: """
        116.90579,36.77686 116.92400,36.77433 116.94222,36.77686 116.94424,36.79002 116.94070,36.80115 \
        116.91996,36.80317 116.90478,36.79912 116.90275,36.78799
        """),
    Park(
      fact: "A08", kind: "industrial", name: "国际标准地招商产业园", nameEnglish: "International Standard-land Park",
      areaInMu: 9900.0,
      sides: "Taiping: E 东吕高速, W 邢家渡干渠, S the 东吕/京沪 interchange, N 大寺城村",
      nodes: """
        116.96960,36.94442 116.98498,36.94298 116.99939,36.94538 117.00036,36.95692 116.99843,36.96557 \
        116.98401,36.96653 116.96864,36.96461
        """),
    Park(
      fact: "A09", kind: "industrial", name: "绿色循环产业园", nameEnglish: "Green Recycling Park",
      areaInMu: 4500.0,
      sides: "Sungeng, north-west: E 国道104, W 大路村, S 孙耿北路, N 西艾屯村",
      nodes: """
        116.95612,36.89310 116.96796,36.89211 116.97438,36.89409 116.97537,36.90791 116.96402,36.90939 \
        116.95513,36.90741
        """),
    Park(
      fact: "A10", kind: "agriculture", name: "现代高效农业产业园", nameEnglish: "Modern Agriculture Park",
      areaInMu: nil,
      sides: "孙耿 and 太平 clusters, north-east of 高官寨街道",
      nodes: """
        116.90400,36.86200 116.92000,36.85900 116.93300,36.86300 116.93400,36.88000 116.92200,36.88600 \
        116.90600,36.88300 / 116.91500,36.94200 116.92900,36.94000 116.94200,36.94400 116.94300,36.95800 \
        116.93100,36.96300 116.91600,36.96100 / 117.23800,36.91800 117.25400,36.91400 117.26800,36.91800 \
        117.26600,36.93300 117.25200,36.94200 117.23900,36.93600
        """),
    Park(
      fact: "A11", kind: "core", name: "服务核心(沿黄河)", nameEnglish: "Service Core (along the Yellow River)",
      areaInMu: nil,
      sides: "along the river",
      nodes: """
        117.00600,36.75300 117.02400,36.74600 117.04600,36.74800 117.06600,36.75200 117.08200,36.75600 \
        117.07800,36.76800 117.06600,36.77600 117.04200,36.78000 117.02000,36.77600 117.00600,36.76600
        """),
    Park(
      fact: "A11", kind: "core", name: "空港核心", nameEnglish: "Airport Core",
      areaInMu: nil,
      sides: "the airport",
      nodes: """
        117.18200,36.82800 117.20000,36.82300 117.22000,36.82800 117.23000,36.84000 117.23200,36.85600 \
        117.22200,36.86900 117.20200,36.86800 117.19000,36.86000 117.18400,36.84400
        """),
    Park(
      fact: "A11", kind: "cluster", name: "崔寨组团", nameEnglish: "Cuizhai Cluster",
      areaInMu: nil,
      sides: "崔寨",
      nodes: """
        117.07200,36.81500 117.09000,36.80800 117.11200,36.81100 117.12900,36.82000 117.13300,36.84000 \
        117.12700,36.85000 117.10500,36.85300 117.08400,36.85000 117.07200,36.83600
        """),
    Park(
      fact: "A11", kind: "cluster", name: "桑梓店组团", nameEnglish: "Sangzidian Cluster",
      areaInMu: nil,
      sides: "桑梓店",
      nodes: """
        116.89600,36.77000 116.91800,36.76500 116.94600,36.77000 116.95000,36.79000 116.94700,36.81000 \
        116.92200,36.81500 116.89800,36.80900 116.89400,36.79000
        """),
    Park(
      fact: "A11", kind: "cluster", name: "孙耿-太平组团", nameEnglish: "Sungeng-Taiping Cluster",
      areaInMu: nil,
      sides: "孙耿 and 太平",
      nodes: """
        116.95000,36.87500 116.97200,36.86900 117.00000,36.87300 117.01200,36.89000 117.01100,36.91500 \
        117.00800,36.94500 117.00500,36.96800 116.98600,36.98600 116.96000,36.98700 116.94700,36.97400 \
        116.95200,36.94500 116.94800,36.91000
        """),
  ]
}
