import Foundation
import Projections
import Testing

/// A made-up layer in whole metres of EPSG:4548, so that distances of 3-4-5 triangles are exact and outlines are hit
/// exactly. Some rows lie on one place, some have no geometry or an empty one.
struct RandomLayer {
  /// GeoJSON geometries, `null` included.
  private(set) var geometries: [String] = []
  private(set) var values: [Int?] = []

  static let origin = (x: 509_000, y: 4_077_000)
  /// The side of the square that holds the places.
  static let extent = 6000

  /// Points; every few on the place of another, or 500 m off one by (±300, ±400).
  init(points count: Int, around anchors: [Place] = [], seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var earlier = anchors
    for _ in 0..<count {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: geometries.append("null")
      case 1: geometries.append(#"{"type":"MultiPoint","coordinates":[]}"#)
      case 2...4 where !earlier.isEmpty:
        let near = earlier[Int.random(in: 0..<earlier.count, using: &random)]
        let (dx, dy) =
          [(0.0, 0.0), (300, 400), (-300, 400), (400, -300), (500, 0)].randomElement(using: &random) ?? (0, 0)
        earlier.append(Place(x: near.x + dx, y: near.y + dy))
        geometries.append(Self.point(earlier[earlier.count - 1]))
      default:
        earlier.append(Self.place(&random))
        geometries.append(Self.point(earlier[earlier.count - 1]))
      }
      addValue(&random)
    }
  }

  /// Areas of one or two parts, some with a hole, some covering each other, some null or empty.
  init(areas count: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<count {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: geometries.append("null")
      case 1: geometries.append(#"{"type":"Polygon","coordinates":[]}"#)
      case 2, 3:
        let first = Self.place(&random)
        // Stars reach 900 m: the second part lies apart.
        let second = Place(x: first.x + 2500, y: first.y + Double(Int.random(in: -800...800, using: &random)))
        let parts = [
          Self.star(around: first, hasHole: true, &random), Self.star(around: second, hasHole: false, &random),
        ]
        geometries.append(#"{"type":"MultiPolygon","coordinates":[\#(parts.joined(separator: ","))]}"#)
      case 4, 5: geometries.append(#"{"type":"Polygon","coordinates":\#(Self.block(&random))}"#)
      default:
        let hasHole = Bool.random(using: &random)
        let star = Self.star(around: Self.place(&random), hasHole: hasHole, &random)
        geometries.append(#"{"type":"Polygon","coordinates":\#(star)}"#)
      }
      addValue(&random)
    }
  }

  /// Lines of a few vertices.
  init(lines count: Int, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<count {
      var place = Self.place(&random)
      var vertices = [Self.pair(place)]
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        place.x += Double(Int.random(in: -700...700, using: &random))
        place.y += Double(Int.random(in: 1...700, using: &random))
        vertices.append(Self.pair(place))
      }
      let isNull = Int.random(in: 0..<10, using: &random) == 0
      geometries.append(isNull ? "null" : #"{"type":"LineString","coordinates":[\#(vertices.joined(separator: ","))]}"#)
      addValue(&random)
    }
  }

  /// GeoJSON in metres, which its reader has to be told.
  var geoJSON: String {
    let features = zip(geometries, values).enumerated().map { row, pair in
      let value = pair.1.map(String.init) ?? "null"
      return """
        {"type":"Feature","geometry":\(pair.0),"properties":{"number":\(row + 1),"value":\(value),"word":"\(["甲", "乙", "丙"][row % 3])"}}
        """
    }
    return "{\"type\":\"FeatureCollection\",\"features\":[\n\(features.joined(separator: ",\n"))\n]}\n"
  }

  /// Puts the layer into a session by import, and gives it as plain shapes.
  func brought(into client: TestClient, as name: String) throws -> PlainLayer {
    try client.write(geoJSON, to: "\(name).geojson")
    _ = try client.answers("import \"\(name).geojson\" crs epsg:4548 as \(name)")
    let file = client.folder.url.appendingPathComponent("\(name).geojson")
    return try PlainLayer(name, file: file, referenceSystem: ReferenceSystem(parsing: "EPSG:4548"))
  }

  private mutating func addValue(_ random: inout SplitMix64) {
    values.append(Int.random(in: 0..<8, using: &random) == 0 ? nil : Int.random(in: -20...100, using: &random))
  }

  private static func place(_ random: inout SplitMix64) -> Place {
    Place(
      x: Double(origin.x + Int.random(in: 0...extent, using: &random)),
      y: Double(origin.y + Int.random(in: 0...extent, using: &random)))
  }

  private static func pair(_ place: Place) -> String { "[\(Int(place.x)),\(Int(place.y))]" }

  private static func point(_ place: Place) -> String { #"{"type":"Point","coordinates":\#(pair(place))}"# }

  /// A rectangle on a raster of 500 m: its outline and corners are shared with others'.
  private static func block(_ random: inout SplitMix64) -> String {
    let x = Double(origin.x + 500 * Int.random(in: 0...10, using: &random))
    let y = Double(origin.y + 500 * Int.random(in: 0...10, using: &random))
    let width = Double(500 * Int.random(in: 1...3, using: &random))
    let height = Double(500 * Int.random(in: 1...3, using: &random))
    let ring = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
    return "[[\(ring.map { pair(Place(x: $0.0, y: $0.1)) }.joined(separator: ","))]]"
  }

  /// Sixteen corners at regular bearings and random distances.
  private static func star(around centre: Place, hasHole: Bool, _ random: inout SplitMix64) -> String {
    var outer: [Place] = []
    var inner: [Place] = []
    for (dx, dy) in bearings {
      let radius = Double.random(in: 400...900, using: &random)
      outer.append(Place(x: (centre.x + dx * radius).rounded(), y: (centre.y + dy * radius).rounded()))
      inner.append(Place(x: (centre.x + dx * radius / 3).rounded(), y: (centre.y + dy * radius / 3).rounded()))
    }
    let rings = hasHole ? [outer, inner.reversed()] : [outer]
    let texts = rings.map { ring in "[\((ring + [ring[0]]).map(pair).joined(separator: ","))]" }
    return "[\(texts.joined(separator: ","))]"
  }

  /// The corners of a regular polygon on the unit circle, by adding up one turn.
  private static let bearings: [(Double, Double)] = {
    let (c, s) = (0.923_879_532_511_286_7, 0.382_683_432_365_089_8)
    var (x, y) = (1.0, 0.0)
    return (0..<16).map { _ in
      defer { (x, y) = (x * c - y * s, x * s + y * c) }
      return (x, y)
    }
  }()
}
