/// What a search adds up.
public enum TravelMeasure: UInt8, Sendable, Hashable {
  /// Metres, counted in whole centimetres.
  case length
  /// Seconds, counted in whole milliseconds.
  case time

  /// Costs in a metre or in a second.
  public var unitsPerWhole: Double { self == .length ? 100 : 1000 }

  /// The largest cost there is: 10 737 km, or 12 days. Sums of two fit 32 bits.
  static let largestCost: UInt32 = 1 << 30 - 1

  /// Metres or seconds as a limit: the whole units in it, all but the last digits of what is meant to be whole.
  func limit(_ value: Double) -> UInt32? {
    guard value >= 0 else { return nil }
    return UInt32(min((value * unitsPerWhole * (1 + 1e-12)).rounded(.down), Double(Self.largestCost)))
  }

  /// Metres or seconds of a cost.
  @inline(__always)
  func value(_ cost: UInt32) -> Double { Double(cost) / unitsPerWhole }
}

/// Which way a search asks: one-way streets make the difference.
public enum TravelDirection: UInt8, Sendable, Hashable {
  /// From the points to the facilities: residents who go to a clinic.
  case toFacilities
  /// From the facilities to the points: an ambulance.
  case fromFacilities
}
