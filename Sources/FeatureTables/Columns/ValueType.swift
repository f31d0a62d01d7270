/// The type of a column or an expression.
public enum ValueType: Hashable, Sendable {
  case boolean
  /// 64-bit whole numbers: ids and counts.
  case integer
  /// Numbers in base units, printed in `Unit`.
  case number(Unit)
  case text
  case date
  case geometry

  public static let plainNumber = ValueType.number(.one)

  /// The dimension of numeric types; `nil` for others.
  // Inlined into another module it makes Swift 6.3.1 stop in an optimised build: "Found ownership error", pass
  // CopyPropagation, in functions that compare a dimension and then use the value it came from.
  @inline(never)
  public var dimension: Dimension? {
    switch self {
    case .integer: Dimension.one
    case .number(let unit): unit.dimension
    default: nil
    }
  }

  public var isNumeric: Bool { dimension != nil }

  /// As diagnostics and `describe` name it.
  public var description: String {
    switch self {
    case .boolean: "true or false"
    case .integer: "whole number"
    case .number(let unit):
      unit == .one ? "number" : unit == .percent ? "share" : "\(unit.dimension.description) in \(unit.symbol)"
    case .text: "text"
    case .date: "date"
    case .geometry: "geometry"
    }
  }
}

/// One value of a column, for display, tests and constants; columns never hold these.
public enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  /// In base units.
  case number(Double)
  case text(String)
  case date(CalendarDate)
}
