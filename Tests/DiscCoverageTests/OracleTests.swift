import DiscCoverage
import GeometryKernel
import TestSupport
import Testing

/// Against GEOS, which draws discs with chords, and against places thrown at random.
@Suite struct OracleTests {
  /// Twice as many chords leave a quarter of the error: what polygons tend to is the answer.
  @Test(arguments: [1, 2, 3] as [UInt64]) func polygonsTendToTheAnswer(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let positions = randomPositions(60, in: 1000, &random)
    let area = area([star(&random, x: 0, y: 0, size: 900, corners: 60)])
    let exact = try covered(positions, 130, area)
    let errors = try [4, 8, 16, 32].map {
      try exact - coveredByGEOS(positions, 130, area, quadrantSegments: $0)
    }
    #expect(errors.allSatisfy { $0 > 0 }, "seed \(seed): \(errors)")
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect((3.5...4.5).contains(coarse / fine), "seed \(seed): \(errors)")
    }
    // Richardson's step takes the error of the second order away.
    #expect(abs(errors[3] - (errors[2] - errors[3]) / 3) < 1e-6 * exact, "seed \(seed): \(errors)")
  }

  /// Fifty small worlds, in which discs and areas are of all sizes.
  @Test func smallWorlds() throws {
    for seed in 1...50 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      let positions = randomPositions(Int.random(in: 1...12, using: &random), in: 100, &random)
      let radius = Double.random(in: 5...120, using: &random)
      let area = area([
        star(
          &random, x: .random(in: -50...50, using: &random), y: 0, size: .random(in: 10...150, using: &random),
          corners: 12)
      ])
      let exact = try covered(positions, radius, area)
      let coarse = try coveredByGEOS(positions, radius, area, quadrantSegments: 16)
      let fine = try coveredByGEOS(positions, radius, area, quadrantSegments: 32)
      let limit = fine + (fine - coarse) / 3
      // What remains is of the fourth order, except where a corner of a polygon leaves the area: of the third.
      #expect(abs(exact - limit) < 2e-5 * radius * radius, "seed \(seed): \(exact) for \(limit)")
    }
  }

  /// Centres, corners and radii on whole numbers: circles touch each other and the outline, and pass through corners.
  @Test func latticeWorlds() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = SplitMix64(seed: seed)
      func position() -> (Double, Double) {
        (Double(Int.random(in: 0...6, using: &random)), Double(Int.random(in: 0...6, using: &random)))
      }
      let radius: Double = [1, 2, 5].randomElement(using: &random) ?? 1
      let positions = (0..<Int.random(in: 1...12, using: &random)).map { _ in position() }
      let (a, b) = (position(), position())
      let area = area([[seed % 2 == 0 ? [a, b, position()] : [a, (b.0, a.1), b, (a.0, b.1)]]])
      guard let measure = area.area(at: 0), measure > 0 else { continue }
      let exact = try covered(positions, radius, area)
      let coarse = try coveredByGEOS(positions, radius, area, quadrantSegments: 16)
      let fine = try coveredByGEOS(positions, radius, area, quadrantSegments: 32)
      let limit = fine + (fine - coarse) / 3
      #expect(abs(exact - limit) < 2e-4 * radius * radius, "seed \(seed): \(exact) for \(limit)")
    }
  }

  @Test func randomPlaces() throws {
    let seed: UInt64 = 11
    var random = SplitMix64(seed: seed)
    let positions = randomPositions(25, in: 100, &random)
    let area = area([[box(-100, -100, 100, 100)]])
    let share = try covered(positions, 25, area) / 40_000
    let thrown = 20_000
    let hits = randomPositions(thrown, in: 100, &random).count { place in
      positions.contains { ($0.0 - place.0) * ($0.0 - place.0) + ($0.1 - place.1) * ($0.1 - place.1) <= 625 }
    }
    let spread = 5 * (share * (1 - share) / Double(thrown)).squareRoot()
    #expect(abs(Double(hits) / Double(thrown) - share) < spread, "seed \(seed)")
  }
}
