import FeatureTables
import Foundation
import StreetNetworks
import TestSupport
import Testing

@testable import DataExchange

/// OpenStreetMap: which ways are streets, who may use them, and where they meet.
@Suite struct StreetMapTests {
  /// A street over a bridge, whose node lies exactly on that of the street below:
  ///
  ///         5
  ///         |          1 ─ 2 ─ 3 is a street, 4 ─ 6 ─ 5 a bridge over it;
  ///     1 ─ 2,6 ─ 3    2 and 6 are at one place. Way 13 goes on to a node that the file lacks.
  ///         |
  ///         4
  private static let map = StreetMap(
    nodes: [
      (1, 1_171_000_000, 368_000_000), (2, 1_171_100_000, 368_000_000), (3, 1_171_200_000, 368_000_000),
      (4, 1_171_100_000, 367_900_000), (5, 1_171_100_000, 368_100_000), (6, 1_171_100_000, 368_000_000),
      (-7, 1_171_300_000, 368_000_000),
    ],
    ways: [
      StreetMap.Way(
        id: 11, nodes: [1, 2, 3],
        tags: [("highway", "residential"), ("name", "A & \"B\" > 大街"), ("oneway", "yes"), ("maxspeed", "30")]),
      StreetMap.Way(id: 12, nodes: [4, 6, 5], tags: [("highway", "footway"), ("bridge", "yes"), ("layer", "1")]),
      StreetMap.Way(id: 13, nodes: [3, -7, 99], tags: [("highway", "primary"), ("surface", "asphalt")]),
      StreetMap.Way(id: 14, nodes: [1, 5], tags: [("highway", "construction")]),
      StreetMap.Way(id: 15, nodes: [1, 4], tags: [("building", "yes")]),
      StreetMap.Way(id: 9_007_199_254_740_993, nodes: [3, 5], tags: [("route", "ferry")]),
    ])

  @Test(arguments: ["map.osm", "map.osm.pbf"])
  func streets(_ name: String) throws {
    let folder = try TemporaryFolder()
    let path = name == "map.osm" ? try folder.write(name, Self.map.xml) : try folder.write(name, Self.map.pbf)
    let (layer, ways) = try FileReader.readStreets(path, ferries: false)
    #expect(layer.values("osm_id") == [.integer(11), .integer(12), .integer(13)])
    #expect(layer.values("class") == [.text("residential"), .text("footway"), .text("primary")])
    #expect(layer.values("name") == [.text("A & \"B\" > 大街"), .null, .null])
    #expect(layer.values("maxspeed") == [.number(30 / 3.6), .null, .null])
    #expect(layer.table.geometry?.xs[0] == 117.1)
    #expect(layer.report.kindsText == "LineString 3")
    #expect(layer.hasNote("2 rows left out"))
    #expect(layer.hasNote("with ferries"))
    #expect(ways.nodes == [-7, 1, 2, 3, 4, 5, 6])
    #expect(ways.wayNodes == [1, 2, 3, 4, 6, 5, 3, -7, 99])
    let (graph, report) = try StreetGraphBuilder().build(
      nodes: ways.nodes, xs: ways.longitudes.map { $0 * 1e5 }, ys: ways.latitudes.map { $0 * 1e5 },
      wayStarts: ways.wayStarts, wayNodes: ways.wayNodes, ways.attributes)
    // The bridge is a part of its own.
    #expect(graph.components.count == 2)
    #expect(graph.edgeCount == 3)
    #expect(report.missingNodeCount == 1)
    let withFerries = try FileReader.readStreets(path, ferries: true)
    #expect(withFerries.layer.values("class").last == .text("ferry"))
    #expect(withFerries.layer.values("osm_id").last == .integer(9_007_199_254_740_993))
    #expect(withFerries.layer.report.notes.count == 1)
  }

  // MARK: Access

  /// Directions for foot, bicycle and car: `=` both, `>` forward, `<` backward, `-` closed.
  @Test(arguments: [
    ("highway=residential", "==="),
    ("highway=residential oneway=yes", "=>>"),
    ("highway=residential oneway=-1", "=<<"),
    ("highway=residential oneway=reversible", "=--"),
    ("highway=residential oneway=yes oneway:bicycle=no", "==>"),
    ("highway=residential oneway=yes cycleway=opposite_lane", "==>"),
    ("highway=residential oneway=yes cycleway:left=opposite_track", "==>"),
    ("highway=residential oneway=yes cycleway:left=lane cycleway:left:oneway=-1", "==>"),
    ("highway=residential oneway=yes oneway:foot=yes", ">>>"),
    ("highway=tertiary junction=roundabout", "=>>"),
    ("highway=tertiary junction=roundabout oneway=no", "==="),
    ("highway=motorway", "-->"),
    ("highway=motorway_link", "--="),
    ("highway=trunk motorroad=yes", "--="),
    ("highway=service access=private", "---"),
    ("highway=service access=no foot=yes", "=--"),
    ("highway=service access=destination", "==="),
    ("highway=service vehicle=no", "=--"),
    ("highway=service vehicle=no bicycle=yes", "==-"),
    ("highway=track motor_vehicle=agricultural;forestry", "==-"),
    ("highway=residential motor_vehicle=no motorcar=yes", "==="),
    ("highway=footway", "==-"),
    ("highway=footway access=yes", "==-"),
    ("highway=pedestrian motor_vehicle=yes", "==="),
    ("highway=footway bicycle=no", "=--"),
    ("highway=cycleway foot=no", "-=-"),
    ("highway=steps conveying=forward", ">=-"),
    ("highway=busway", "---"),
    ("route=ferry motor_vehicle=no", "==-"),
  ])
  func access(_ text: String, _ expected: String) {
    var tags = StreetTags()
    for pair in text.split(separator: " ") {
      let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
      if let tag = StreetTag(rawValue: parts[0]) { tags[tag] = parts[1] } else { Issue.record("no tag \(parts[0])") }
    }
    let found = StreetAccess.Traffic.allCases.map { traffic -> Character in
      switch tags.access.directions(for: traffic) {
      case .both: "="
      case .forward: ">"
      case .backward: "<"
      default: "-"
      }
    }
    #expect(String(found) == expected, "\(text)")
  }

  @Test(
    arguments: [
      ("50", 50.0), ("30 km/h", 30), ("20 mph", 32.18688), ("60;40", 60), ("none", nil), ("CN:urban", nil), ("0", nil),
      ("-5", nil), ("walk", 5), ("1e9", nil), ("", nil),
    ] as [(String, Double?)])
  func limits(_ text: String, _ expected: Double?) {
    var tags = StreetTags()
    tags[.maxspeed] = text
    #expect(tags.speedLimit.map { ($0 * 3.6 * 1e6).rounded() / 1e6 } == expected)
    #expect(expected == nil ? tags.speed.isNaN : abs(tags.speed * 3.6 - 0.8 * (expected ?? 0)) < 1e-9)
  }

  // MARK: Damage

  /// Whatever happens to a file's bytes, reading it ends in streets or in a message.
  @Test func damagedFiles() throws {
    let folder = try TemporaryFolder()
    let seed: UInt64 = 4
    var random = SplitMix64(seed: seed)
    var failures = 0
    for (name, whole) in [("map.osm.pbf", Self.map.pbf), ("map.osm", Array(Self.map.xml.utf8))] {
      for round in 0..<300 {
        var bytes = whole
        if round % 3 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        do { _ = try FileReader.readStreets(folder.write(name, bytes), ferries: true) } catch {
          #expect(error is ExchangeError, "seed \(seed), round \(round): \(error)")
          failures += 1
        }
      }
    }
    #expect(failures > 200)
  }

  @Test func cutBetweenBlocks() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("map.osm.pbf", Array(Self.map.pbf.dropLast()))
    #expect { try FileReader.readStreets(path, ferries: false) } throws: { ($0 as? ExchangeError)?.code == .truncated }
  }

  // MARK: The real world

  /// Against GDAL's reading of the same file: its layer of lines has all ways but closed ones that are areas.
  @Test(.enabled(if: SharedData.isThere, "\(SharedData.absence)"))
  func monaco() throws {
    let path = SharedData.path("monaco.osm.pbf")
    let (layer, ways) = try FileReader.readStreets(path, ferries: false)
    let lines = try FileReader.read(path, ImportOptions(layer: "lines"))
    let ids = Set(layer.values("osm_id"))
    let classes = lines.values("highway")
    var common = 0
    for (row, id) in lines.values("osm_id").enumerated() {
      guard case .text(let name) = classes[row], case .text(let id) = id else { continue }
      let isThere = ids.contains(.integer(Int64(id) ?? 0))
      #expect(isThere == StreetTags.classes.contains(name), "way \(id), \(name)")
      if isThere { common += 1 }
    }
    #expect(common > 800)
    #expect(layer.table.rowCount - common < 20)
    #expect(ways.wayStarts.count == layer.table.rowCount + 1)
  }
}
