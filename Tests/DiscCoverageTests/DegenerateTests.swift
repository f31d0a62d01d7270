import DiscCoverage
import GeometryKernel
import TestSupport
import Testing

/// Data in which much coincides: the answer stays right and does not take long.
@Suite struct DegenerateTests {
  private let field = area([[box(-1000, -1000, 1000, 1000)]])

  @Test func onePlace() throws {
    let discs = try DiscUnion(around: places(Array(repeating: (3, 4), count: 20_000)), radius: 10)
    #expect(discs.count == 1)
    #expect(discs.hiddenCount == 0)
    #expect(abs(try discs.coveredAreas(of: field)[0] - 100 * .pi) < 1e-9)
  }

  /// Places nearer to each other than numbers can square.
  @Test func almostOnePlace() throws {
    let value = try covered([(0, 0), (1e-200, 0), (0, 3e-300), (1e-13, 0)], 10, field)
    #expect(abs(value - 100 * .pi) < 1e-9)
  }

  @Test func pile() throws {
    var random = SplitMix64(seed: 5)
    let positions = randomPositions(3000, in: 20, &random)
    let discs = try DiscUnion(around: places(positions), radius: 100)
    #expect(discs.hiddenCount > 2800)
    let value = try discs.coveredAreas(of: field)[0]
    // At most the box of the pile with 100 more on every side.
    let grown: Double = 40 * 40 + 4 * 40 * 100 + 10_000 * Double.pi
    #expect(value < grown)
    #expect(value > 0.98 * grown)
  }

  /// Centres in a row: between two neighbours d apart the rim leaves the straight line.
  @Test(arguments: [(0.5, false), (100, false), (200, false), (0.5, true)]) func row(_ step: Double, isAslant: Bool)
    throws
  {
    let count = Int(1000 / step)
    let radius = 100.0
    let (dx, dy) = isAslant ? (0.6 * step, 0.8 * step) : (step, 0)
    let positions = (0..<count).map { (Double($0) * dx, Double($0) * dy) }
    let wide = area([[box(-500, -500, 2000, 2000)]])
    let value = try covered(positions, radius, wide)
    // Each pair shares a lens, and any three share what the outer two do, so that lenses of neighbours are all to take
    // away: (n − 1) × (πr² − lens) + πr². The part of a disc beyond its neighbour is d √(r² − d²/4) + 2 r² asin(d / 2r).
    let half = step / 2 / radius
    // asin by its series, which converges for half = 1 only slowly: that is a half circle.
    var sine = 0.0
    var term = half
    for n in 0..<40 {
      sine += term / Double(2 * n + 1)
      term *= half * half * Double(2 * n + 1) / Double(2 * n + 2)
    }
    if half == 1 { sine = .pi / 2 }
    let beyond = step * (radius * radius - step * step / 4).squareRoot() + 2 * radius * radius * sine
    let expected = Double(count - 1) * beyond + .pi * radius * radius
    #expect(abs(value - expected) < 1e-9 * expected, "\(value) for \(expected)")
  }

  /// Four circles meet in the middle of every cell of a lattice: what is between them is nothing.
  @Test func lattice() throws {
    let positions = (0..<121).map { (Double($0 % 11) * 10, Double($0 / 11) * 10) }
    let square = area([[box(0, 0, 100, 100)]])
    #expect(abs(try covered(positions, 50.0.squareRoot(), square) - 10_000) < 1e-6)
    // Touching circles: a quarter of each of four discs a cell.
    #expect(abs(try covered(positions, 5, square) - 2500 * .pi) < 1e-6)
  }

  /// On a circle with a disc in the middle, which they all only just reach.
  @Test func wheel() throws {
    var positions: [(Double, Double)] = [(0, 0)]
    for i in 0..<500 {
      // Points of a circle by its rational parameter.
      let t = Double(i - 250) / 250
      let (x, y) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
      positions.append((199 * x, 199 * y))
      positions.append((-199 * x, -199 * y))
    }
    let value = try covered(positions, 100, field)
    let expected = try coveredByGEOS(positions, 100, field, quadrantSegments: 64)
    #expect(value > expected)
    #expect(abs(value - expected) < 3e-4 * expected)
  }

  @Test func rowsWithoutADisc() throws {
    var builder = GeometryArrayBuilder()
    builder.appendNull()
    builder.appendPoint(x: .nan, y: .nan)
    builder.appendPoint(x: 1, y: 2)
    builder.appendPoint(x: .infinity, y: 2)
    builder.beginRow(.lineString)
    builder.beginPart(.line)
    builder.addRing(xs: [0, 50], ys: [0, 0])
    builder.endRow()
    let rows = builder.finish()
    #expect(try DiscUnion(around: rows, radius: 1).count == 1)
    for radius in [0, -1, .nan, .infinity, 0x1p-1030] {
      let none = try DiscUnion(around: rows, radius: radius)
      #expect(none.count == 0)
      #expect(try none.coveredAreas(of: field) == [0])
    }
  }

  @Test func rowsWithoutAnArea() throws {
    var builder = GeometryArrayBuilder()
    builder.appendNull()
    builder.beginRow(.polygon)
    builder.endRow()
    builder.appendPoint(x: 1, y: 2)
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [0, 5, .nan, 0], ys: [0, 0, 5, 0])
    builder.endRow()
    builder.beginRow(.polygon)
    builder.beginPart(.area)
    builder.addRing(xs: [0, 5, 0, 0], ys: [0, 0, 5, 0])
    builder.endRow()
    let values = try DiscUnion(around: places([(0, 0)]), radius: 100).coveredAreas(of: builder.finish())
    #expect(values == [0, 0, 0, 0, 12.5])
  }

  /// Of areas that are not valid the answer stays within their measure.
  @Test func areasThatCrossThemselves() throws {
    let bowTie = area([[[(0, 0), (10, 10), (10, 0), (0, 12)]]])
    let overlapping = area([[box(0, 0, 10, 10)], [box(5, 0, 15, 10)]])
    for invalid in [bowTie, overlapping] {
      for radius in [1.0, 4, 7, 100] {
        let value = try covered([(4, 5), (9, 5)], radius, invalid)
        #expect((0...(invalid.area(at: 0) ?? 0)).contains(value))
      }
    }
  }

  /// Numbers beyond any map do no harm.
  @Test func extremeNumbers() throws {
    #expect(try covered([(1e300, -1e300), (0, 0)], 10, field) > 314)
    #expect(try covered([(0, 0)], 1e-300, field) >= 0)
    #expect(try covered([(1e308, 1e308), (-1e308, -1e308)], 1e308, field).isFinite)
    let vast = area([[box(-1e200, -1e200, 1e200, 1e200)]])
    _ = try covered([(0, 0)], 10, vast)
  }
}
