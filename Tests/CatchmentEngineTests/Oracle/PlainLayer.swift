import Foundation
import GeometryKernel
import Projections
import Testing

/// A layer read from its GeoJSON file by Foundation's parser, and measured in EPSG:4548.
struct PlainLayer {
  let name: String
  /// In metres of EPSG:4548, in the order of the file.
  let shapes: [PlainShape]
  private let properties: [[String: Any]]

  var count: Int { shapes.count }
  /// Of layers of single points.
  let places: [Place]

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A layer that ships with the executable.
  init(_ name: String) throws {
    try self.init(name, file: Self.root.appendingPathComponent("GeoData/layers/\(name).geojson"))
  }

  init(_ name: String, file: URL, referenceSystem: ReferenceSystem = .wgs84) throws {
    let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let features = try #require(json?["features"] as? [[String: Any]])
    self.name = name
    properties = features.map { $0["properties"] as? [String: Any] ?? [:] }
    let transform = try CoordinateTransform(from: referenceSystem, to: ReferenceSystem(parsing: "EPSG:4548"))
    shapes = try features.map { feature in
      var shape = PlainShape()
      try shape.add(feature["geometry"] as? [String: Any]) { place in
        let moved = try transform.apply(x: place.x, y: place.y)
        return Place(x: moved.x, y: moved.y)
      }
      return shape
    }
    places = shapes.compactMap(\.point)
  }

  func texts(_ key: String) -> [String?] { properties.map { $0[key] as? String } }
  func numbers(_ key: String) -> [Double?] { properties.map { ($0[key] as? NSNumber)?.doubleValue } }

  /// The row of a name.
  func row(named name: String?) throws -> Int { try #require(texts("name").firstIndex(of: name)) }

  /// Rows whose property has one of some values.
  func rows(_ key: String, in values: [String]) -> [Int] {
    texts(key).enumerated().compactMap { row, text in text.map(values.contains) == true ? row : nil }
  }
}

extension PlainShape {
  /// Adds a GeoJSON geometry; `nil` adds nothing.
  fileprivate mutating func add(_ geometry: [String: Any]?, _ moved: (Place) throws -> Place) throws {
    guard let geometry, let kind = geometry["type"] as? String else { return }
    func place(_ value: Any) throws -> Place {
      let pair = try #require(value as? [NSNumber])
      return try moved(Place(x: pair[0].doubleValue, y: pair[1].doubleValue))
    }
    func run(_ value: Any) throws -> [Place] { try #require(value as? [Any]).map(place) }
    func rings(_ value: Any) throws -> [[Place]] { try #require(value as? [Any]).map(run) }
    let coordinates = geometry["coordinates"] as? [Any] ?? []
    if coordinates.isEmpty && kind != "GeometryCollection" { return }
    switch kind {
    case "Point": points.append(try place(coordinates))
    case "MultiPoint": points += try run(coordinates)
    case "LineString": lines.append(try run(coordinates))
    case "MultiLineString": lines += try rings(coordinates)
    case "Polygon": areas.append(try rings(coordinates))
    case "MultiPolygon": areas += try coordinates.map(rings)
    default: for part in geometry["geometries"] as? [[String: Any]] ?? [] { try add(part, moved) }
    }
  }
}
