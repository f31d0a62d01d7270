import QueryExecution
import StreetNetworks

/// The ways of getting about that a session knows, and what it is told of streets.
struct TravelModes {
  private(set) var all = TravelMode.defaults
  /// `set snap`, `set detour`
  var settings = TravelSettings()
  /// `set network`
  var network: String?

  /// Other names, in Chinese.
  private static let aliases = [
    "步行": "walk", "骑行": "cycle", "骑车": "cycle", "驾车": "drive", "开车": "drive",
  ]

  /// In the order in which they were made.
  var names: [String] { all.map(\.name) }

  /// With the names in Chinese behind them.
  var allNames: [String] { names + Self.aliases.keys.sorted().filter { !names.contains($0) } }

  func named(_ name: String) -> TravelMode? {
    let wanted = Self.aliases[name] ?? name
    return all.first { $0.name == name } ?? all.first { $0.name == wanted }
  }

  /// Adds a mode, or puts it in the place of the one of its name.
  mutating func define(_ mode: TravelMode) {
    if let index = all.firstIndex(where: { $0.name == mode.name }) { all[index] = mode } else { all.append(mode) }
  }

  /// `set walk speed`: one speed for every street that the mode may use. How fast people walk to their street goes with
  /// it for all modes.
  mutating func setSpeed(_ speed: Double, of name: String) throws(StreetNetworkError) {
    guard var mode = named(name) else { return }
    try mode.setSpeed(speed)
    define(mode)
    guard mode.name == TravelMode.walk.name else { return }
    for index in all.indices where all[index].traffic != .foot { all[index].approachSpeed = speed }
  }
}
