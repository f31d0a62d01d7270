import FeatureTables
import GeometryKernel
import WorkControl

/// GeoJSON as RFC 7946 has it: WGS 84, outer rings counter-clockwise, a `bbox`, seven decimals; one feature a line.
///
/// Written here rather than by GDAL for the shortest digits that read back the same, a `bbox` of the whole and not of
/// every point, and what is known about the layer's accuracy beside its features.
struct GeoJSONText {
  private let layer: PreparedLayer
  private var json = JSONText()

  private static let pieceSize = 1 << 18

  /// - Parameter layer: in WGS 84.
  init(_ layer: PreparedLayer) { self.layer = layer }

  /// O(vertices + cells).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    json.beginObject()
    json.key("type")
    json.append("FeatureCollection")
    json.key("name")
    json.append(layer.name)
    writeMetadata()
    if let box = layer.geometry?.extent, !box.isEmpty {
      json.key("bbox")
      json.beginArray()
      for edge in [box.minX, box.minY, box.maxX, box.maxY] { json.appendDegrees(edge) }
      json.endArray()
    }
    json.key("features")
    json.beginArray()
    for row in 0..<layer.rowCount {
      writeFeature(row)
      if json.bytes.count > Self.pieceSize {
        try sink.write(json.bytes)
        json.flushed()
      }
      if row & 0xFFF == 0xFFF {
        try monitor.report("writing \(layer.name)", fraction: Double(row) / Double(layer.rowCount), done: row)
      }
    }
    json.newLine()
    json.endArray()
    json.endObject()
    json.newLine()
    try sink.write(json.bytes)
  }

  /// Foreign members (RFC 7946, 6.1): readers that do not know them pass over them.
  private mutating func writeMetadata() {
    let metadata = layer.metadata
    let members: [(String, String?)] = [
      ("title", metadata.titleEnglish), ("title_zh", metadata.titleChinese), ("description", metadata.description),
      ("source", metadata.source), ("licence", metadata.licence), ("accuracy", metadata.accuracy?.rawValue),
      ("uncertainty", metadata.uncertainty),
    ]
    for case (let key, let value?) in members {
      json.key(key)
      json.append(value)
    }
  }

  private mutating func writeFeature(_ row: Int) {
    json.beginLine()
    json.beginObject()
    json.key("type")
    json.append("Feature")
    json.key("properties")
    json.beginObject()
    for attribute in layer.attributes {
      json.key(attribute.name)
      writeValue(attribute, row)
    }
    json.endObject()
    json.key("geometry")
    if let geometry = layer.geometry { writeGeometry(geometry, row) } else { json.appendNull() }
    json.endObject()
  }

  private mutating func writeValue(_ attribute: PreparedLayer.Attribute, _ row: Int) {
    guard !attribute.column.isNull(at: row) else { return json.appendNull() }
    switch attribute.column.storage {
    case .boolean(let values): json.append(values[row])
    case .integer(let values): json.append(values[row])
    case .number(let values): json.append(values[row] / attribute.factor)
    case .text(let values): json.append(utf8: values.utf8(at: row))
    case .date(let values): json.append(CalendarDate(daysSince1970: values[row]).text)
    case .geometry: json.appendNull()
    }
  }

  private mutating func writeGeometry(_ geometry: GeometryArray, _ row: Int) {
    let kind = geometry.kind(at: row)
    guard kind != .null else { return json.appendNull() }
    let parts = geometry.parts(at: row)
    json.beginObject()
    json.key("type")
    json.append(kind.name)
    json.key(kind == .collection ? "geometries" : "coordinates")
    switch kind {
    case .point, .lineString, .polygon:
      if let part = parts.first { writePart(geometry, part) } else { writeEmpty() }
    case .collection:
      json.beginArray()
      for part in parts {
        json.beginObject()
        json.key("type")
        json.append(geometry.dimension(ofPart: part).kind.name)
        json.key("coordinates")
        writePart(geometry, part)
        json.endObject()
      }
      json.endArray()
    default:
      json.beginArray()
      for part in parts { writePart(geometry, part) }
      json.endArray()
    }
    json.endObject()
  }

  private mutating func writeEmpty() {
    json.beginArray()
    json.endArray()
  }

  private mutating func writePart(_ geometry: GeometryArray, _ part: Int) {
    let rings = geometry.rings(ofPart: part)
    switch geometry.dimension(ofPart: part) {
    case .point:
      let i = geometry.coordinates(ofRing: rings.lowerBound).lowerBound
      json.appendPosition(geometry.xs[i], geometry.ys[i])
    case .line: writeRing(geometry, geometry.coordinates(ofRing: rings.lowerBound), reversed: false)
    case .area:
      json.beginArray()
      for ring in rings {
        // RFC 7946, 3.1.6: outer rings run counter-clockwise, holes clockwise.
        let runsClockwise = geometry.doubleSignedArea(ofRing: ring) < 0
        let isOuter = ring == rings.lowerBound
        writeRing(geometry, geometry.coordinates(ofRing: ring), reversed: runsClockwise == isOuter)
      }
      json.endArray()
    }
  }

  private mutating func writeRing(_ geometry: GeometryArray, _ run: Range<Int>, reversed: Bool) {
    json.beginArray()
    geometry.xs.withUnsafeBufferPointer { xs in
      geometry.ys.withUnsafeBufferPointer { ys in
        if reversed {
          for i in run.reversed() { json.appendPosition(xs[i], ys[i]) }
        } else {
          for i in run { json.appendPosition(xs[i], ys[i]) }
        }
      }
    }
    json.endArray()
  }
}
