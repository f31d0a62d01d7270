import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import SpatialIndexes

/// What decides on the structure, and the paths that only many rows reach.
@Suite struct StructureTests {
  @Test func gridForSpreadPointsTreeForTheRest() {
    var random = SplitMix64(seed: 1)
    func describe(_ pattern: PointPattern, _ count: Int) -> String {
      SpatialIndex(pattern.array(count, &random)).description
    }
    #expect(describe(.even, 5000).hasPrefix("point grid 5"))
    #expect(describe(.even, 5000).hasSuffix(", 5000 points evenly spread"))
    #expect(describe(.farFromOrigin, 5000).hasPrefix("point grid"))
    #expect(describe(.horizontal, 5000) == "packed Hilbert tree, 5000 points along a line")
    #expect(describe(.onePlace, 5000) == "packed Hilbert tree, 5000 points unevenly spread: fullest cell 5000")
    #expect(describe(.onePlace, 10) == "point grid 1 × 1, 10 points, few")
    #expect(describe(.diagonal, 5000).hasPrefix("packed Hilbert tree, 5000 points unevenly spread: fullest cell "))
    #expect(describe(.outlier, 5000) == "packed Hilbert tree, 5000 points unevenly spread: fullest cell 2515")
    #expect(SpatialIndex(GeometryArray()).description == "packed Hilbert tree, 0 boxes")
    var builder = GeometryArrayBuilder()
    builder.appendSquare(x: 0, y: 0, side: 1)
    builder.appendNull()
    builder.appendPoint(x: 3, y: 4)
    let mixed = SpatialIndex(builder.finish())
    #expect(mixed.description == "packed Hilbert tree, 2 boxes of areas" && mixed.indexedCount == 2)
  }

  /// A point exactly at the distance is in, ties go to the smaller row, and nearest agrees with within.
  @Test func exactDistancesAndTies() {
    // On the circle of 500 round (1000, 1000): multiples of (3, 4) and the axes.
    let positions: [(Double, Double)] = [
      (1300, 1400), (700, 600), (1400, 700), (1500, 1000), (1000, 500), (1000, 1500.000_000_1), (500, 1000),
      (1000, 1000),
    ]
    let index = SpatialIndex(GeometryArray(pointsX: positions.map(\.0), y: positions.map(\.1)))
    let query = GeometryArray(pointsX: [1000], y: [1000])
    #expect(index.within(500, of: query).rows == [0, 1, 2, 3, 4, 6, 7])
    #expect(index.within((500.0).nextDown, of: query).rows == [7])
    #expect(index.countWithin(500, of: query) == [7])
    let nearest = index.nearest(4, to: query)
    #expect(nearest.rows == [7, 0, 1, 2] && nearest.distances == [0, 500, 500, 500])
    #expect(index.nearest(1, to: query, within: 0).rows == [7])
    #expect(index.nearest(0, to: query).starts == [0, 0])
    #expect(index.nearest(3, to: query, within: -1).rows.isEmpty && index.within(.nan, of: query).rows.isEmpty)
    #expect(index.anyWithin(-1, of: query) == [false] && index.countWithin(-1, of: query) == [0])
  }

  /// A point on the edge or the corner that areas share is in each of them; the smallest row names one.
  @Test func sharedEdges() {
    var builder = GeometryArrayBuilder()
    for y in 0..<3 {
      for x in 0..<3 { builder.appendSquare(x: Double(x) * 10, y: Double(y) * 10, side: 10) }
    }
    let cells = builder.finish()
    let points = GeometryArray(pointsX: [10, 10, 5, 30, 30.000_001, 0], y: [5, 10, 5, 30, 30, 20])
    let index = SpatialIndex(cells)
    #expect(index.containing(points).lists == [[0, 1], [0, 1, 3, 4], [0], [8], [], [3, 6]])
    #expect(index.firstContaining(points) == [0, 0, 0, 8, -1, 3])
    let byArea: [[Int32]] = [[0, 1, 2], [0, 1], [], [1, 5], [1], [], [5], [], [3]]
    #expect(SpatialIndex(points).pointsInside(cells).lists == byArea)
    #expect(SpatialIndex(points).countPointsInside(cells) == byArea.map { Int32($0.count) })
  }

  /// Enough points that whole runs of cells lie inside areas and discs.
  @Test(arguments: [PointPattern.even, .clustered, .farFromOrigin, .horizontal])
  func wholeCells(_ pattern: PointPattern) {
    var random = SplitMix64(seed: 11)
    let rows = pattern.array(6000, &random)
    let extent = rows.extent
    var builder = GeometryArrayBuilder()
    let (x, y, w, h) = (extent.minX, extent.minY, extent.width, extent.height)
    // Beyond the points on all sides; a frame of which they see the inner outline; a slanting strip; two parts.
    builder.appendSquare(x: x - 9, y: y - 9, side: w + h + 20)
    builder.appendArea(
      [(x - 9, y - 9), (x + w + 9, y - 9), (x + w + 9, y + h + 9), (x - 9, y + h + 9)],
      [(x + w / 4, y + h / 4), (x + w / 2, y + h / 4), (x + w / 2, y + h / 2), (x + w / 4, y + h / 2)])
    builder.appendArea([(x, y), (x + w / 9, y), (x + w, y + h), (x + w * 8 / 9, y + h)])
    builder.appendArea([(x + w / 2, y - 1), (x + w, y + h / 3), (x + w / 2, y + h + 1), (x, y + h / 3)])
    builder.append(randomRows(12, largest: 400, onGrid: false, &random), rows: 0..<12)
    let areas = builder.finish()
    let index = SpatialIndex(rows)
    let inside = Oracle(rows: GeometryArray(), queries: GeometryArray()).pointsInside(areas, rows)
    #expect(index.pointsInside(areas).lists == inside)
    #expect(index.countPointsInside(areas) == inside.map { Int32($0.count) })

    let queries = rows.gather([0, 17, 5999])
    for distance in [w / 50, w / 7, w / 2, w * 3] {
      let limit = squaredLimit(of: distance)
      let counts = (0..<3).map { query in
        (0..<rows.count).count {
          let (dx, dy) = (rows.xs[$0] - queries.xs[query], rows.ys[$0] - queries.ys[query])
          return dx * dx + dy * dy <= limit
        }
      }
      #expect(index.countWithin(distance, of: queries) == counts.map { Int32($0) }, "\(distance)")
      #expect((0..<3).map { index.within(distance, of: queries).range(of: $0).count } == counts, "\(distance)")
    }
    // Lists of a few and of many are kept in different ways.
    let many = index.nearest(200, to: queries)
    for k in [1, 2, 63, 64, 65] {
      let few = index.nearest(k, to: queries)
      for query in 0..<3 {
        #expect(Array(few.rows[few.range(of: query)]) == Array(many.rows[many.range(of: query)].prefix(k)), "\(k)")
      }
    }
  }

  /// A comb of long teeth: an outline that crosses every line of cells many times, and every band.
  @Test func comb() {
    var ring: [(Double, Double)] = [(0, -1)]
    for tooth in 0..<400 {
      ring.append((Double(tooth), 0))
      ring.append((Double(tooth) + 0.5, 1000))
    }
    ring.append((400, -1))
    var builder = GeometryArrayBuilder()
    builder.appendArea(ring)
    builder.appendSquare(x: 100, y: 100, side: 50)
    let areas = builder.finish()
    var random = SplitMix64(seed: 12)
    var xs: [Double] = []
    var ys: [Double] = []
    for _ in 0..<800 {
      xs.append(Double.random(in: 0...400, using: &random))
      ys.append(Double.random(in: 0...1000, using: &random))
    }
    let points = GeometryArray(pointsX: xs, y: ys)
    let oracle = Oracle(rows: GeometryArray(), queries: GeometryArray())
    #expect(SpatialIndex(points).pointsInside(areas).lists == oracle.pointsInside(areas, points))
    let index = SpatialIndex(areas)
    #expect(index.firstContaining(points) == oracle.containing(points, areas).map { $0.first ?? -1 })
    #expect(index.invariantViolation() == nil)
  }

  /// One huge area and many tiny ones, and areas that all overlap, which no raster holds.
  @Test func hugeAndNested() {
    var random = SplitMix64(seed: 13)
    var builder = GeometryArrayBuilder()
    builder.appendSquare(x: 0, y: 0, side: 1000)
    for _ in 0..<200 {
      builder.appendSquare(
        x: Double.random(in: 0...1000, using: &random), y: Double.random(in: 0...1000, using: &random), side: 2)
    }
    let mixed = builder.finish()
    #expect(SpatialIndex(mixed).areas.value.raster != nil)
    builder = GeometryArrayBuilder()
    for i in 0..<60 { builder.appendSquare(x: Double(i), y: Double(i), side: Double(1000 - 2 * i)) }
    let nested = builder.finish()
    #expect(SpatialIndex(nested).areas.value.raster == nil)
    var points = PointPattern.even.array(300, &random)
    points.append(contentsOf: GeometryArray(pointsX: [0, 5, 1000, 1000.5], y: [0, 5, 500, 500]))
    builder = GeometryArrayBuilder()
    for _ in 0..<40 { builder.appendSquare(x: 300, y: 300, side: 400) }
    let identical = builder.finish()
    let oracle = Oracle(rows: GeometryArray(), queries: GeometryArray())
    for areas in [mixed, nested, identical] {
      let index = SpatialIndex(areas)
      #expect(index.invariantViolation() == nil)
      #expect(index.containing(points).lists == oracle.containing(points, areas))
    }
  }

  /// Enough points for several pieces, blocks and threads: the same bytes from any number of workers.
  @Test(arguments: [PointPattern.even, .clustered, .onePlace, .horizontal])
  func workersChangeNothing(_ pattern: PointPattern) throws {
    var random = SplitMix64(seed: 16)
    var rows = pattern.array(20_000, &random)
    rows.append(contentsOf: GeometryArray(pointsX: [.nan, 3, .infinity], y: [4, .nan, 5]))
    let areas = randomRows(60, largest: 90, onGrid: false, &random)
    let alone = SpatialIndex(rows)
    #expect(alone.indexedCount == 20_000)
    for count in [1, 2, 3] {
      let index = try SpatialIndex(rows, workers: Workers(count))
      #expect(index.description == alone.description)
      if case .grid(let grid) = index.structure, case .grid(let expected) = alone.structure {
        #expect(grid.invariantViolation() == nil)
        #expect(grid.starts == expected.starts && grid.rows == expected.rows && grid.xs == expected.xs)
      }
      #expect(try index.pointsInside(areas, workers: Workers(count)) == alone.pointsInside(areas))
      let inside = alone.countPointsInside(areas)
      #expect(try index.countPointsInside(areas, workers: Workers(count)) == inside)
      // The same question from the other side, of a raster or a tree.
      let areaIndex = SpatialIndex(areas)
      try areaIndex.prepareAreas(workers: Workers(count))
      var tally = [Int](repeating: 0, count: areas.count)
      areaIndex.tally(rows, into: &tally)
      #expect(tally == inside.map { Int($0) })
    }
    let cancelled = Workers(2)
    cancelled.monitor.cancel()
    #expect(throws: Cancelled.self) { try SpatialIndex(rows, workers: cancelled) }
    #expect(throws: Cancelled.self) { try alone.countPointsInside(areas, workers: cancelled) }
  }

  /// A few areas of so many vertices that each cell near an outline has many edges, and holes.
  @Test func manyVertices() {
    var random = SplitMix64(seed: 17)
    var builder = GeometryArrayBuilder()
    /// A ring round (500, 500) along a square, so frayed that it still does not cross itself.
    func frayed(_ radius: Double, _ corners: Int) -> [(Double, Double)] {
      (0..<corners).map { corner in
        let turn = Double(corner) / Double(corners) * 4
        let along = turn.truncatingRemainder(dividingBy: 1) * 2 - 1
        let reach = radius * Double.random(in: 0.9...1, using: &random)
        return switch Int(turn) {
        case 0: (500 + along * reach, 500 - reach)
        case 1: (500 + reach, 500 + along * reach)
        case 2: (500 - along * reach, 500 + reach)
        default: (500 - reach, 500 - along * reach)
        }
      }
    }
    builder.appendArea(frayed(480, 1200), frayed(300, 600))
    builder.appendArea(frayed(250, 600))
    let areas = builder.finish()
    let points = PointPattern.even.array(300, &random)
    let index = SpatialIndex(areas)
    #expect(index.areas.value.raster != nil)
    let oracle = Oracle(rows: GeometryArray(), queries: GeometryArray())
    #expect(index.containing(points).lists == oracle.containing(points, areas))
    #expect(SpatialIndex(points).pointsInside(areas).lists == oracle.pointsInside(areas, points))
  }

  @Test func copiesShareWhatIsBuiltLate() async {
    var random = SplitMix64(seed: 14)
    let index = SpatialIndex(randomRows(80, largest: 100, onGrid: false, &random))
    let queries = PointPattern.even.array(50, &random)
    let expected = index.within(30, of: queries)
    let other = SpatialIndex(index.geometry)
    await withTaskGroup(of: Matches.self) { group in
      for _ in 0..<4 { group.addTask { other.within(30, of: queries) } }
      for await found in group { #expect(found == expected) }
    }
  }

  @Test func hilbertKeysVisitNeighbours() {
    // Along the curve each cell of the coarsest 64 × 64 is next to the one before it.
    var cells: [(key: UInt32, x: Int, y: Int)] = []
    HilbertCurve.steps.withUnsafeBufferPointer { steps in
      for x in 0..<64 {
        for y in 0..<64 { cells.append((HilbertCurve.distance(UInt32(x) << 10, UInt32(y) << 10, steps), x, y)) }
      }
    }
    cells.sort { $0.key < $1.key }
    for (a, b) in zip(cells, cells.dropFirst()) { #expect(abs(a.x - b.x) + abs(a.y - b.y) == 1) }
  }

  /// One outlier must not make neighbours of strangers: the leaves of a node stay near each other.
  @Test func outlierLeavesTheOrder() {
    var random = SplitMix64(seed: 18)
    let (xs, ys) = PointPattern.outlier.points(1000, &random)
    let order = hilbertOrder(of: zip(xs, ys).map { Box(minX: $0, minY: $1, maxX: $0, maxY: $1) })
    #expect(order.sorted() == Array(0..<1000))
    let places = order.filter { $0 > 0 }.map { (xs[Int($0)], ys[Int($0)]) }
    let steps = zip(places, places.dropFirst()).map { abs($0.0 - $1.0) + abs($0.1 - $1.1) }
    // A thousand points over 1000 × 1000 are some 30 apart.
    #expect(steps.reduce(0, +) / Double(steps.count) < 60)
  }

  @Test func radixOrderIsStable() {
    var random = SplitMix64(seed: 15)
    let keys = (0..<3000).map { _ in UInt32.random(in: 0...40, using: &random) &* 104_729_001 }
    let expected = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { Int32($0) }
    #expect(radixOrder(of: keys) == expected)
  }
}
