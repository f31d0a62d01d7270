import TestSupport

/// Random GeoJSON files: every kind of geometry and value, properties that come late or are missing, texts full of what
/// looks like JSON, and blanks in odd places.
struct RandomGeoJSON {
  private var random: SplitMix64
  private var properties: [(name: String, form: Form)] = []
  private let blank: String

  private enum Form: CaseIterable {
    case integer, wide, number, boolean, text, date, object, integers, texts
    case integerOrNumber, booleanOrInteger, integerOrText, booleanOrText, textOrObject
  }

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
    blank = ["", " ", "\n  ", "\t\r\n"].randomElement(using: &random) ?? ""
    let count = Int.random(in: 0...8, using: &random)
    for i in 0..<count {
      let name = ["名称", "a\(i)", "kind of \(i)", "x\\\"\(i)", "very_long_name_of_a_property_\(i)"]
      properties.append(
        (name.randomElement(using: &random) ?? "a", Form.allCases.randomElement(using: &random) ?? .integer))
    }
    properties = properties.enumerated().map { ("\($1.name)\($0)", $1.form) }
  }

  /// The text of a collection of so many features.
  mutating func collection(_ count: Int, crs: String? = nil) -> String {
    var members = [pair("type", quoted("FeatureCollection"))]
    if chance(3) { members.append(pair("name", quoted("层 {\\\"a\\\"},{"))) }
    if let crs { members.append(pair("crs", #"{"type":"name","properties":{"name":"\#(crs)"}}"#)) }
    if chance(3) { members.append(pair("foreign", #"[{"type":"Feature"},{"type":"x"}, "]}"]"#)) }
    let features = (0..<count).map { feature($0, of: count) }.joined(separator: comma)
    members.append(pair("features", "[" + blank + features + blank + "]"))
    if chance(3) { members.append(pair("bbox", "[0, 0, 1, 1]")) }
    if chance(4) { members.append(pair("later", #"{"features":[{},{}]}"#)) }
    return (chance(5) ? "\u{FEFF}" : "") + object(members) + (chance(2) ? "\n" : "")
  }

  /// One feature; properties that come late are those with a high number.
  mutating func feature(_ row: Int, of count: Int) -> String {
    var values: [String] = []
    for (i, property) in properties.enumerated() where !chance(5) {
      if i % 3 == 2 && row < count / 2 { continue }
      values.append(#""\#(property.name)":\#(chance(6) ? "null" : value(property.form))"#)
    }
    var members = [pair("type", quoted("Feature"))]
    if chance(20) { members.append(pair("foreign", #"{"a":[{"type":"Feature"},{"type":"Feature"}]}"#)) }
    let attributes = chance(15) ? "null" : object(values)
    let shape = chance(10) ? "null" : geometry(depth: 0)
    if chance(2) {
      members += [pair("geometry", shape), pair("properties", attributes)]
    } else {
      members += [pair("properties", attributes), pair("geometry", shape)]
    }
    return object(members)
  }

  // MARK: Values

  private mutating func value(_ form: Form) -> String {
    switch form {
    case .integer: return "\(Int.random(in: -1000...1000, using: &random))"
    case .wide: return "\(Int64.random(in: .min ... .max, using: &random))"
    case .number: return number()
    case .boolean: return chance(2) ? "true" : "false"
    case .text: return text()
    case .date: return "\"20\(Int.random(in: 10...29, using: &random))-0\(Int.random(in: 1...9, using: &random))-11\""
    case .object: return #"{"k":[1,2.5,{"type":"Feature"},{"type":\#(text())}],"e":{}}"#
    case .integers: return "[\(Int.random(in: 0...9, using: &random)),3]"
    case .texts: return "[\(text()),\(text())]"
    case .integerOrNumber: return chance(2) ? value(.integer) : number()
    case .booleanOrInteger: return value(chance(2) ? .boolean : .integer)
    case .integerOrText: return value(chance(2) ? .integer : .text)
    case .booleanOrText: return value(chance(2) ? .boolean : .text)
    case .textOrObject: return value(chance(2) ? .text : .object)
    }
  }

  private mutating func number() -> String {
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return "\(Double.random(in: -180...180, using: &random))"
    case 1: return "\(Int.random(in: 0...99, using: &random)).50"
    case 2: return "\(Int.random(in: 1...9, using: &random)).25E-\(Int.random(in: 1...300, using: &random))"
    default:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? "\(value)" : "0.5"
    }
  }

  /// Letters first, so that no text is a date or a time.
  private mutating func text() -> String {
    let pieces = [
      "a", "济南", "\\\"", "\\\\", "\\n", "\\u6d4e", "\\ud83d\\ude00", "😀", "},{", "}, {\\\"type\\\":", "]", "[", "é",
      "\\/", "/", " ", ":",
    ]
    let count = Int.random(in: 0...6, using: &random)
    return quoted("t" + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined())
  }

  // MARK: Geometries

  private mutating func geometry(depth: Int) -> String {
    let kinds = ["Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon"]
    if depth < 2 && chance(8) {
      let count = Int.random(in: 0...3, using: &random)
      let members = (0..<count).map { _ in geometry(depth: depth + 1) }.joined(separator: comma)
      return object([pair("type", quoted("GeometryCollection")), pair("geometries", "[\(members)]")])
    }
    let kind = chance(2) ? "Point" : kinds.randomElement(using: &random) ?? "Point"
    let hasHeight = chance(6)
    let coordinates: String
    switch kind {
    case "Point": coordinates = chance(12) ? "[]" : position(hasHeight)
    case "LineString": coordinates = line(hasHeight)
    case "Polygon": coordinates = area(hasHeight)
    case "MultiPoint": coordinates = list { $0.position(hasHeight) }
    case "MultiLineString": coordinates = list { $0.line(hasHeight) }
    default: coordinates = list { $0.area(hasHeight) }
    }
    let members = [pair("type", quoted(kind)), pair("coordinates", coordinates)]
    return object(chance(2) ? members : members.reversed())
  }

  private mutating func position(_ hasHeight: Bool) -> String {
    let x = chance(5) ? "117" : "\(Double.random(in: 116...118, using: &random))"
    let y = chance(5) ? "3.6e1" : "\(Double.random(in: 36...37, using: &random))"
    return "[" + blank + ([x, y] + (hasHeight ? ["12.5"] : [])).joined(separator: comma) + blank + "]"
  }

  private mutating func line(_ hasHeight: Bool) -> String {
    if chance(12) { return "[]" }
    let count = Int.random(in: 2...6, using: &random)
    return "[" + (0..<count).map { _ in position(hasHeight) }.joined(separator: comma) + "]"
  }

  private mutating func area(_ hasHeight: Bool) -> String {
    if chance(12) { return "[]" }
    let rings = Int.random(in: 1...2, using: &random)
    return "[" + (0..<rings).map { _ in ring(hasHeight) }.joined(separator: comma) + "]"
  }

  private mutating func ring(_ hasHeight: Bool) -> String {
    var positions = (0..<Int.random(in: 3...5, using: &random)).map { _ in position(hasHeight) }
    if !chance(8), let first = positions.first { positions.append(first) }
    return "[" + positions.joined(separator: comma) + "]"
  }

  private mutating func list(_ element: (inout RandomGeoJSON) -> String) -> String {
    let count = Int.random(in: 0...3, using: &random)
    var elements: [String] = []
    for _ in 0..<count { elements.append(element(&self)) }
    return "[" + elements.joined(separator: comma) + "]"
  }

  // MARK: Text

  private var comma: String { blank + "," + blank }

  private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }

  private func pair(_ name: String, _ value: String) -> String { "\"\(name)\"\(blank):\(blank)\(value)" }

  private func object(_ members: [String]) -> String {
    "{" + blank + members.joined(separator: comma) + blank + "}"
  }
}
