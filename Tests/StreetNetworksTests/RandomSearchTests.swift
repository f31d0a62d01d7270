import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import StreetNetworks

/// All searches against Bellman and Ford on small networks at random.
@Suite struct RandomSearchTests {
  @Test(arguments: 1...24)
  func againstBellmanAndFord(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 16 + 2 * seed)
    let graph = try StreetGraphBuilder().build(streets.lines, heights: streets.heights, streets.attributes).0
    #expect(graph.invariantViolation() == nil)
    var pairs = 0
    for (mode, measure) in [
      (TravelMode.walk, TravelMeasure.length), (.walk, .time), (.cycle, .time), (.drive, .length),
    ] {
      let city = try City(graph, mode, measure)
      let snapping = Snapping(limit: 70, countsApproach: seed % 3 != 0)
      let points = try city.snap(streets.points, snapping)
      let facilities = try city.snap(streets.facilities, snapping)
      let oracle = PlainNetwork(city.travel, points: points, facilities: facilities)
      for direction in [TravelDirection.toFacilities, .fromFacilities] {
        for limit in [0, 9_000, 45_000, Int(TravelMeasure.largestCost)] {
          let expected = oracle.around(limit, direction)
          pairs += expected.points.reduce(0) { $0 + $1.count }
          let context = Comment("seed \(seed), \(mode.name), \(direction), limit \(limit)")
          try check(city, points, facilities, Double(limit) / measure.unitsPerWhole, direction, expected, context)
        }
      }
    }
    // Nothing found would agree with anything.
    #expect(pairs > 20, "seed \(seed)")
  }

  /// Threads that lower the labels of one another leave those of one thread, however they take turns.
  @Test(arguments: 1...4)
  func anyNumberOfThreadsFindsTheSame(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 8000, side: 60, points: 500, facilities: 600)
    let graph = try StreetGraphBuilder().build(streets.lines, heights: streets.heights, streets.attributes).0
    let city = try City(graph, .drive, .time)
    let facilities = try city.snap(streets.facilities)
    for limit in [40, Double.infinity] {
      let one = try NearestReach(of: facilities, over: city.travel, within: limit)
      #expect(one.reachedNodes.count > graph.nodeCount / 4, "seed \(seed)")
      for workers in [2, 5] {
        let several = try NearestReach(of: facilities, over: city.travel, within: limit, workers: Workers(workers))
        #expect(several.labels == one.labels, "seed \(seed), \(workers) threads, limit \(limit)")
      }
    }
  }

  /// Searches from each facility, of points at nodes, along edges and off the streets; and joining so many points.
  @Test(arguments: 5...7)
  func anyNumberOfThreadsFindsTheSameAround(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 8000, side: 60, points: 40_000, facilities: 600)
    let graph = try StreetGraphBuilder().build(streets.lines, streets.attributes).0
    let city = try City(graph, .cycle)
    let facilities = try city.snap(streets.facilities)
    for snapping in [
      Snapping(limit: 30, countsApproach: false), Snapping(limit: 30, toNodes: true), Snapping(limit: 30),
    ] {
      let points = try city.snap(streets.points, snapping)
      #expect(points.edges.contains(-1) && points.fractions.contains(0), "seed \(seed)")
      #expect(snapping.toNodes || points.fractions.contains { 0 < $0 && $0 < 1 }, "seed \(seed)")
      let around = try city.travel.around(facilities, of: points, within: 400)
      #expect(around.facilities.count > points.count / 4, "seed \(seed)")
      let lines = try city.travel.serviceLines(facilities, within: 400)
      for count in [1, 2, 5] {
        let workers = Workers(count)
        let context = Comment("seed \(seed), \(count) threads")
        #expect(try city.snap(streets.points, snapping, workers: workers) == points, context)
        #expect(try city.travel.around(facilities, of: points, within: 400, workers: workers) == around, context)
        #expect(try city.travel.serviceLines(facilities, within: 400, workers: workers) == lines, context)
        let counts = try city.travel.countAround(facilities, of: points, within: 400, workers: workers)
        #expect(counts.enumerated().allSatisfy { Int($1) == around.range(of: $0).count }, context)
      }
    }
  }

  /// Nobody along an edge: counts are those of nodes.
  @Test func pointsAtNodesOrNowhere() throws {
    let drawing = Drawing("A-B", "AB")
    let city = try City(drawing)
    let points = GeometryArray(pointsX: [100, 5000, .nan, .infinity], y: [0, 0, 0, 0])
    let snapping = Snapping(limit: 60, toNodes: true, countsApproach: false)
    let joined = try city.snap(points, snapping)
    #expect(joined.statuses == [.joined, .offNetwork, .noGeometry, .noGeometry])
    let facilities = try city.snap(drawing.points("AB"), snapping)
    #expect(try city.travel.countAround(facilities, of: joined, within: 50) == [1, 0, 0, 0])
    #expect(try city.travel.countAround(facilities, of: joined, within: 100) == [2, 0, 0, 0])
  }

  private func check(
    _ city: City, _ points: SnappedPoints, _ facilities: SnappedPoints, _ limit: Double, _ direction: TravelDirection,
    _ expected: (points: [[(Int, Int)]], nodes: [[(Int, Int)]]), _ context: Comment
  ) throws {
    let travel = city.travel
    func flat(_ lists: [[(Int, Int)]]) -> [[Int]] { lists.map { $0.flatMap { [$0.0, $0.1] } } }
    func flat(_ found: NearestFacilities) -> [[Int]] {
      (0..<found.count).map { point in
        found.range(of: point).flatMap {
          [Int((found.costs[$0] * travel.measure.unitsPerWhole).rounded()), Int(found.facilities[$0])]
        }
      }
    }
    let reach = try NearestReach(of: facilities, over: travel, within: limit, direction: direction)
    let one = try reach.nearest(of: points)
    #expect(flat(one) == flat(expected.points.map { Array($0.prefix(1)) }), context)
    for node in 0..<travel.graph.nodeCount {
      let label = reach.labels[node]
      #expect((label.isNone ? nil : Int(label.facility)) == expected.nodes[node].first?.1, context)
    }
    for workers in [Workers(1), Workers(3)] {
      let three = try SeveralReach(3, of: facilities, over: travel, within: limit, direction: direction)
        .nearest(of: points, workers: workers)
      #expect(flat(three) == flat(expected.points.map { Array($0.prefix(3)) }), context)
      let around = try travel.around(
        facilities, of: points, within: limit, direction: direction, workers: workers)
      #expect(
        (0..<points.count).map { point in
          around.range(of: point).flatMap {
            [Int((around.costs[$0] * travel.measure.unitsPerWhole).rounded()), Int(around.facilities[$0])]
          }
        } == flat(expected.points), context)
      let counts = try travel.countAround(
        facilities, of: points, within: limit, direction: direction, workers: workers)
      #expect(counts.map { Int($0) } == expected.points.map { $0.count }, context)
      let nodeCounts = try travel.countAroundNodes(
        facilities, within: limit, direction: direction, workers: workers)
      #expect(nodeCounts.map { Int($0) } == expected.nodes.map { $0.count }, context)
    }
    for point in 0..<points.count {
      try checkRoute(reach, points, point, one, context)
    }
  }

  /// The legs of a route follow one another, in allowed directions, from the point to the facility, and cost what the
  /// answer says.
  private func checkRoute(
    _ reach: NearestReach, _ points: SnappedPoints, _ point: Int, _ answer: NearestFacilities, _ context: Comment
  ) throws {
    let travel = reach.travel
    guard let found = answer.range(of: point).first else {
      #expect(reach.route(of: points, point) == nil, context)
      return
    }
    let route = try #require(reach.route(of: points, point), context)
    #expect(route.facility == Int(answer.facilities[found]) && route.cost == answer.costs[found], context)
    func units(_ edge: Int32, _ fraction: Double, _ isForward: Bool) -> Int {
      let costs = isForward || travel.backwardCosts.isEmpty ? travel.costs : travel.backwardCosts
      return Int((fraction * Double(costs[Int(edge)])).rounded())
    }
    func place(_ edge: Int32, _ fraction: Double) -> [Double] {
      let position = travel.graph.position(on: Int(edge), at: fraction)
      return [position.x, position.y]
    }
    let row = route.facility
    let facilities = reach.facilities
    var start = place(points.edges[point], points.fractions[point])
    var end = place(facilities.edges[row], facilities.fractions[row])
    if reach.direction == .fromFacilities { swap(&start, &end) }
    var cost = 0
    if points.countsApproach { cost += Int(travel.approachCost(points.distances[point])) }
    if facilities.countsApproach { cost += Int(travel.approachCost(facilities.distances[row])) }
    for leg in route.legs {
      let first = place(leg.edge, leg.first)
      #expect(abs(first[0] - start[0]) + abs(first[1] - start[1]) < 1e-6, context)
      start = place(leg.edge, leg.last)
      let isForward = leg.first < leg.last
      let step = abs(units(leg.edge, leg.first, isForward) - units(leg.edge, leg.last, isForward))
      cost += step
      let isMoved = step > 0
      #expect(
        !isMoved || travel.directions[Int(leg.edge)].contains(isForward ? .forward : .backward), context)
    }
    #expect(abs(start[0] - end[0]) + abs(start[1] - end[1]) < 0.02, context)
    #expect(cost == Int((route.cost * travel.measure.unitsPerWhole).rounded()), context)
  }
}
