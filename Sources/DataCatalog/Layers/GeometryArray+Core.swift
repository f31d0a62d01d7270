import GeometryKernel

extension GeometryArray {
  /// The middle half of the vertices on either axis: where most of the rows are, whatever a few of them say whose
  /// coordinates are zero, exchanged or mistyped. Empty without a finite vertex.
  ///
  /// Of many vertices some ten thousand are looked at, evenly spread. O(10⁴ log 10⁴).
  public var core: Box {
    let step = xs.count / 10_000 + 1
    func half(_ numbers: [Double]) -> ClosedRange<Double>? {
      let sorted = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }.filter(\.isFinite).sorted()
      let quarter = sorted.count / 4
      return sorted.isEmpty ? nil : sorted[quarter]...sorted[sorted.count - 1 - quarter]
    }
    guard let x = half(xs), let y = half(ys) else { return .empty }
    return Box(minX: x.lowerBound, minY: y.lowerBound, maxX: x.upperBound, maxY: y.upperBound)
  }
}
