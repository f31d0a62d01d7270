/// A small generator of random numbers whose sequence is the same on every machine and in every release.
///
/// Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// Uniform in 0..<bound.
  mutating func below(_ bound: Int) -> Int { Int(unit() * Double(bound)) }

  /// About normal, mean 0 and variance 1: twelve uniforms summed (Irwin–Hall), so that no logarithm of a maths library
  /// decides a byte. Never beyond ±6.
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += unit() }
    return sum
  }

  /// An index chosen in proportion to its weight; the weights are given summed up, ascending.
  mutating func index(inCumulative sums: [Double]) -> Int {
    guard let total = sums.last else { return 0 }
    let target = unit() * total
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > target { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Running sums, as `SplitMix64.index(inCumulative:)` takes them.
func cumulative(_ weights: [Double]) -> [Double] {
  var sum = 0.0
  return weights.map { weight in
    sum += weight
    return sum
  }
}

/// Splits a whole number in proportion to weights by largest remainders; ties go to the earlier.
func apportion(_ total: Int, by weights: [Double]) -> [Int] {
  let sum = weights.reduce(0, +)
  guard sum > 0 else { return weights.map { _ in 0 } }
  let exact = weights.map { Double(total) * $0 / sum }
  var parts = exact.map { Int($0) }
  let order = exact.indices.sorted {
    let a = exact[$0] - Double(parts[$0])
    let b = exact[$1] - Double(parts[$1])
    return a == b ? $0 < $1 : a > b
  }
  for index in order.prefix(total - parts.reduce(0, +)) { parts[index] += 1 }
  return parts
}
