import FeatureTables
import StreetNetworks

/// What the columns of a layer say of its streets.
struct NetworkAttributes {
  private(set) var attributes = StreetAttributes()
  /// Sentences about values that mean nothing.
  private(set) var notes: [String] = []
  private let table: Table

  /// - Throws: `NetworkError.wrongField`, `tooLarge`.
  init(_ table: Table, _ joining: NetworkJoining) throws(NetworkError) {
    self.table = table
    if let name = joining.classField { try readClasses(try column(name), name) }
    if let name = joining.onewayField { try readDirections(try column(name), name) }
    if let name = joining.speedField { try readSpeeds(try column(name), name) }
  }

  private func column(_ name: String) throws(NetworkError) -> Column {
    if let column = table[name], name != Field.geometryName { return column }
    let names = table.schema.attributes.map(\.name)
    throw NetworkError(
      .wrongField, "there is no column \"\(name)\"",
      fix: names.isEmpty ? "leave it out: the layer has no columns" : "columns: \(names.joined(separator: ", "))")
  }

  private func wrong(_ name: String, _ type: ValueType, _ due: String) -> NetworkError {
    NetworkError(.wrongField, "the column \"\(name)\" (\(type.description)) \(due)", fix: "name another column")
  }

  private func type(_ name: String) -> ValueType { table.schema.fields.first { $0.name == name }?.type ?? .text }

  // MARK: Classes

  private mutating func readClasses(_ column: Column, _ name: String) throws(NetworkError) {
    guard type(name) == .text || type(name) == .integer else {
      throw wrong(name, type(name), "gives no class of street")
    }
    let texts = (0..<table.rowCount).map { row in
      switch column.value(at: row) {
      case .text(let text): text
      case .integer(let number): "\(number)"
      default: ""
      }
    }
    let names = Set(texts).sorted()
    guard names.count <= 256 else {
      throw NetworkError(
        .tooLarge, "the column \"\(name)\" has \(names.count) values, and streets are of 256 classes at most",
        fix: "name a column with fewer values")
    }
    var numbers: [String: UInt8] = [:]
    for (number, name) in names.enumerated() { numbers[name] = UInt8(number) }
    attributes.classNames = names.isEmpty ? [""] : names
    attributes.classes = texts.map { numbers[$0] ?? 0 }
  }

  // MARK: Directions

  private mutating func readDirections(_ column: Column, _ name: String) throws(NetworkError) {
    let type = type(name)
    if type == .date || type == .geometry { throw wrong(name, type, "tells no direction") }
    // Geofabrik's F, T and B are from, to and both; where there is no B, they may be false and true.
    var hasBoth = false
    if case .text(let texts) = column.storage {
      hasBoth = (0..<table.rowCount).contains { ["B", "b"].contains(texts[$0]) }
    }
    var unknown: [String: Int] = [:]
    attributes.access = (0..<table.rowCount).map { row in
      switch column.value(at: row) {
      case .boolean(let isOneWay): return isOneWay ? .oneWay : .all
      case .integer(let number): return direction("\(number)", hasBoth, &unknown)
      case .number(let number): return direction(Int(exactly: number).map { "\($0)" } ?? "\(number)", hasBoth, &unknown)
      case .text(let text): return direction(text.lowercased(), hasBoth, &unknown)
      default: return .all
      }
    }
    if let (value, count) = unknown.min(by: { (-$0.value, $0.key) < (-$1.value, $1.key) }) {
      let rows = unknown.values.reduce(0, +)
      notes.append(
        "\(rows == 1 ? "1 street counts" : "\(rows) streets count") as open both ways, as \"\(name)\" does not say yes, no or -1 (\"\(value)\" in \(count))"
      )
    }
  }

  private func direction(_ value: String, _ hasBoth: Bool, _ unknown: inout [String: Int]) -> StreetAccess {
    switch value {
    case "yes", "true", "1", "ft", "forward", "是": return .oneWay
    case "-1", "reverse", "tf", "backward": return .oneWayReversed
    case "no", "false", "0", "", "n", "b", "both", "否": return .all
    case "f": return hasBoth ? .oneWay : .all
    case "t": return hasBoth ? .oneWayReversed : .oneWay
    default:
      unknown[value, default: 0] += 1
      return .all
    }
  }

  // MARK: Speeds

  private mutating func readSpeeds(_ column: Column, _ name: String) throws(NetworkError) {
    let type = type(name)
    let factor: Double
    switch type {
    case .integer: factor = 1 / 3.6
    case .number(let unit) where unit.dimension == .one: factor = 1 / 3.6
    case .number(let unit) where unit.dimension == .speed: factor = 1
    default: throw wrong(name, type, "is no speed: numbers are km/h")
    }
    var withoutSpeed = 0
    attributes.speeds = (0..<table.rowCount).map { row in
      let speed: Double
      switch column.value(at: row) {
      case .integer(let number): speed = Double(number) * factor
      case .number(let number): speed = number * factor
      default: return .nan
      }
      if TravelMode.isSpeed(speed) { return speed }
      withoutSpeed += 1
      return .nan
    }
    if withoutSpeed > 0 {
      notes.append(
        "\(withoutSpeed == 1 ? "1 street has" : "\(withoutSpeed) streets have") a speed outside of 0.1 to 300 km/h in "
          + "\"\(name)\" and \(withoutSpeed == 1 ? "goes by its" : "go by their") class")
    }
  }
}
