import GeometryKernel
import Testing

@testable import StreetNetworks

@Suite struct TravelNetworkTests {
  private func street() throws -> StreetGraph {
    var lines = GeometryArrayBuilder()
    lines.beginRow(.lineString)
    lines.beginPart(.line)
    lines.beginRing()
    lines.addCoordinate(x: 0, y: 0)
    lines.addCoordinate(x: 50, y: 10)
    lines.addCoordinate(x: 100, y: 0)
    lines.endRow()
    return try StreetGraphBuilder().build(lines.finish()).0
  }

  /// What is asked by several at once is one and the same.
  @Test func keptForAll() async throws {
    let network = TravelNetwork(try street())
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for i in 0..<16 {
        group.addTask {
          try network.travel(i % 2 == 0 ? .walk : .drive, .time).graph.edgeCount + network.edges.boxes.count
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == [Int](repeating: 2, count: 16))
    var slow = TravelMode.walk
    try slow.setSpeed(1)
    // 101.98 m in 102 s, and at 5 km/h in 73.4 s.
    #expect(try network.travel(slow, .time).costs == [101_980])
    #expect(try network.travel(.walk, .time).costs == [73_426])
  }

  @Test func movedElsewhere() throws {
    let network = TravelNetwork(try street())
    let moved = try network.moved { xs, ys in
      for i in xs.indices {
        xs[i] += 1000
        ys[i] *= 2
      }
    }
    #expect(moved.graph.extent == Box(minX: 1000, minY: 0, maxX: 1100, maxY: 20))
    #expect(moved.graph.lengths == network.graph.lengths)
    #expect(throws: StreetNetworkError.self) { try network.moved { xs, _ in xs = xs.map { _ in .nan } } }
  }

  /// With nodes nearly as many as edges, as in a city drawn corner by corner; what holds an edge is at most 100 bytes.
  @Test func memoryGrowsWithEdges() throws {
    var lines: [[(Double, Double)]] = []
    for street in 0..<30 {
      for step in 0..<290 {
        let (across, from, to) = (Double(street) * 100, Double(step) * 10, Double(step + 1) * 10)
        lines.append([(across, from), (across, to)])
        lines.append([(from, across), (to, across)])
      }
    }
    let graph = try StreetGraphBuilder().build(BuilderTests.lines(lines)).0
    #expect(graph.edgeCount == 17_400 && graph.nodeCount > 16_000)
    let city = try City(graph)
    let bytes = graph.byteCount + city.travel.byteCount + city.tree.byteCount
    #expect(bytes <= 100 * graph.edgeCount, "\(Double(bytes) / Double(graph.edgeCount)) bytes an edge")
  }
}
