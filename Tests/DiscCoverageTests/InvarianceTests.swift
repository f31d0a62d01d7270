import DiscCoverage
import GeometryKernel
import TestSupport
import Testing
import WorkControl

/// What must not change the answer.
@Suite struct InvarianceTests {
  private let seed: UInt64 = 29
  private let positions: [(Double, Double)]
  private let rings: [[(Double, Double)]]
  private let expected: Double

  init() throws {
    var random = SplitMix64(seed: seed)
    positions = randomPositions(200, in: 1000, &random)
    rings = star(&random, x: 0, y: 0, size: 1000, corners: 100)
    expected = try covered(positions, 80, area([rings]))
  }

  @Test func order() throws {
    var random = SplitMix64(seed: seed)
    #expect(abs(try covered(positions.shuffled(using: &random), 80, area([rings])) - expected) < 1e-9 * expected)
    #expect(try covered(positions + positions, 80, area([rings])) == expected)
  }

  @Test func translation() throws {
    let moved = { (p: (Double, Double)) in (p.0 + 1e6, p.1 - 3e6) }
    let value = try covered(positions.map(moved), 80, area([rings.map { $0.map(moved) }]))
    #expect(abs(value - expected) < 1e-10 * expected)
  }

  @Test func rotationAndScale() throws {
    for (c, s) in [(0.6, 0.8), (0, 1), (-1, 0), (-5.0 / 13, -12.0 / 13)] as [(Double, Double)] {
      let turned = { (p: (Double, Double)) in (3 * (c * p.0 - s * p.1), 3 * (s * p.0 + c * p.1)) }
      let value = try covered(positions.map(turned), 240, area([rings.map { $0.map(turned) }]))
      #expect(abs(value - 9 * expected) < 1e-11 * expected)
    }
  }

  /// Tiles that fill a square cover together what the square covers.
  @Test func tilesAddUp() throws {
    let side = 200.0
    let tiles = areas(
      (0..<100).map { i in
        let (x, y) = (Double(i % 10 - 5) * side, Double(i / 10 - 5) * side)
        return [[box(x, y, x + side, y + side)]]
      })
    let discs = try DiscUnion(around: places(positions), radius: 80)
    let whole = try discs.coveredAreas(of: area([[box(-1000, -1000, 1000, 1000)]]))[0]
    let parts = try discs.coveredAreas(of: tiles)
    #expect(abs(parts.reduce(0, +) - whole) < 1e-11 * whole)
    #expect(parts.allSatisfy { (0...side * side).contains($0) })
  }

  @Test func workers() throws {
    var random = SplitMix64(seed: seed)
    let many = places(randomPositions(3000, in: 1000, &random))
    let tiles = areas((0..<40).map { [[box(Double($0) * 50 - 1000, -900, Double($0) * 50 - 950, 800)]] })
    let answers = try [1, 2, 5].map { count in
      let workers = Workers(count)
      return try DiscUnion(around: many, radius: 20, workers: workers).coveredAreas(of: tiles, workers: workers)
    }
    #expect(answers[0] == answers[1])
    #expect(answers[0] == answers[2])
    #expect(answers[0].contains { $0 > 0 })
  }

  @Test func cancellation() throws {
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) {
      try DiscUnion(around: places(positions), radius: 80, workers: Workers(2, monitor: monitor))
    }
    let discs = try DiscUnion(around: places(positions), radius: 80)
    #expect(throws: Cancelled.self) {
      try discs.coveredAreas(of: area([rings]), workers: Workers(1, monitor: monitor))
    }
  }
}
