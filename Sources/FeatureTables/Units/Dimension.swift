/// The physical dimension of a quantity: exponents of length, time and mass.
public struct Dimension: Hashable, Sendable {
  public var length: Int8
  public var time: Int8
  public var mass: Int8

  public init(length: Int8 = 0, time: Int8 = 0, mass: Int8 = 0) {
    self.length = length
    self.time = time
    self.mass = mass
  }

  /// The dimension of a plain number (ISO 80000-1: dimension one): a count, a share, a ratio of two of one kind.
  public static let one = Dimension()
  public static let length = Dimension(length: 1)
  public static let area = Dimension(length: 2)
  public static let time = Dimension(time: 1)
  public static let mass = Dimension(mass: 1)
  public static let speed = Dimension(length: 1, time: -1)
  public static let perArea = Dimension(length: -2)

  public static func * (a: Dimension, b: Dimension) -> Dimension {
    Dimension(length: a.length &+ b.length, time: a.time &+ b.time, mass: a.mass &+ b.mass)
  }

  public static func / (a: Dimension, b: Dimension) -> Dimension {
    Dimension(length: a.length &- b.length, time: a.time &- b.time, mass: a.mass &- b.mass)
  }

  /// As diagnostics name it: `a length`, `a time`, `length² per time`.
  public var description: String {
    switch self {
    case .one: return "a plain number"
    case .length: return "a length"
    case .area: return "an area"
    case .time: return "a time"
    case .mass: return "a mass"
    case .speed: return "a speed"
    case .perArea: return "a density (per area)"
    default:
      let parts = [("length", length), ("time", time), ("mass", mass)].filter { $0.1 != 0 }
      return parts.map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }.joined(separator: " · ")
    }
  }
}
