/// Positions that are told apart only where they are farther from each other than a tolerance.
///
/// A position is the nearest place known within the tolerance, the first of those equally near, else a new place: what
/// comes first stays where it is. Places are hashed by cells sixteen tolerances wide, so that most look-ups meet one
/// cell; with a tolerance of 0 by their coordinates.
struct PlaceGrid {
  private struct Place: BitwiseCopyable {
    var x: Double
    var y: Double
    /// The place before it with the same hash value, −1 for none.
    var previous: Int32
  }

  private var places: [Place] = []
  /// Positions that were brought to a place they did not have exactly.
  private(set) var movedCount = 0
  private let tolerance: Double
  private let cell: Double
  /// The last place of each hash value, −1 for none.
  private var heads: [Int32]

  init(tolerance: Double, expecting count: Int) {
    self.tolerance = tolerance
    cell = tolerance * 16
    var size = 16
    // Most vertices are met twice or more.
    while size < count / 2 { size *= 2 }
    heads = [Int32](repeating: -1, count: size)
    places.reserveCapacity(size)
  }

  var count: Int { places.count }
  var xs: [Double] { places.map { $0.x } }
  var ys: [Double] { places.map { $0.y } }

  @inline(__always)
  subscript(place: Int32) -> (x: Double, y: Double) { (places[Int(place)].x, places[Int(place)].y) }

  /// The number of the place of a position. O(1) where places are spread wider than the tolerance.
  mutating func place(_ x: Double, _ y: Double) -> Int32 {
    let low = key(x - tolerance, y - tolerance)
    let high = key(x + tolerance, y + tolerance)
    var best: Int32 = -1
    var bestSquare = tolerance * tolerance
    visit(hash(low.x, low.y), x, y, &best, &bestSquare)
    if low.x != high.x { visit(hash(high.x, low.y), x, y, &best, &bestSquare) }
    if low.y != high.y {
      visit(hash(low.x, high.y), x, y, &best, &bestSquare)
      if low.x != high.x { visit(hash(high.x, high.y), x, y, &best, &bestSquare) }
    }
    if best >= 0 {
      if bestSquare > 0 { movedCount += 1 }
      return best
    }
    let own = key(x, y)
    let slot = hash(own.x, own.y)
    let new = Int32(truncatingIfNeeded: places.count)
    places.append(Place(x: x, y: y, previous: heads[slot]))
    heads[slot] = new
    return new
  }

  /// A place of its own, whatever is near: for sources that say by a number which positions are one.
  mutating func append(_ x: Double, _ y: Double) -> Int32 {
    places.append(Place(x: x, y: y, previous: -1))
    return Int32(truncatingIfNeeded: places.count - 1)
  }

  @inline(__always)
  private func key(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    // Adding 0 makes −0 and 0 one key.
    tolerance > 0 ? ((x / cell).rounded(.down) + 0, (y / cell).rounded(.down) + 0) : (x + 0, y + 0)
  }

  @inline(__always)
  private func hash(_ x: Double, _ y: Double) -> Int {
    var mixed = x.bitPattern &* 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ mixed >> 32 ^ y.bitPattern) &* 0xBF58_476D_1CE4_E5B9
    return Int(truncatingIfNeeded: (mixed ^ mixed >> 29) >> 20) & (heads.count - 1)
  }

  @inline(__always)
  private func visit(_ slot: Int, _ x: Double, _ y: Double, _ best: inout Int32, _ bestSquare: inout Double) {
    var number = heads[slot]
    while number >= 0 {
      let place = places[Int(number)]
      let dx = place.x - x
      let dy = place.y - y
      let square = dx * dx + dy * dy
      if square < bestSquare || (square == bestSquare && (best < 0 || number < best)) {
        best = number
        bestSquare = square
      }
      number = place.previous
    }
  }
}
