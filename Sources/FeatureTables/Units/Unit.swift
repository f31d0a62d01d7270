/// A unit of measure: what a table prints beside a number and a file names in the column.
///
/// Inside the engine every quantity is kept in base units (m, m², s, kg …); a unit only says how to write it.
public struct Unit: Hashable, Sendable {
  /// As printed and typed: `m`, `km²`, `km/h`.
  public let symbol: String
  public let dimension: Dimension
  /// Base units in one of this unit: 666.67 m² for a mu.
  public let factor: Double
  /// What a file's column name ends in: `area_km2`; `nil` where the plain number is written.
  public let fileSuffix: String?

  public init(symbol: String, dimension: Dimension, factor: Double, fileSuffix: String?) {
    self.symbol = symbol
    self.dimension = dimension
    self.factor = factor
    self.fileSuffix = fileSuffix
  }

  /// The unit of a plain number.
  public static let one = Unit(symbol: "", dimension: .one, factor: 1, fileSuffix: nil)
  /// A share: tables print `94.7 %`; files carry the plain ratio 0.947.
  public static let percent = Unit(symbol: "%", dimension: .one, factor: 0.01, fileSuffix: nil)
  public static let metre = Unit(symbol: "m", dimension: .length, factor: 1, fileSuffix: "m")
  public static let squareKilometre = Unit(symbol: "km²", dimension: .area, factor: 1e6, fileSuffix: "km2")
  public static let minute = Unit(symbol: "min", dimension: .time, factor: 60, fileSuffix: "min")

  /// The factor between the stored number and the number in a file's column: shares stay ratios.
  public var fileFactor: Double { fileSuffix == nil ? 1 : factor }

  /// The unit in which a quantity without a unit of its own is printed.
  public static func preferred(for dimension: Dimension) -> Unit {
    switch dimension {
    case .one: .one
    case .length: .metre
    case .area: .squareKilometre
    case .time: .minute
    case .mass: Unit(symbol: "t", dimension: .mass, factor: 1000, fileSuffix: "t")
    case .speed: Unit(symbol: "km/h", dimension: .speed, factor: 1000.0 / 3600, fileSuffix: "kmh")
    case .perArea: Unit(symbol: "/km²", dimension: .perArea, factor: 1e-6, fileSuffix: "per_km2")
    default: base(of: dimension)
    }
  }

  /// `self / other`, as in `km/h`.
  public func divided(by other: Unit) -> Unit {
    Unit(
      symbol: "\(symbol)/\(other.symbol)", dimension: dimension / other.dimension, factor: factor / other.factor,
      fileSuffix: "\(fileSuffix ?? symbol)_per_\(other.fileSuffix ?? other.symbol)")
  }

  /// One over `self`, as in `3 per km2`.
  public var reciprocal: Unit {
    Unit(
      symbol: "/\(symbol)", dimension: .one / dimension, factor: 1 / factor,
      fileSuffix: "per_\(fileSuffix ?? symbol)")
  }

  private static func base(of dimension: Dimension) -> Unit {
    let parts = [("m", dimension.length), ("s", dimension.time), ("kg", dimension.mass)].filter { $0.1 != 0 }
    return Unit(
      symbol: parts.map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }.joined(separator: "·"), dimension: dimension,
      factor: 1, fileSuffix: parts.map { "\($0.0)\($0.1)" }.joined(separator: "_"))
  }
}
