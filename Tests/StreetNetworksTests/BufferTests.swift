import GeometryKernel
import TestSupport
import Testing

@testable import StreetNetworks

@Suite struct BufferTests {
  private func graph(_ seed: UInt64) throws -> StreetGraph {
    var random = SplitMix64(seed: seed)
    let streets = RandomStreets(&random, streets: 12)
    var attributes = streets.attributes
    attributes.classNames[0] = "Straße 街"
    attributes.speeds = (0..<streets.lines.count).map { Double($0) }
    return try StreetGraphBuilder(bridging: 60).build(streets.lines, heights: streets.heights, attributes).0
  }

  @Test func roundTrip() throws {
    for seed in UInt64(1)...5 {
      let graph = try graph(seed)
      #expect(try StreetGraph(decoding: graph.encoded()) == graph, "seed \(seed)")
    }
    let nothing = StreetGraph()
    #expect(try StreetGraph(decoding: nothing.encoded()) == nothing)
  }

  @Test func damageIsNoticed() throws {
    let bytes = try graph(3).encoded()
    for length in 0..<bytes.count {
      #expect(throws: StreetNetworkError.self) { try StreetGraph(decoding: Array(bytes[..<length])) }
    }
    #expect(throws: StreetNetworkError.self) { try StreetGraph(decoding: bytes + [0]) }
    var random = SplitMix64(seed: 3)
    for position in bytes.indices where position >= 24 || position < 20 {
      var altered = bytes
      altered[position] ^= UInt8.random(in: 1...255, using: &random)
      #expect(throws: StreetNetworkError.self, "byte \(position)") { try StreetGraph(decoding: altered) }
    }
  }

  /// Damage that carries the right checksum: an error, or a network that can be searched; never a trap.
  @Test func forgedBuffersDoNotTrap() throws {
    let bytes = try graph(4).encoded()
    var random = SplitMix64(seed: 4)
    var accepted = 0
    for round in 0..<1500 {
      var forged = bytes
      for _ in 0...round % 3 {
        let position = Int.random(in: 24..<forged.count, using: &random)
        forged[position] =
          [0, 1, 127, 128, 255, .random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
      }
      let sum = forged.withUnsafeBytes { checksum(UnsafeRawBufferPointer(rebasing: $0[24...])) }
      forged.replaceSubrange(16..<24, with: withUnsafeBytes(of: sum.littleEndian) { Array($0) })
      guard let graph = try? StreetGraph(decoding: forged) else { continue }
      accepted += 1
      #expect(graph.totalLength >= 0 && graph.deadEndCount >= 0 && graph.lengthsByClass.count == graph.classNames.count)
      guard let travel = try? TravelGraph(graph, .walk) else { continue }
      let points = try EdgeTree(graph).snap(GeometryArray(pointsX: [100, 250], y: [100, 90]), to: travel)
      let reach = try NearestReach(of: points, over: travel, within: 500)
      _ = try reach.nearest(of: points)
      _ = try travel.countAround(points, of: points, within: 500)
      _ = reach.serviceLines().lines(ofFacilities: 2, on: graph)
    }
    #expect(accepted > 0)
  }
}
