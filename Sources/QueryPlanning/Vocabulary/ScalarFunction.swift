import FeatureTables

/// Functions of one row.
public enum ScalarFunction: String, Sendable, Hashable, CaseIterable {
  case area, length, x, y, distance, kind, vertices
  case lower, upper, trim, concat, characters
  case coalesce, abs, round, floor, ceiling, sqrt, least, greatest
  case year, month, day, date
}

/// Functions of many rows.
public enum AggregateFunction: String, Sendable, Hashable, CaseIterable {
  case count, sum, mean, median, min, max, stdev
  case countDistinct = "count_distinct"
}
