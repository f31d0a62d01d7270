import CGDAL
import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport

@testable import DataExchange

func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

/// Features in GeoJSON, each given as its geometry and its properties.
func collection(_ features: [(geometry: String, properties: String)], crs: String? = nil) -> String {
  let lines = features.map { #"{"type":"Feature","properties":\#($0.properties),"geometry":\#($0.geometry)}"# }
  let system = crs.map { #""crs":{"type":"name","properties":{"name":"\#($0)"}},"# } ?? ""
  return #"{"type":"FeatureCollection",\#(system)"features":["# + lines.joined(separator: ",\n") + "]}\n"
}

func point(_ x: Double, _ y: Double) -> String { #"{"type":"Point","coordinates":[\#(x),\#(y)]}"# }

/// The error of an exchange that must fail; `nil` when it does not fail or with another type.
func failure(_ body: () throws -> Void) -> ExchangeError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ExchangeError
  }
}

extension ImportedLayer {
  /// For writing it again.
  func exported(as name: String) -> ExportLayer {
    ExportLayer(name: name, table: table, referenceSystem: referenceSystem, metadata: metadata)
  }

  func values(_ column: String) -> [Value] {
    guard let column = table[column] else { return [] }
    return (0..<column.count).map { column.value(at: $0) }
  }

  func hasNote(_ words: String) -> Bool { report.notes.contains { $0.contains(words) } }
}

extension GeometryArrayBuilder {
  /// Appends a geometry in well-known text, as GDAL reads it.
  mutating func append(wkt text: String) throws {
    var bytes: [UInt8] = []
    text.withCString { start in
      var cursor: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
      var shape: OGRGeometryH?
      guard OGR_G_CreateFromWkt(&cursor, nil, &shape) == OGRERR_NONE else { return }
      defer { OGR_G_DestroyGeometry(shape) }
      bytes = [UInt8](repeating: 0, count: Int(OGR_G_WkbSize(shape)))
      OGR_G_ExportToIsoWkb(shape, wkbNDR, &bytes)
    }
    try bytes.withUnsafeBytes { try append(wkb: $0) }
  }
}
