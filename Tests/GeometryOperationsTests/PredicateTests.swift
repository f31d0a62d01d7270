import GeometryKernel
import TestSupport
import Testing

@testable import GeometryOperations

@Suite struct PredicateTests {
  let context: GEOSContext
  init() throws { context = try GEOSContext() }

  /// Rectangles with whole-number sides, so that they touch and share sides often; the answers follow from the sides.
  @Test(arguments: [UInt64(51), 52, 53])
  func rectanglesAnswerAsTheirSidesSay(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let boxes = (0..<80).map { _ in
      let x = Double(Int.random(in: 0..<12, using: &random))
      let y = Double(Int.random(in: 0..<12, using: &random))
      return Box(
        minX: x, minY: y, maxX: x + Double(Int.random(in: 1...5, using: &random)),
        maxY: y + Double(Int.random(in: 1...5, using: &random)))
    }
    var builder = GeometryArrayBuilder()
    for box in boxes { builder.appendArea([corners(box.minX, box.minY, box.width, box.height)]) }
    builder.appendNull()
    let areas = builder.finish()
    // Unordered pairs, with more repetition now on one side, now on the other.
    for (leftLimit, rightLimit) in [(81, 6), (6, 81)] {
      let leftRows = (0..<1500).map { _ in Int32.random(in: 0..<Int32(leftLimit), using: &random) }
      let rightRows = (0..<1500).map { _ in Int32.random(in: 0..<Int32(rightLimit), using: &random) }
      for predicate in SpatialPredicate.allCases {
        let answers = try context.test(predicate, areas, rows: leftRows, areas, rows: rightRows)
        for pair in 0..<1500 {
          let (l, r) = (Int(leftRows[pair]), Int(rightRows[pair]))
          let expected = l < 80 && r < 80 && holds(predicate, boxes[l], boxes[r])
          #expect(answers[pair] == expected, "seed \(seed), \(predicate), \(l), \(r)")
        }
      }
    }
  }

  private func holds(_ predicate: SpatialPredicate, _ a: Box, _ b: Box) -> Bool {
    let covers = a.minX <= b.minX && a.minY <= b.minY && b.maxX <= a.maxX && b.maxY <= a.maxY
    let covered = b.minX <= a.minX && b.minY <= a.minY && a.maxX <= b.maxX && a.maxY <= b.maxY
    let insidesMeet = a.minX < b.maxX && b.minX < a.maxX && a.minY < b.maxY && b.minY < a.maxY
    return switch predicate {
    case .intersects: a.intersects(b)
    case .covers, .contains: covers
    case .coveredBy, .within: covered
    case .touches: a.intersects(b) && !insidesMeet
    case .overlaps: insidesMeet && !covers && !covered
    case .crosses: false
    }
  }

  @Test(arguments: [UInt64(61), 62])
  func pointsInStarsAreThoseARayFinds(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var builder = GeometryArrayBuilder()
    for i in 0..<10 { builder.appendStar(x: Double(i % 5), y: Double(i / 5), radius: 1, spikes: 30, using: &random) }
    let stars = builder.finish()
    let xs = (0..<400).map { _ in Double.random(in: -1..<5, using: &random) }
    let ys = (0..<400).map { _ in Double.random(in: -1..<2, using: &random) }
    let pointRows = (0..<10).flatMap { _ in [Int32](0..<400) }
    let starRows = (0..<10).flatMap { [Int32](repeating: Int32($0), count: 400) }
    let points = GeometryArray(pointsX: xs, y: ys)
    let inside = try context.test(.coveredBy, points, rows: pointRows, stars, rows: starRows)
    for pair in pointRows.indices {
      let expected = stars.holds(x: xs[Int(pointRows[pair])], y: ys[Int(pointRows[pair])], row: Int(starRows[pair]))
      #expect(inside[pair] == expected, "seed \(seed)")
    }
    #expect(inside.contains(true) && inside.contains(false))
    #expect(try context.test(.intersects, stars, rows: starRows, points, rows: pointRows) == inside)
  }

  @Test func outlinesAreCoveredAndNotContained() throws {
    let square = areas([corners(0, 0, 2, 2)])
    let side = lines([(0, 0), (2, 0)], [(-1, 1), (3, 1)])
    #expect(try context.test(.covers, square, rows: [0, 0], side, rows: [0, 1]) == [true, false])
    #expect(try context.test(.contains, square, rows: [0, 0], side, rows: [0, 1]) == [false, false])
    #expect(try context.test(.touches, square, rows: [0, 0], side, rows: [0, 1]) == [true, false])
    #expect(try context.test(.crosses, side, rows: [0, 1], square, rows: [0, 0]) == [false, true])
    #expect(try context.test(.intersects, square, rows: [], side, rows: []) == [])
  }

  @Test func whatGEOSCannotHoldIsNamed() throws {
    let broken = lines([(0, 0), (1, 1)], [(0, 0), (.nan, 1)])
    let error = #expect(throws: GeometryError.self) {
      try context.test(.intersects, broken, rows: [0, 1], broken, rows: [0, 0])
    }
    #expect(error?.description.contains("row 2 is invalid: a coordinate that is not a finite number") == true)
  }
}
