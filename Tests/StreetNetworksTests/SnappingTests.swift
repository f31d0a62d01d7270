import Foundation
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import StreetNetworks

@Suite struct SnappingTests {
  @Test(arguments: 1...10)
  func againstEverySegment(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 10 * seed * seed, side: 4 + 2 * seed, points: 150)
    let graph = try StreetGraphBuilder().build(streets.lines, streets.attributes).0
    let city = try City(graph, .cycle)
    let limit = Double(10 * seed)
    let snapped = try city.snap(streets.points, Snapping(limit: limit, isolatedShare: 0))
    #expect(try city.snap(streets.points, Snapping(limit: limit, isolatedShare: 0), workers: Workers(3)) == snapped)
    let lines = graph.edgeLines()
    for row in 0..<streets.points.count {
      let (x, y) = (streets.points.xs[row], streets.points.ys[row])
      var best = Double.infinity
      lines.withView { view in
        for edge in 0..<graph.edgeCount where city.travel.isOpen(edge) {
          for vertex in view.coordinates(at: edge).dropLast() {
            best = min(best, view.segment(at: vertex).squaredDistance(x: x, y: y).squareRoot())
          }
        }
      }
      #expect(abs(snapped.distances[row] - best) < 1e-6, "seed \(seed), point \(row)")
      #expect(snapped.statuses[row] == (snapped.distances[row] <= limit ? .joined : .offNetwork), "seed \(seed)")
      guard snapped.edges[row] >= 0 else { continue }
      let position = graph.position(on: Int(snapped.edges[row]), at: snapped.fractions[row])
      #expect(abs(distance(position, (x, y)) - best) < 1e-6, "seed \(seed), point \(row)")
    }
  }

  /// An edge of many vertices is many items of the tree.
  @Test func aLongWindingStreet() throws {
    let rows = BuilderTests.lines([(0...1000).map { (Double($0), Double($0 % 2)) }, [(0, 500), (1000, 500)]])
    let city = try City(try StreetGraphBuilder().build(rows).0)
    #expect(city.tree.itemEdges.count == 126)
    let snapped = try city.snap(
      GeometryArray(pointsX: [500.5, 999.9, 20], y: [3, -1, 480]), Snapping(isolatedShare: 0))
    #expect(snapped.statuses == [.joined, .joined, .joined])
    #expect(abs(snapped.fractions[0] - 0.5) < 0.001 && abs(snapped.fractions[2] - 0.02) < 1e-9)
    #expect(snapped.edges[0] == snapped.edges[1] && snapped.edges[0] != snapped.edges[2])
  }

  /// A collection joins where each of its parts does: a point where it is, a line where it meets a street.
  @Test func collectionsJoinByTheirParts() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    var rows = GeometryArrayBuilder()
    rows.beginRow(.collection)
    rows.beginPart(.point)
    rows.beginRing()
    rows.addCoordinate(x: 20, y: 10)
    rows.beginPart(.line)
    rows.beginRing()
    rows.addCoordinate(x: 100, y: 90)
    rows.addCoordinate(x: 100, y: -90)
    rows.endRow()
    let entries = try city.tree.entries(of: rows.finish(), to: city.travel)
    #expect(entries.positions.fractions == [0.1, 0.5] && entries.positions.distances == [10, 0])
    #expect(entries.rowCount == 1 && entries.range(of: 0) == 0..<2)
  }

  /// Neighbouring rows join as they do among others: points, lines with several positions, and one without any.
  @Test func aSliceOfEntriesIsThatOfItsRows() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    var rows = drawing.points("A", dx: 20)
    rows.append(contentsOf: BuilderTests.lines([[(50, -10), (70, 10), (90, -10)], [(10, 5), (10, -5)]]))
    rows.append(contentsOf: GeometryArray(pointsX: [.nan, 60], y: [0, 3]))
    let points = drawing.points("ABA", dx: 5)
    for rows in [rows, points] {
      let all = try city.tree.entries(of: rows, to: city.travel)
      for first in 0..<rows.count {
        for last in first + 1...rows.count {
          let slice = all.slice(first..<last)
          let alone = try city.tree.entries(of: rows.slice(first..<last), to: city.travel)
          #expect(slice.rowCount == alone.rowCount && slice.positions.edges == alone.positions.edges)
          #expect(slice.positions.fractions == alone.positions.fractions)
          #expect((0..<slice.positions.count).map(slice.owner) == (0..<alone.positions.count).map(alone.owner))
          #expect((0..<slice.rowCount).map(slice.range) == (0..<alone.rowCount).map(alone.range))
        }
      }
    }
  }

  /// Where an outline meets a street does not hang on the last digits of numbers: along it, across it, and where a
  /// street ends on it.
  @Test(arguments: [0.0, 0.3, 1.1]) func outlinesMeetStreetsWithinAMillimetre(_ angle: Double) throws {
    func turned(_ x: Double, _ y: Double) -> (Double, Double) {
      let (c, s) = (cos(angle), sin(angle))
      return (500_000 + c * x - s * y, 4_000_000 + s * x + c * y)
    }
    func line(_ places: [(Double, Double)]) -> [(Double, Double)] { places.map(turned) }
    // One street runs along the side of the square, one ends on the side, one crosses it, one passes 2 mm from it.
    let city = try City(
      try StreetGraphBuilder().build(
        BuilderTests.lines([
          line([(-50, 0), (150, 0)]), line([(40, 150), (40, 100)]), line([(-30, 50), (30, 50)]),
          line([(100.002, 20), (100.002, 60)]),
        ])
      ).0)
    let square = BuilderTests.lines([line([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])])
    let found = try city.tree.entries(of: square, to: city.travel).positions
    let met = zip(found.edges, found.fractions).map { (city.graph.rows[Int($0)], ($1 * 1000).rounded() / 1000) }
    #expect(Set(met.map { [Double($0.0), $0.1] }) == [[0, 0.25], [0, 0.75], [1, 1], [2, 0.5]], "\(angle)")
  }

  /// Nothing is nearer than nothing.
  @Test func aLimitBelowNothingReachesNothing() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    let points = try city.snap(drawing.points("AB"))
    for limit: Double in [-1, -.infinity, .nan] {
      let found = try NearestReach(of: points, over: city.travel, within: limit).nearest(of: points)
      #expect(found.statuses == [.tooFar, .tooFar] && found.facilities.isEmpty)
    }
    #expect(try NearestReach(of: points, over: city.travel, within: 0).nearest(of: points).facilities == [0, 1])
  }

  /// Streets that are closed to a mode are no parts of its network.
  @Test func closedStreetsAreNoParts() throws {
    let drawing = Drawing("A-B C-D E-F", "AB", "CD:steps", "EF:steps")
    let city = try City(drawing, TravelMode(name: "wheels", traffic: .foot, otherSpeed: 1, barred: ["steps"]))
    #expect(city.travel.components.count == 1 && city.travel.firstSmallComponent(below: 0.1) == 1)
    let found = try city.snap(drawing.points("CB"), Snapping(limit: 40))
    #expect(found.statuses == [.offNetwork, .joined] && found.distances[0] == 100)
  }

  /// Nodes whose streets are all closed are no nodes to join, with and without a small isolated part.
  @Test(arguments: [false, true]) func nodesOfClosedStreets(_ hasSmall: Bool) throws {
    let drawing = Drawing("A------B C-D-E", "AB", "CD:steps", hasSmall ? "DE" : "DE:steps")
    let city = try City(drawing, TravelMode(name: "wheels", traffic: .foot, otherSpeed: 1, barred: ["steps"]))
    #expect(city.travel.components.count == (hasSmall ? 2 : 1))
    let found = try city.snap(drawing.points("CBD", dx: 1), Snapping(limit: 60, toNodes: true, isolatedShare: 0.5))
    #expect(found.statuses == [.offNetwork, .joined, hasSmall ? .joinedIsolated : .offNetwork])
    #expect(found.distances[0] == (hasSmall ? 99 : 101) && found.distances[1] == 1)
    let b = city.travel.graph.node(found, 1).map { city.graph.nodeXs[$0] }
    #expect(b == 350 && city.travel.isOpen(Int(found.edges[1])))
    // Another share is another tree.
    let none = try city.snap(drawing.points("D"), Snapping(limit: 60, toNodes: true, isolatedShare: 0))
    #expect(none.statuses == [hasSmall ? .joined : .offNetwork])
  }

  /// The limit is included.
  @Test func exactlyAtTheLimit() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    let points = drawing.points("AA", dx: 50, dy: 100.1)
    #expect(try city.snap(points, Snapping(limit: 100.1)).statuses == [.joined, .joined])
    #expect(try city.snap(points, Snapping(limit: 100.1.nextDown)).statuses == [.offNetwork, .offNetwork])
  }
}

extension StreetGraph {
  /// All edges as lines, a row each in the order of the edges.
  fileprivate func edgeLines() -> GeometryArray {
    var lines = GeometryArrayBuilder()
    for edge in 0..<edgeCount {
      lines.beginRow(.lineString)
      lines.beginPart(.line)
      append(edge, from: 0, to: 1, to: &lines)
      lines.endRow()
    }
    return lines.finish()
  }
}
