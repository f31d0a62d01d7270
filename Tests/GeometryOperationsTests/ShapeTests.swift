import CGEOS
import Foundation
import GeometryKernel
import TestSupport
import Testing

@testable import GeometryOperations

@Suite struct ShapeTests {
  let context: GEOSContext
  init() throws { context = try GEOSContext() }

  /// A point, nothing, an empty point, lines, an area with a hole, and one of each kind of several parts.
  static var everyKind: GeometryArray {
    var builder = GeometryArrayBuilder()
    builder.appendPoint(x: 1, y: 2)
    builder.appendNull()
    builder.appendPoint(x: .nan, y: .nan)
    builder.append(lines([(0, 0), (3, 4)]), row: 0)
    builder.append(areas([corners(0, 0, 3, 3), corners(1, 1, 1, 1).reversed()]), row: 0)
    for (kind, parts) in [
      (GeometryKind.multiPoint, [PartDimension.point, .point]), (.multiLineString, [.line, .line]),
      (.multiPolygon, [.area, .area]), (.collection, [.point, .line, .area]), (.polygon, []), (.collection, []),
    ] {
      builder.beginRow(kind)
      for (i, dimension) in parts.enumerated() {
        let x = Double(10 * i)
        builder.beginPart(dimension)
        switch dimension {
        case .point: builder.addRing(xs: [x], ys: [0])
        case .line: builder.addRing(xs: [x, x + 1], ys: [0, 1])
        case .area: builder.addRing(xs: [x, x + 1, x + 1, x], ys: [0, 0, 1, 0])
        }
      }
      builder.endRow()
    }
    return builder.finish()
  }

  @Test func everyKindGoesIntoGEOSAndComesBackAsItWas() throws {
    let before = Self.everyKind
    var builder = GeometryArrayBuilder()
    for row in 0..<before.count {
      if before.isNull(at: row) {
        builder.appendNull()
      } else {
        try context.append(try context.geometry(before, row: row), to: &builder)
      }
    }
    let after = builder.finish()
    // An empty geometry of GEOS has a type, but here only what is asked to be kept gives an empty row its kind.
    for row in 0..<before.count where !before.isNullOrEmpty(at: row) {
      #expect(after.bytes[row] == before.bytes[row], "row \(row)")
    }
    #expect(after.isNull(at: 1))
    for row in [2, 9, 10] { #expect(!after.isNull(at: row) && after.isNullOrEmpty(at: row)) }
  }

  @Test func aBufferedPointIsTheInscribedPolygon() throws {
    let points = GeometryArray(pointsX: [500_000, .nan, 0], y: [4_000_000, 1, 0])
    let discs = try context.buffer(points, distance: 300, quadrantSegments: 16)
    // A regular polygon of n corners on a circle of radius r has the area n/2 · r² · sin(2π/n).
    let expected = 32 * 300.0 * 300 * sin(2 * .pi / 64)
    #expect(discs.count == 3)
    #expect(abs((discs.area(at: 0) ?? 0) - expected) < 1e-4)
    #expect(discs.isNull(at: 1))
    #expect(discs.kind(at: 2) == .polygon)
    #expect(discs.doubleSignedArea(ofRing: 0) > 0)
  }

  @Test func aBufferGrowsAnAreaAndANegativeOneShrinksIt() throws {
    let square = areas([corners(0, 0, 10, 10)])
    let shrunk = try context.buffer(square, distance: -2)
    #expect(abs((shrunk.area(at: 0) ?? 0) - 36) < 1e-9)
    let grown = try context.buffer(square, distance: 1, quadrantSegments: 64)
    #expect(abs((grown.area(at: 0) ?? 0) - (100 + 40 + .pi)) < 1e-3)
    let gone = try context.buffer(square, distance: -6)
    #expect(gone.kind(at: 0) == .polygon && gone.isNullOrEmpty(at: 0))
    let ofEmpty = try context.buffer(gone, distance: 5)
    #expect(ofEmpty.kind(at: 0) == .polygon && ofEmpty.isNullOrEmpty(at: 0))
    let error = #expect(throws: GeometryError.self) { try context.buffer(square, distance: .nan) }
    #expect(error?.description == "distance is nan, and has to be a finite number")
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func aHullIsConvexHoldsAllAndHasTheirCorners(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let count = 200
    let groupCount = 7
    let xs = (0..<count).map { _ in Double.random(in: 0..<100, using: &random) }
    let ys = (0..<count).map { _ in Double.random(in: 0..<100, using: &random) }
    let groups = (0..<count).map { _ in Int32.random(in: -1..<Int32(groupCount - 1), using: &random) }
    let hulls = try context.convexHull(GeometryArray(pointsX: xs, y: ys), groups: groups, groupCount: groupCount)
    #expect(hulls.count == groupCount)
    #expect(hulls.isNull(at: groupCount - 1))  // no row is of the last group
    for group in 0..<(groupCount - 1) {
      let hull = hulls.vertices(at: group)
      let members = (0..<count).filter { groups[$0] == Int32(group) }
      #expect(hull.allSatisfy { corner in members.contains { [xs[$0], ys[$0]] == corner } })
      for (a, b) in zip(hull, hull.dropFirst()) {
        let leftOf = members.allSatisfy { i in
          (b[0] - a[0]) * (ys[i] - a[1]) - (b[1] - a[1]) * (xs[i] - a[0]) >= -1e-9
        }
        #expect(leftOf, "seed \(seed), group \(group)")
      }
    }
  }

  @Test func aHullOfLittleHasLessThanAnArea() throws {
    let points = GeometryArray(pointsX: [0, 1, 2, 5], y: [0, 1, 2, 5])
    let hulls = try context.convexHull(points, groups: [0, 0, 0, 1], groupCount: 2)
    #expect(hulls.kind(at: 0) == .lineString && hulls.kind(at: 1) == .point)
    #expect(try context.convexHull(Self.everyKind).kind(at: 7) == .polygon)
  }

  @Test func simplifyingStaysWithinItsTolerance() throws {
    var random = SplitMix64(seed: 11)
    var builder = GeometryArrayBuilder()
    for _ in 0..<20 { builder.appendStar(x: 0, y: 0, radius: 100, spikes: 200, using: &random) }
    let stars = builder.finish()
    let simple = try context.simplify(stars, tolerance: 20)
    for row in 0..<stars.count {
      let outline = simple.vertices(at: row)
      #expect(outline.count < stars.coordinates(at: row).count)
      for vertex in stars.vertices(at: row) {
        let distance = zip(outline, outline.dropFirst()).map { edgeDistance(vertex, $0, $1) }.min() ?? .infinity
        #expect(distance <= 20 + 1e-9, "row \(row)")
      }
    }
    #expect(try context.validity(of: simple).isEmpty)
    #expect(try context.simplify(stars, tolerance: 0).bytes == stars.bytes)
    #expect(throws: GeometryError.self) { try context.simplify(stars, tolerance: -1) }
  }

  /// GEOS is the reference for `GeometryArray.centroids`, which needs no copy of a row.
  @Test func centroidsAreThoseOfGEOS() throws {
    var random = SplitMix64(seed: 5)
    var builder = GeometryArrayBuilder()
    for _ in 0..<50 { builder.appendStar(x: 3, y: 4, radius: 10, spikes: 9, using: &random) }
    for array in [Self.everyKind, builder.finish()] {
      let centroids = array.centroids()
      for row in 0..<array.count {
        #expect(centroids.isNull(at: row) == array.isNullOrEmpty(at: row), "row \(row)")
        if array.isNullOrEmpty(at: row) { continue }
        let geometry = try context.geometry(array, row: row)
        let expected = try context.owned(GEOSGetCentroid_r(context.handle, geometry.pointer), "GEOSGetCentroid_r")
        var x = 0.0
        var y = 0.0
        let answers = (
          GEOSGeomGetX_r(context.handle, expected.pointer, &x), GEOSGeomGetY_r(context.handle, expected.pointer, &y)
        )
        #expect(answers == (1, 1), "row \(row)")
        #expect(abs(centroids.xs[row] - x) < 1e-9 && abs(centroids.ys[row] - y) < 1e-9, "row \(row)")
      }
    }
  }

  @Test func ringsAreTurnedToTheRightHand() {
    let wrong = areas([corners(0, 0, 9, 9).reversed(), corners(1, 1, 2, 2), corners(5, 5, 2, 2).reversed()])
    let right = wrong.rightHanded()
    #expect((0..<3).map { right.doubleSignedArea(ofRing: $0).sign } == [.plus, .minus, .minus])
    #expect(right.vertices(at: 0).sorted { $0[0] < $1[0] }.count == 15)
    #expect(right.area(at: 0) == wrong.area(at: 0))
  }

  private func edgeDistance(_ p: [Double], _ a: [Double], _ b: [Double]) -> Double {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1])
    let length = dx * dx + dy * dy
    let t = length == 0 ? 0 : max(0, min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length))
    return ((p[0] - a[0] - t * dx) * (p[0] - a[0] - t * dx) + (p[1] - a[1] - t * dy) * (p[1] - a[1] - t * dy))
      .squareRoot()
  }
}
