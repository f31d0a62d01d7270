import FeatureTables
import GeometryKernel
import WorkControl

/// GeoJSON as RFC 7946 has it: WGS 84, outer rings counter-clockwise, a `bbox`, seven decimals; one feature a line.
///
/// Written here rather than by GDAL for the shortest digits that read back the same, a `bbox` of the whole and not of
/// every point, and what is known about the layer's accuracy beside its features.
struct GeoJSONText {
  private let layer: PreparedLayer
  private let isSequence: Bool
  private var json = JSONText()

  /// - Parameters:
  ///   - layer: in WGS 84, or in a system that no program knows.
  ///   - isSequence: one feature a line and nothing around them (GeoJSONSeq), as in RFC 8142 without its separators,
  ///     which few programs write.
  init(_ layer: PreparedLayer, isSequence: Bool = false) {
    self.layer = layer
    self.isSequence = isSequence
  }

  /// O(vertices + cells).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    if !isSequence { beginCollection() }
    for row in 0..<layer.rowCount {
      if isSequence {
        writeFeature(row)
        json.endLine()
      } else {
        json.beginLine()
        writeFeature(row)
      }
      if sink.takes(json.bytes) {
        try sink.write(json.bytes)
        json.flushed()
      }
      try layer.reportWritten(row, monitor)
    }
    if !isSequence {
      json.newLine()
      json.endArray()
      json.endObject()
      json.newLine()
    }
    try sink.write(json.bytes)
  }

  private mutating func beginCollection() {
    json.beginObject()
    json.key("type")
    json.append("FeatureCollection")
    json.key("name")
    json.append(layer.name)
    writeSystem()
    writeMetadata()
    if let box = layer.geometry?.extent, !box.isEmpty {
      json.key("bbox")
      json.beginArray()
      for edge in [box.minX, box.minY, box.maxX, box.maxY] { json.appendDegrees(edge) }
      json.endArray()
    }
    json.key("features")
    json.beginArray()
  }

  /// The member `crs` of the specification of 2008 names what RFC 7946 leaves to "prior arrangement" (4): programs that
  /// know the member find a system that they do not know, rather than take the shifted coordinates for WGS 84.
  private mutating func writeSystem() {
    guard let system = layer.referenceSystem, system.isShifted else { return }
    json.key("crs")
    json.beginObject()
    json.key("type")
    json.append("name")
    json.key("properties")
    json.beginObject()
    json.key("name")
    json.append(system.identifier)
    json.endObject()
    json.endObject()
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
