/// Shares out one edge among the positions on it from which it is reached: its ends, and facilities on the edge itself.
///
/// Between two neighbouring positions the cost grows evenly from the left and from the right. What comes from the left is
/// cheapest from one of the positions up to there, what comes from the right from one of those after it; they meet where
/// both cost the same.
struct EdgeCut {
  private struct Source {
    var label: FacilityLabel
    var position: EdgeOffset
  }

  private let limit: Double
  private var spread = EdgeSpread(directions: [], end: .beginning)
  private var sources: [Source] = []
  /// The best from the right of each source and those after it, with the cost to the beginning of the edge.
  private var fromRight: [FacilityLabel] = []

  init(limit: UInt32) { self.limit = Double(limit) }

  mutating func begin(_ spread: EdgeSpread) {
    self.spread = spread
    sources.removeAll(keepingCapacity: true)
  }

  /// Adds a position, after those before it on the edge.
  mutating func add(_ label: FacilityLabel, at position: EdgeOffset) {
    if !label.isNone { sources.append(Source(label: label, position: position)) }
  }

  /// Calls `body` with each stretch and its facility, in the order of the edge, in shares of its length.
  mutating func finish(_ body: (_ facility: Int32, _ first: Double, _ last: Double) -> Void) {
    guard !sources.isEmpty else { return }
    fromRight.removeAll(keepingCapacity: true)
    var best = FacilityLabel.none
    for source in sources.reversed() {
      best = min(best, source.label.adding(source.position.back))
      fromRight.append(best)
    }
    // The best from the left so far, with the cost to the end of the edge.
    var fromLeft = FacilityLabel.none
    var start = EdgeOffset.beginning
    for i in 0...sources.count {
      let end = i < sources.count ? sources[i].position : spread.end
      let right = i < sources.count ? fromRight[sources.count - 1 - i] : .none
      if start < end { share(start, end, fromLeft, right, body) }
      if i < sources.count {
        fromLeft = min(fromLeft, sources[i].label.adding(spread.end.ahead - sources[i].position.ahead))
        start = end
      }
    }
  }

  private func share(
    _ first: EdgeOffset, _ last: EdgeOffset, _ left: FacilityLabel, _ right: FacilityLabel,
    _ body: (_ facility: Int32, _ first: Double, _ last: Double) -> Void
  ) {
    let (ahead, back) = (Double(spread.end.ahead), Double(spread.end.back))
    let (start, end) = (Double(first.ahead) / ahead, Double(last.ahead) / ahead)
    let comesLeft = !left.isNone && spread.isAhead
    let comesRight = !right.isNone && spread.isBack
    // Costs at the beginning of the edge, as if each reached that far.
    let leftCost = Double(left.cost) - ahead
    let rightCost = Double(right.cost)
    var meeting = comesLeft ? end : start
    if comesLeft && comesRight { meeting = min(max((rightCost - leftCost) / (ahead + back), start), end) }
    if comesLeft { body(left.facility, start, min(meeting, (limit - leftCost) / ahead)) }
    if comesRight { body(right.facility, max(meeting, (rightCost - limit) / back), end) }
  }
}
