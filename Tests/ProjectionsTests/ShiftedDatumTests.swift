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

  @Test(arguments: [ReferenceSystem.gcj02, .bd09])
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
