import FeatureTables
import GeometryKernel
import WorkControl

/// KML 2.2 (OGC 07-147r2): a placemark a row, its attributes typed by a schema, `name` shown beside its place.
///
/// Written here because GDAL's drivers write whole numbers of 64 bits as approximate ones and dates in a form of their own.
struct KMLText {
  private let layer: PreparedLayer
  private let name: Int?
  private var bytes: [UInt8] = []

  /// - Parameter layer: in WGS 84.
  init(_ layer: PreparedLayer) {
    self.layer = layer
    name = layer.attributes.firstIndex { $0.name.lowercased() == "name" && $0.type == .text }
  }

  /// O(vertices + cells).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
    line("<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document id=\"root\">")
    writeSchema()
    bytes += "<Folder>".utf8
    element("name", Array(layer.name.utf8)[...])
    if let text = layer.metadata.description { element("description", Array(text.utf8)[...]) }
    line("")
    for row in 0..<layer.rowCount {
      writePlacemark(row)
      if sink.takes(bytes) {
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      try layer.reportWritten(row, monitor)
    }
    line("</Folder></Document></kml>")
    try sink.write(bytes)
  }

  private mutating func writeSchema() {
    bytes += "<Schema id=\"columns\" name=\"".utf8
    escaped(Array(layer.name.utf8)[...])
    bytes += "\">".utf8
    for (index, attribute) in layer.attributes.enumerated() where index != name {
      let type =
        switch attribute.type {
        case .boolean: "bool"
        case .integer: "int"
        case .number: "double"
        case .text, .date, .geometry: "string"
        }
      bytes += "<SimpleField type=\"\(type)\" name=\"".utf8
      escaped(Array(attribute.name.utf8)[...])
      bytes += "\"/>".utf8
    }
    line("</Schema>")
  }

  private mutating func writePlacemark(_ row: Int) {
    bytes += "<Placemark>".utf8
    if let name, !layer.attributes[name].column.isNull(at: row) { element("name", value(name, row)) }
    bytes += "<ExtendedData><SchemaData schemaUrl=\"#columns\">".utf8
    for (index, attribute) in layer.attributes.enumerated()
    where index != name && !attribute.column.isNull(at: row) {
      bytes += "<SimpleData name=\"".utf8
      escaped(Array(attribute.name.utf8)[...])
      bytes += "\">".utf8
      escaped(value(index, row))
      bytes += "</SimpleData>".utf8
    }
    bytes += "</SchemaData></ExtendedData>".utf8
    if let geometry = layer.geometry, !geometry.isNullOrEmpty(at: row) { writeGeometry(geometry, row) }
    line("</Placemark>")
  }

  private func value(_ index: Int, _ row: Int) -> ArraySlice<UInt8> {
    let attribute = layer.attributes[index]
    switch attribute.column.storage {
    case .boolean(let values): return Array((values[row] ? "1" : "0").utf8)[...]
    case .integer(let values): return Array(values[row].description.utf8)[...]
    case .number(let values):
      let number = values[row] / attribute.factor
      return number.isFinite ? Array(number.description.utf8)[...] : []
    case .text(let values): return values.utf8(at: row)
    case .date(let values): return Array(CalendarDate(daysSince1970: values[row]).text.utf8)[...]
    case .geometry: return []
    }
  }

  // MARK: Shapes

  private mutating func writeGeometry(_ geometry: GeometryArray, _ row: Int) {
    let kind = geometry.kind(at: row)
    let isSingle = kind == .point || kind == .lineString || kind == .polygon
    if !isSingle { bytes += "<MultiGeometry>".utf8 }
    for part in geometry.parts(at: row) { writePart(geometry, part) }
    if !isSingle { bytes += "</MultiGeometry>".utf8 }
  }

  private mutating func writePart(_ geometry: GeometryArray, _ part: Int) {
    let rings = geometry.rings(ofPart: part)
    switch geometry.dimension(ofPart: part) {
    case .point:
      bytes += "<Point>".utf8
      writeRing(geometry, rings.lowerBound, isReversed: false)
      bytes += "</Point>".utf8
    case .line:
      bytes += "<LineString>".utf8
      writeRing(geometry, rings.lowerBound, isReversed: false)
      bytes += "</LineString>".utf8
    case .area:
      bytes += "<Polygon>".utf8
      for ring in rings {
        let isOuter = ring == rings.lowerBound
        bytes += (isOuter ? "<outerBoundaryIs><LinearRing>" : "<innerBoundaryIs><LinearRing>").utf8
        // Outer rings run counter-clockwise (10.8.3.4).
        writeRing(geometry, ring, isReversed: (geometry.doubleSignedArea(ofRing: ring) < 0) == isOuter)
        bytes += (isOuter ? "</LinearRing></outerBoundaryIs>" : "</LinearRing></innerBoundaryIs>").utf8
      }
      bytes += "</Polygon>".utf8
    }
  }

  private mutating func writeRing(_ geometry: GeometryArray, _ ring: Int, isReversed: Bool) {
    bytes += "<coordinates>".utf8
    let run = geometry.coordinates(ofRing: ring)
    for k in 0..<run.count {
      let i = isReversed ? run.upperBound - 1 - k : run.lowerBound + k
      if k > 0 { bytes.append(UInt8(ascii: " ")) }
      appendDecimal(geometry.xs[i], decimals: JSONText.decimals, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      appendDecimal(geometry.ys[i], decimals: JSONText.decimals, to: &bytes)
    }
    bytes += "</coordinates>".utf8
  }

  // MARK: Text

  private mutating func line(_ text: String) {
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func element(_ name: String, _ text: ArraySlice<UInt8>) {
    bytes += "<\(name)>".utf8
    escaped(text)
    bytes += "</\(name)>".utf8
  }

  private mutating func escaped(_ text: ArraySlice<UInt8>) { XMLText.append(text, to: &bytes) }
}

/// Text between the tags of XML 1.0.
enum XMLText {
  /// Control characters, which XML has not, become U+FFFD.
  static func append(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      // A carriage return alone would be read as a line feed (2.11).
      case 0x0D: bytes += "&#13;".utf8
      case 0x09, 0x0A: bytes.append(byte)
      case 0..<0x20: bytes += "\u{FFFD}".utf8
      default: bytes.append(byte)
      }
    }
  }
}
