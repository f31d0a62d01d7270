import FeatureTables

extension ValueType {
  /// A whole number or a number without a unit: where a quantity is due, its unit is missing.
  var isPlain: Bool { self == .integer || self == .plainNumber }

  /// As a sentence says it: `a whole number`, `text`, `an area in km²`.
  var described: String {
    switch self {
    case .integer: "a whole number"
    case .number(.one): "a number"
    case .number(.percent): "a share"
    case .number(let unit): unit.dimension == .one ? "a ratio in \(unit.symbol)" : description
    case .date: "a date"
    case .geometry: "a geometry"
    case .boolean, .text: description
    }
  }
}

extension Unit {
  /// As it is written after a number: `km2`, `per km2`.
  var typed: String {
    let ascii = symbol.replacing("²", with: "2")
    return ascii.hasPrefix("/") ? "per \(ascii.dropFirst())" : ascii
  }
}

/// A number as it was typed: without a point when it is whole.
func written(_ number: Double) -> String {
  number == number.rounded() && abs(number) < 1e15 ? "\(Int64(number))" : "\(number)"
}

/// Two units to offer for a dimension, with a number before them: `500 m or 500 km`; `nil` where no unit has a name.
func unitExamples(for dimension: Dimension, number: String? = nil) -> String? {
  let symbols: [String] =
    switch dimension {
    case .length: ["m", "km"]
    case .area: ["km2", "mu"]
    case .time: ["min", "h"]
    case .mass: ["kg", "t"]
    case .speed: ["km/h", "m/s"]
    case .perArea: ["per km2", "per mu"]
    case Dimension(time: -1, mass: 1): ["t/d", "t/y"]
    default: []
    }
  if symbols.isEmpty { return nil }
  return symbols.map { unit in number.map { "\($0) \(unit)" } ?? unit }.joined(separator: " or ")
}
