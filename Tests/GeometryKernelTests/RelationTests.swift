import GeometryKernel
import TestSupport
import Testing

@Suite struct RelationTests {
  /// A square of 10 with a hole of 3, and a second part beside it.
  private func twoParts() -> GeometryArray {
    var builder = GeometryArrayBuilder()
    builder.appendRow(.multiPolygon, [(.area, [square(0, 0, 10), square(2, 2, 3)]), (.area, [square(20, 0, 5)])])
    return builder.finish()
  }

  @Test(arguments: [
    (1.0, 1.0, Location.inside), (3, 3, .outside), (22, 3, .inside), (15, 3, .outside),
    // Outlines of shell, hole and second part; corners; beside and level with corners.
    (0, 5, .boundary), (2, 3, .boundary), (5, 5, .boundary), (20, 0, .boundary), (25, 5, .boundary),
    (10, 10, .boundary),
    (-1, 0, .outside), (-1, 10, .outside), (1, 2, .inside), (6, 5, .inside), (11, 5, .outside), (30, 5, .outside),
  ])
  func locations(x: Double, y: Double, expected: Location) {
    #expect(twoParts().location(x: x, y: y, inRow: 0) == expected)
  }

  /// Against the sum of signed turns, the other classic rule, on whole numbers.
  @Test(arguments: 1...20)
  func locationsOfStars(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    // Corners on rising turns around the middle make a ring that does not cross itself.
    let turns: [Position] = [
      (1, 0), (2, 1), (1, 1), (1, 2), (0, 1), (-1, 2), (-1, 1), (-2, 1), (-1, 0), (-2, -1), (-1, -2), (0, -1), (1, -2),
      (2, -1),
    ]
    var ring = turns.map { turn -> Position in
      let reach = Double(Int.random(in: 1...4, using: &random))
      return (turn.x * reach, turn.y * reach)
    }
    ring.append(ring[0])
    var builder = GeometryArrayBuilder()
    builder.appendPolygon([ring])
    let area = builder.finish()
    for i in -17...17 {
      for j in -17...17 {
        let (x, y) = (Double(i) / 2, Double(j) / 2)
        var winding = 0
        var isOn = false
        for (a, b) in zip(ring, ring.dropFirst()) {
          let cross = (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x)
          if cross == 0, min(a.x, b.x) <= x, x <= max(a.x, b.x), min(a.y, b.y) <= y, y <= max(a.y, b.y) { isOn = true }
          if a.y <= y, b.y > y, cross > 0 { winding += 1 }
          if a.y > y, b.y <= y, cross < 0 { winding -= 1 }
        }
        let expected: Location = isOn ? .boundary : winding != 0 ? .inside : .outside
        #expect(area.location(x: x, y: y, inRow: 0) == expected, "seed \(seed), (\(x), \(y))")
      }
    }
  }

  @Test func rowsWithoutAreaHoldNothing() {
    let rows = oneOfEach()
    for row in 0..<rows.count where row != 3 && row != 7 && row != 8 {
      #expect(rows.location(x: 3, y: 4, inRow: row) == .outside)
    }
  }

  @Test func distancesBetweenKinds() {
    var builder = GeometryArrayBuilder()
    builder.appendPolygon([square(0, 0, 10), square(2, 2, 6)])  // 0
    builder.appendPoint(x: 5, y: 5)  // 1: in the hole, 3 from its outline
    builder.appendPoint(x: 1, y: 1)  // 2: inside
    builder.appendPolygon([square(4, 4, 1)])  // 3: in the hole
    builder.appendPolygon([square(-5, -5, 30)])  // 4: round everything
    builder.appendLine([(-1, 5), (11, 5)])  // 5: across
    builder.appendLine([(13, 0), (13, 4)])  // 6: 3 beside
    builder.appendPoint(x: 13, y: 14)  // 7: 5 from the corner (10, 10)
    builder.appendNull()  // 8
    builder.appendLine([(0, 0), (.nan, 3)])  // 9
    let rows = builder.finish()
    let expected: [(Int, Int, Double?)] = [
      (0, 0, 0), (0, 1, 3), (0, 2, 0), (0, 3, 2), (0, 4, 0), (0, 5, 0), (0, 6, 3), (0, 7, 5), (0, 8, nil), (0, 9, nil),
      (1, 2, 32.0.squareRoot()), (3, 4, 0), (4, 5, 0), (4, 7, 0), (6, 7, 10), (1, 1, 0), (5, 6, 2.236_067_977_499_79),
    ]
    for (a, b, distance) in expected {
      #expect(rows.distance(at: a, to: rows, row: b) == distance, "\(a) to \(b)")
      #expect(rows.distance(at: b, to: rows, row: a) == distance, "\(b) to \(a)")
      #expect(rows.intersects(at: a, rows, row: b) == (distance == 0), "\(a) with \(b)")
      #expect(rows.intersects(at: b, rows, row: a) == (distance == 0), "\(b) with \(a)")
    }
  }

  /// Long outlines, cut into chains, against every segment with every segment.
  @Test(arguments: 1...12)
  func longOutlinesAgainstAllPairs(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    func walk(_ count: Int, _ x: Double, _ y: Double) -> [Position] {
      var position: Position = (x, y)
      return (0..<count).map { _ in
        position.x += Double(Int.random(in: -3...4, using: &random))
        position.y += Double(Int.random(in: -4...4, using: &random))
        return position
      }
    }
    var builder = GeometryArrayBuilder()
    for i in 0..<6 { builder.appendLine(walk(10 + i * 17, Double(i) * 15, 0)) }
    let rows = builder.finish()
    for a in 0..<rows.count {
      for b in 0..<rows.count {
        var best = Double.infinity
        for i in rows.coordinates(at: a).dropLast() {
          for j in rows.coordinates(at: b).dropLast() {
            let segment = Segment(rows.xs[i], rows.ys[i], rows.xs[i + 1], rows.ys[i + 1])
            best = min(
              best, segment.squaredDistance(to: Segment(rows.xs[j], rows.ys[j], rows.xs[j + 1], rows.ys[j + 1])))
          }
        }
        #expect(rows.distance(at: a, to: rows, row: b) == best.squareRoot(), "seed \(seed), \(a) to \(b)")
        #expect(rows.intersects(at: a, rows, row: b) == (best == 0), "seed \(seed), \(a) with \(b)")
      }
    }
  }
}
