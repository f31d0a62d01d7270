import FeatureTables

/// The exact sum of whole numbers, in 128 bits on the way; or their mean. Null for a group without values.
final class IntegerSum: Aggregation {
  private let isMean: Bool
  private var sums: [Int128] = []
  private var counts: [Int64] = []

  init(isMean: Bool) { self.isMean = isMean }

  func grow(to groupCount: Int) {
    sums.grow(to: groupCount, filling: 0)
    counts.grow(to: groupCount, filling: 0)
  }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let values = values?.integers else { return }
    for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
      // 2⁶³ values of 2⁶³ each stay within 128 bits.
      sums[Int(group)] += Int128(values.values[values.start + row &* values.step])
      counts[Int(group)] += 1
    }
  }

  func finish() -> Column? {
    let validity = counts.contains(0) ? counts.map { $0 > 0 } : []
    if isMean {
      return Column(.number(zip(sums, counts).map { $1 == 0 ? 0 : Double($0) / Double($1) }), validity: validity)
    }
    let whole = sums.compactMap { Int64(exactly: $0) }
    return whole.count == sums.count ? Column(.integer(whole), validity: validity) : nil
  }
}

/// The sum of numbers with the rounding errors carried along (Neumaier 1974), or their mean. NaN and infinity stay what
/// they are. Null for a group without values.
final class NumberSum: Aggregation {
  private let isMean: Bool
  private var sums: [Double] = []
  private var errors: [Double] = []
  private var counts: [Int64] = []

  init(isMean: Bool) { self.isMean = isMean }

  func grow(to groupCount: Int) {
    sums.grow(to: groupCount, filling: 0)
    errors.grow(to: groupCount, filling: 0)
    counts.grow(to: groupCount, filling: 0)
  }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let values = values?.numbers else { return }
    for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
      let (group, value) = (Int(group), values.values[values.start + row &* values.step])
      let sum = sums[group]
      let next = sum + value
      errors[group] += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum
      sums[group] = next
      counts[group] += 1
    }
  }

  func finish() -> Column? {
    let values = sums.indices.map { group in
      let total = sums[group].isFinite ? sums[group] + errors[group] : sums[group]
      return isMean && counts[group] > 0 ? total / Double(counts[group]) : total
    }
    return Column(.number(values), validity: counts.contains(0) ? counts.map { $0 > 0 } : [])
  }
}

/// The standard deviation of a sample (n − 1), by Welford's recurrence (1962). Null for less than two values.
final class Spread: Aggregation {
  private var counts: [Double] = []
  private var means: [Double] = []
  private var squares: [Double] = []

  func grow(to groupCount: Int) {
    counts.grow(to: groupCount, filling: 0)
    means.grow(to: groupCount, filling: 0)
    squares.grow(to: groupCount, filling: 0)
  }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let values = values?.numbers else { return }
    for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
      let (group, value) = (Int(group), values.values[values.start + row &* values.step])
      counts[group] += 1
      let before = value - means[group]
      means[group] += before / counts[group]
      squares[group] += before * (value - means[group])
    }
  }

  func finish() -> Column? {
    Column(
      .number(zip(squares, counts).map { $1 < 2 ? 0 : ($0 / ($1 - 1)).squareRoot() }),
      validity: counts.contains { $0 < 2 } ? counts.map { $0 >= 2 } : [])
  }
}
