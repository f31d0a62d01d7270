import DiscCoverage
import GeometryKernel
import GeometryOperations
import TestSupport
import Testing

/// The union drawn as areas.
@Suite struct OutlineTests {
  private func check(_ positions: [(Double, Double)], _ radius: Double, _ note: String) throws {
    let union = try DiscUnion(around: places(positions), radius: radius)
    let outline = try #require(union.outline(), "\(note)")
    #expect(try GEOSContext().validity(of: outline).isEmpty, "\(note)")
    let extent = places(positions).extent.expanded(by: 2 * radius)
    let field = area([[box(extent.minX, extent.minY, extent.maxX, extent.maxY)]])
    let exact = try union.coveredAreas(of: field)[0]
    let drawn = outline.area(at: 0) ?? 0
    // Chords of two degrees take 0.0203 % of a disc.
    #expect(drawn < exact && drawn > exact - 0.000_204 * .pi * radius * radius * Double(union.count), "\(note)")
    // Nothing of the exact outline is farther away than a chord's height: all of the finer union is in the grown
    // outline, and all of the outline in the union of polygons around the discs.
    let geos = try GEOSContext()
    let inner = try geos.union(geos.buffer(places(positions), distance: radius * 0.9998, quadrantSegments: 100))
    #expect(try (geos.erase(inner, by: outline).area(at: 0) ?? 0) < 1e-9 * exact, "\(note)")
    let outer = try geos.union(geos.buffer(places(positions), distance: radius * 1.0002, quadrantSegments: 100))
    #expect(try (geos.erase(outline, by: outer).area(at: 0) ?? 0) < 1e-9 * exact, "\(note)")
  }

  @Test func randomDiscs() throws {
    for seed in 1...6 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let positions = randomPositions(Int.random(in: 1...80, using: &random), in: 100, &random)
      try check(positions, .random(in: 5...25, using: &random), "seed \(seed)")
    }
  }

  /// A ring of discs around a hole in which there is a ring around a hole with one disc.
  @Test func nested() throws {
    var positions: [(Double, Double)] = [(0, 0)]
    for i in 0..<60 {
      let t = Double(i - 30) / 30
      let (x, y) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
      for reach in [40.0, 100] {
        positions.append((reach * x, reach * y))
        positions.append((-reach * x, -reach * y))
      }
    }
    let outline = try #require(try DiscUnion(around: places(positions), radius: 10).outline())
    #expect(outline.parts(at: 0).map { outline.rings(ofPart: $0).count }.sorted() == [1, 2, 2])
    try check(positions, 10, "nested")
  }

  @Test func apart() throws {
    let outline = try #require(try DiscUnion(around: places([(0, 0), (9, 0), (20, 0)]), radius: 5).outline())
    #expect(outline.parts(at: 0).count == 2)
    try check([(0, 0), (10, 0), (20, 0)], 5, "touching")
  }

  /// Where four circles meet in a point the outline is right, or there is none.
  @Test func lattice() throws {
    let positions = (0..<36).map { (Double($0 % 6) * 10, Double($0 / 6) * 10) }
    let radius = 50.0.squareRoot()
    if try DiscUnion(around: places(positions), radius: radius).outline() != nil {
      try check(positions, radius, "lattice")
    }
  }

  /// The discs near a box cover of it what all do.
  @Test func near() throws {
    var random = SplitMix64(seed: 3)
    let positions = randomPositions(500, in: 100, &random)
    let all = try DiscUnion(around: places(positions), radius: 4)
    let tile = area([[box(10, 20, 30, 50)]])
    let few = try all.reaching(tile.extent)
    #expect(few.count < 120 && few.count > 10)
    let value = try few.coveredAreas(of: tile)[0]
    #expect(abs(value - (try all.coveredAreas(of: tile)[0])) < 1e-10)
    #expect(try all.reaching(Box(minX: 500, minY: 0, maxX: 600, maxY: 1)).count == 0)
  }
}
