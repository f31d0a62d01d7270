/// Well-known text (ISO 19125-1, OGC 06-103r4 clause 7).
extension GeometryArray {
  /// Appends a row as well-known text with coordinates rounded to `decimals` places, zeros at the end trimmed; nothing
  /// for a null row. O(vertices).
  public func appendWKT(at row: Int, decimals: Int, to text: inout [UInt8]) {
    let kind = kind(at: row)
    guard kind != .null else { return }
    append(kind.textTag, to: &text)
    let parts = parts(at: row)
    guard let first = parts.first else { return append(" EMPTY", to: &text) }
    text.append(UInt8(ascii: " "))
    guard kind.isMulti else { return appendBody(ofPart: first, decimals, to: &text) }
    text.append(UInt8(ascii: "("))
    for part in parts {
      if part != first { append(", ", to: &text) }
      if kind == .collection {
        append(dimension(ofPart: part).kind.textTag, to: &text)
        text.append(UInt8(ascii: " "))
      }
      appendBody(ofPart: part, decimals, to: &text)
    }
    text.append(UInt8(ascii: ")"))
  }

  /// A row as well-known text; empty for a null row.
  public func wkt(at row: Int, decimals: Int) -> String {
    var text: [UInt8] = []
    appendWKT(at: row, decimals: decimals, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// The coordinates of a part in their parentheses.
  private func appendBody(ofPart part: Int, _ decimals: Int, to text: inout [UInt8]) {
    let rings = rings(ofPart: part)
    let nested = dimension(ofPart: part) == .area
    if nested { text.append(UInt8(ascii: "(")) }
    for ring in rings {
      if ring != rings.lowerBound { append(", ", to: &text) }
      let run = coordinates(ofRing: ring)
      text.append(UInt8(ascii: "("))
      for i in run {
        if i != run.lowerBound { append(", ", to: &text) }
        appendDecimal(xs[i], decimals: decimals, to: &text)
        text.append(UInt8(ascii: " "))
        appendDecimal(ys[i], decimals: decimals, to: &text)
      }
      text.append(UInt8(ascii: ")"))
    }
    if nested { text.append(UInt8(ascii: ")")) }
  }

  private func append(_ words: StaticString, to text: inout [UInt8]) {
    words.withUTF8Buffer { text.append(contentsOf: $0) }
  }
}

extension GeometryKind {
  /// The word that opens the text of a geometry.
  fileprivate var textTag: StaticString {
    switch self {
    case .null: ""
    case .point: "POINT"
    case .lineString: "LINESTRING"
    case .polygon: "POLYGON"
    case .multiPoint: "MULTIPOINT"
    case .multiLineString: "MULTILINESTRING"
    case .multiPolygon: "MULTIPOLYGON"
    case .collection: "GEOMETRYCOLLECTION"
    }
  }
}
