import StreetNetworks

/// The keys of OpenStreetMap that say what a street is and who may use it.
enum StreetTag: String, CaseIterable {
  case highway, route, name, ref, oneway, junction, maxspeed, surface, bridge, tunnel, layer
  case access, foot, vehicle, bicycle, motorcar, motorroad, conveying, cycleway
  case motorVehicle = "motor_vehicle"
  case onewayFoot = "oneway:foot"
  case onewayBicycle = "oneway:bicycle"
  case cyclewayLeft = "cycleway:left"
  case cyclewayRight = "cycleway:right"
  case cyclewayBoth = "cycleway:both"
  case cyclewayOneway = "cycleway:oneway"
  case cyclewayLeftOneway = "cycleway:left:oneway"
  case cyclewayRightOneway = "cycleway:right:oneway"
  case cyclewayBothOneway = "cycleway:both:oneway"
}

/// What is said of one way: few keys of many.
struct StreetTags {
  private var pairs: [(tag: StreetTag, value: String)] = []

  init() {}

  subscript(tag: StreetTag) -> String? {
    get { pairs.first { $0.tag == tag }?.value }
    set {
      pairs.removeAll { $0.tag == tag }
      if let newValue { pairs.append((tag, newValue)) }
    }
  }

  /// The class of ferries, which have no `highway`.
  static let ferry = "ferry"

  /// The values of `highway` on which somebody travels.
  static let classes: Set<String> = roads.union(paths).union(["busway", "bus_guideway"])

  private static let roads: Set<String> = [
    "motorway", "motorway_link", "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link",
    "tertiary", "tertiary_link", "unclassified", "residential", "living_street", "service", "road", "track",
  ]
  private static let paths: Set<String> = [
    "footway", "pedestrian", "path", "steps", "cycleway", "bridleway", "corridor",
  ]

  var streetClass: String? { self[.highway] ?? (self[.route] == Self.ferry ? Self.ferry : nil) }

  // MARK: Access

  /// Who may use the way in which direction (wiki.openstreetmap.org/wiki/Key:access and Key:oneway).
  var access: StreetAccess {
    var access: StreetAccess = []
    if isOpenOnFoot { access.formUnion(StreetAccess(.foot, footDirections)) }
    let directions = vehicleDirections
    if isOpenToBicycles { access.formUnion(StreetAccess(.bicycle, bicycleDirections(directions))) }
    if isOpenToCars { access.formUnion(StreetAccess(.motor, directions)) }
    return access
  }

  private var isForMotorsOnly: Bool {
    ["motorway", "motorway_link"].contains(self[.highway]) || self[.motorroad] == "yes"
  }

  private var isForBuses: Bool { ["busway", "bus_guideway"].contains(self[.highway]) }

  private var isOpenOnFoot: Bool {
    isOpen([.foot], [.access], by: !isForMotorsOnly && !isForBuses)
  }

  private var isOpenToBicycles: Bool {
    isOpen([.bicycle], [.vehicle, .access], by: !isForMotorsOnly && !isForBuses)
  }

  private var isOpenToCars: Bool {
    isOpen(
      [.motorcar, .motorVehicle], [.vehicle, .access],
      by: Self.roads.contains(streetClass ?? "") || streetClass == Self.ferry)
  }

  /// What is said for the very traffic decides; what is said for more can only close: `access=yes` makes no footway a
  /// street for cars.
  private func isOpen(_ own: [StreetTag], _ wider: [StreetTag], by standard: Bool) -> Bool {
    for tag in own { if let value = self[tag] { return Self.opens(value) } }
    for tag in wider { if let value = self[tag] { return Self.opens(value) && standard } }
    return standard
  }

  private static let closed: Set<String> = [
    "no", "private", "agricultural", "forestry", "emergency", "military", "delivery", "psv", "bus", "use_sidepath",
  ]

  /// Of several values one that opens is enough.
  private static func opens(_ value: String) -> Bool {
    value.split(separator: ";").contains { !closed.contains($0.trimmed) }
  }

  // MARK: Directions

  private var vehicleDirections: Directions {
    if let said = Self.directions(self[.oneway]) { return said }
    let isImplied = ["roundabout", "circular"].contains(self[.junction]) || self[.highway] == "motorway"
    return isImplied ? .forward : .both
  }

  private func bicycleDirections(_ vehicles: Directions) -> Directions {
    if let said = Self.directions(self[.onewayBicycle]) { return said }
    for tag in [StreetTag.cycleway, .cyclewayLeft, .cyclewayRight, .cyclewayBoth] {
      if self[tag]?.hasPrefix("opposite") ?? false { return .both }
    }
    for tag in [StreetTag.cyclewayOneway, .cyclewayLeftOneway, .cyclewayRightOneway, .cyclewayBothOneway] {
      if self[tag] == "no" || self[tag] == "-1" { return .both }
    }
    return vehicles
  }

  /// `oneway` is for wheels; what binds walkers is said for them, or by the belt of an escalator.
  private var footDirections: Directions {
    if let said = Self.directions(self[.onewayFoot]) { return said }
    switch self[.conveying] {
    case "forward": return .forward
    case "backward": return .backward
    default: return .both
    }
  }

  /// A street whose direction changes with the hour is closed: nobody can rely on it.
  private static func directions(_ oneway: String?) -> Directions? {
    switch oneway {
    case "yes", "true", "1": .forward
    case "-1", "reverse": .backward
    case "no", "false", "0", "alternating": .both
    case "reversible": []
    default: nil
    }
  }

  // MARK: Speed

  /// The limit in metres a second; `nil` where none is said in numbers.
  var speedLimit: Double? {
    guard let first = self[.maxspeed]?.split(separator: ";").first?.trimmed else { return nil }
    if first == "walk" { return 5 / 3.6 }
    let digits = first.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number > 0, number < 1000 else { return nil }
    switch first.dropFirst(digits.count).drop(while: { $0 == " " }) {
    case "", "km/h", "kmh", "kph": return number / 3.6
    case "mph": return number * 0.44704
    case "knots": return number * 1852 / 3600
    default: return nil
    }
  }

  /// Metres a second that a car makes: four fifths of the limit, as OSRM's car profile reckons.
  var speed: Double { speedLimit.map { $0 * 0.8 } ?? .nan }
}

extension StreetAccess {
  fileprivate init(_ traffic: Traffic, _ directions: Directions) {
    self.init(traffic, forward: directions.contains(.forward), backward: directions.contains(.backward))
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
