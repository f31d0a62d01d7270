import DiscCoverage
import GeometryKernel
import Testing

/// Areas that a formula gives.
@Suite struct ClosedFormTests {
  private let field = area([[box(-10, -10, 10, 10)]])

  private func expect(_ value: Double, _ expected: Double, _ location: SourceLocation = #_sourceLocation) {
    #expect(abs(value - expected) < 1e-12 * max(1, expected), "\(value) for \(expected)", sourceLocation: location)
  }

  @Test func oneDisc() throws {
    expect(try covered([(1, 2)], 3, field), 9 * .pi)
    #expect(try covered([(30, 2)], 3, field) == 0)
    #expect(try covered([], 3, field) == 0)
  }

  /// Two discs of radius 5, centres 6 apart: the lens is 2 (r² acos(d / 2r) − d/4 √(4r² − d²)), with acos(3/5) = 0.9272…
  @Test func lens() throws {
    let lens = 2 * (25 * 0.927_295_218_001_612_2 - 1.5 * 8)
    expect(try covered([(-3, 0), (3, 0)], 5, field), 50 * .pi - lens)
    // Aslant as 3 : 4.
    expect(try covered([(-1.8, -2.4), (1.8, 2.4)], 5, field), 50 * .pi - lens)
  }

  @Test func partsOfADisc() throws {
    expect(try covered([(-10, 0)], 4, field), 8 * .pi)
    expect(try covered([(-10, -10)], 4, field), 4 * .pi)
    // An edge that keeps 4/5 of the radius from the centre cuts a segment off: r² acos(4/5) − 12 for r = 5.
    expect(try covered([(6, 0)], 5, field), 25 * .pi - (25 * 0.643_501_108_793_284_4 - 12))
  }

  @Test func holes() throws {
    let ring = area([[box(-10, -10, 10, 10), box(-1, -1, 1, 1)]])
    expect(try covered([(0, 0)], 5, ring), 25 * .pi - 4)
    let large = area([[box(-10, -10, 10, 10), box(-5, -5, 5, 5)]])
    #expect(try covered([(0, 0)], 4, large) == 0)
    #expect(try covered([(0, 0)], 100, large) == 300)
    // Half of the disc in the hole.
    expect(try covered([(5, 0)], 3, large), 4.5 * .pi)
  }

  @Test func wholeAreas() throws {
    #expect(try covered([(0, 0)], 15, field) == 400)
    #expect(try covered([(0, 0)], 1e300, field) == 400)
    #expect(try covered([(3, 5)], 1e9, field) == 400)
    // Corners covered by four discs that meet in one point.
    #expect(try covered([(-5, -5), (5, -5), (-5, 5), (5, 5)], 50.0.squareRoot() * (1 + 1e-15), field) == 400)
  }

  @Test func severalParts() throws {
    let pair = area([[box(-4, -1, -2, 1)], [box(2, -1, 4, 1)]])
    #expect(try covered([(0, 0)], 1.9, pair) == 0)
    #expect(try covered([(0, 0)], 5, pair) == 8)
    #expect(try covered([(3, 0)], 1.5, pair) == 4)
    expect(try covered([(2, 0)], 1, pair), .pi / 2)
  }

  /// Either way round, and with holes that turn as the outer ring does.
  @Test func orientationDoesNotMatter() throws {
    let outer = box(-10, -10, 10, 10)
    let hole = box(-1, -1, 1, 1)
    for rings in [
      [outer, hole], [outer.reversed(), hole], [outer, hole.reversed()], [outer.reversed(), hole.reversed()],
    ] {
      expect(try covered([(0, 0)], 5, area([rings])), 25 * .pi - 4)
    }
  }

  /// Edges that touch a circle, pass through the centre, or have a corner on the circle.
  @Test func touching() throws {
    expect(try covered([(0, 0)], 10, field), 100 * .pi)
    expect(try covered([(0, 0)], 3, area([[box(-3, -3, 3, 3)]])), 9 * .pi)
    expect(try covered([(0, 0)], 3, area([[box(3, -3, 9, 3)]])), 0)
    expect(try covered([(0, 0)], 5, area([[[(0, 0), (5, 0), (0, 5)]]])), 12.5)
    expect(try covered([(0, 0)], 5, area([[[(5, 0), (3, 4), (0, 5), (-5, 0)]]])), 30)
    // Corners at 3, 4 on the circle: a square of 6 × 8 inside.
    expect(try covered([(0, 0)], 5, area([[box(-3, -4, 3, 4)]])), 48)
    expect(try covered([(0, 0), (6, 0), (0, 8), (6, 8)], 5, area([[box(0, 0, 6, 8)]])), 48)
  }

  /// A quarter of a disc each, with two corners on its circle where other edges touch it.
  @Test func tilesOfADisc() throws {
    let tiles = areas([
      [[box(-5, -5, 0, 0)]], [[box(0, -5, 5, 0)]], [[box(-5, 0, 0, 5)]], [[box(0, 0, 5, 5)]],
    ])
    for part in try DiscUnion(around: places([(0, 0)]), radius: 5).coveredAreas(of: tiles) {
      expect(part, 6.25 * .pi)
    }
  }
}
