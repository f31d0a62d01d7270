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

  /// The limit is included.
  @Test func exactlyAtTheLimit() throws {
    let drawing = Drawing("A---B", "AB")
    let city = try City(drawing)
    let points = drawing.points("AA", dx: 50, dy: 100.1)
    #expect(try city.snap(points, Snapping(limit: 100.1)).statuses == [.joined, .joined])
    #expect(try city.snap(points, Snapping(limit: 100.1.nextDown)).statuses == [.offNetwork, .offNetwork])
  }
}
