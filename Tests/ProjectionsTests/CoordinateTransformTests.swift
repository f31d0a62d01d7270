import Foundation
import GeometryKernel
import Testing

@testable import Projections

@Suite struct CoordinateTransformTests {
  static let zone117 = ReferenceSystem.working(forExtent: Box(minX: 117, minY: 36, maxX: 117, maxY: 37))

  /// `echo "LAT LON" | cs2cs -f %.5f EPSG:4326 EPSG:4548` (PROJ 9.1.1), which prints northing, easting.
  @Test(arguments: [
    (117.0, 36.65, 500_000.0, 4_057_669.94649), (117.169, 36.975, 515_047.90214, 4_093_749.88772),
    (115.5, 35.0, 363_062.34907, 3_875_621.18169), (118.49, 38.2, 630_517.641, 4_230_747.31617),
  ])
  func anEastingAndNorthingIsWhatPROJPrints(longitude: Double, latitude: Double, easting: Double, northing: Double)
    throws
  {
    let transform = try CoordinateTransform(from: .wgs84, to: Self.zone117)
    let there = try transform.apply(x: longitude, y: latitude)
    #expect(abs(there.x - easting) < 0.000_1 && abs(there.y - northing) < 0.000_1)
    let back = try CoordinateTransform(from: Self.zone117, to: .wgs84).apply(x: there.x, y: there.y)
    #expect(abs(back.x - longitude) < 1e-10 && abs(back.y - latitude) < 1e-10)
  }

  /// The transverse Mercator series by hand, on CGCS2000's ellipsoid, against PROJ over the zone.
  @Test func theSeriesOfGaussAndKrugerAgrees() throws {
    let transform = try CoordinateTransform(from: .wgs84, to: Self.zone117)
    for longitude in stride(from: 115.5, through: 118.5, by: 0.25) {
      for latitude in stride(from: 25.0, through: 42, by: 1.7) {
        let there = try transform.apply(x: longitude, y: latitude)
        let series = gaussKruger(longitude: longitude, latitude: latitude)
        #expect(abs(there.x - series.x) < 0.002 && abs(there.y - series.y) < 0.002)
      }
    }
  }

  @Test func cgcs2000AndWGS84AreEqualToAMillimetre() throws {
    let cgcs = try ReferenceSystem(parsing: "EPSG:4490")
    let transform = try CoordinateTransform(from: .wgs84, to: cgcs)
    let there = try transform.apply(x: 117, y: 36.65)
    #expect(abs(there.x - 117) < 1e-8 && abs(there.y - 36.65) < 1e-8)
    let operation = try transform.operation()
    #expect(!operation.isBallpark)
    #expect(operation.accuracyMetres == 1)
    let zone = try CoordinateTransform(from: .wgs84, to: Self.zone117).operation()
    #expect(!zone.isBallpark && zone.name.contains("Gauss-Kruger CM 117E"))
    let utm = try CoordinateTransform(from: .wgs84, to: ReferenceSystem(parsing: "EPSG:32650")).operation()
    #expect(!utm.isBallpark && utm.accuracyMetres == 0)
  }

  @Test func anUnknownDatumShiftIsCalledOne() throws {
    let transform = try CoordinateTransform(from: ReferenceSystem(parsing: "EPSG:2384"), to: Self.zone117)
    #expect(try transform.operation().isBallpark)
    #expect(transform.description.contains("no datum shift known"))
  }

  @Test func equalSystemsChangeNothing() throws {
    let points = GeometryArray(pointsX: [200, .nan, .infinity], y: [100, .nan, 1])
    let transform = try CoordinateTransform(from: Self.zone117, to: Self.zone117)
    #expect(transform.isIdentity)
    let same = try transform.apply(to: points)
    #expect(same.geometry.xs[0] == 200 && same.geometry.xs[2] == .infinity)
    #expect(same.note == nil)
  }

  @Test func aRowThatHasNoImageBecomesNullAndIsNamed() throws {
    let transform = try CoordinateTransform(from: .wgs84, to: Self.zone117)
    let points = GeometryArray(pointsX: [117, .nan, 36.65, .infinity], y: [36.65, .nan, 117, 36])
    let done = try transform.apply(to: points)
    #expect(done.geometry.count == 4)
    #expect(done.failedRows == [2, 3])
    #expect((0..<4).map { done.geometry.isNull(at: $0) } == [false, true, true, true])
    let first = try #require(done.firstFailure)
    #expect(first.row == 2 && first.x == 36.65 && first.y == 117)
    #expect(first.reason.contains("swapped?"))
    #expect(done.note?.contains("row 3, coordinate (36.65, 117.0)") == true)
  }

  @Test func anAreaWithOneBadVertexBecomesNullAndTheOthersStay() throws {
    var builder = GeometryArrayBuilder()
    for bad in [36.0, .nan, 95] {
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(xs: [117, 117.1, 117.1, 117], ys: [36, 36, bad, 36])
      builder.endRow()
    }
    builder.appendNull()
    let areas = builder.finish()
    let done = try CoordinateTransform(from: .wgs84, to: Self.zone117).apply(to: areas)
    #expect(done.failedRows == [1, 2])
    #expect(done.geometry.kind(at: 0) == .polygon && done.geometry.isNull(at: 3))
    #expect(done.firstFailure?.reason == "the coordinate is not a finite number")
    #expect(done.geometry.coordinates(at: 0).count == 4)
  }

  @Test func aSinglePositionWithoutAnImageIsAnError() throws {
    let transform = try CoordinateTransform(from: .wgs84, to: Self.zone117)
    let error = #expect(throws: ReferenceSystemError.self) { try transform.apply(x: 36.65, y: 117) }
    #expect(error?.description.contains("(36.65, 117.0)") == true)
    #expect(throws: ReferenceSystemError.self) { try transform.apply(x: .nan, y: 1) }
  }

  @Test func manyThreadsShareATransform() async throws {
    let transform = try CoordinateTransform(from: .wgs84, to: Self.zone117)
    let expected = try transform.apply(x: 117.2, y: 36.7)
    let answers = try await withThrowingTaskGroup(of: Double.self) { group in
      for _ in 0..<16 {
        group.addTask {
          let points = GeometryArray(
            pointsX: Array(repeating: 117.2, count: 2000), y: Array(repeating: 36.7, count: 2000))
          return try transform.apply(to: points).geometry.xs[1999]
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers == Array(repeating: expected.x, count: 16))
  }

  /// Gauss–Krüger by Krüger's series in the third flattening n to the fourth order (Krüger 1912, Deakin et al. 2010).
  private func gaussKruger(longitude: Double, latitude: Double) -> (x: Double, y: Double) {
    let semiMajor = 6_378_137.0
    let flattening = 1 / 298.257_222_101
    let n = flattening / (2 - flattening)
    let eccentricity = (flattening * (2 - flattening)).squareRoot()
    let phi = latitude * .pi / 180
    let lambda = (longitude - 117) * .pi / 180
    let t = sinh(atanh(sin(phi)) - eccentricity * atanh(eccentricity * sin(phi)))
    let xi = atan2(t, cos(lambda))
    let eta = asinh(sin(lambda) / (t * t + cos(lambda) * cos(lambda)).squareRoot())
    let n2 = n * n
    let n3 = n2 * n
    let n4 = n3 * n
    let radius = semiMajor / (1 + n) * (1 + n2 / 4 + n4 / 64)
    let alpha = [
      n / 2 - 2 * n2 / 3 + 5 * n3 / 16 + 41 * n4 / 180, 13 * n2 / 48 - 3 * n3 / 5 + 557 * n4 / 1440,
      61 * n3 / 240 - 103 * n4 / 140, 49_561 * n4 / 161_280,
    ]
    var (x, y) = (eta, xi)
    for (i, a) in alpha.enumerated() {
      let k = 2 * Double(i + 1)
      x += a * cos(k * xi) * sinh(k * eta)
      y += a * sin(k * xi) * cosh(k * eta)
    }
    return (500_000 + radius * x, radius * y)
  }
}
