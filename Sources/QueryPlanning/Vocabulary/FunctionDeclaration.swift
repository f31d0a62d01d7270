/// A function as the binder checks it, `help` explains it and the documentation prints it.
public struct FunctionDeclaration: Sendable {
  public enum Function: Sendable, Hashable {
    case scalar(ScalarFunction)
    case aggregate(AggregateFunction)
  }

  public let function: Function
  public let name: String
  /// Chinese names of the same function.
  public let aliases: [String]
  public let signature: String
  public let argumentCount: ClosedRange<Int>
  /// What it gives, with its unit.
  public let summary: String
  /// A query over the embedded layers that uses it.
  public let example: String

  public var names: [String] { [name] + aliases }

  public static func named(_ name: String) -> FunctionDeclaration? { byName[name] }

  private static let byName: [String: FunctionDeclaration] = {
    var table: [String: FunctionDeclaration] = [:]
    for declaration in all {
      for name in declaration.names { table[name] = declaration }
    }
    return table
  }()

  /// All functions in the order of the documentation: of places, numbers, text, dates, then aggregates.
  public static let all: [FunctionDeclaration] = scalars + aggregates

  private static let scalars: [FunctionDeclaration] = [
    scalar(
      .area, ["面积"], "area()", 0...1,
      "area of the row's geometry in the working system, less its holes; 0 for points and lines",
      "parks | select name, size = area() to mu"),
    scalar(
      .length, ["长度"], "length()", 0...1, "length of a line, or the whole outline of an area, in the working system",
      "parks | select name, outline = length() to km"),
    scalar(
      .x, [], "x()", 0...1, "easting of a point, or of the centroid, in the working system",
      "metro_stations | select name, east = x(), north = y()"),
    scalar(
      .y, [], "y()", 0...1, "northing of a point, or of the centroid, in the working system",
      "metro_stations | where y() > 4085 km | select name"),
    scalar(
      .distance, ["间距"], "distance(a, b)", 2...2,
      "straight distance between two geometries of a row, 0 where they meet",
      "places | nearest 1 clinics as c | select name, d = distance(geometry, c.geometry)"),
    scalar(
      .kind, [], "kind()", 0...1, "type of the row's geometry as GeoJSON names it",
      "parks | summarize n = count() by type = kind()"),
    scalar(
      .vertices, [], "vertices()", 0...1, "number of stored coordinates of the row's geometry",
      "districts | select name, n = vertices()"),
    scalar(
      .abs, [], "abs(a)", 1...1, "the value without its sign",
      "parks | where area_mu is not null | select name, off = abs(area() - area_mu) / area_mu to %"),
    scalar(
      .round, ["四舍五入"], "round(a, decimals)", 1...2,
      "rounded in the unit that is printed, halves away from zero; 0 decimals when none are written",
      "parks | select name, km2 = round(area(), 2)"),
    scalar(
      .floor, [], "floor(a)", 1...1, "the whole number of units not above the value",
      "parks | select name, km2 = floor(area())"),
    scalar(
      .ceiling, [], "ceiling(a)", 1...1, "the whole number of units not below the value",
      "parks | select name, km2 = ceiling(area())"),
    scalar(
      .sqrt, [], "sqrt(a)", 1...1, "square root; of an area it is a length", "parks | select name, side = sqrt(area())"),
    scalar(
      .least, [], "least(a, b, …)", 1...16, "the smallest of the values that are not null",
      "residents | select n = least(pop, 50) | take 3"),
    scalar(
      .greatest, [], "greatest(a, b, …)", 1...16, "the largest of the values that are not null",
      "residents | select n = greatest(pop, 10) | take 3"),
    scalar(
      .coalesce, [], "coalesce(a, b, …)", 1...16, "the first of the values that is not null",
      "parks | select name, mu = coalesce(area_mu, 0 mu)"),
    scalar(.lower, [], "lower(text)", 1...1, "the text in small letters", "places | select lower(name_en)"),
    scalar(.upper, [], "upper(text)", 1...1, "the text in capital letters", "places | select upper(name_en)"),
    scalar(
      .trim, [], "trim(text)", 1...1, "the text without white space at its ends", "places | select name = trim(name)"),
    scalar(
      .concat, ["拼接"], "concat(a, b, …)", 1...16, "the texts one after another; null if one of them is",
      "parks | select label = concat(name, \" / \", name_en)"),
    scalar(
      .characters, [], "characters(text)", 1...1, "number of characters of a text",
      "parks | where characters(name) > 9 | select name"),
    scalar(
      .year, [], "year(date)", 1...1, "year of a date", "sale_points | summarize n = count() by y = year(valid_from)"),
    scalar(
      .month, [], "month(date)", 1...1, "month of a date, 1 to 12",
      "sale_points | summarize n = count() by m = month(valid_to)"),
    scalar(
      .day, [], "day(date)", 1...1, "day of the month, 1 to 31",
      "sale_points | summarize n = count() by d = day(valid_from)"),
    scalar(
      .date, ["日期"], "date(text)", 1...1, "the date of a text such as 2021-05-11; null for any other text",
      "sale_points | where valid_from == date(\"2021-05-11\") | summarize n = count()"),
  ]

  private static let aggregates: [FunctionDeclaration] = [
    aggregate(.count, ["计数"], "count()", "number of rows", "clinics | summarize n = count() by kind"),
    aggregate(
      .countDistinct, [], "count_distinct(a)", "number of different values, nulls left out",
      "sale_points | summarize districts = count_distinct(district)"),
    aggregate(
      .sum, ["总和"], "sum(a)", "sum of the values, nulls left out; null when there is none",
      "residents | summarize people = sum(pop)"),
    aggregate(.mean, ["平均"], "mean(a)", "arithmetic mean", "residents | summarize people = mean(pop)"),
    aggregate(
      .median, ["中位数"], "median(a)", "middle value, or the mean of the two middle ones",
      "residents | summarize people = median(pop)"),
    aggregate(.min, ["最小"], "min(a)", "smallest value", "parks | summarize smallest = min(area())"),
    aggregate(.max, ["最大"], "max(a)", "largest value", "parks | summarize largest = max(area())"),
    aggregate(
      .stdev, [], "stdev(a)", "standard deviation of the sample (n − 1)", "parks | summarize spread = stdev(area())"),
  ]

  private static func scalar(
    _ function: ScalarFunction, _ aliases: [String], _ signature: String, _ count: ClosedRange<Int>, _ summary: String,
    _ example: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      function: .scalar(function), name: function.rawValue, aliases: aliases, signature: signature,
      argumentCount: count, summary: summary, example: example)
  }

  private static func aggregate(
    _ function: AggregateFunction, _ aliases: [String], _ signature: String, _ summary: String, _ example: String
  ) -> FunctionDeclaration {
    FunctionDeclaration(
      function: .aggregate(function), name: function.rawValue, aliases: aliases, signature: signature,
      argumentCount: function == .count ? 0...0 : 1...1, summary: summary, example: example)
  }
}
