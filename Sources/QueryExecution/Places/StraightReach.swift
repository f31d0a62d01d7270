import GeometryKernel
import GeometryOperations
import SpatialIndexes

/// The areas within a straight distance of facilities, for coverage by area and for gaps.
struct StraightReach {
  let facilities: GeometryArray
  let distance: Double
  let index: SpatialIndex
  /// One area a facility.
  let discs: GeometryArray

  /// Chords in a quarter circle.
  static let quadrantSegments = 32

  /// - Throws: `GeometryError` for an invalid facility area.
  init(_ facilities: GeometryArray, distance: Double, _ geos: GEOSContext) throws {
    self.facilities = facilities
    self.distance = distance
    // A polygon of n chords inside a circle is (n / 2π) sin(2π / n) of its area. For points the radius is widened so
    // that each polygon has exactly its disc's area; what remains is far below 0.1 % of a covered share.
    let chords = Double(4 * Self.quadrantSegments)
    let lost = chords / (2 * Double.pi) * sine(2 * Double.pi / chords)
    let widening = facilities.holdsOnlySinglePoints ? (1 / lost).squareRoot() : 1
    discs = try geos.buffer(facilities, distance: distance * widening, quadrantSegments: Self.quadrantSegments)
    index = SpatialIndex(discs)
  }

  /// The part of each area within reach.
  func covered(_ areas: GeometryArray, _ geos: GEOSContext) throws -> GeometryArray {
    let near = index.candidates(of: areas.boxes())
    return try geos.clip(
      areas, to: discs, starts: near.starts, candidates: near.rows, keeping: .area, validity: .checked)
  }
}

/// The sine of a small angle by its Taylor series, to the last digits for |x| < 0.2: there is no `sin` without
/// Foundation, and one value is needed.
private func sine(_ x: Double) -> Double {
  let square = x * x
  return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
}
