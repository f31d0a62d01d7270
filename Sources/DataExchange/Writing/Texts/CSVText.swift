import FeatureTables
import GeometryKernel
import WorkControl

/// A text table (RFC 4180): attributes, then `longitude` and `latitude`, or `wkt` where not every row is a point. Null is an empty cell; an empty text is `""`; a text that looks like a number stands in quotes.
struct CSVText {
  private let layer: PreparedLayer
  private let places: Places
  private let marked: Bool
  private var bytes: [UInt8] = []

  private enum Places { case none, positions, text }

  /// Before the heading, when it is not ASCII: Excel takes a table without it for text in the system's code page. Other
  /// programs pass over it.
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameter marked: whether text that is not ASCII begins with a byte-order mark.
  init(_ layer: PreparedLayer, marked: Bool = false) {
    self.layer = layer
    self.marked = marked
    places = layer.geometry.map { Self.isOfPoints($0) ? .positions : .text } ?? .none
  }

  /// True when two columns of numbers can hold every row: points and nulls, an empty point being shown as null.
  static func isOfPoints(_ geometry: GeometryArray) -> Bool {
    geometry.isPointsLayout
      || (0..<geometry.count).allSatisfy {
        switch geometry.kind(at: $0) {
        case .null: true
        case .point: !geometry.parts(at: $0).isEmpty
        default: false
        }
      }
  }

  /// O(vertices + cells).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    if marked && !isASCII { bytes += Self.byteOrderMark }
    writeHeader()
    for row in 0..<layer.rowCount {
      writeRow(row)
      if sink.takes(bytes) {
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      try layer.reportWritten(row, monitor)
    }
    try sink.write(bytes)
  }

  /// O(bytes of the texts).
  private var isASCII: Bool {
    layer.attributes.allSatisfy { attribute in
      guard attribute.name.utf8.allSatisfy({ $0 < 0x80 }) else { return false }
      guard case .text(let texts) = attribute.column.storage else { return true }
      return texts.bytes.allSatisfy { $0 < 0x80 }
    }
  }

  private mutating func writeHeader() {
    var names = layer.attributes.map(\.name)
    names += layer.placeNames ?? []
    for (index, name) in names.enumerated() {
      if index > 0 { separate() }
      let utf8 = Array(name.utf8)
      if Self.needsQuotes(utf8[...]) { quote(utf8[...]) } else { bytes += utf8 }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func writeRow(_ row: Int) {
    let start = bytes.count
    for (index, attribute) in layer.attributes.enumerated() {
      if index > 0 { separate() }
      writeValue(attribute, row)
    }
    if let geometry = layer.geometry {
      if !layer.attributes.isEmpty { separate() }
      writePlace(geometry, row)
    }
    // A row of one null would be a line without a byte, which readers skip.
    if bytes.count == start { bytes += Array("\"\"".utf8) }
    bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func writePlace(_ geometry: GeometryArray, _ row: Int) {
    if places == .text {
      guard geometry.kind(at: row) != .null else { return }
      bytes.append(UInt8(ascii: "\""))
      geometry.appendWKT(at: row, decimals: layer.decimals, to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    } else if let i = geometry.coordinates(at: row).first {
      appendDecimal(geometry.xs[i], decimals: layer.decimals, to: &bytes)
      separate()
      appendDecimal(geometry.ys[i], decimals: layer.decimals, to: &bytes)
    } else {
      separate()
    }
  }

  private mutating func writeValue(_ attribute: PreparedLayer.Attribute, _ row: Int) {
    guard !attribute.column.isNull(at: row) else { return }
    switch attribute.column.storage {
    case .boolean(let values): bytes += (values[row] ? "true" : "false").utf8
    case .integer(let values): bytes += values[row].description.utf8
    case .number(let values):
      let value = values[row] / attribute.factor
      if value.isFinite { bytes += value.description.utf8 }
    case .text(let values):
      let text = values.utf8(at: row)
      if Self.needsQuotes(text) { quote(text) } else { bytes += text }
    case .date(let values): bytes += CalendarDate(daysSince1970: values[row]).text.utf8
    case .geometry: break
    }
  }

  private mutating func separate() { bytes.append(UInt8(ascii: ",")) }

  private mutating func quote(_ text: ArraySlice<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// True for a text that would read back as something else: a null, a number, a date, another cell.
  private static func needsQuotes(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return true }
    if first <= 0x20 || last <= 0x20 { return true }
    for byte in text {
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "|"), 0x09, 0x0A, 0x0D: return true
      default: break
      }
    }
    return CellColumn.looksTyped(text)
  }
}
