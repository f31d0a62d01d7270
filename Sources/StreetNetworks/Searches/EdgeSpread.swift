/// A position on an edge by what it costs a search to spread to it: from the beginning of the edge ahead, and what it
/// costs from there back to the beginning. The two differ where the way there is not the way back.
///
/// Both grow along the edge, so that positions have one order.
struct EdgeOffset: Comparable, BitwiseCopyable, Sendable {
  private var bits: UInt64

  @inline(__always)
  init(ahead: UInt32, back: UInt32) { bits = UInt64(ahead) << 32 | UInt64(back) }

  /// The beginning of every edge.
  static let beginning = EdgeOffset(ahead: 0, back: 0)

  @inline(__always) var ahead: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
  @inline(__always) var back: UInt32 { UInt32(truncatingIfNeeded: bits) }

  @inline(__always)
  static func < (a: Self, b: Self) -> Bool { a.bits < b.bits }
}

/// How a search spreads along an edge: in which directions, and at what cost.
struct EdgeSpread: BitwiseCopyable, Sendable {
  /// `forward` is from the beginning to the end of the edge.
  let directions: Directions
  /// The offset of the end of the edge.
  let end: EdgeOffset

  var isAhead: Bool { directions.contains(.forward) }
  var isBack: Bool { directions.contains(.backward) }

  /// The position at a share of the edge's length.
  @inline(__always)
  func offset(_ fraction: Double) -> EdgeOffset {
    let ahead = UInt32((fraction * Double(end.ahead)).rounded())
    return EdgeOffset(
      ahead: ahead, back: end.back == end.ahead ? ahead : UInt32((fraction * Double(end.back)).rounded()))
  }

  /// What it costs to spread to a position from the beginning of the edge; `nil` where that is closed. A position at the
  /// beginning is the node there, whatever the directions of the edge.
  @inline(__always)
  func fromBeginning(to offset: EdgeOffset) -> UInt32? { isAhead || offset == .beginning ? offset.ahead : nil }

  /// The same from the end of the edge.
  @inline(__always)
  func fromEnd(to offset: EdgeOffset) -> UInt32? { isBack || offset == end ? end.back &- offset.back : nil }

  /// The same to the beginning of the edge.
  @inline(__always)
  func toBeginning(from offset: EdgeOffset) -> UInt32? { isBack || offset == .beginning ? offset.back : nil }

  /// The same to the end of the edge.
  @inline(__always)
  func toEnd(from offset: EdgeOffset) -> UInt32? { isAhead || offset == end ? end.ahead &- offset.ahead : nil }

  /// The same from one position to another.
  @inline(__always)
  func cost(from a: EdgeOffset, to b: EdgeOffset) -> UInt32? {
    if a == b { return 0 }
    return a < b ? (isAhead ? b.ahead &- a.ahead : nil) : (isBack ? a.back &- b.back : nil)
  }
}

extension TravelGraph {
  /// How a search from the facilities spreads along an edge: against the direction of travel where that is towards them.
  @inline(__always)
  func spread(_ edge: Int, _ direction: TravelDirection) -> EdgeSpread {
    let forward = costs[edge]
    let backward = backwardCosts.isEmpty ? forward : backwardCosts[edge]
    return direction == .toFacilities
      ? EdgeSpread(directions: directions[edge].reversed, end: EdgeOffset(ahead: backward, back: forward))
      : EdgeSpread(directions: directions[edge], end: EdgeOffset(ahead: forward, back: backward))
  }
}
