extension DrawnLayer {
  /// The layer's file: GeoJSON (RFC 7946), one feature a line, always the same bytes.
  public var geoJSON: String {
    let names = allColumns.map { quoted($0.name) }
    var text = "{\"type\":\"FeatureCollection\",\"name\":\(quoted(name)),\"features\":[\n"
    text.reserveCapacity(features.count * 280)
    for (index, feature) in features.enumerated() {
      text += "{\"type\":\"Feature\",\"id\":\(index + 1),\"geometry\":"
      feature.geometry.write(to: &text)
      text += ",\"properties\":{"
      for (number, (name, value)) in zip(names, feature.allValues).enumerated() {
        if number > 0 { text += "," }
        text += name
        text += ":"
        value.write(to: &text)
      }
      text += index + 1 < features.count ? "}},\n" : "}}\n"
    }
    text += "]}\n"
    return text
  }
}

extension DrawnLayer.Feature {
  /// The values with the three of provenance.
  var allValues: [DrawnLayer.Value] {
    values + [
      .text(provenance.source), .text(provenance.accuracy.rawValue), provenance.method.map { .text($0) } ?? .null,
    ]
  }
}

extension DrawnLayer.Value {
  fileprivate func write(to text: inout String) {
    switch self {
    case .text(let value): text += quoted(value)
    case .integer(let value): text += String(value)
    case .number(let value): text += String(value)
    case .boolean(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }
}

extension DrawnLayer.Geometry {
  fileprivate func write(to text: inout String) {
    switch self {
    case .point(let place):
      text += "{\"type\":\"Point\",\"coordinates\":"
      place.write(to: &text)
      text += "}"
    case .line(let places):
      text += "{\"type\":\"LineString\",\"coordinates\":"
      places.write(to: &text)
      text += "}"
    case .area(let outlines):
      text +=
        outlines.count == 1 ? "{\"type\":\"Polygon\",\"coordinates\":" : "{\"type\":\"MultiPolygon\",\"coordinates\":["
      for (number, outline) in outlines.enumerated() {
        text += number == 0 ? "[" : ",["
        outline.vertices.write(to: &text)
        text += "]"
      }
      text += outlines.count == 1 ? "}" : "]}"
    }
  }
}

extension [Position] {
  fileprivate func write(to text: inout String) {
    for (i, place) in enumerated() {
      text += i == 0 ? "[" : ","
      place.write(to: &text)
    }
    text += "]"
  }
}

extension Position {
  fileprivate func write(to text: inout String) {
    text += "["
    text += degrees(longitude)
    text += ","
    text += degrees(latitude)
    text += "]"
  }
}

/// Millionths as decimal degrees without needless zeros; by whole numbers, so that nothing is rounded twice.
private func degrees(_ millionths: Int) -> String {
  let (whole, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
  var digits = String(fraction)
  digits = String(repeating: "0", count: 6 - digits.count) + digits
  while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
  return (millionths < 0 ? "-" : "") + String(whole) + "." + digits
}

/// A JSON string (RFC 8259, section 7).
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
