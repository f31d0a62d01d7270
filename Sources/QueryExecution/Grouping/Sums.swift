import FeatureTables

/// The exact sum of whole numbers: 2⁶³ values of 2⁶³ each stay within 128 bits.
struct WholeSum: RunningValue {
  private var sum: Int128 = 0
  private var count: Int64 = 0

  mutating func add(_ value: Int64) {
    sum += Int128(value)
    count += 1
  }

  /// Null for a group without values; `nil` when a sum is beyond 64 bits.
  static func sums(_ groups: [WholeSum]) -> Column? {
    let whole = groups.compactMap { Int64(exactly: $0.sum) }
    guard whole.count == groups.count else { return nil }
    return .optional(zip(groups, whole).map { $0.count == 0 ? nil : $1 }) { .integer($0) }
  }

  static func means(_ groups: [WholeSum]) -> Column? {
    .optional(groups.map { $0.count == 0 ? nil : Double($0.sum) / Double($0.count) }) { .number($0) }
  }
}

/// The sum of numbers with the rounding errors carried along (Neumaier 1974). NaN and infinity stay what they are.
struct NumberSum: RunningValue {
  private var sum = 0.0
  private var error = 0.0
  private var count = 0.0

  mutating func add(_ value: Double) {
    let next = sum + value
    error += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
    sum = next
    count += 1
  }

  private var total: Double { sum.isFinite ? sum + error : sum }

  /// Null for a group without values.
  static func sums(_ groups: [NumberSum]) -> Column? {
    .optional(groups.map { $0.count == 0 ? nil : $0.total }) { .number($0) }
  }

  static func means(_ groups: [NumberSum]) -> Column? {
    .optional(groups.map { $0.count == 0 ? nil : $0.total / $0.count }) { .number($0) }
  }
}

/// The standard deviation of a sample (n − 1), by Welford's recurrence (1962).
struct Spread: RunningValue {
  private var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let before = value - mean
    mean += before / count
    squares += before * (value - mean)
  }

  /// Null for less than two values.
  static func deviations(_ groups: [Spread]) -> Column? {
    .optional(groups.map { $0.count < 2 ? nil : ($0.squares / ($0.count - 1)).squareRoot() }) { .number($0) }
  }
}
