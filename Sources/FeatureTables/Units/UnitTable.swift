/// A unit with the names it may be typed by.
public struct UnitDeclaration: Sendable {
  public let unit: Unit
  public let names: [String]
  public let summary: String
}

extension Unit {
  /// Every unit of the language, in the order in which the documentation lists them.
  public static let declarations: [UnitDeclaration] = [
    declare("mm", .length, 0.001, "millimetre", ["毫米"]),
    declare("cm", .length, 0.01, "centimetre", ["厘米"]),
    declare("m", .length, 1, "metre", ["米"]),
    declare("km", .length, 1000, "kilometre", ["公里", "千米"]),
    declare("m²", .area, 1, "square metre", ["m2", "平方米", "平米"], suffix: "m2"),
    declare("ha", .area, 10_000, "hectare", ["公顷"]),
    declare("km²", .area, 1e6, "square kilometre", ["km2", "平方公里", "平方千米"], suffix: "km2"),
    declare("mu", .area, 1e6 / 1500, "mu, 1/1500 km²", ["亩"]),
    declare("s", .time, 1, "second", ["秒", "sec"]),
    declare("min", .time, 60, "minute", ["分钟", "分"]),
    declare("h", .time, 3600, "hour", ["小时", "hour", "hours"]),
    declare("d", .time, 86_400, "day", ["天", "日", "day", "days"]),
    declare("y", .time, 31_557_600, "year of 365.25 days", ["年", "year", "years"]),
    declare("kg", .mass, 1, "kilogram", ["千克", "公斤"]),
    declare("t", .mass, 1000, "tonne", ["吨"]),
    UnitDeclaration(unit: .percent, names: ["%", "percent", "百分比"], summary: "hundredth of a whole"),
  ]

  /// The unit of a name; `nil` for an unknown one. Names are matched as written.
  public static func named(_ name: String) -> Unit? { byName[name] }

  private static let byName: [String: Unit] = {
    var table: [String: Unit] = [:]
    for declaration in declarations {
      for name in declaration.names { table[name] = declaration.unit }
    }
    return table
  }()

  private static func declare(
    _ symbol: String, _ dimension: Dimension, _ factor: Double, _ summary: String, _ aliases: [String],
    suffix: String? = nil
  ) -> UnitDeclaration {
    UnitDeclaration(
      unit: Unit(symbol: symbol, dimension: dimension, factor: factor, fileSuffix: suffix ?? symbol),
      names: [symbol] + aliases, summary: summary)
  }
}
