/// The modes that are there from the start. Classes are OpenStreetMap's values of `highway`; streets without a class
/// have the class named "".
extension TravelMode {
  /// 5 km/h, the walking speed of OSRM's and GraphHopper's foot profiles; planning standards in China reckon a little
  /// less (GB 50180-2018: 15 minutes for 800 to 1000 m).
  public static let walkingSpeed = kilometresPerHour(5)

  /// On foot: everywhere but on motorways, and against one-ways, which are for wheels unless the source says otherwise;
  /// slower uphill where streets have heights.
  public static let walk = TravelMode(
    name: "walk", traffic: .foot, otherSpeed: walkingSpeed, barred: motorways, followsSlopes: true)

  /// By bicycle: 15 km/h (OSRM's bicycle profile), pushed at walking speed where people walk, not on motorways and steps.
  public static let cycle = TravelMode(
    name: "cycle", traffic: .bicycle,
    speeds: [
      "footway": walkingSpeed, "pedestrian": walkingSpeed, "track": kilometresPerHour(12),
      "ferry": kilometresPerHour(5),
    ],
    otherSpeed: kilometresPerHour(15), barred: motorways.union(["steps", "corridor"]))

  /// By car: the speeds of OSRM's car profile, which hold the stops of city traffic; a speed of the source goes before
  /// them. Streets without a class count 30 km/h; paths for people and bicycles are barred. A ferry makes 5 km/h with its
  /// waiting, as there.
  public static let drive = TravelMode(
    name: "drive", traffic: .motor,
    speeds: [
      "motorway": 90, "motorway_link": 45, "trunk": 85, "trunk_link": 40, "primary": 65, "primary_link": 30,
      "secondary": 55, "secondary_link": 25, "tertiary": 40, "tertiary_link": 20, "unclassified": 25,
      "residential": 25, "living_street": 10, "service": 15, "ferry": 5,
    ].mapValues(kilometresPerHour),
    otherSpeed: kilometresPerHour(30),
    barred: ["footway", "pedestrian", "path", "steps", "cycleway", "bridleway", "corridor", "track"],
    usesStreetSpeeds: true)

  /// walk, cycle and drive.
  public static let defaults = [walk, cycle, drive]

  /// The classes that modes know by name: OpenStreetMap's values of `highway` on which somebody travels, and ferries.
  public static let knownClasses = Set(defaults.flatMap { Array($0.speeds.keys) + Array($0.barred) })
    .union(["road", "busway", "bus_guideway"])

  static let motorways: Set<String> = ["motorway", "motorway_link"]

  /// Whether anybody travels at so many metres a second: from 0.1 to 300 km/h.
  public static func isSpeed(_ speed: Double) -> Bool {
    // A speed written in km/h may come back from metres a second with another last digit.
    let inKilometresPerHour = speed * 3.6
    return inKilometresPerHour > 0.1 - 1e-9 && inKilometresPerHour < 300 + 1e-9
  }

  /// Metres a second.
  public static func kilometresPerHour(_ speed: Double) -> Double { speed / 3.6 }
}
