import GeometryKernel
import TestSupport
import Testing

@testable import GeometryOperations

@Suite struct UnionTests {
  let context: GEOSContext
  init() throws { context = try GEOSContext() }

  /// Unit squares on a random subset of a grid, some twice: their union's area is the number of distinct cells.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func theUnionOfGridCellsHasTheirNumberAsArea(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let groupCount = 5
    var builder = GeometryArrayBuilder()
    var groups: [Int32] = []
    var cells = [Set<Int>](repeating: [], count: groupCount)
    for i in 0..<300 {
      if i % 50 == 7 {
        builder.appendNull()
        groups.append(Int32.random(in: 0..<Int32(groupCount), using: &random))
        continue
      }
      let cell = Int.random(in: 0..<225, using: &random)
      let group = Int32.random(in: -1..<Int32(groupCount), using: &random)
      builder.appendArea([corners(500_000 + Double(cell % 15), 4_000_000 + Double(cell / 15), 1, 1)])
      groups.append(group)
      if group >= 0 { cells[Int(group)].insert(cell) }
    }
    let squares = builder.finish()
    let united = try context.union(squares, groups: groups, groupCount: groupCount)
    #expect(united.count == groupCount)
    for group in 0..<groupCount {
      #expect(united.area(at: group) == Double(cells[group].count), "seed \(seed), group \(group)")
      for part in united.parts(at: group) {
        for (number, ring) in united.rings(ofPart: part).enumerated() {
          #expect((united.doubleSignedArea(ofRing: ring) > 0) == (number == 0))
        }
      }
    }
    #expect(try context.validity(of: united).isEmpty)
    #expect(try GEOSContext().union(squares, groups: groups, groupCount: groupCount).bytes == united.bytes)
  }

  @Test func theOrderOfRowsDoesNotReachTheOutput() throws {
    var random = SplitMix64(seed: 8)
    var rows: [[Position]] = []
    for _ in 0..<60 {
      rows.append(
        corners(
          Double(Int.random(in: 0..<40, using: &random)), Double(Int.random(in: 0..<40, using: &random)),
          Double(Int.random(in: 1..<9, using: &random)), Double(Int.random(in: 1..<9, using: &random))))
    }
    func united(_ rows: [[Position]]) throws -> [[UInt8]] {
      var builder = GeometryArrayBuilder()
      for row in rows { builder.appendArea([row]) }
      return try context.union(builder.finish()).bytes
    }
    #expect(try united(rows) == united(rows.reversed()))
    #expect(try united(rows) == united(rows.shuffled(using: &random)))
  }

  @Test func aRingOfSquaresKeepsItsHole() throws {
    var builder = GeometryArrayBuilder()
    for i in 0..<9 where i != 4 { builder.appendArea([corners(Double(i % 3), Double(i / 3), 1, 1)]) }
    let ring = try context.union(builder.finish())
    #expect(ring.kind(at: 0) == .polygon)
    #expect(ring.rings(ofPart: 0).count == 2)
    #expect(ring.area(at: 0) == 8)
  }

  @Test func equalPointsBecomeOneAndNothingBecomesNull() throws {
    let points = try context.union(GeometryArray(pointsX: [1, 1, .nan, 2], y: [1, 1, 1, 2]))
    #expect(points.kind(at: 0) == .multiPoint && points.coordinates(at: 0).count == 2)
    #expect(try context.union(GeometryArray()).isNull(at: 0))
    #expect(try context.union(GeometryArray(pointsX: [.nan], y: [.nan])).isNull(at: 0))
    #expect(try context.union(points, groups: [1], groupCount: 3).isNull(at: 2))
  }

  @Test func linesAreCutWhereTheyMeet() throws {
    let cross = try context.union(lines([(0, 0), (2, 2)], [(0, 2), (2, 0)]))
    #expect(cross.kind(at: 0) == .multiLineString && cross.parts(at: 0).count == 4)
    #expect(abs((cross.length(at: 0) ?? 0) - 4 * 2.0.squareRoot()) < 1e-12)
  }
}
