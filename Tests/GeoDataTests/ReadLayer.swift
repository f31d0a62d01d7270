import Foundation
import GeoData
import GeometryKernel
import Projections
import Testing

/// A layer as it ships, read with Foundation's JSON so that nothing of ours stands between the bytes and the tests.
struct ReadLayer: Sendable {
  let description: EmbeddedLayer
  let features: [Feature]
  /// In longitude and latitude.
  let degrees: GeometryArray
  /// In metres of EPSG:4548.
  let metres: GeometryArray
  /// Round each row, in degrees.
  private let boxes: [Box]

  enum Value: Sendable, Hashable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    case null
  }

  struct Feature: Sendable {
    let id: Int
    let properties: [String: Value]

    func text(_ name: String) -> String? {
      if case .text(let text) = properties[name] { return text }
      return nil
    }

    func number(_ name: String) -> Double? {
      if case .number(let number) = properties[name] { return number }
      return nil
    }

    func boolean(_ name: String) -> Bool? {
      if case .boolean(let boolean) = properties[name] { return boolean }
      return nil
    }
  }

  /// Read once for all tests; what cannot be read is missing.
  private static let all: [String: ReadLayer] = {
    var layers: [String: ReadLayer] = [:]
    for layer in (try? EmbeddedLayers.open().all) ?? [] { layers[layer.name] = try? ReadLayer(layer) }
    return layers
  }()

  static func named(_ name: String) throws -> ReadLayer { try #require(all[name], "no layer \(name)") }

  private init(_ layer: EmbeddedLayer) throws {
    description = layer
    let root = try #require(try JSONSerialization.jsonObject(with: layer.data()) as? [String: Any])
    let items = try #require(root["features"] as? [[String: Any]])
    var builder = GeometryArrayBuilder()
    features = try items.map { item in
      try Self.append(try #require(item["geometry"] as? [String: Any]), to: &builder)
      let properties = try #require(item["properties"] as? [String: Any])
      return Feature(id: try #require(item["id"] as? Int), properties: properties.mapValues(Self.value))
    }
    degrees = builder.finish()
    boxes = degrees.boxes()
    let transform = try CoordinateTransform(from: .wgs84, to: ReferenceSystem(parsing: "EPSG:4548"))
    metres = try transform.apply(to: degrees).geometry
  }

  private static func value(_ value: Any) -> Value {
    if let text = value as? String { return .text(text) }
    guard let number = value as? NSNumber else { return .null }
    // JSON's true and 1 are both NSNumber here; only the first is made from a C character.
    return String(cString: number.objCType) == "c" ? .boolean(number.boolValue) : .number(number.doubleValue)
  }

  private static func append(_ geometry: [String: Any], to builder: inout GeometryArrayBuilder) throws {
    let coordinates = try #require(geometry["coordinates"])
    let type = try #require(geometry["type"] as? String)
    if type == "Point" {
      let place = try #require(coordinates as? [Double])
      return builder.appendPoint(x: place[0], y: place[1])
    }
    if type == "LineString" {
      let places = try #require(coordinates as? [[Double]])
      builder.beginRow(.lineString)
      builder.beginPart(.line)
      builder.addRing(xs: places.map { $0[0] }, ys: places.map { $0[1] })
      return builder.endRow()
    }
    let polygons =
      type == "Polygon"
      ? [try #require(coordinates as? [[[Double]]])] : try #require(coordinates as? [[[[Double]]]])
    builder.beginRow(type == "Polygon" ? .polygon : .multiPolygon)
    for polygon in polygons {
      builder.beginPart(.area)
      for ring in polygon { builder.addRing(xs: ring.map { $0[0] }, ys: ring.map { $0[1] }) }
    }
    builder.endRow()
  }

  /// The row of the first feature with that text in that attribute.
  func row(_ attribute: String, _ value: String) throws -> Int {
    try #require(features.firstIndex { $0.text(attribute) == value }, "\(description.name) has no \(value)")
  }

  /// The drawn area of a row in km².
  func squareKilometres(_ row: Int) throws -> Double { try #require(metres.area(at: row)) / 1e6 }

  /// The ids of the points that do not lie in exactly the area that their attribute names.
  func features(outsideThe attribute: String, of areas: ReadLayer) -> [Int] {
    let names = areas.features.map { $0.text("name") }
    return features.indices.filter { row in
      areas.rows(holding: degrees.xs[row], degrees.ys[row]).map { names[$0] } != [features[row].text(attribute)]
    }.map { features[$0].id }
  }

  /// The numbers of the rows whose area holds a place given in degrees; even-odd rule, independent of the drawing's.
  func rows(holding x: Double, _ y: Double) -> [Int] {
    features.indices.filter { row in
      let box = boxes[row]
      guard box.minX <= x, x <= box.maxX, box.minY <= y, y <= box.maxY else { return false }
      return degrees.parts(at: row).contains { part in
        var inside = false
        for ring in degrees.rings(ofPart: part) {
          let run = degrees.coordinates(ofRing: ring)
          for i in run.dropFirst() where (degrees.ys[i - 1] > y) != (degrees.ys[i] > y) {
            let t = (y - degrees.ys[i - 1]) / (degrees.ys[i] - degrees.ys[i - 1])
            if x < degrees.xs[i - 1] + t * (degrees.xs[i] - degrees.xs[i - 1]) { inside.toggle() }
          }
        }
        return inside
      }
    }
  }
}
