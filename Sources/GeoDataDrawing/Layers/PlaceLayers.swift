/// Layers of places whose coordinates were published or whose address is known.
enum PlaceLayers {
  static var layers: [DrawnLayer] { [places, metroStations, serviceHalls] }

  private static var places: DrawnLayer {
    DrawnLayer(
      name: "places", titleChinese: "街道锚点", titleEnglish: "Places that anchor the sub-districts",
      description: """
        Sub-district offices, markets, substations and other well-known places in and round the start-up area, with \
        published coordinates.
        """,
      source: "published place coordinates", uncertainty: "±50 m",
      columns: [.name, .nameEnglish, .subdistrict, .district],
      features: placeTable.map { longitude, latitude, subdistrict, district, name, english in
        .init(
          geometry: .point(Position(longitude, latitude)),
          values: [.text(name), .text(english), .text(subdistrict), .text(district)],
          provenance: .init("published coordinates", .located, "published in GCJ-02, given here in WGS 84"))
      })
  }

  private static var metroStations: DrawnLayer {
    DrawnLayer(
      name: "metro_stations", titleChinese: "地铁站", titleEnglish: "Metro stations in and near the start-up area",
      description: "Fifteen stations of line 3 and the Jiyang line in or near the start-up area.",
      source: "published station coordinates", uncertainty: "±50 m",
      columns: [.name, .nameEnglish, .init("line", .text, "metro line, in Chinese"), .district],
      features: stationTable.map { longitude, latitude, line, district, name, english in
        .init(
          geometry: .point(Position(longitude, latitude)),
          values: [.text(name), .text(english), .text(line), .text(district)],
          provenance: .init("published coordinates", .located))
      })
  }

  private static var serviceHalls: DrawnLayer {
    let halls: [(String, String, String, Double, Double)] = [
      ("莱芜区政务服务中心", "Laiwu District Service Hall", "莱芜区", 117.672, 36.214),
      ("章丘区政务服务中心", "Zhangqiu District Service Hall", "章丘区", 117.526, 36.689),
      ("钢城区政务服务中心", "Gangcheng District Service Hall", "钢城区", 117.811, 36.062),
    ]
    return DrawnLayer(
      name: "service_halls", titleChinese: "政务服务大厅", titleEnglish: "Service halls",
      description: """
        The service halls of 莱芜区, 章丘区 and 钢城区, at any of which six social-affairs services may be handled, at \
        the nearest one (E01–E03). Put in the middle of each district's seat.
        """,
      source: "S0 E01–E03 (districts printed, addresses not)", uncertainty: "±3 km",
      columns: [.name, .nameEnglish, .district, .init("services", .integer, "social-affairs services handled there")],
      features: halls.map { name, english, district, longitude, latitude in
        .init(
          geometry: .point(Position(longitude, latitude)),
          values: [.text(name), .text(english), .text(district), 6],
          provenance: .init("S0 E01–E03", .approximate, "put at the district's seat"))
      })
  }

  private static let placeTable: [(Double, Double, String, String, String, String)] = [
    (116.913273, 36.785508, "桑梓店街道", "天桥区", "桑梓店街道办事处 特来电站", "Charging Station at Sangzidian Sub-district Office"),
    (116.914593, 36.781109, "桑梓店街道", "天桥区", "桑梓店大集", "Sangzidian Market"),
    (117.028126, 36.781216, "大桥街道", "天桥区", "大桥公交充电站(大桥镇公交站)", "Daqiao Bus Charging Station"),
    (117.041178, 36.774397, "大桥街道", "天桥区", "起步区市民中心东北侧停车场", "Car Park of the Citizens' Centre"),
    (116.996263, 36.81606, "大桥街道", "天桥区", "大桥镇供电所", "Daqiao Power Supply Station"),
    (117.106534, 36.836002, "崔寨街道", "济阳区", "崔寨供电所", "Cuizhai Power Supply Station"),
    (117.097191, 36.839006, "崔寨街道", "济阳区", "会展北路V2G站", "Huizhan North Road V2G Station"),
    (117.105506, 36.8484, "崔寨街道", "济阳区", "盖世济北物流园", "Gaishi Jibei Logistics Park"),
    (116.959917, 36.974609, "太平街道", "济阳区", "太平供电所(永吉街)", "Taiping Power Supply Station"),
    (116.990176, 36.883621, "孙耿街道", "济阳区", "孙耿七村安置区一期", "Sungeng Resettlement Area, Phase 1"),
    (117.116578, 36.929714, "回河街道", "济阳区", "回河街道办(220国道顺河街1号)", "Huihe Sub-district Office"),
    (117.184959, 36.817608, "遥墙街道", "历城区", "遥墙供电所", "Yaoqiang Power Supply Station"),
    (117.18648, 36.818682, "遥墙街道", "历城区", "遥墙大集(办事处)", "Yaoqiang Market"),
    (117.210783, 36.856794, "遥墙街道", "历城区", "遥墙机场停机坪", "Yaoqiang Airport Apron"),
    (117.289437, 36.795887, "唐王街道", "历城区", "唐王大集(街道办)", "Tangwang Market"),
    (117.207179, 36.822158, "临港街道", "历城区", "荷花路5488号", "5488 Hehua Road"),
    (117.090321, 37.054134, "垛石街道", "济阳区", "垛石卫生院", "Duoshi Health Centre"),
    (117.276913, 37.101338, "曲堤街道", "济阳区", "惠农服务大厅", "Qudi Farmers' Service Hall"),
    (117.360797, 37.162272, "仁风镇", "济阳区", "仁风便民大厅", "Renfeng Service Hall"),
    (117.166907, 36.978955, "济北街道", "济阳区", "济阳区政府 开元大街129号", "Jiyang District Government"),
    (116.990006, 36.733942, "泺口街道", "天桥区", "鹊山大集", "Queshan Market"),
  ]

  private static let stationTable: [(Double, Double, String, String, String, String)] = [
    (117.152323, 36.746026, "济阳线", "历城区", "济南东站(济阳线)", "Jinan East Railway Station"),
    (117.102680, 36.827693, "济阳线", "济阳区", "崔寨", "Cuizhai"),
    (117.105821, 36.834213, "济阳线", "济阳区", "黄河会展中心", "Yellow River Expo Centre"),
    (117.108501, 36.864267, "济阳线", "济阳区", "清宁", "Qingning"),
    (117.109789, 36.877733, "济阳线", "济阳区", "花二庄北街", "Hua'erzhuang North Street"),
    (117.113985, 36.932583, "济阳线", "济阳区", "回河", "Huihe"),
    (117.169268, 36.959281, "济阳线", "济阳区", "新元学校", "Xinyuan School"),
    (117.169005, 36.969272, "济阳线", "济阳区", "济北小学", "Jibei Primary School"),
    (117.169117, 36.979899, "济阳线", "济阳区", "济阳市民中心", "Jiyang Citizens' Centre"),
    (117.169528, 37.004039, "济阳线", "济阳区", "济阳北", "Jiyang North"),
    (117.187676, 36.775115, "3号线", "历城区", "川流", "Chuanliu"),
    (117.201132, 36.798092, "3号线", "历城区", "临港北路", "Lingang North Road"),
    (117.203641, 36.829106, "3号线", "历城区", "临空", "Linkong"),
    (117.204733, 36.851184, "3号线", "历城区", "机场南", "Airport South"),
    (117.204571, 36.853774, "3号线", "历城区", "机场北", "Airport North"),
  ]
}
