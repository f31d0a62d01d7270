/// The least of the keys that a search meets, in four lanes, without a branch: a branch on "nearer than the best so far"
/// is foreseen wrongly three times a query, each time as long as twenty points take.
///
/// A key is a squared distance whose last bits are a number that tells the points of one block apart. What is not a
/// number is passed over.
protocol LeastKeys {
  mutating func take(_ keys: SIMD4<Float>)
}

/// One and the next, which tells whether the first is alone.
struct LeastTwo: LeastKeys {
  private var first = SIMD4<Float>(repeating: .infinity)
  private var second = SIMD4<Float>(repeating: .infinity)

  @inline(__always)
  mutating func take(_ keys: SIMD4<Float>) {
    let rest = put(keys, into: &first)
    second.replace(with: rest, where: rest .< second)
  }

  /// The least of all lanes and the next.
  @inline(__always)
  var least: (first: Float, next: Float) {
    var low = first.lowHalf
    let high = put(first.highHalf, into: &low)
    var next = second.lowHalf
    next.replace(with: second.highHalf, where: second.highHalf .< next)
    next.replace(with: high, where: high .< next)
    let isSwapped = low[1] < low[0]
    let least = isSwapped ? low[1] : low[0]
    let other = isSwapped ? low[0] : low[1]
    let beyond = next[1] < next[0] ? next[1] : next[0]
    return (least, beyond < other ? beyond : other)
  }
}

/// Four and the next.
struct LeastFive: LeastKeys {
  private var first = SIMD4<Float>(repeating: .infinity)
  private var second = SIMD4<Float>(repeating: .infinity)
  private var third = SIMD4<Float>(repeating: .infinity)
  private var fourth = SIMD4<Float>(repeating: .infinity)
  private var fifth = SIMD4<Float>(repeating: .infinity)

  @inline(__always)
  mutating func take(_ keys: SIMD4<Float>) {
    var rest = put(keys, into: &first)
    rest = put(rest, into: &second)
    rest = put(rest, into: &third)
    rest = put(rest, into: &fourth)
    fifth.replace(with: rest, where: rest .< fifth)
  }

  /// The five least of all lanes, ascending.
  @inline(__always)
  var least: (Float, Float, Float, Float, Float) {
    // Of two ascending lists the lesser ones of opposite ends are the least of both (K. Batcher, *Sorting Networks and
    // Their Applications*, 1968).
    var a = lesser(first.lowHalf, fifth.highHalf)
    var b = lesser(second.lowHalf, fourth.highHalf)
    var c = lesser(third.lowHalf, third.highHalf)
    var d = lesser(fourth.lowHalf, second.highHalf)
    var e = lesser(fifth.lowHalf, first.highHalf)
    sort(&a, &b, &c, &d, &e)
    let (low, high) = ((a[0], b[0], c[0], d[0], e[0]), (a[1], b[1], c[1], d[1], e[1]))
    a[0] = low.0 < high.4 ? low.0 : high.4
    b[0] = low.1 < high.3 ? low.1 : high.3
    c[0] = low.2 < high.2 ? low.2 : high.2
    d[0] = low.3 < high.1 ? low.3 : high.1
    e[0] = low.4 < high.0 ? low.4 : high.0
    sort(&a, &b, &c, &d, &e)
    return (a[0], b[0], c[0], d[0], e[0])
  }

  /// The network of nine comparisons for five.
  @inline(__always)
  private func sort(
    _ a: inout SIMD2<Float>, _ b: inout SIMD2<Float>, _ c: inout SIMD2<Float>, _ d: inout SIMD2<Float>,
    _ e: inout SIMD2<Float>
  ) {
    d = put(d, into: &a)
    e = put(e, into: &b)
    c = put(c, into: &a)
    d = put(d, into: &b)
    b = put(b, into: &a)
    e = put(e, into: &c)
    c = put(c, into: &b)
    e = put(e, into: &d)
    d = put(d, into: &c)
  }

  @inline(__always)
  private func lesser(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> { b.replacing(with: a, where: a .< b) }
}

/// Leaves the lesser of each lane and returns the greater.
@inline(__always)
private func put(_ keys: SIMD4<Float>, into least: inout SIMD4<Float>) -> SIMD4<Float> {
  let isLess = keys .< least
  let rest = keys.replacing(with: least, where: isLess)
  least.replace(with: keys, where: isLess)
  return rest
}

@inline(__always)
private func put(_ keys: SIMD2<Float>, into least: inout SIMD2<Float>) -> SIMD2<Float> {
  let isLess = keys .< least
  let rest = keys.replacing(with: least, where: isLess)
  least.replace(with: keys, where: isLess)
  return rest
}
