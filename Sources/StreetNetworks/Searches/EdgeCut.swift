/// Shares out one edge among the positions on it from which it is reached: its ends, and facilities on the edge itself.
///
/// Between two neighbouring positions the cost grows from the left and from the right by 1 a unit. What comes from the
/// left is cheapest from one of the positions up to there, what comes from the right from one of those after it; they
/// meet where both cost the same.
struct EdgeCut {
  private struct Source {
    var label: FacilityLabel
    var position: UInt32
  }

  private let limit: Double
  private var cost: UInt32 = 1
  private var spread: Directions = []
  private var sources: [Source] = []
  /// The best from the right of each source and those after it, with the cost to the beginning of the edge.
  private var fromRight: [FacilityLabel] = []

  init(limit: UInt32) { self.limit = Double(limit) }

  mutating func begin(cost: UInt32, spread: Directions) {
    self.cost = cost
    self.spread = spread
    sources.removeAll(keepingCapacity: true)
  }

  /// Adds a position, after those before it on the edge.
  mutating func add(_ label: FacilityLabel, at position: UInt32) {
    if !label.isNone { sources.append(Source(label: label, position: position)) }
  }

  /// Calls `body` with each stretch and its facility, in the order of the edge, in shares of its length.
  mutating func finish(_ body: (_ facility: Int32, _ first: Double, _ last: Double) -> Void) {
    guard !sources.isEmpty else { return }
    fromRight.removeAll(keepingCapacity: true)
    var best = FacilityLabel.none
    for source in sources.reversed() {
      best = min(best, source.label.adding(source.position))
      fromRight.append(best)
    }
    // The best from the left so far, with the cost to the end of the edge.
    var fromLeft = FacilityLabel.none
    var start: UInt32 = 0
    for i in 0...sources.count {
      let end = i < sources.count ? sources[i].position : cost
      let right = i < sources.count ? fromRight[sources.count - 1 - i] : .none
      if start < end { share(start, end, fromLeft, right, body) }
      if i < sources.count {
        fromLeft = min(fromLeft, sources[i].label.adding(cost - sources[i].position))
        start = end
      }
    }
  }

  private func share(
    _ start: UInt32, _ end: UInt32, _ left: FacilityLabel, _ right: FacilityLabel,
    _ body: (_ facility: Int32, _ first: Double, _ last: Double) -> Void
  ) {
    let (start, end, whole) = (Double(start), Double(end), Double(cost))
    let comesLeft = !left.isNone && spread.contains(.forward)
    let comesRight = !right.isNone && spread.contains(.backward)
    // Costs at the beginning of the edge, as if each reached that far.
    let leftCost = Double(left.cost) - whole
    let rightCost = Double(right.cost)
    var meeting = comesLeft ? end : start
    if comesLeft && comesRight { meeting = min(max((rightCost - leftCost) / 2, start), end) }
    if comesLeft { body(left.facility, start / whole, min(meeting, limit - leftCost) / whole) }
    if comesRight { body(right.facility, max(meeting, rightCost - limit) / whole, end / whole) }
  }
}
