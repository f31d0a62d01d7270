import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import StreetNetworks

/// Maps drawn in letters, columns 50 m and rows 100 m apart, with distances that follow from the drawing.
@Suite struct DrawnStreetTests {
  /// The river has one bridge, at B-E. From A over the bridge to D it is 100 + 100 + 100 m, although they are 100 m
  /// apart; C-F is 300 m for the same reason.
  @Test func aRiverWithOneBridge() throws {
    let drawing = Drawing(
      """
      A-B-C

      D-E-F
      """, "AB", "BC", "DE", "EF", "BE")
    let city = try City(drawing)
    let found = try city.nearest(drawing.points("D"), of: drawing.points("ABCF"), within: 400)
    #expect(found.costs == [400, 300, 400, 200])
    #expect(try city.nearest(drawing.points("D"), of: drawing.points("A"), within: 399.99).statuses == [.tooFar])
  }

  /// A bridge over a street: the lines cross without a common vertex, and are joined only where all crossings are.
  @Test func aBridgeOverAStreet() throws {
    let drawing = Drawing(
      """
        A
      C---D
        B
      """, "AB", "CD")
    let apart = try City(drawing)
    #expect(apart.graph.components.count == 2)
    #expect(
      try apart.nearest(drawing.points("A"), of: drawing.points("C", dx: 1)).statuses == [.isolated])
    let (planar, report) = try StreetGraphBuilder(planar: true).build(drawing.lines)
    #expect(report.crossingCount == 1 && planar.edgeCount == 4 && planar.nodeCount == 5)
    // 100 m up and 100 m across.
    #expect(try City(planar).nearest(drawing.points("A"), of: drawing.points("C")).costs == [200])
  }

  /// Round the block B-C-F-E against the clock for wheels: from B to C it is 100 m there and 300 m back.
  @Test func oneWays() throws {
    let drawing = Drawing(
      """
      B-C
      E-F
      """, "B>C", "C>F", "F>E", "E>B")
    let wheels = try City(drawing, .cycle)
    #expect(try wheels.nearest(drawing.points("C"), of: drawing.points("B")).costs == [100])
    #expect(try wheels.nearest(drawing.points("C"), of: drawing.points("B"), .fromFacilities).costs == [300])
    let feet = try City(drawing, .walk)
    #expect(try feet.nearest(drawing.points("C"), of: drawing.points("B"), .fromFacilities).costs == [100])
    // Two on one one-way: 40 m ahead, and 400 - 40 m round the block to the one behind.
    let ahead = try wheels.nearest(drawing.points("B", dx: 70), of: drawing.points("B", dx: 30))
    #expect(ahead.costs == [40])
    let behind = try wheels.nearest(drawing.points("B", dx: 30), of: drawing.points("B", dx: 70))
    #expect(behind.costs == [360])
  }

  /// A clinic in the middle of an edge, 30 m from its street; the resident 20 m from hers. The straight stretches count.
  @Test func aFacilityInTheMiddleOfAnEdge() throws {
    let drawing = Drawing(
      """
      A---B---C
      """, "AB", "BC")
    let city = try City(drawing)
    let clinic = drawing.points("A", dx: 150, dy: 30)
    let home = drawing.points("B", dx: 50, dy: -20)
    #expect(try city.nearest(clinic, of: home).costs == [30 + 50 + 50 + 20])
    #expect(try city.nearest(clinic, of: home, .toFacilities, Snapping(countsApproach: false)).costs == [100])
    // To nodes both are at B.
    #expect(
      try city.nearest(clinic, of: home, .toFacilities, Snapping(toNodes: true, countsApproach: false)).costs == [0])
  }

  /// At 5 km/h on foot 200 m take 144 s; a bicycle at 15 km/h takes 48 s, but 20 m to the street are walked in 14.4 s.
  @Test func times() throws {
    let drawing = Drawing(
      """
      A---B
      """, "AB")
    let onFoot = try City(drawing, .walk, .time)
    #expect(try onFoot.nearest(drawing.points("A"), of: drawing.points("B")).costs == [144])
    let byBicycle = try City(drawing, .cycle, .time)
    #expect(try byBicycle.nearest(drawing.points("A"), of: drawing.points("B", dy: 20)).costs == [62.4])
  }

  /// B is 20 m above A, 200 m away: down 10 % people walk as fast as on the flat, 144 s, and up e^0.35 times as long.
  @Test func slopes() throws {
    let drawing = Drawing(
      """
      A---B
      """, "AB")
    let hill = try StreetGraphBuilder().build(drawing.lines, heights: [0, 20]).0
    let onFoot = try City(hill, .walk, .time)
    let (below, above) = (drawing.points("A"), drawing.points("B"))
    #expect(try onFoot.nearest(below, of: above).costs == [144])
    #expect(try onFoot.nearest(above, of: below).costs == [204.346])
    #expect(try onFoot.nearest(above, of: below, .fromFacilities).costs == [144])
    #expect(try onFoot.nearest(below, of: above, .fromFacilities).costs == [204.346])
    // Nobody rides slower for it, and lengths are those on the map.
    #expect(try City(hill, .cycle, .time).nearest(above, of: below).costs == [48])
    #expect(try City(hill, .walk).nearest(above, of: below).costs == [200])
    // Half way up takes half the time, so that half the street is within it.
    let clinic = try onFoot.snap(above)
    let lines = try NearestReach(of: clinic, over: onFoot.travel, within: 102.173).serviceLines()
    #expect(lines.firsts == [0.5] && lines.lasts == [1])
  }

  /// Heights unknown lie between those that are known, as the way does: C, half way, is 10 m up.
  @Test func heightsBetween() throws {
    let drawing = Drawing(
      """
      A-C-B
      """, "ACB", "CB")
    let hill = try StreetGraphBuilder().build(drawing.lines, heights: [0, .nan, 20, .nan, .nan]).0
    let onFoot = try City(hill, .walk, .time)
    #expect(try onFoot.nearest(drawing.points("C"), of: drawing.points("A")).costs == [102.173])
    // The second street from C to B has no heights: level, and quicker than up the first.
    #expect(try onFoot.nearest(drawing.points("B"), of: drawing.points("C")).costs == [72])
  }

  /// Nobody on steps in a wheelchair: round by C and D, 200 + 100 + 200 m, instead of 100 m down the steps.
  @Test func aModeOfOnesOwn() throws {
    let drawing = Drawing(
      """
      A---C
      B---D
      """, "AB:steps", "AC", "CD", "DB")
    var wheelchair = TravelMode.walk
    wheelchair.name = "wheelchair"
    wheelchair.barred.insert("steps")
    #expect(try City(drawing).nearest(drawing.points("B"), of: drawing.points("A")).costs == [100])
    #expect(try City(drawing, wheelchair).nearest(drawing.points("B"), of: drawing.points("A")).costs == [500])
  }

  /// Several facilities at one place and at equal distances: the smaller row is nearest, then the next.
  @Test func ties() throws {
    let drawing = Drawing(
      """
      A---B---C
      """, "AB", "BC")
    let city = try City(drawing)
    let clinics = try city.snap(drawing.points("CACA"))
    let homes = try city.snap(drawing.points("B"))
    let three = try SeveralReach(3, of: clinics, over: city.travel).nearest(of: homes)
    #expect(three.facilities == [0, 1, 2] && three.costs == [200, 200, 200])
    #expect(try city.travel.countAround(clinics, of: homes, within: 200) == [4])
    #expect(try city.travel.countAround(clinics, of: homes, within: 199.99) == [0])
  }

  /// The footpath F-G is 10 m from the home, the street 20 m; the path has no way out.
  ///
  /// It is 300 m of streets against 20 m of path: the home joins the street, and says what it passed over.
  @Test func anIsolatedFootpath() throws {
    var builder = GeometryArrayBuilder()
    for (x, y, toX, toY) in [(0.0, 0.0, 300.0, 0.0), (100, 30, 120, 30), (5000, 0, 5010, 0)] {
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.beginRing()
      builder.addCoordinate(x: x, y: y)
      builder.addCoordinate(x: toX, y: toY)
      builder.endRow()
    }
    let city = try City(try StreetGraphBuilder().build(builder.finish()).0)
    #expect(city.graph.components.map { $0.length } == [30000, 2000, 1000])
    let points = GeometryArray(pointsX: [110, 5005, 110, .nan, 110], y: [20, 5, 2000, 0, 15])
    let snapped = try city.snap(points)
    #expect(snapped.statuses == [.joinedBeyondIsolated, .joinedIsolated, .offNetwork, .noGeometry, .joined])
    #expect(snapped.distances[0] == 20 && snapped.distances[1] == 5 && snapped.distances[2] == 1970)
    let found = try NearestReach(
      of: city.snap(GeometryArray(pointsX: [300], y: [0])), over: city.travel, within: 205
    ).nearest(of: snapped)
    #expect(found.statuses == [.tooFar, .isolated, .offNetwork, .noGeometry, .reached])
    #expect(found.costs == [205])
    let nodes = try city.snap(points, Snapping(limit: 200, toNodes: true))
    #expect(
      nodes.statuses == [.joinedBeyondIsolated, .joinedIsolated, .offNetwork, .noGeometry, .joinedBeyondIsolated])
  }

  /// The way from A to the clinic at D with a corner at C, and back.
  @Test func aRoute() throws {
    let drawing = Drawing(
      """
      A---B
        E
          C-D
      """, "AB", "BEC", "CD")
    let city = try City(drawing)
    let reach = try NearestReach(of: city.snap(drawing.points("D")), over: city.travel)
    let homes = try city.snap(drawing.points("A", dx: 50))
    let route = try #require(reach.route(of: homes, 0))
    var lines = GeometryArrayBuilder()
    reach.append(route, of: homes, 0, into: &lines)
    let back = try NearestReach(of: city.snap(drawing.points("D")), over: city.travel, direction: .fromFacilities)
    back.append(try #require(back.route(of: homes, 0)), of: homes, 0, into: &lines)
    let shapes = lines.finish()
    #expect(shapes.wkt(at: 0, decimals: 1) == "LINESTRING (50 0, 200 0, 100 -100, 200 -200, 300 -200)")
    #expect(shapes.wkt(at: 1, decimals: 1) == "LINESTRING (300 -200, 200 -200, 100 -100, 200 0, 50 0)")
  }

  @Test func wrongModes() throws {
    let graph = try Drawing("A---B", "AB:steps").graph()
    #expect(throws: StreetNetworkError.modeWithoutStreets(mode: "drive")) { try TravelGraph(graph, .drive) }
    var mode = TravelMode.walk
    #expect(throws: StreetNetworkError.wrongSpeed(mode: "walk", class: "")) { try mode.setSpeed(0) }
    #expect(throws: StreetNetworkError.wrongSpeed(mode: "walk", class: "")) { try mode.setSpeed(-.infinity) }
    mode.speeds["steps"] = .nan
    #expect(throws: StreetNetworkError.wrongSpeed(mode: "walk", class: "steps")) { try TravelGraph(graph, mode) }
  }

  @Test func cancelled() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    let points = try city.snap(drawing.points("A"))
    let monitor = WorkMonitor()
    monitor.cancel()
    let workers = Workers(1, monitor: monitor)
    #expect(throws: Cancelled.self) { try city.snap(drawing.points("A"), workers: workers) }
    #expect(throws: Cancelled.self) { try NearestReach(of: points, over: city.travel, workers: workers) }
    #expect(throws: Cancelled.self) { try city.travel.countAround(points, of: points, within: 5, workers: workers) }
  }
}
