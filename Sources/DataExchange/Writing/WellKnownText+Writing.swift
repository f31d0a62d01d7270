import GeometryKernel

extension WellKnownText {
  /// Writes a row with seven decimals, nothing for a null row. O(vertices).
  static func append(_ geometry: GeometryArray, _ row: Int, to bytes: inout [UInt8]) {
    let kind = geometry.kind(at: row)
    let parts = geometry.parts(at: row)
    bytes += kind.name.uppercased().utf8
    guard !parts.isEmpty else {
      bytes += " EMPTY".utf8
      return
    }
    bytes.append(UInt8(ascii: " "))
    switch kind {
    case .null: break
    case .point, .lineString, .polygon: appendPart(geometry, parts.lowerBound, to: &bytes)
    case .multiPoint, .multiLineString, .multiPolygon, .collection:
      bytes.append(UInt8(ascii: "("))
      for part in parts {
        if part > parts.lowerBound { bytes.append(UInt8(ascii: ",")) }
        if kind == .collection {
          bytes += name(of: geometry.dimension(ofPart: part)).utf8
          bytes.append(UInt8(ascii: " "))
        }
        appendPart(geometry, part, to: &bytes)
      }
      bytes.append(UInt8(ascii: ")"))
    }
  }

  private static func name(of dimension: PartDimension) -> String {
    switch dimension {
    case .point: "POINT"
    case .line: "LINESTRING"
    case .area: "POLYGON"
    }
  }

  private static func appendPart(_ geometry: GeometryArray, _ part: Int, to bytes: inout [UInt8]) {
    let rings = geometry.rings(ofPart: part)
    let isArea = geometry.dimension(ofPart: part) == .area
    if isArea { bytes.append(UInt8(ascii: "(")) }
    for ring in rings {
      if ring > rings.lowerBound { bytes.append(UInt8(ascii: ",")) }
      bytes.append(UInt8(ascii: "("))
      let run = geometry.coordinates(ofRing: ring)
      for i in run {
        if i > run.lowerBound { bytes.append(UInt8(ascii: ",")) }
        DecimalText.appendDegrees(geometry.xs[i], to: &bytes)
        bytes.append(UInt8(ascii: " "))
        DecimalText.appendDegrees(geometry.ys[i], to: &bytes)
      }
      bytes.append(UInt8(ascii: ")"))
    }
    if isArea { bytes.append(UInt8(ascii: ")")) }
  }
}
