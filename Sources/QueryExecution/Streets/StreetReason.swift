import FeatureTables
import QueryPlanning
import StreetNetworks

/// Why a row has no place along the streets, or one by a straight line.
enum StreetReason: Sendable, Hashable {
  case reached
  /// Places are off the network or the row is; `set detour` says that the straight line stands for the streets.
  case detour
  case tooFar
  /// One would be reached if it were open on the day.
  case closed
  /// Metres to the nearest street.
  case offNetwork(Double)
  /// No place is on the part of the network that the row is on.
  case isolated
  /// None of the places is on the network, or there are none.
  case noPlaces
  case noGeometry
}

extension StreetPlaces {
  /// The words for a reason; `nil` for a row that the streets lead to a place.
  func text(_ reason: StreetReason) -> String? {
    switch reason {
    case .reached: nil
    case .detour: "off the network: straight line × \(streets.settings.detour ?? 1)"
    case .tooFar:
      streets.reach.limit.map { "too far: none within \(PlanTitle.quantity($0, streets.reach.measure))" }
        ?? "no way along the streets"
    case .closed: "closed on \(streets.reach.openingDay ?? "that day")"
    case .offNetwork(let metres):
      // A number of its own for each row would keep rows of another city out of one group.
      switch metres {
      case ...10_000: "off the network: nearest street \(Int(metres.rounded(.up))) m away"
      case ..<Double.infinity: "off the network: no street within 10 km"
      default: "off the network"
      }
    case .isolated: "isolated part: no \(name) on it"
    case .noPlaces where placedCount > 0: "no \(name) on the network"
    case .noPlaces:
      streets.reach.openingDay.map { "no \(name) open on \($0)" } ?? "no \(name) to choose from"
    case .noGeometry: "no geometry"
    }
  }
}

extension ColumnBuilder {
  mutating func append(reason text: String?) {
    if let text { append(text) } else { appendNull() }
  }
}
