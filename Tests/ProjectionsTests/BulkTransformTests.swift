import CPROJ
import GeometryKernel
import Glibc
import Synchronization
import TestSupport
import Testing
import WorkControl

@testable import Projections

@Suite struct BulkTransformTests {
  private static func places(_ count: Int, seed: UInt64) -> GeometryArray {
    var random = SplitMix64(seed: seed)
    return GeometryArray(
      pointsX: (0..<count).map { _ in .random(in: 114...120, using: &random) },
      y: (0..<count).map { _ in .random(in: 30...42, using: &random) })
  }

  /// Every kind of projection of CGCS2000: by 3 and by 6 degrees, with the zone's number and without; and 4490 itself.
  @Test(arguments: [4490, 4499, 4508, 4527, 4548])
  func theShortWayToCGCS2000GivesTheBytesOfTheSearch(code: Int) throws {
    let zone = try ReferenceSystem(parsing: "EPSG:\(code)")
    let places = Self.places(300, seed: 7)
    let there = try CoordinateTransform(from: .wgs84, to: zone).apply(to: places).geometry
    let back = try CoordinateTransform(from: zone, to: .wgs84).apply(to: there).geometry
    let (xs, ys) = try searched("EPSG:4326", zone.identifier, places.xs, places.ys)
    #expect(there.xs == xs && there.ys == ys)
    let (longitudes, latitudes) = try searched(zone.identifier, "EPSG:4326", there.xs, there.ys)
    #expect(back.xs == longitudes && back.ys == latitudes)
  }

  /// What PROJ itself does between two codes.
  private func searched(
    _ source: String, _ target: String, _ xs: [Double], _ ys: [Double]
  ) throws -> (xs: [Double], ys: [Double]) {
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      let operation = try context.operation(from: source, to: target)
      let images = zip(xs, ys).map { proj_trans(operation, PJ_FWD, proj_coord($0, $1, 0, .infinity)) }
      return (images.map(\.xy.x), images.map(\.xy.y))
    }
  }

  /// PROJ knows nothing but this between the two, which is what the short way rests on.
  @Test func theSearchFindsNothingButEqualCoordinates() throws {
    try ProjectionContext.borrow { context throws(ReferenceSystemError) in
      for code in [4499, 4508, 4548] {
        let operation = try context.operation(from: "EPSG:4326", to: "EPSG:\(code)")
        _ = proj_trans(operation, PJ_FWD, proj_coord(117, 36, 0, .infinity))
        let used = proj_trans_get_last_used_operation(operation)
        defer { proj_destroy(used) }
        #expect(proj_coordoperation_has_ballpark_transformation(context.handle, used) == 1)
      }
    }
  }

  @Test(arguments: ["EPSG:4548", "EPSG:2384"])
  func anyNumberOfWorkersGivesTheSameBytes(target: String) throws {
    // More than the pieces that one thread keeps to itself, from few random numbers.
    let some = Self.places(5003, seed: 11)
    var xs = Array(repeatElement(some.xs, count: 60).joined())
    let ys = Array(repeatElement(some.ys, count: 60).joined())
    xs[123_456] = .infinity
    let places = GeometryArray(pointsX: xs, y: ys)
    let transform = try CoordinateTransform(from: .wgs84, to: ReferenceSystem(parsing: target))
    let alone = try transform.apply(to: places)
    let shared = try transform.apply(to: places, workers: Workers(3))
    #expect(alone.failedRows == [123_456] && shared.failedRows == alone.failedRows)
    for row in [0, 65_535, 65_536, 123_457, 299_999] { #expect(!shared.geometry.isNull(at: row)) }
    #expect(Self.areSameBytes(shared.geometry.xs, alone.geometry.xs))
    #expect(Self.areSameBytes(shared.geometry.ys, alone.geometry.ys))
  }

  private static func areSameBytes(_ a: [Double], _ b: [Double]) -> Bool {
    a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        guard let first = a.baseAddress, let second = b.baseAddress, a.count == b.count else {
          return a.count == b.count
        }
        return memcmp(first, second, a.count) == 0
      }
    }
  }

  @Test func progressReachesTheEndAndACancellationStops() throws {
    let transform = try CoordinateTransform(from: .wgs84, to: CoordinateTransformTests.zone117)
    let places = Self.places(70_000, seed: 3)
    let most = Atomic<Int>(0)
    let watching = WorkMonitor { most.max($0.done, ordering: .relaxed) }
    _ = try transform.apply(to: places, workers: Workers(1, monitor: watching))
    #expect(most.load(ordering: .relaxed) == 70_000)
    let cancelled = WorkMonitor()
    cancelled.cancel()
    #expect(throws: Cancelled.self) { try transform.apply(to: places, workers: Workers(2, monitor: cancelled)) }
  }
}
