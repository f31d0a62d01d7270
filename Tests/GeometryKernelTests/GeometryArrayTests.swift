import GeometryKernel
import Testing

@Suite struct GeometryArrayTests {
  @Test func pointsLayoutIsLeftAndFound() {
    var builder = GeometryArrayBuilder()
    builder.appendPoint(x: 1, y: 2)
    builder.appendNull()
    #expect(builder.finish().isPointsLayout)
    builder.appendLine([(0, 0), (1, 1)])
    builder.appendPoint(x: 3, y: 4)
    builder.appendNull()
    let rows = builder.finish()
    #expect(!rows.isPointsLayout)
    #expect((0..<5).map { rows.kind(at: $0) } == [.point, .null, .lineString, .point, .null])
    #expect(
      (0..<5).map { rows.wkt(at: $0, decimals: 0) } == ["POINT (1 2)", "", "LINESTRING (0 0, 1 1)", "POINT (3 4)", ""])
    // Without the line the rest are points and nulls again.
    #expect(rows.gather([3, 1, 0]).isPointsLayout)
    #expect(rows.slice(3..<5).isPointsLayout)
    #expect(rows.slice(0..<2).outline == GeometryArray(pointsX: [1, .nan], y: [2, .nan]).outline)
    // An empty point is not null.
    builder = GeometryArrayBuilder()
    builder.appendPoint(x: .nan, y: 1)
    #expect(builder.finish().kind(at: 0) == .point)
    #expect(builder.finish().isNullOrEmpty(at: 0) && !builder.finish().isNull(at: 0))
  }

  @Test func slicesAndGathers() {
    let rows = oneOfEach()
    let outline = rows.outline
    for lower in 0...rows.count {
      for upper in lower...rows.count {
        #expect(rows.slice(lower..<upper).outline == Array(outline[lower..<upper]), "\(lower)..<\(upper)")
      }
    }
    let order: [Int32] = [3, -1, 0, 7, 7, 14, 1, 4]
    #expect(rows.gather(order).outline == order.map { $0 < 0 ? "null[]" : outline[Int($0)] })
    let points = GeometryArray(pointsX: [1, .nan, 5], y: [2, .nan, 6])
    #expect(points.gather([2, -1, 1, 2]).outline == [2, 1, 1, 2].map { points.outline[$0] })
    #expect(points.slice(1..<3).outline == Array(points.outline[1...]))
  }

  @Test func appends() {
    let kinds = oneOfEach()
    let points = GeometryArray(pointsX: [1, .nan, 5], y: [2, .nan, 6])
    for (a, b) in [
      (kinds, kinds), (kinds, points), (points, kinds), (points, points), (GeometryArray(), kinds),
      (kinds, GeometryArray()),
    ] {
      var joined = a
      joined.append(contentsOf: b)
      #expect(joined.outline == a.outline + b.outline)
      joined.append(contentsOf: a)
      #expect(joined.outline == a.outline + b.outline + a.outline)
    }
  }

  @Test func boxesAndMeasures() {
    let rows = oneOfEach()
    #expect(rows.boxes() == (0..<rows.count).map { rows.box(at: $0) })
    #expect(rows.box(at: 1) == .empty && rows.box(at: 9) == .empty)
    #expect(rows.box(at: 7) == Box(minX: 0, minY: 0, maxX: 18, maxY: 18))
    #expect(rows.extent == Box(minX: -3, minY: 0, maxX: 117.1, maxY: 36.83))
    #expect(GeometryArray(pointsX: [1, 900, .nan], y: [2, .nan, 5]).extent == Box(minX: 1, minY: 2, maxX: 1, maxY: 2))
    #expect(rows.area(at: 3) == 91 && rows.area(at: 7) == 64 && rows.area(at: 0) == 0 && rows.area(at: 1) == nil)
    #expect(
      rows.length(at: 2) == 11 && rows.length(at: 3) == 52 && rows.length(at: 1) == nil && rows.length(at: 9) == 0)
    #expect(rows.maximumDimension == .area)
    #expect(GeometryArray(pointsX: [.nan], y: [.nan]).maximumDimension == nil)
    #expect(GeometryArray().extent.isEmpty)
  }

  @Test func finiteBoxes() {
    var builder = GeometryArrayBuilder()
    builder.appendLine([(0, 0), (1, .nan)])
    builder.appendLine([(0, 0), (.infinity, 1)])
    builder.appendLine([(0, 0), (-3, 1)])
    builder.appendNull()
    builder.finish().withView { view in
      #expect(view.finiteBox(at: 0).isEmpty && view.finiteBox(at: 1).isEmpty && view.finiteBox(at: 3).isEmpty)
      #expect(view.finiteBox(at: 2) == Box(minX: -3, minY: 0, maxX: 0, maxY: 1))
    }
  }
}
