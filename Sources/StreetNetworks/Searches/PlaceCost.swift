/// A place and what the way there costs from one of a row's positions.
public struct PlaceCost: Sendable {
  public var place: Int32
  /// Metres or seconds.
  public var cost: Double
  /// Where the way begins.
  public var position: Int32

  public init(_ place: Int32, _ cost: Double, from position: Int32 = 0) {
    self.place = place
    self.cost = cost
    self.position = position
  }
}

extension [PlaceCost] {
  /// Keeps each place once, at its least cost; least costs first, equal ones in the order of the places. O(n log n).
  public mutating func keepLeastOfEachPlace() {
    sort { ($0.place, $0.cost, $0.position) < ($1.place, $1.cost, $1.position) }
    var last: Int32?
    removeAll { way in
      defer { last = way.place }
      return way.place == last
    }
    sort { ($0.cost, $0.place) < ($1.cost, $1.place) }
  }
}
