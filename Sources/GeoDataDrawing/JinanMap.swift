/// Jinan's districts and the sub-districts of its start-up area, drawn on one map of arcs.
struct JinanMap {
  let startUpArea: Outline
  let subdistricts: [Subdistrict]
  let districts: [District]

  struct District {
    let name: String
    let nameEnglish: String
    /// Administrative division code (GB/T 2260).
    let code: String
    /// Official land area, km².
    let area: Double
    /// In the central urban area (A16).
    let isUrban: Bool
    let outline: Outline
  }

  struct Subdistrict {
    let name: String
    let nameEnglish: String
    let extent: String
    let district: String
    /// The place that anchors it, and whether its coordinates were published.
    let anchor: String
    /// Residents that the synthetic layers give it; all together 353 600 (D55).
    let people: Int
    let outline: Outline
  }

  init() throws {
    let map = try ArcMap(Self.arcs)
    startUpArea = try map.outline(Self.startUpArcs)
    var subdistricts: [Subdistrict] = []
    for (name, english, extent, district, anchor, people, arcs) in Self.subdistrictTable {
      subdistricts.append(
        Subdistrict(
          name: name, nameEnglish: english, extent: extent, district: district, anchor: anchor, people: people,
          outline: try map.outline(arcs)))
    }
    self.subdistricts = subdistricts
    var districts: [District] = []
    for (name, english, code, area, isUrban, arcs) in Self.districtTable {
      districts.append(
        District(
          name: name, nameEnglish: english, code: code, area: area, isUrban: isUrban, outline: try map.outline(arcs)))
    }
    self.districts = districts
  }

  /// The district that holds a place; `nil` outside Jinan.
  func district(at place: Position) -> District? { districts.first { $0.outline.contains(place) } }

  /// The sub-district of the start-up area that holds a place.
  func subdistrict(at place: Position) -> Subdistrict? { subdistricts.first { $0.outline.contains(place) } }

  private static let startUpArcs = """
    river.meili river.yaoshan river.luokou river.beiyuan river.huashan river.qinjia jiqing.w jiqing.m jiqing.e tang.e \
    gao.e river.jiyang cui.n sun.e tai.e tuhai west.taiping west.sungeng west.sangzidian
    """

  /// Name, English name, what part of it belongs, district, anchor, residents, arcs round it.
  private static let subdistrictTable: [(String, String, String, String, String, Int, String)] = [
    (
      "太平街道", "Taiping Sub-district", "whole", "济阳区", "太平供电所(永吉街)", 38_000,
      "tai.sun tai.e tuhai west.taiping"
    ),
    (
      "孙耿街道", "Sungeng Sub-district", "whole", "济阳区", "孙耿七村安置区一期", 44_000,
      "sang.sun da.sun sun.cui sun.e tai.sun west.sungeng"
    ),
    (
      "桑梓店街道", "Sangzidian Sub-district", "whole", "天桥区", "桑梓店街道办事处 特来电站", 42_000,
      "river.meili river.yaoshan luokou.n sang.da sang.sun west.sangzidian"
    ),
    (
      "大桥街道", "Daqiao Sub-district", "whole", "天桥区", "大桥公交充电站(大桥镇公交站)", 52_000,
      "luokou.e river.beiyuan river.huashan da.cui da.sun sang.da"
    ),
    (
      "崔寨街道", "Cuizhai Sub-district", "whole", "济阳区", "崔寨供电所", 58_000,
      "river.qinjia river.yaoqiang river.cuizhai cui.n sun.cui da.cui"
    ),
    (
      "遥墙街道", "Yaoqiang Sub-district", "whole", "历城区", "遥墙大集(办事处)", 38_000,
      "jiqing.w yao.gang yao.n river.yaoqiang"
    ),
    (
      "临港街道", "Lingang Sub-district", "whole", "历城区", "荷花路5488号", 27_000,
      "jiqing.m gang.tang gang.n yao.gang"
    ),
    (
      "高官寨街道", "Gaoguanzhai Sub-district", "whole", "章丘区", "高官寨(约 117.26, 36.90)", 24_600,
      "yao.n gang.n tang.n gao.e river.jiyang river.cuizhai"
    ),
    (
      "唐王街道", "Tangwang Sub-district", "central and western part", "历城区", "唐王大集(街道办)", 18_000,
      "jiqing.e tang.e tang.n gang.tang"
    ),
    (
      "泺口街道", "Luokou Sub-district", "north of the Yellow River", "天桥区", "鹊山大集", 12_000,
      "river.luokou luokou.e luokou.n"
    ),
  ]

  /// Name, English name, code, official area in km², in the central urban area, arcs round it.
  private static let districtTable: [(String, String, String, Double, Bool, String)] = [
    ("历下区", "Lixia District", "370102", 100.87, true, "tq.lx lx.sz li.lx"),
    ("市中区", "Shizhong District", "370103", 280.33, true, "tq.sz hy.sz sz.cq li.sz lx.sz"),
    ("槐荫区", "Huaiyin District", "370104", 151.61, true, "river.meili river.qihe hy.cq hy.sz tq.hy"),
    (
      "天桥区", "Tianqiao District", "370105", 258.97, true,
      "river.meili tq.hy tq.sz tq.lx li.tq river.huashan da.cui da.sun sang.sun west.sangzidian"
    ),
    (
      "历城区", "Licheng District", "370112", 1298.57, true,
      """
      river.huashan river.qinjia river.yaoqiang yao.n gang.n tang.n li.zhang south.licheng li.lc li.sz li.lx li.tq
      """
    ),
    (
      "长清区", "Changqing District", "370113", 1208.54, false,
      "river.changqing cq.py south.changqing li.lc sz.cq hy.cq"
    ),
    (
      "章丘区", "Zhangqiu District", "370114", 1719.09, false,
      """
      river.cuizhai river.jiyang river.huanghe east.zhangqiu zhang.lai south.zhangqiu li.zhang tang.n gang.n yao.n
      """
    ),
    (
      "济阳区", "Jiyang District", "370115", 1076.2, false,
      """
      river.qinjia river.yaoqiang river.cuizhai river.jiyang river.huanghe river.renfeng east.jiyang shang.ji \
      west.duoshi west.taiping west.sungeng sang.sun da.sun da.cui
      """
    ),
    ("莱芜区", "Laiwu District", "370116", 1739.61, false, "zhang.lai west.laiwu lai.gang east.laiwu"),
    ("钢城区", "Gangcheng District", "370117", 506.42, false, "south.gangcheng lai.gang"),
    ("平阴县", "Pingyin County", "370124", 714.95, false, "river.pingyin south.pingyin cq.py"),
    ("商河县", "Shanghe County", "370126", 1162.68, false, "shang.ji north.shanghe"),
  ]
}
