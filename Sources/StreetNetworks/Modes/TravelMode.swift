/// A way of getting about, as data: how fast on which streets, and which streets not at all.
public struct TravelMode: Sendable, Hashable {
  public var name: String
  /// Whose access rules of the source apply.
  public var traffic: StreetAccess.Traffic
  /// Metres a second by class of street.
  public var speeds: [String: Double]
  /// Metres a second on streets of classes that are not listed; `nil` where only the listed may be used.
  public var otherSpeed: Double?
  /// Classes that may not be used, whatever their speed.
  public var barred: Set<String>
  /// Whether the speed that the source gives for a street goes before that of its class.
  public var usesStreetSpeeds: Bool
  /// Whether slopes change the time, where streets have heights: Tobler's hiking function, see `SlopePace`.
  public var followsSlopes: Bool
  /// Metres a second from a point to its street: on foot, whatever the mode.
  public var approachSpeed: Double

  public init(
    name: String, traffic: StreetAccess.Traffic, speeds: [String: Double] = [:], otherSpeed: Double?,
    barred: Set<String> = [], usesStreetSpeeds: Bool = false, followsSlopes: Bool = false,
    approachSpeed: Double = TravelMode.walkingSpeed
  ) {
    self.name = name
    self.traffic = traffic
    self.speeds = speeds
    self.otherSpeed = otherSpeed
    self.barred = barred
    self.usesStreetSpeeds = usesStreetSpeeds
    self.followsSlopes = followsSlopes
    self.approachSpeed = approachSpeed
  }

  /// Metres a second on a class of street, `nil` where the mode may not use it. O(1).
  public func speed(onClass name: String) -> Double? { barred.contains(name) ? nil : speeds[name] ?? otherSpeed }

  /// Sets one speed, in metres a second, for all streets that the mode may use.
  ///
  /// - Throws: `wrongSpeed` for one that is not above 0.
  public mutating func setSpeed(_ speed: Double) throws(StreetNetworkError) {
    guard speed > 0, speed < .infinity else { throw .wrongSpeed(mode: name, class: "") }
    if traffic == .foot { approachSpeed = speed }
    if otherSpeed != nil { otherSpeed = speed }
    for key in speeds.keys { speeds[key] = speed }
    usesStreetSpeeds = false
  }

  /// - Throws: `wrongSpeed`.
  func check() throws(StreetNetworkError) {
    func isSpeed(_ speed: Double) -> Bool { speed > 0 && speed < .infinity }
    guard isSpeed(otherSpeed ?? 1), isSpeed(approachSpeed) else { throw .wrongSpeed(mode: name, class: "") }
    if let wrong = speeds.filter({ !isSpeed($0.value) }).keys.min() { throw .wrongSpeed(mode: name, class: wrong) }
  }
}
