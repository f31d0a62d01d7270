import GeometryKernel
import Testing

@Suite struct CentroidTests {
  @Test func eachKind() {
    var builder = GeometryArrayBuilder()
    // 10 × 10 less the hole from (2, 2) to (5, 5): (5 × 100 − 3.5 × 9) / 91.
    builder.appendPolygon([square(0, 0, 10), square(2, 2, 3).reversed()])
    builder.appendPolygon([square(0, 0, 10).reversed(), square(2, 2, 3)])
    // Lengths 4 and 2 with middles (2, 0) and (4, 1).
    builder.appendLine([(0, 0), (4, 0), (4, 2)])
    builder.appendRow(.multiPoint, [(.point, [[(1, 1)]]), (.point, [[(2, 7)]])])
    // Areas of 1 and 9 with middles (0.5, 0.5) and (11.5, 1.5); points and lines beside areas do not count.
    builder.appendRow(
      .collection,
      [(.area, [square(0, 0, 1)]), (.area, [square(10, 0, 3)]), (.point, [[(99, 99)]]), (.line, [[(0, 0), (50, 0)]])])
    // An area without extent counts as its outline, a line without length as a point.
    builder.appendPolygon([[(0, 0), (6, 0), (0, 0)]])
    builder.appendLine([(3, 3), (3, 3)])
    builder.appendNull()
    builder.appendRow(.polygon, [])
    builder.appendLine([(0, 0), (.infinity, 1)])
    let centroids = builder.finish().centroids()
    let expected: [Position?] = [
      (468.5 / 91, 468.5 / 91), (468.5 / 91, 468.5 / 91), (16.0 / 6, 2.0 / 6), (1.5, 4), (10.4, 1.4), (3, 0), (3, 3),
      nil, nil, nil,
    ]
    #expect(centroids.isPointsLayout && centroids.count == expected.count)
    for (row, position) in expected.enumerated() {
      guard let position else {
        #expect(centroids.isNull(at: row), "row \(row)")
        continue
      }
      #expect((centroids.xs[row] - position.x).magnitude < 1e-12, "row \(row)")
      #expect((centroids.ys[row] - position.y).magnitude < 1e-12, "row \(row)")
    }
  }

  @Test func keepsTheDigitsOfLargeCoordinates() {
    var builder = GeometryArrayBuilder()
    builder.appendPolygon([square(39_500_000, 4_065_000, 0.5)])
    let centroid = builder.finish().centroids()
    #expect((centroid.xs[0] - 39_500_000.25).magnitude < 1e-8)
    #expect((centroid.ys[0] - 4_065_000.25).magnitude < 1e-8)
  }

  @Test func pointsStayAsTheyAre() {
    let points = GeometryArray(pointsX: [1, .nan], y: [2, .nan])
    #expect(points.centroids().outline == points.outline)
  }
}
