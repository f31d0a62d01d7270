import QueryExecution
import StreetNetworks

/// The ways of getting about that a session knows, and what it is told of streets.
struct TravelModes {
  private(set) var all = TravelMode.defaults
  /// The same as they were made, before any `set NAME speed`.
  private var made = TravelMode.defaults
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
    if let index = all.firstIndex(where: { $0.name == mode.name }) {
      (all[index], made[index]) = (mode, mode)
    } else {
      all.append(mode)
      made.append(mode)
    }
  }

  /// `set walk speed`: one speed for every street that the mode may use. How fast people walk to their street goes with
  /// it for all modes.
  mutating func setSpeed(_ speed: Double, of name: String) throws(StreetNetworkError) {
    guard let index = index(of: name) else { return }
    try all[index].setSpeed(speed)
    approach(after: index)
  }

  /// `set walk speed = auto`: the speeds with which the mode was made.
  mutating func resetSpeed(of name: String) {
    guard let index = index(of: name) else { return }
    let approachSpeed = all[index].approachSpeed
    all[index] = made[index]
    if all[index].traffic != .foot { all[index].approachSpeed = approachSpeed }
    approach(after: index)
  }

  private func index(of name: String) -> Int? {
    named(name).flatMap { mode in all.firstIndex { $0.name == mode.name } }
  }

  /// People walk to their street as fast as `walk` has it.
  private mutating func approach(after index: Int) {
    guard all[index].name == TravelMode.walk.name else { return }
    let speed = all[index].approachSpeed
    for other in all.indices where all[other].traffic != .foot { all[other].approachSpeed = speed }
  }
}
