extension Keyword {
  struct Entry {
    let roles: [Role]
    let aliases: [String]
    let english: String
    let chinese: String

    init(_ roles: Role..., aliases: [String], _ english: String, _ chinese: String) {
      self.roles = roles
      self.aliases = aliases
      self.english = english
      self.chinese = chinese
    }
  }

  /// The one table of words: help, completion, the lexer and the grammar's test read it.
  var entry: Entry {
    switch self {
    case .let: Entry(.statement, aliases: ["令", "定义"], "name a result", "给结果命名")
    case .param: Entry(.statement, aliases: ["参数"], "a parameter with its default", "带默认值的参数")
    case .assert:
      Entry(.statement, aliases: ["断言", "要求"], "every row must satisfy a condition", "每一行都须满足的条件")
    case .export:
      Entry(.statement, .step(.leaving), aliases: ["导出"], "write results to a file", "把结果写入文件")
    case .import: Entry(.statement, aliases: ["导入"], "bring a file into the store", "把文件导入数据库")
    case .save: Entry(.statement, aliases: ["保存"], "keep a result as a layer", "把结果存为图层")
    case .set: Entry(.statement, aliases: ["设置"], "change a setting of the session", "更改会话设置")
    case .mode: Entry(.statement, aliases: ["出行方式"], "a way of getting about", "出行方式")
    case .explain: Entry(.statement, aliases: ["解释"], "show the plan of a query", "显示查询计划")
    case .describe: Entry(.statement, aliases: ["描述", "查看"], "what a layer holds", "查看图层内容")
    case .check: Entry(.statement, aliases: ["体检", "检查"], "look for bad data in a layer", "检查图层的数据质量")
    case .layers: Entry(.statement, aliases: ["图层"], "list the layers", "列出图层")
    case .help: Entry(.statement, aliases: ["帮助"], "explain a word", "解释词语用法")

    case .layer: Entry(.option, aliases: ["子图层"], "which layer of the file", "文件中的哪个图层")
    case .all: Entry(.option, aliases: ["全部"], "every layer of the file", "文件中的所有图层")
    case .crs: Entry(.option, aliases: ["坐标系"], "the reference system", "坐标参考系")
    case .encoding: Entry(.option, aliases: ["编码"], "the encoding of the file's text", "文件的文字编码")

    case .box: Entry(.option, aliases: ["矩形"], "a box of longitudes and latitudes", "以经纬度给出的矩形")
    case .limit: Entry(.option, aliases: ["至多"], "no more rows than this", "最多读取的行数")
    case .closed: Entry(.option, aliases: ["闭合"], "lines that close on themselves", "首尾相接的线")
    case .areas: Entry(.option, aliases: ["面"], "as areas", "作为面")
    case .network: Entry(.option, aliases: ["路网"], "make a street network of the lines", "把线做成路网")
    case .oneway: Entry(.option, aliases: ["单行"], "which way a street is open", "街道的单行方向")
    case .speed: Entry(.option, aliases: ["速度"], "how fast a street or a mode is", "街道或出行方式的速度")
    case .class: Entry(.option, aliases: ["等级"], "the class of a street", "道路等级")
    case .field: Entry(.option, aliases: ["字段"], "in this column of the file", "文件中的这一列")
    case .tolerance: Entry(.option, aliases: ["容差"], "how far apart ends may be and meet", "端点相接的容差")
    case .bridging: Entry(.option, aliases: ["补缝"], "close gaps at dead ends up to a length", "补上断头处不超过此长度的缺口")
    case .planar: Entry(.option, aliases: ["交叉打断"], "join lines where they cross", "在线的交叉处相连")
    case .without: Entry(.option, aliases: ["不含"], "not on these classes of street", "不走这些等级的道路")
    case .ferries: Entry(.option, aliases: ["轮渡"], "ferries", "轮渡")
    case .heights: Entry(.option, aliases: ["高程"], "the heights of lines", "线的高程")

    case .point: Entry(.source, aliases: ["点"], "a place by longitude and latitude", "以经度和纬度给出的位置")
    case .sql: Entry(.source, aliases: ["查询语句"], "a read-only query on the store", "对数据库的只读查询")
    case .values: Entry(.source, aliases: ["数值表"], "rows written in the query", "直接写出的行")

    case .where: Entry(.step(.rows), aliases: ["筛选"], "keep the rows that satisfy a condition", "保留满足条件的行")
    case .select: Entry(.step(.rows), aliases: ["选取"], "keep these columns", "只保留这些列")
    case .derive: Entry(.step(.rows), aliases: ["计算"], "add computed columns", "增加计算列")
    case .sort: Entry(.step(.rows), aliases: ["排序"], "order the rows", "给行排序")
    case .take: Entry(.step(.rows), aliases: ["取"], "keep the first rows", "取前几行")
    case .summarize: Entry(.step(.rows), aliases: ["汇总"], "one row per group", "每组汇总成一行")
    case .join: Entry(.step(.rows), aliases: ["关联"], "join by equal values", "按相等的值关联")
    case .union: Entry(.step(.rows), aliases: ["合并"], "append the rows of another layer", "并入另一图层的行")
    case .distinct: Entry(.step(.rows), aliases: ["去重"], "drop repeated rows", "去掉重复行")
    case .repair: Entry(.option, .step(.rows), aliases: ["修复"], "mend what is certainly wrong", "修复确定的错误")

    case .within:
      Entry(.step(.keepByPlace), .connective, aliases: ["距离", "相距"], "no farther than", "不超过此距离")
    case .beyond: Entry(.step(.keepByPlace), aliases: ["超出"], "keep what is farther than", "保留超出此距离的")
    case .inside: Entry(.step(.keepByPlace), aliases: ["落在"], "keep what lies in an area", "保留落在面内的")
    case .outside: Entry(.step(.keepByPlace), aliases: ["不在"], "keep what lies in no area", "保留不在任何面内的")
    case .intersecting:
      Entry(.step(.keepByPlace), aliases: ["相交"], "keep what touches or overlaps", "保留相接或重叠的")

    case .nearest: Entry(.step(.joinByPlace), aliases: ["最近"], "join the nearest features", "关联最近的要素")
    case .locate: Entry(.step(.joinByPlace), aliases: ["定位"], "join the containing area", "关联所在的面")
    case .around: Entry(.step(.joinByPlace), aliases: ["周边"], "aggregate what lies around", "汇总周边要素")

    case .count: Entry(.step(.perArea), aliases: ["计数"], "number of features in each area", "每个面内的要素个数")
    case .density: Entry(.step(.perArea), aliases: ["密度"], "features per unit of area", "单位面积的要素个数")
    case .coverage: Entry(.step(.perArea), aliases: ["覆盖"], "share that is reached", "覆盖的比例")
    case .gaps: Entry(.step(.perArea), aliases: ["盲区", "缺口"], "the parts not reached", "未覆盖的部分")

    case .buffer: Entry(.step(.shape), aliases: ["缓冲"], "the area within a distance", "一定距离内的面")
    case .catchment: Entry(.step(.shape), aliases: ["服务区"], "service areas along streets", "沿道路的服务区")
    case .dissolve: Entry(.step(.shape), aliases: ["融合"], "unite the shapes of each group", "按组融合图形")
    case .clip: Entry(.step(.shape), aliases: ["裁剪"], "keep the parts inside", "保留面内的部分")
    case .erase: Entry(.step(.shape), aliases: ["擦除"], "remove the parts inside", "擦去面内的部分")
    case .centroid: Entry(.step(.shape), aliases: ["质心"], "the centre of each shape", "每个图形的质心")
    case .hull: Entry(.step(.shape), aliases: ["凸包"], "the convex hull of each shape", "每个图形的凸包")
    case .simplify: Entry(.step(.shape), aliases: ["简化"], "drop detail below a length", "简化小于此长度的细节")
    case .grid: Entry(.step(.shape), aliases: ["格网"], "square cells over the extent", "覆盖范围的方格")
    case .hexagons: Entry(.step(.shape), aliases: ["六边形"], "hexagonal cells over the extent", "覆盖范围的六边形格")

    case .by: Entry(.connective, aliases: ["按", "由"], "by a mode, a key or a layer", "按方式、按列或由图层")
    case .to: Entry(.connective, aliases: ["到", "换算"], "to a file, a layer or a unit", "到文件、图层或单位")
    case .as: Entry(.connective, aliases: ["为", "记为"], "under this name", "以此为名")
    case .of: Entry(.connective, aliases: ["于", "距"], "of this layer", "于此图层")
    case .on: Entry(.connective, aliases: ["依据", "在"], "on a condition or a date", "依据条件或在某日")
    case .from: Entry(.connective, aliases: ["自", "从"], "measured from the facility", "自设施出发量取")
    case .via: Entry(.connective, aliases: ["经由"], "entered at the points of this layer", "从此图层的点进入")
    case .with: Entry(.connective, aliases: ["附带", "含"], "with the way there, ferries or heights", "附带路线、轮渡或高程")
    case .against: Entry(.connective, aliases: ["对照"], "compared with this layer", "与此图层对照")
    case .route: Entry(.connective, aliases: ["路线"], "the way as a line", "以线表示的路线")
    case .merged: Entry(.connective, aliases: ["合为一面"], "one area for all", "所有设施合为一个面")
    case .split: Entry(.connective, aliases: ["分割"], "each place to its nearest", "每处归最近的设施")
    case .lines: Entry(.connective, aliases: ["线段"], "the streets themselves", "道路本身")
    case .width: Entry(.connective, aliases: ["宽度"], "how far on either side", "两侧的宽度")
    case .in: Entry(.connective, .expression, aliases: ["属于", "位于"], "in a list or a layer", "属于列表或位于图层")
    case .per: Entry(.connective, .expression, aliases: ["每"], "per unit", "每单位")
    case .weighted: Entry(.connective, aliases: ["加权"], "weighted by a column", "按列加权")
    case .asc: Entry(.connective, aliases: ["升序"], "smallest first", "从小到大")
    case .desc: Entry(.connective, aliases: ["降序"], "largest first", "从大到小")

    case .and: Entry(.expression, aliases: ["且", "并且"], "both hold", "两者都成立")
    case .or: Entry(.expression, aliases: ["或", "或者"], "at least one holds", "至少一个成立")
    case .not: Entry(.expression, aliases: ["非", "不"], "does not hold", "不成立")
    case .like: Entry(.expression, aliases: ["形如"], "matches a pattern with % and _", "符合含 % 和 _ 的模式")
    case .is: Entry(.expression, aliases: ["是"], "is null or is not null", "是否为空")
    case .null: Entry(.expression, aliases: ["空", "空值"], "no value", "没有值")
    case .case: Entry(.expression, aliases: ["分情况"], "choose a value by conditions", "按条件取值")
    case .when: Entry(.expression, aliases: ["当"], "a condition of case", "一种情况的条件")
    case .then: Entry(.expression, aliases: ["则"], "the value under the condition", "条件成立时的值")
    case .else: Entry(.expression, aliases: ["否则"], "the value when nothing holds", "都不成立时的值")
    case .end: Entry(.expression, aliases: ["结束"], "ends case", "分情况结束")
    case .true: Entry(.expression, aliases: ["真"], "the true value", "真值")
    case .false: Entry(.expression, aliases: ["假"], "the false value", "假值")
    case .open: Entry(.expression, aliases: ["营业", "开放"], "open on a date", "在某日营业")
    }
  }
}
