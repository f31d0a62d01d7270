import QueryLanguage
import Testing

/// Queries in Chinese mean what they mean in English.
@Suite struct ChineseQueriesTests {
  static let pairs: [(chinese: String, english: String)] = [
    ("诊所 | 筛选 床位 > 20 且 名称 形如 “崔寨%”", "诊所 | where 床位 > 20 and 名称 like \"崔寨%\""),
    (
      "令 生活圈 = 街道 | 覆盖 由 诊所 距离 15 分钟 按 步行 于 居民 加权 按 人口 为 覆盖率",
      "let 生活圈 = 街道 | coverage by 诊所 within 15 分钟 by 步行 of 居民 weighted by 人口 as 覆盖率"
    ),
    ("令 空白 = 街道 | 盲区 由 诊所 距离 1000 米", "let 空白 = 街道 | gaps by 诊所 within 1000 米"),
    ("断言 生活圈：覆盖率.share >= 80％", "assert 生活圈: 覆盖率.share >= 80 %"),
    ("导出 生活圈，空白 到 “结果/生活圈.gpkg”", "export 生活圈, 空白 to \"结果/生活圈.gpkg\""),
    (
      "园区｜密度 收集点 每 km² 为 d｜筛选 d ＜ mean（d）｜排序 按 d 降序",
      "园区 | density 收集点 per km² as d | where d < mean(d) | sort by d desc"
    ),
    (
      "销售点 | 筛选 营业 在 2021-06-01 | 超出 300 米 于 收集点 | 定位 位于 区县 为 区 | 汇总 个数 = count() 按 区.名称",
      "销售点 | where open on 2021-06-01 | beyond 300 米 of 收集点 | locate in 区县 as 区 | summarize 个数 = count() by 区.名称"
    ),
    (
      "地点 | 最近 1 （服务大厅 | 筛选 区县 属于 （“莱芜区”、“章丘区”、“钢城区”）） 为 厅 | 选取 名称, 厅.名称",
      "地点 | nearest 1 (服务大厅 | where 区县 in (\"莱芜区\", \"章丘区\", \"钢城区\")) as 厅 | select 名称, 厅.名称"
    ),
    ("居民 | 距离 500 米 于 诊所 | 取 10", "居民 | within 500 米 of 诊所 | take 10"),
    ("居民 | 周边 1 公里 学校 为 校 （个数 = count（）， 学位 = sum（学位））", "居民 | around 1 公里 学校 as 校 (个数 = count(), 学位 = sum(学位))"),
    ("图层 于 “规划.gpkg”", "layers of \"规划.gpkg\""),
    (
      "导入 “规划.dxf” 闭合 为 面 筛选 层 == “红线” 距离 矩形(117, 36, 118, 37) 至多 100 为 红线",
      "import \"规划.dxf\" where 层 == \"红线\" within box(117, 36, 118, 37) limit 100 closed as areas as 红线"
    ),
    ("导入 “规划.gpkg” 全部", "import \"规划.gpkg\" all"),
    ("导入 “路网.shp” 编码 gbk 坐标系 epsg：4548 为 路网 修复", "import \"路网.shp\" crs epsg:4548 encoding gbk as 路网 repair"),
    (
      "街道 | 计算 面积 = area() 换算 亩, 类 = 分情况 当 人口 > 1 则 “大” 否则 “小” 结束",
      "街道 | derive 面积 = area() to 亩, 类 = case when 人口 > 1 then \"大\" else \"小\" end"
    ),
    (
      "公园 | 缓冲 500米 | 融合 按 区县 | 裁剪 到 起步区 | 擦除 河流 | 简化 5 米",
      "公园 | buffer 500 米 | dissolve by 区县 | clip to 起步区 | erase 河流 | simplify 5 米"
    ),
    (
      "表 | 关联 人口表 依据 编号 == 编码 为 p | 去重 编号 | 筛选 非 （a 是 空） 或 b 是 不 空",
      "表 | join 人口表 on 编号 == `编码` as p | distinct 编号 | where not (a is null) or b is not null"
    ),
    ("帐 | 筛选 距离 < 300 米", "帐 | where `距离` < 300 米"),
  ]

  @Test(arguments: pairs) func meansTheSame(_ pair: (chinese: String, english: String)) {
    let chinese = Parser.parse(SourceText(pair.chinese, name: "zh"))
    let english = Parser.parse(SourceText(pair.english, name: "en"))
    #expect(chinese.diagnostics == [])
    #expect(english.diagnostics == [])
    #expect(shape(chinese.script) == shape(english.script))
  }
}
