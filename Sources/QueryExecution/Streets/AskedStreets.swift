import QueryPlanning

/// An input that asks along streets, for saying so when none of its rows is anywhere near them.
struct AskedStreets: Sendable, Equatable {
  /// What the rows are called.
  let rows: String
  /// The layer of the streets.
  let network: String
  /// By which they are travelled.
  let mode: String
  /// Metres, of `set snap`.
  let limit: Double
  let otherNetworks: [String]

  /// - Parameters:
  ///   - count: The rows, none of which is within the limit.
  ///   - nearest: Metres from a street to the nearest of them.
  func note(_ count: Int, nearest: Double) -> String {
    let who = count == 1 ? "the only row of \(rows) is not" : "none of \(count) \(rows) is"
    let lie = count == 1 ? "it lies" : "they lie"
    let far = nearest < 10_000 ? "\(Self.whole(nearest, 1)) m" : "\(Self.whole(nearest, 1000)) km"
    // Farther than the earth goes is no distance.
    let away = nearest < 40e6 ? "; \(lie) \(far) away" : ""
    return "\(who) within \(PlanTitle.quantity(limit, .length)) "
      + "of a street of \(network) open to \(mode)\(away): \(fix(nearest))"
  }

  private func fix(_ nearest: Double) -> String {
    let own = "import the streets of this place"
    if nearest <= 1000 { return "set snap = \(100 * Self.whole(nearest, 100)) m, or \(own)" }
    switch otherNetworks.count {
    case 0: return own
    case 1: return "set network = \(otherNetworks[0]), or \(own)"
    default: return "set network to \(otherNetworks.joined(separator: " or ")), or \(own)"
    }
  }

  /// Rounded up; what is beyond all reason is no number of metres.
  private static func whole(_ value: Double, _ unit: Double) -> Int {
    Int(exactly: (value / unit).rounded(.up)) ?? .max
  }
}
