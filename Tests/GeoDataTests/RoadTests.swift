import GeoData
import GeometryKernel
import Testing

@testable import StreetNetworks

/// The streets of the pilot area: that they are a network, and one on which a walk has something to tell.
struct RoadTests {
  /// The streets joined where they share a vertex, with the columns that the manifest names.
  private static func network() throws -> StreetGraph {
    let roads = try ReadLayer.named("roads")
    let columns = try #require(roads.description.network)
    let names = roads.features.map { $0.text(columns.classColumn) ?? "" }
    let classNames = Array(Set(names)).sorted()
    let attributes = StreetAttributes(
      classNames: classNames, classes: names.compactMap { classNames.firstIndex(of: $0).map(UInt8.init) },
      access: roads.features.map { $0.text(columns.onewayColumn) == "yes" ? .oneWay : .all })
    let (graph, report) = try StreetGraphBuilder().build(roads.metres, attributes)
    #expect(report.skippedRowCount == 0 && report.zeroLengthCount == 0 && report.duplicateCount == 0)
    #expect(report.nearMisses == [])
    return graph
  }

  private static func walk(_ graph: StreetGraph) throws -> TravelGraph { try TravelGraph(graph, .walk, .length) }

  /// The rows of a layer of points that lie within the box of the streets.
  private static func points(_ name: String, in graph: StreetGraph) throws -> GeometryArray {
    let points = try ReadLayer.named(name).metres
    return points.gather(
      (0..<Int32(points.count)).filter { graph.extent.contains(x: points.xs[Int($0)], y: points.ys[Int($0)]) })
  }

  @Test func streetsAreOneNetworkButForTheLonePath() throws {
    let graph = try Self.network()
    #expect(graph.components.count == 2)
    #expect(graph.mainShare > 0.999)
    #expect(graph.components.last?.edgeCount == 1)
    #expect(graph.totalLength > 120_000)
    #expect(graph.deadEndCount > 10)
    let classes: Set<String> = [
      "motorway", "motorway_link", "primary", "secondary", "tertiary", "residential", "footway", "steps",
    ]
    #expect(Set(graph.classNames) == classes)
  }

  @Test func clinicsAndNearlyAllResidentsAreBesideAStreet() throws {
    let graph = try Self.network()
    let walk = try Self.walk(graph)
    let edges = EdgeTree(graph)
    let clinics = try edges.snap(Self.points("clinics", in: graph), to: walk)
    #expect(clinics.count >= 7 && clinics.count(of: .offNetwork) == 0)
    let residents = try edges.snap(Self.points("residents", in: graph), to: walk)
    let off = residents.count(of: .offNetwork)
    #expect(residents.count > 500 && off > 0 && off < residents.count / 20)
    // Homes beside the lone path walk from another street.
    #expect(residents.count(of: .joinedBeyondIsolated) > 0)
  }

  @Test func aWalkIsNotACircle() throws {
    let graph = try Self.network()
    let walk = try Self.walk(graph)
    let edges = EdgeTree(graph)
    let clinics = try Self.points("clinics", in: graph)
    let residents = try Self.points("residents", in: graph)
    let reach = try NearestReach(of: edges.snap(clinics, to: walk), over: walk)
    let nearest = try reach.nearest(of: edges.snap(residents, to: walk))
    var near = 0
    var walked = 0
    for row in 0..<residents.count {
      let straight =
        (0..<clinics.count).map {
          let (dx, dy) = (clinics.xs[$0] - residents.xs[row], clinics.ys[$0] - residents.ys[row])
          return (dx * dx + dy * dy).squareRoot()
        }.min() ?? .infinity
      if straight <= 800 { near += 1 }
      guard let found = nearest.range(of: row).first else { continue }
      // Costs are whole centimetres.
      #expect(nearest.costs[found] >= straight - 0.1)
      if nearest.costs[found] <= 800 { walked += 1 }
    }
    #expect(walked > near / 2)
    #expect(walked < near * 9 / 10)
  }

  @Test func wheelsCannotGoEverywhere() throws {
    let graph = try Self.network()
    let drive = try TravelGraph(graph, .drive, .length)
    let walk = try Self.walk(graph)
    let motorway = graph.classes.indices.filter { graph.classNames[Int(graph.classes[$0])] == "motorway" }
    #expect(!motorway.isEmpty && motorway.allSatisfy { drive.isOpen($0) && !walk.isOpen($0) })
    let oneWays = (0..<graph.edgeCount).filter { drive.directions[$0] == .forward }
    #expect(oneWays.count > 40)
    #expect(oneWays.allSatisfy { walk.directions[$0] == .both || !walk.isOpen($0) })
  }
}
