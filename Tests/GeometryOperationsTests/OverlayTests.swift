import GeometryKernel
import TestSupport
import Testing

@testable import GeometryOperations

@Suite struct OverlayTests {
  let context: GEOSContext
  init() throws { context = try GEOSContext() }

  struct Rectangle {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    static func random(using random: inout SplitMix64) -> Rectangle {
      Rectangle(
        x: .random(in: 0..<20, using: &random), y: .random(in: 0..<20, using: &random),
        width: .random(in: 1..<10, using: &random), height: .random(in: 1..<10, using: &random))
    }

    var area: Double { width * height }
    var ring: [Position] { corners(x, y, width, height) }

    func sharedArea(_ other: Rectangle) -> Double {
      max(0, min(x + width, other.x + other.width) - max(x, other.x))
        * max(0, min(y + height, other.y + other.height) - max(y, other.y))
    }
  }

  static func rectangles(_ count: Int, using random: inout SplitMix64) -> ([Rectangle], GeometryArray) {
    let rectangles = (0..<count).map { _ in Rectangle.random(using: &random) }
    var builder = GeometryArrayBuilder()
    for rectangle in rectangles { builder.appendArea([rectangle.ring]) }
    return (rectangles, builder.finish())
  }

  @Test(arguments: [UInt64(21), 22, 23])
  func pairsOfRectanglesShareWhatTheirSidesSay(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let (left, leftAreas) = Self.rectangles(40, using: &random)
    let (right, rightAreas) = Self.rectangles(30, using: &random)
    let leftRows = (0..<500).map { _ in Int32.random(in: 0..<40, using: &random) }
    let rightRows = (0..<500).map { _ in Int32.random(in: 0..<30, using: &random) }
    let shared = try context.intersection(
      leftAreas, rows: leftRows, with: rightAreas, rows: rightRows, keeping: .area)
    let rest = try context.difference(leftAreas, rows: leftRows, minus: rightAreas, rows: rightRows)
    var sharing = 0
    for pair in 0..<500 {
      let a = left[Int(leftRows[pair])]
      let expected = a.sharedArea(right[Int(rightRows[pair])])
      if expected > 0 { sharing += 1 }
      #expect(abs((shared.area(at: pair) ?? -1) - expected) < 1e-9, "seed \(seed), pair \(pair)")
      #expect(abs((rest.area(at: pair) ?? -1) - (a.area - expected)) < 1e-9, "seed \(seed), pair \(pair)")
    }
    #expect((50..<450).contains(sharing))
  }

  /// Few areas apart are put together, many are united; both cut the same.
  @Test(arguments: [2, 32, 33, 60]) func areasApartCutAsManyAsThereAre(count: Int) throws {
    var squares = GeometryArrayBuilder()
    for i in 0..<count { squares.appendArea([corners(2 * Double(i), 0, 1, 1)]) }
    var strip = GeometryArrayBuilder()
    strip.appendArea([corners(0, 0, 200, 1)])
    let candidates = (0..<Int32(count)).map { $0 }
    let (row, areas) = (strip.finish(), squares.finish())
    let rest = try context.erase(row, by: areas, starts: [0, Int32(count)], candidates: candidates)
    let shared = try context.clip(row, to: areas, starts: [0, Int32(count)], candidates: candidates)
    #expect(rest.area(at: 0) == Double(200 - count) && shared.area(at: 0) == Double(count))
  }

  @Test(arguments: [UInt64(31), 32])
  func clippingAndErasingSplitEachRow(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let (rows, areas) = Self.rectangles(60, using: &random)
    let (_, masks) = Self.rectangles(4, using: &random)
    let inside = try context.clip(areas, to: masks)
    let outside = try context.erase(areas, by: masks)
    for row in 0..<60 {
      let sum = (inside.area(at: row) ?? -1) + (outside.area(at: row) ?? -1)
      #expect(abs(sum - rows[row].area) < 1e-9, "seed \(seed), row \(row)")
      // The area inside the mask is where its pieces are: counted on a fine lattice by the ray oracle.
      #expect(inside.kind(at: row).partDimension == .area)
      for _ in 0..<50 {
        let x = rows[row].x + Double.random(in: 0..<rows[row].width, using: &random)
        let y = rows[row].y + Double.random(in: 0..<rows[row].height, using: &random)
        let isMasked = (0..<masks.count).contains { masks.holds(x: x, y: y, row: $0) }
        #expect(inside.holds(x: x, y: y, row: row) == isMasked, "seed \(seed), row \(row)")
        #expect(outside.holds(x: x, y: y, row: row) == !isMasked, "seed \(seed), row \(row)")
      }
    }
  }

  @Test func candidatesByRowGiveWhatOneMaskGives() throws {
    var random = SplitMix64(seed: 41)
    let (_, areas) = Self.rectangles(25, using: &random)
    let (_, masks) = Self.rectangles(12, using: &random)
    // Every mask is a candidate of every row but the last, which has none.
    let starts: [Int32] = (0...24).map { Int32($0 * 12) } + [24 * 12]
    let candidates = (0..<24).flatMap { _ in [Int32](0..<12) }
    let inside = try context.clip(areas, to: masks, starts: starts, candidates: candidates)
    let outside = try context.erase(areas, by: masks, starts: starts, candidates: candidates)
    #expect(inside.slice(0..<24).bytes == (try context.clip(areas, to: masks)).slice(0..<24).bytes)
    #expect(outside.slice(0..<24).bytes == (try context.erase(areas, by: masks)).slice(0..<24).bytes)
    #expect(inside.kind(at: 24) == .polygon && inside.isNullOrEmpty(at: 24))
    #expect(outside.bytes[24] == areas.bytes[24])
  }

  @Test func touchingAreasLeaveDebrisOnlyWhenAskedFor() throws {
    let left = areas([corners(0, 0, 1, 1)])
    let right = areas([corners(1, 0, 1, 1)], [corners(1, 1, 1, 1)], [corners(5, 5, 1, 1)])
    let all = try context.intersection(left, rows: [0, 0, 0], with: right, rows: [0, 1, 2])
    #expect(all.kind(at: 0) == .lineString && all.kind(at: 1) == .point && all.isNullOrEmpty(at: 2))
    let kept = try context.intersection(left, rows: [0, 0, 0], with: right, rows: [0, 1, 2], keeping: .area)
    for row in 0..<3 { #expect(kept.kind(at: row) == .polygon && kept.isNullOrEmpty(at: row)) }
    #expect(try context.clip(left, to: right).isNullOrEmpty(at: 0))
  }

  @Test func linesAndPointsAreCutToo() throws {
    let mask = areas([corners(0, 0, 10, 10), corners(4, 4, 2, 2).reversed()])
    let paths = lines([(-5, 5), (15, 5)], [(1, 1), (2, 2)], [(20, 20), (21, 21)])
    let inside = try context.clip(paths, to: mask)
    #expect((0..<3).map { inside.length(at: $0) } == [8, 2.0.squareRoot(), 0])
    #expect(inside.kind(at: 0) == .multiLineString && inside.kind(at: 2) == .lineString)
    let outside = try context.erase(paths, by: mask)
    #expect((0..<3).map { outside.length(at: $0) } == [12, 0, 2.0.squareRoot()])

    let places = GeometryArray(pointsX: [1, 5, .nan, 0], y: [1, 5, 0, 0])
    let held = try context.clip(places, to: mask)
    // Areas are closed: the corner is inside. A place in the hole becomes an empty point, apart from null.
    #expect((0..<4).map { held.isNullOrEmpty(at: $0) } == [false, true, true, false])
    #expect((0..<4).map { held.isNull(at: $0) } == [false, false, true, false])
    #expect(try context.erase(places, by: mask).isNullOrEmpty(at: 0))
  }

  @Test func nullAndEmptyRowsPassThrough() throws {
    var builder = GeometryArrayBuilder()
    builder.appendNull()
    builder.beginRow(.multiPolygon)
    builder.endRow()
    builder.appendArea([corners(0, 0, 2, 2)])
    let rows = builder.finish()
    let square = areas([corners(1, 0, 5, 5)])
    for result in [
      try context.clip(rows, to: square), try context.erase(rows, by: square),
      try context.intersection(rows, rows: [0, 1, 2], with: square, rows: [0, 0, 0]),
      try context.difference(rows, rows: [0, 1, 2], minus: square, rows: [0, 0, 0]),
    ] {
      #expect(result.isNull(at: 0))
      #expect(!result.isNull(at: 1) && result.isNullOrEmpty(at: 1))
      #expect(result.area(at: 2) == 2)
    }
    let nothing = GeometryArray(pointsX: [.nan], y: [.nan])
    #expect(try context.erase(rows, by: nothing).bytes == rows.bytes)
    #expect(try context.clip(rows, to: nothing).isNullOrEmpty(at: 2))
    #expect(try context.intersection(rows, rows: [2], with: rows, rows: [0]).isNull(at: 0))
    #expect(try context.difference(rows, rows: [2], minus: rows, rows: [0]).area(at: 0) == 4)
  }

  @Test func anInvalidRowIsNamedBeforeItSpoilsAnOverlay() throws {
    let square = areas([corners(0, 0, 4, 4)])
    let rows = areas([corners(0, 0, 1, 1)], [[(0, 0), (2, 2), (2, 0), (0, 2)]])
    let said = "row 2 is invalid: Self-intersection at (1.0, 1.0)"
    func message(_ body: () throws -> GeometryArray) -> String? {
      #expect(throws: GeometryError.self) { try body() }?.description
    }
    #expect(message { try context.union(rows) } == said)
    #expect(message { try context.buffer(rows, distance: 1) } == said)
    #expect(message { try context.clip(rows, to: square) } == said)
    #expect(message { try context.erase(square, by: rows) } == said)
    #expect(message { try context.intersection(square, rows: [0], with: rows, rows: [1]) } == said)
    #expect(message { try context.difference(rows, rows: [1], minus: square, rows: [0]) } == said)
    // A row that is not used does no harm.
    #expect(try context.intersection(square, rows: [0], with: rows, rows: [0]).area(at: 0) == 1)
    #expect(try context.union(rows, groups: [0, -1], groupCount: 1).area(at: 0) == 1)
  }
}
