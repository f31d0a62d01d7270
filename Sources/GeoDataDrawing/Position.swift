/// A place in WGS 84 as whole millionths of a degree (0.1 m), the precision in which the layers are written.
///
/// Whole numbers make shared vertices identical and tests of inside exact.
public struct Position: Hashable, Sendable {
  public var longitude: Int
  public var latitude: Int

  public init(longitude: Int, latitude: Int) {
    self.longitude = longitude
    self.latitude = latitude
  }

  /// Rounds degrees to the nearest millionth.
  init(_ longitude: Double, _ latitude: Double) {
    self.longitude = Int((longitude * 1e6).rounded())
    self.latitude = Int((latitude * 1e6).rounded())
  }

  /// The place that many metres east and north, good to 0.5 % over a few kilometres.
  func moved(east: Double, north: Double) -> Position {
    Position(
      longitude: longitude + Int((east / metresPerMillionthEast).rounded()),
      latitude: latitude + Int((north / Self.metresPerMillionthNorth).rounded()))
  }

  /// Metres to a place nearby, good to 0.5 %.
  func distance(to other: Position) -> Double {
    let east = Double(other.longitude - longitude) * metresPerMillionthEast
    let north = Double(other.latitude - latitude) * Self.metresPerMillionthNorth
    return (east * east + north * north).squareRoot()
  }

  private static let metresPerMillionthNorth = 0.110_96

  /// By the cosine's series, so that no maths library decides a byte.
  private var metresPerMillionthEast: Double {
    let angle = Double(latitude) * 1e-6 * 0.017_453_292_519_943_295
    let square = angle * angle
    return 0.111_39 * (1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56))))
  }
}

extension Position {
  /// Reads `lon,lat` in degrees.
  init(word: String) throws(ArcMap.Mistake) {
    let parts = word.split(separator: ",").compactMap { Double($0) }
    guard parts.count == 2 else { throw .malformed(line: word) }
    self.init(parts[0], parts[1])
  }
}
