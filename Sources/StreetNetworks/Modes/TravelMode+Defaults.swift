/// The modes that are there from the start. Classes are OpenStreetMap's values of `highway`; streets without a class
/// have the class named "".
extension TravelMode {
  /// 5 km/h, the walking speed of OSRM's and GraphHopper's foot profiles; planning standards in China reckon a little
  /// less (GB 50180-2018: 15 minutes for 800 to 1000 m).
  public static let walkingSpeed = kilometresPerHour(5)

  /// On foot: everywhere but on motorways, and against one-ways, which are for wheels unless the source says otherwise.
  public static let walk = TravelMode(name: "walk", traffic: .foot, otherSpeed: walkingSpeed, barred: motorways)

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

  static let motorways: Set<String> = ["motorway", "motorway_link"]

  /// Metres a second.
  public static func kilometresPerHour(_ speed: Double) -> Double { speed / 3.6 }
}
