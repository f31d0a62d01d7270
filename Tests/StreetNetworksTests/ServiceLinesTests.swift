import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import StreetNetworks

@Suite struct ServiceLinesTests {
  /// Every eighth of every edge as a resident: inside a stretch exactly where Bellman and Ford reach the facility.
  @Test(arguments: 1...12)
  func againstResidentsAlongEveryEdge(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let streets = RandomStreets(&random, streets: 6 + seed, facilities: 4)
    let graph = try StreetGraphBuilder().build(streets.lines, heights: streets.heights, streets.attributes).0
    // On foot up hill and down, or by bicycle along one-ways.
    let city = try seed % 2 == 0 ? City(graph, .walk, .time) : City(graph, .cycle)
    let facilities = try city.snap(streets.facilities)
    var residents = SnappedPoints(count: city.graph.edgeCount * 7, countsApproach: false)
    for edge in 0..<city.graph.edgeCount where city.travel.isOpen(edge) {
      for eighth in 1...7 {
        residents.edges[edge * 7 + eighth - 1] = Int32(edge)
        residents.fractions[edge * 7 + eighth - 1] = Double(eighth) / 8
      }
    }
    let oracle = PlainNetwork(city.travel, points: residents, facilities: facilities)
    for direction in [TravelDirection.toFacilities, .fromFacilities] {
      for limit in [2_000, 15_000, 60_000] {
        let expected = oracle.around(limit, direction).points
        let metres = Double(limit) / city.travel.measure.unitsPerWhole
        let reach = try NearestReach(of: facilities, over: city.travel, within: metres, direction: direction)
        let each = try city.travel.serviceLines(
          facilities, within: metres, direction: direction, workers: Workers(2))
        #expect(
          try each == city.travel.serviceLines(facilities, within: metres, direction: direction), "seed \(seed)")
        let split = reach.serviceLines()
        let merged = reach.mergedServiceLines()
        // A stretch ends where cost runs out; offsets are whole centimetres, so that the last one is in doubt.
        for (i, found) in expected.enumerated() where residents.edges[i] >= 0 {
          let context = Comment("seed \(seed), \(direction), limit \(limit), resident \(i)")
          let slack = 1.5 / Double(city.travel.costs[Int(residents.edges[i])])
          func facilitiesOf(_ lines: ServiceLines, _ slack: Double) -> [Int] {
            (0..<lines.count).filter {
              lines.edges[$0] == residents.edges[i] && lines.firsts[$0] - slack <= residents.fractions[i]
                && residents.fractions[i] <= lines.lasts[$0] + slack
            }.map { Int(lines.facilities[$0]) }
          }
          let reached = Set(found.map { $0.1 })
          #expect(reached.isSuperset(of: facilitiesOf(each, -slack)), context)
          #expect(reached.subtracting(atLimit(found, limit)).isSubset(of: facilitiesOf(each, slack)), context)
          if let nearest = found.first {
            let isClear = found.count == 1 || found[1].0 > nearest.0 + 3
            if isClear, nearest.0 + 2 < limit { #expect(facilitiesOf(split, slack).contains(nearest.1), context) }
            if nearest.0 + 2 < limit { #expect(!facilitiesOf(merged, slack).isEmpty, context) }
          } else {
            #expect(facilitiesOf(split, -slack).isEmpty && facilitiesOf(merged, -slack).isEmpty, context)
          }
        }
        #expect(abs(split.length(on: city.graph) - merged.length(on: city.graph)) < 1e-6, "seed \(seed)")
      }
    }
  }

  private func atLimit(_ found: [(Int, Int)], _ limit: Int) -> [Int] {
    found.filter { $0.0 + 2 >= limit }.map { $0.1 }
  }

  /// A clinic at C, 60 m of the way: 40 m of BD beyond B are left of AB's 100 m, and nothing of the far side.
  @Test func cutWhereCostRunsOut() throws {
    let drawing = Drawing(
      """
      A-B-D
      """, "AB", "BD")
    let city = try City(drawing)
    let clinic = try city.snap(drawing.points("A", dx: 40))
    let lines = try city.travel.serviceLines(clinic, within: 100)
    #expect(lines.length(on: city.graph) == 140)
    let shape = lines.lines(ofFacilities: 1, on: city.graph)
    #expect(shape.wkt(at: 0, decimals: 2) == "MULTILINESTRING ((0 0, 100 0), (100 0, 140 0))")
  }

  /// Two clinics at the ends of a street with a one-way behind B: the street is shared in the middle, and C-B is no way
  /// back for a bicycle that comes from beyond B.
  @Test func splitInTheMiddle() throws {
    let drawing = Drawing(
      """
      A---B---C
      """, "AB", "B>C")
    let city = try City(drawing, .cycle)
    let clinics = try city.snap(drawing.points("AB"))
    let reach = try NearestReach(of: clinics, over: city.travel, within: 500)
    let shapes = reach.serviceLines().lines(ofFacilities: 2, on: city.graph)
    #expect(shapes.wkt(at: 0, decimals: 2) == "MULTILINESTRING ((0 0, 100 0))")
    #expect(shapes.wkt(at: 1, decimals: 2) == "MULTILINESTRING ((100 0, 200 0))")
    // From the clinics outwards the one-way is open.
    let outwards = try NearestReach(of: clinics, over: city.travel, within: 500, direction: .fromFacilities)
    #expect(outwards.serviceLines().length(on: city.graph) == 400)
    #expect(outwards.serviceLines(within: 150).length(on: city.graph) == 350)
    #expect(outwards.mergedServiceLines(within: 50).length(on: city.graph) == 150)
  }
}
