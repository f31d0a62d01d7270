/// Points and the positions on streets at which they join a network, as one mode may use it.
public struct SnappedPoints: Sendable, Equatable {
  /// Why a point joins the network, or why not.
  public enum Status: UInt8, Sendable {
    case joined
    /// Joined, although a street of a small isolated part is nearer.
    case joinedBeyondIsolated
    /// Joined to a small isolated part, as nothing else is within the limit.
    case joinedIsolated
    /// No street within the limit.
    case offNetwork
    /// A null or empty geometry, or a coordinate that is not a finite number.
    case noGeometry
  }

  /// The edge of each point, −1 for none.
  public internal(set) var edges: [Int32]
  /// How far along its edge, 0…1 of its length; at 0 and 1 it is the node itself.
  public internal(set) var fractions: [Double]
  /// Metres from the point to its position; to the nearest street of all where that is beyond the limit; NaN without a
  /// geometry.
  public internal(set) var distances: [Double]
  public internal(set) var statuses: [Status]
  /// Whether the stretch from the point to the street counts.
  public internal(set) var countsApproach: Bool

  public var count: Int { edges.count }

  init(count: Int, countsApproach: Bool) {
    edges = [Int32](repeating: -1, count: count)
    fractions = [Double](repeating: 0, count: count)
    distances = [Double](repeating: .nan, count: count)
    statuses = [Status](repeating: .noGeometry, count: count)
    self.countsApproach = countsApproach
  }

  /// The points of parts, one behind the other.
  init(joining parts: [SnappedPoints], countsApproach: Bool) {
    let count = parts.reduce(0) { $0 + $1.count }
    func joined<Element>(_ part: (SnappedPoints) -> [Element]) -> [Element] {
      var all: [Element] = []
      all.reserveCapacity(count)
      for piece in parts { all += part(piece) }
      return all
    }
    edges = joined(\.edges)
    fractions = joined(\.fractions)
    distances = joined(\.distances)
    statuses = joined(\.statuses)
    self.countsApproach = countsApproach
  }

  /// Some neighbouring points. O(points).
  func slice(_ points: Range<Int>) -> SnappedPoints {
    var part = SnappedPoints(count: 0, countsApproach: countsApproach)
    part.edges = Array(edges[points])
    part.fractions = Array(fractions[points])
    part.distances = Array(distances[points])
    part.statuses = Array(statuses[points])
    return part
  }

  /// Takes over the points of a part at their rows.
  mutating func set(_ part: SnappedPoints, at rows: ArraySlice<Int32>) {
    for (i, row) in rows.enumerated() {
      edges[Int(row)] = part.edges[i]
      fractions[Int(row)] = part.fractions[i]
      distances[Int(row)] = part.distances[i]
      statuses[Int(row)] = part.statuses[i]
    }
  }

  /// How many points have a status. O(n).
  public func count(of status: Status) -> Int { statuses.count { $0 == status } }
}

extension StreetGraph {
  /// The node at which a point that joined the streets stands; `nil` along an edge.
  @inline(__always)
  func node(_ points: SnappedPoints, _ point: Int) -> Int? {
    let fraction = points.fractions[point]
    if fraction == 0 { return Int(fromNodes[Int(points.edges[point])]) }
    if fraction == 1 { return Int(toNodes[Int(points.edges[point])]) }
    return nil
  }
}

extension TravelGraph {
  /// What the straight stretch to a street takes on foot, in metres or seconds.
  public func approach(_ metres: Double) -> Double { measure.value(approachCost(metres)) }

  /// The cost of the straight stretch to a street, on foot; as much as there is for what is too far.
  @inline(__always)
  func approachCost(_ metres: Double) -> UInt32 {
    let units = measure == .length ? metres * 100 : metres / mode.approachSpeed * 1000
    return UInt32(min(units.rounded(), Double(TravelMeasure.largestCost)))
  }
}
