import GeometryKernel
import TestSupport
import Testing

@testable import StreetNetworks

@Suite struct BuilderTests {
  /// Lines given as coordinates.
  static func lines(_ rows: [[(Double, Double)]]) -> GeometryArray {
    var builder = GeometryArrayBuilder()
    for row in rows {
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.beginRing()
      for (x, y) in row { builder.addCoordinate(x: x, y: y) }
      builder.endRow()
    }
    return builder.finish()
  }

  /// Joined at ends and at vertices that two streets share, not where they cross; a vertex of one street alone is none.
  @Test func joinedAtSharedVertices() throws {
    let drawing = Drawing(
      """
      A-B-C
        D
      """, "ABC", "DB")
    let graph = try StreetGraphBuilder().build(drawing.lines).0
    #expect(graph.nodeCount == 4 && graph.edgeCount == 3)
    #expect(graph.rows.sorted() == [0, 0, 1] && graph.deadEndCount == 3 && graph.totalLength == 300)
  }

  @Test func nearerThanTheToleranceIsOnePlace() throws {
    let rows = Self.lines([[(0, 0), (100, 0)], [(100.008, 0.003), (200, 0)], [(200.02, 0), (300, 0)]])
    let (graph, report) = try StreetGraphBuilder(tolerance: 0.01).build(rows)
    #expect(graph.nodeCount == 5 && graph.components.count == 2 && report.joinedCount == 1)
    #expect(report.nearMisses.map { $0.width }.allSatisfy { abs($0 - 0.02) < 1e-9 } && report.nearMisses.count == 1)
    let exact = try StreetGraphBuilder(tolerance: 0).build(rows)
    #expect(exact.0.nodeCount == 6 && exact.1.joinedCount == 0 && exact.1.nearMisses.count == 2)
  }

  /// 100.3 ends 0.3 m short of the street that begins at 100.6: bridged only when asked, and across the street in the
  /// middle of it.
  @Test func gapsAreBridgedWhenAsked() throws {
    let rows = Self.lines([[(0, 0), (100.3, 0)], [(100.6, 0), (200, 0)], [(50, 10), (50, 0.5)]])
    let (graph, report) = try StreetGraphBuilder().build(rows)
    #expect(graph.components.count == 3 && report.nearMisses.count == 2 && report.bridged.isEmpty)
    let (bridged, after) = try StreetGraphBuilder(bridging: 1).build(rows)
    #expect(bridged.components.count == 1 && bridged.edgeCount == 6 && bridged.rows.count { $0 < 0 } == 2)
    #expect(after.nearMisses.isEmpty && after.bridged.count == 2)
    #expect(bridged.components[0].length == 10030 + 9940 + 950 + 30 + 50)
    #expect(try StreetGraphBuilder(bridging: 0.4).build(rows).0.components.count == 2)
  }

  /// A street that ends on another without a vertex there: a gap of no width, told and closed like any.
  @Test func streetsThatEndOnAStreetAreGaps() throws {
    let rows = Self.lines([[(0, 0), (100, 0)], [(50, 0), (50, 80)], [(20, -30), (20, 0)]])
    let (graph, report) = try StreetGraphBuilder().build(rows)
    #expect(graph.components.count == 3)
    #expect(report.nearMisses.map { [$0.x, $0.y, $0.width] }.sorted { $0[0] < $1[0] } == [[20, 0, 0], [50, 0, 0]])
    let (bridged, after) = try StreetGraphBuilder(bridging: 1).build(rows)
    #expect(bridged.components.map { $0.length } == [21000] && bridged.edgeCount == 5 && bridged.nodeCount == 6)
    #expect(after.bridged.map { $0.width } == [0, 0] && after.nearMisses.isEmpty)
  }

  @Test func whatIsOddIsCounted() throws {
    var builder = GeometryArrayBuilder(
      continuing: Self.lines([
        [(0, 0), (100, 0), (100, 0)], [(100, 0), (0, 0)], [(5, 5), (5, 5)], [(0, 0), (50, 50), (0, 0)],
        [(0, .nan), (1, 1)],
        [(0, 0), (100, 0)],
      ]))
    builder.appendNull()
    builder.appendPoint(x: 3, y: 3)
    let (graph, report) = try StreetGraphBuilder().build(builder.finish())
    #expect(graph.edgeCount == 4 && report.zeroLengthCount == 2 && report.skippedRowCount == 3)
    #expect(report.duplicateCount == 2)
    #expect(graph.fromNodes.indices.count { graph.fromNodes[$0] == graph.toNodes[$0] } == 1)
    #expect(graph.invariantViolation() == nil)
  }

  /// Ways are joined where they name one node: 1-2-3 is cut at 2, where the third way begins; 3 and 4 lie at one place
  /// and are two. The third way loses the node 99, and what is beyond it.
  @Test func waysThatNameTheirNodes() throws {
    let (graph, report) = try StreetGraphBuilder().build(
      nodes: [1, 2, 3, 4, -5, 6], xs: [0, 100, 200, 200, 300, 100], ys: [0, 0, 0, 0, 0, 50],
      wayStarts: [0, 3, 5, 9, 10], wayNodes: [1, 2, 3, 4, -5, 2, 6, 99, 1, 1])
    #expect(graph.nodeCount == 6 && graph.edgeCount == 4)
    #expect(report.missingNodeCount == 1 && report.skippedRowCount == 1)
    #expect(graph.components.map { $0.length } == [25000, 10000])
  }

  @Test func wrongInput() throws {
    let builder = StreetGraphBuilder()
    #expect(throws: StreetNetworkError.noStreets) { try builder.build(GeometryArray()) }
    #expect(throws: StreetNetworkError.noStreets) { try builder.build(GeometryArray(pointsX: [1], y: [2])) }
    let line = Self.lines([[(0, 0), (1, 1)]])
    #expect(throws: StreetNetworkError.attributeCount(name: "speed", expected: 1, found: 2)) {
      try builder.build(line, StreetAttributes(speeds: [1, 2]))
    }
    #expect(throws: StreetNetworkError.unknownClass(row: 0)) {
      try builder.build(line, StreetAttributes(classes: [3]))
    }
    #expect(throws: StreetNetworkError.wrongDistance(name: "tolerance", -1)) {
      try StreetGraphBuilder(tolerance: -1).build(line)
    }
    #expect(throws: StreetNetworkError.tooLong(row: 0)) {
      try builder.build(Self.lines([[(-5e8, 0), (5e8, 0)]]))
    }
    #expect(throws: StreetNetworkError.noStreets) { try builder.build(Self.lines([[(0, 0), (1e300, 0)]])) }
  }

  /// An end that lies on an oblique street is on it by the exact test, whatever rounded distances say.
  @Test func withoutAToleranceTouchingIsExact() throws {
    let rows = Self.lines([[(0.1, 0.3), (49 * 0.1, 49 * 0.3)], [(0, 0), (0, 3)]])
    #expect(try StreetGraphBuilder(tolerance: 0, planar: true).build(rows).0.nodeCount == 4)
    // Multiples of powers of two are exact: (3, 7) times 5 of 8, and a street from there.
    let touching = Self.lines([[(0, 0), (3, 7)], [(1.875, 4.375), (10, 0)], [(0.375, 0.875), (0, 9)]])
    let (graph, report) = try StreetGraphBuilder(tolerance: 0, planar: true).build(touching)
    #expect(graph.components.count == 1 && report.crossingCount == 2)
  }

  /// Segments between points of a small integer grid, cut at all crossings, against fractions without rounding.
  @Test(arguments: 1...20)
  func planarAgainstFractions(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let side = [8, 30, 200][seed % 3]
    let segments = (0..<(6 + 3 * seed)).map { _ in (0..<4).map { _ in Int.random(in: 0...side, using: &random) } }
      .filter { $0[0] != $0[2] || $0[1] != $0[3] }
    let rows = Self.lines(segments.map { [(Double($0[0]), Double($0[1])), (Double($0[2]), Double($0[3]))] })
    let (graph, _) = try StreetGraphBuilder(tolerance: 1e-7, planar: true).build(rows)
    #expect(graph.invariantViolation() == nil)
    // All positions at which each segment is cut, as exact fractions over one denominator a pair.
    var all: Set<[Int]> = []
    var edges = 0
    for (i, s) in segments.enumerated() {
      var own: Set<[Int]> = [[s[0], s[1], 1], [s[2], s[3], 1]]
      for (j, t) in segments.enumerated() where i != j { own.formUnion(meetings(s, t)) }
      all.formUnion(own)
      edges += own.count - 1
    }
    #expect(graph.nodeCount == all.count, "seed \(seed)")
    #expect(graph.edgeCount == edges, "seed \(seed)")
  }

  /// Where two integer segments meet: (x, y, denominator) in lowest terms; the ends of an overlap.
  private func meetings(_ s: [Int], _ t: [Int]) -> [[Int]] {
    let (dx, dy, ex, ey) = (s[2] - s[0], s[3] - s[1], t[2] - t[0], t[3] - t[1])
    let determinant = dx * ey - dy * ex
    let (px, py) = (t[0] - s[0], t[1] - s[1])
    guard determinant != 0 else {
      return [(t[0], t[1]), (t[2], t[3]), (s[0], s[1]), (s[2], s[3])].filter { x, y in
        [s, t].allSatisfy { (u: [Int]) in
          (x - u[0]) * (u[3] - u[1]) == (y - u[1]) * (u[2] - u[0]) && min(u[0], u[2])...max(u[0], u[2]) ~= x
            && min(u[1], u[3])...max(u[1], u[3]) ~= y
        }
      }.map { [$0, $1, 1] }
    }
    let sign = determinant < 0 ? -1 : 1
    let (a, b, d) = (sign * (px * ey - py * ex), sign * (px * dy - py * dx), sign * determinant)
    guard 0...d ~= a, 0...d ~= b else { return [] }
    let (x, y) = (s[0] * d + a * dx, s[1] * d + a * dy)
    let divisor = gcd(gcd(abs(x), abs(y)), d)
    return [[x / divisor, y / divisor, d / divisor]]
  }

  private func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }
}
