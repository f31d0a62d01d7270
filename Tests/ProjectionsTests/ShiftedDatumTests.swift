import Foundation
import GeometryKernel
import TestSupport
import Testing

@testable import Projections

@Suite struct ShiftedDatumTests {
  /// Tiananmen, from the README of the converter `coordtransform` (wandergis, MIT).
  @Test func theForwardFormulasGiveTheConvertersNumbers() throws {
    let gcj = try CoordinateTransform(from: .wgs84, to: .gcj02).apply(x: 116.404, y: 39.915)
    #expect(abs(gcj.x - 116.410_244_499_169_38) < 1e-12)
    #expect(abs(gcj.y - 39.916_404_281_501_64) < 1e-12)
    let bd = try CoordinateTransform(from: .gcj02, to: .bd09).apply(x: 116.404, y: 39.915)
    #expect(abs(bd.x - 116.410_369_493_710_29) < 1e-11)
    #expect(abs(bd.y - 39.921_336_993_510_21) < 1e-11)
  }

  /// From the unit tests of `gcoord` (hujiulong, MIT), which compares to five decimals of a degree.
  @Test func gcoordsNumbers() throws {
    let places: [(from: ReferenceSystem, to: ReferenceSystem, x: Double, y: Double)] = [
      (.gcj02, .wgs84, 122.993_955_97, 44.998_040_71), (.gcj02, .bd09, 123.006_364_99, 45.006_368_99),
      (.bd09, .gcj02, 122.993_633_04, 44.993_654_30), (.bd09, .wgs84, 122.987_622_10, 44.991_715_40),
    ]
    for place in places {
      let done = try CoordinateTransform(from: place.from, to: place.to).apply(x: 123, y: 45)
      #expect(abs(done.x - place.x) < 5e-6 && abs(done.y - place.y) < 5e-6, "\(place.from) → \(place.to)")
    }
    let metres = BaiduMercator.metres(longitude: 123, latitude: 45)
    #expect(abs(metres.x - 13_692_446.350_778_64) < 1e-5 && abs(metres.y - 5_591_020.962_240_655) < 1e-5)
    let opposite = BaiduMercator.metres(longitude: -123, latitude: -45)
    #expect(opposite.x == -metres.x && opposite.y == -metres.y)
    #expect(try CoordinateTransform(from: .gcj02, to: .wgs84).apply(x: 183, y: 45) == (183, 45))
  }

  /// Cities that `gcoord` was given by Baidu's and Amap's own services (test/fixtures/china-cities.json): in BD-09MC to
  /// a millimetre, in BD-09 and GCJ-02 to seven decimals.
  @Test(arguments: [
    (12_693_763.634, 3_874_151.929, 114.028_778_1, 33.017_669_7, 114.022_306, 33.011_532_4),
    (10_247_925.918, 3_673_043.553, 92.057_683_2, 31.482_442_1, 92.051_243_8, 31.476_206_3),
    (13_100_585.696, 4_305_395.881, 117.683_283_1, 36.219_586_6, 117.676_732_3, 36.213_818_4),
    (12_096_188.561, 2_493_660.013, 108.660_728_3, 21.985_631_9, 108.654_148_5, 21.979_939_2),
    (12_919_282.125, 5_426_197.163, 116.054_623_2, 43.939_778_2, 116.048_230_8, 43.933_457_3),
  ])
  func baidusCities(x: Double, y: Double, bdX: Double, bdY: Double, gcjX: Double, gcjY: Double) throws {
    let bd = try CoordinateTransform(from: .bd09mc, to: .bd09).apply(x: x, y: y)
    #expect(abs(bd.x - bdX) < 2e-6 && abs(bd.y - bdY) < 2e-6)
    let gcj = try CoordinateTransform(from: .bd09mc, to: .gcj02).apply(x: x, y: y)
    #expect(abs(gcj.x - gcjX) < 1e-5 && abs(gcj.y - gcjY) < 1e-5)
    let back = try CoordinateTransform(from: .bd09, to: .bd09mc).apply(x: bdX, y: bdY)
    #expect(abs(back.x - x) < 0.2 && abs(back.y - y) < 0.2)
  }

  /// Northings have a gap where two bands of latitude meet: what falls into it is the edge's.
  @Test func northingsBetweenTwoBandsAreTheEdges() throws {
    for edge in [15.0, 30, 45] {
      let below = BaiduMercator.metres(longitude: 117, latitude: edge).y
      let above = BaiduMercator.metres(longitude: 117, latitude: edge + 1e-9).y
      #expect((0.009...0.42).contains(above - below))
      let place = BaiduMercator.degrees(x: 13_000_000, y: (above + below) / 2)
      #expect(abs(place.latitude - edge) < 1e-7)
    }
    #expect(throws: ReferenceSystemError.self) {
      try CoordinateTransform(from: .wgs84, to: .bd09mc).apply(x: 20, y: 80)
    }
    // Outside China nothing is shifted, and metres are metres all the same.
    let monaco = try CoordinateTransform(from: .wgs84, to: .bd09mc).apply(
      to: GeometryArray(pointsX: [7.42], y: [43.73]))
    #expect(monaco.unshiftedCoordinates == 1 && monaco.geometry.xs[0] > 800_000)
  }

  @Test(arguments: ReferenceSystem.shifted)
  func aRoundTripOverChinaStaysWithinACentimetre(system: ReferenceSystem) throws {
    let seed: UInt64 = 20_210_511
    var random = SplitMix64(seed: seed)
    var xs: [Double] = [105, 105.000_000_1]  // the formula has a kink at 105°
    var ys: [Double] = [35, 35]
    for column in 0..<60 {
      for row in 0..<50 {
        xs.append(73.6 + Double(column) + Double.random(in: 0..<1, using: &random))
        ys.append(3.5 + Double(row) + Double.random(in: 0..<1, using: &random))
      }
    }
    let there = try CoordinateTransform(from: .wgs84, to: system).apply(to: GeometryArray(pointsX: xs, y: ys))
    let back = try CoordinateTransform(from: system, to: .wgs84).apply(to: there.geometry)
    #expect(there.failedRows.isEmpty && back.failedRows.isEmpty && back.unshiftedCoordinates == 0)
    var worst = 0.0
    var least = Double.infinity
    for i in xs.indices {
      worst = max(worst, metres(from: (xs[i], ys[i]), to: (back.geometry.xs[i], back.geometry.ys[i])))
      least = min(least, metres(from: (xs[i], ys[i]), to: (there.geometry.xs[i], there.geometry.ys[i])))
    }
    print("\(system): there and back over China within \(worst) m (seed \(seed))")
    #expect(worst < 0.000_1, "seed \(seed)")
    // A shift that shifts nothing would come back too.
    #expect(least > 10, "seed \(seed)")
  }

  @Test func theShiftInJinanIsSomeHundredMetres() throws {
    let shifted = try CoordinateTransform(from: .wgs84, to: .gcj02).apply(x: 117, y: 36.65)
    let shift = metres(from: (117, 36.65), to: shifted)
    #expect((350...700).contains(shift))
  }

  @Test func gcj02ReachesAWorkingSystemInOneStep() throws {
    let zone = try ReferenceSystem(parsing: "EPSG:4548")
    let gcj = try CoordinateTransform(from: .wgs84, to: .gcj02).apply(x: 117.169, y: 36.975)
    let direct = try CoordinateTransform(from: .wgs84, to: zone).apply(x: 117.169, y: 36.975)
    let chained = try CoordinateTransform(from: .gcj02, to: zone).apply(x: gcj.x, y: gcj.y)
    #expect(abs(direct.x - chained.x) < 1e-4 && abs(direct.y - chained.y) < 1e-4)
    let back = try CoordinateTransform(from: zone, to: .gcj02).apply(x: direct.x, y: direct.y)
    #expect(abs(back.x - gcj.x) < 1e-9 && abs(back.y - gcj.y) < 1e-9)
  }

  @Test func outsideChinaNothingIsShiftedAndThatIsSaid() throws {
    let places = GeometryArray(pointsX: [7.42, 117], y: [43.73, 36.65])
    let done = try CoordinateTransform(from: .gcj02, to: .wgs84).apply(to: places)
    #expect(done.geometry.xs[0] == 7.42 && done.geometry.ys[0] == 43.73)
    #expect(done.geometry.xs[1] != 117)
    #expect(done.unshiftedCoordinates == 1)
    #expect(done.note?.contains("outside China") == true)
    let there = try CoordinateTransform(from: .wgs84, to: .bd09).apply(to: places)
    #expect(there.unshiftedCoordinates == 1)
    #expect(there.geometry.xs[0] == 7.42)
  }

  /// Great-circle metres, good to a few in a thousand.
  private func metres(from a: (Double, Double), to b: (Double, Double)) -> Double {
    let east = (b.0 - a.0) * 111_320 * cos(a.1 * .pi / 180)
    let north = (b.1 - a.1) * 111_320
    return (east * east + north * north).squareRoot()
  }
}
