/// Who may use a street in which direction, as its source says; forward is the direction in which the line is drawn.
public struct StreetAccess: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The three kinds of traffic that sources tell apart.
  public enum Traffic: UInt8, Sendable, CaseIterable {
    case foot = 0
    case bicycle = 1
    case motor = 2
  }

  /// One kind of traffic in one or both directions.
  public init(_ traffic: Traffic, forward: Bool = true, backward: Bool = true) {
    self.init(rawValue: (forward ? 1 : 0) << (2 * traffic.rawValue) | (backward ? 2 : 0) << (2 * traffic.rawValue))
  }

  /// Everybody in both directions.
  public static let all = StreetAccess(rawValue: 0b11_1111)
  /// Walkers both ways, wheels in the direction of the line only: what `oneway` means for most streets.
  public static let oneWay: StreetAccess = [
    StreetAccess(.foot), StreetAccess(.bicycle, backward: false), StreetAccess(.motor, backward: false),
  ]
  /// As `oneWay`, against the direction of the line.
  public static let oneWayReversed: StreetAccess = [
    StreetAccess(.foot), StreetAccess(.bicycle, forward: false), StreetAccess(.motor, forward: false),
  ]

  /// The directions open to one kind of traffic.
  public func directions(for traffic: Traffic) -> Directions {
    Directions(rawValue: rawValue >> (2 * traffic.rawValue) & 3)
  }
}

/// The directions in which an edge may be travelled.
public struct Directions: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let forward = Directions(rawValue: 1)
  public static let backward = Directions(rawValue: 2)
  public static let both: Directions = [.forward, .backward]

  /// The same directions seen from the other end.
  var reversed: Directions { Directions(rawValue: rawValue >> 1 | (rawValue & 1) << 1) }
}
