import GeometryKernel

extension GeometryArray {
  /// The median of the vertices on either axis, a box between the two middle ones: where the rows are, whatever a few of
  /// them say whose coordinates are zero, exchanged or mistyped. Empty without a finite vertex.
  ///
  /// Of many vertices some ten thousand are looked at, evenly spread. O(10⁴ log 10⁴).
  public var middle: Box {
    let step = xs.count / 10_000 + 1
    func median(_ numbers: [Double]) -> ClosedRange<Double>? {
      let sorted = stride(from: 0, to: numbers.count, by: step).map { numbers[$0] }.filter(\.isFinite).sorted()
      return sorted.isEmpty ? nil : sorted[(sorted.count - 1) / 2]...sorted[sorted.count / 2]
    }
    guard let x = median(xs), let y = median(ys) else { return .empty }
    return Box(minX: x.lowerBound, minY: y.lowerBound, maxX: x.upperBound, maxY: y.upperBound)
  }
}
