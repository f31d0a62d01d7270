import GeometryKernel
import TestSupport
import Testing

@testable import SpatialIndexes

@Suite struct SpatialIndexTests {
  @Test(arguments: PointPattern.allCases)
  func pointsAgainstBruteForce(_ pattern: PointPattern) {
    for (seed, count) in [(1, 0), (2, 1), (3, 17), (4, 300)] {
      var random = SplitMix64(seed: UInt64(seed))
      let rows = pattern.array(count, &random)
      var queries = PointPattern.even.array(12, &random)
      queries.append(contentsOf: pattern.array(12, &random))
      queries.append(contentsOf: rows.slice(0..<min(count, 12)))
      queries.append(contentsOf: GeometryArray(pointsX: [-5000, .nan, 1e7], y: [300, 3, 1e7]))
      Oracle(rows: rows, queries: queries)
        .check(SpatialIndex(rows), limits: [0, 5, 25, 400, .infinity], "\(pattern), seed \(seed)")
    }
  }

  @Test(arguments: PointPattern.allCases)
  func pointsAgainstRowsOfAllKinds(_ pattern: PointPattern) {
    for seed in 1...2 {
      var random = SplitMix64(seed: UInt64(seed))
      let rows = pattern.array(290, &random)
      let queries = randomRows(30, largest: 200, onGrid: seed % 2 == 0, &random)
      Oracle(rows: rows, queries: queries)
        .check(SpatialIndex(rows), limits: [0, 25, 150], "\(pattern), seed \(seed)")
    }
  }

  @Test(arguments: 1...12)
  func rowsOfAllKindsAgainstBruteForce(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let onGrid = seed % 2 == 0
    let rows = randomRows(seed * 10, largest: seed % 3 == 0 ? 400 : 60, onGrid: onGrid, &random)
    var queries = randomRows(25, largest: 150, onGrid: onGrid, &random)
    queries.append(contentsOf: (onGrid ? PointPattern.integers : .even).array(30, &random))
    Oracle(rows: rows, queries: queries)
      .check(SpatialIndex(rows), limits: [0, 25, 100, .infinity], "seed \(seed)")
  }
}
