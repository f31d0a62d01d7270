import FeatureTables

/// How far a step reaches: in a straight line, or along the streets.
public enum BoundReach: Sendable, Hashable {
  /// Metres; infinite for however far.
  case straight(Double)
  case travel(TravelReach)

  /// What lies along the streets.
  public var travel: TravelReach? {
    if case .travel(let travel) = self { return travel }
    return nil
  }

  /// The column that says how far it is: `distance` in metres, or `time` in minutes.
  public var measured: Field {
    travel?.measure == .time ? Field("time", .number(.minute)) : Field("distance", .number(.metre))
  }
}

/// A reach along the streets of one network.
public struct TravelReach: Sendable, Hashable {
  public enum Measure: Sendable, Hashable { case length, time }

  public enum Direction: Sendable, Hashable {
    /// Residents who go to a clinic.
    case toPlaces
    /// An ambulance.
    case fromPlaces
  }

  /// The layer whose streets are used.
  public var network: String
  public var mode: String
  public var measure: Measure
  /// Metres or seconds, included; `nil` for however far.
  public var limit: Double?
  public var direction: Direction
  /// `via` is written: the entrances are an input behind the usual ones.
  public var hasEntrances = false
  /// The places are those open on a day: they and the closed ones are the last input, and this is the day.
  public var openingDay: String?

  public init(network: String, mode: String, measure: Measure, limit: Double?, direction: Direction) {
    self.network = network
    self.mode = mode
    self.measure = measure
    self.limit = limit
    self.direction = direction
  }

  /// The inputs that an operation has besides its usual ones.
  public var addedInputs: Int { (hasEntrances ? 1 : 0) + (openingDay == nil ? 0 : 1) }
}

extension LogicalPlan.Operation {
  /// How far the operation reaches, if it looks for what is near.
  public var reach: BoundReach? {
    switch self {
    case .keep(.within(let reach)), .keep(.beyond(let reach, _)), .nearest(_, _, let reach, _),
      .around(let reach, _, _),
      .coverage(let reach, _, _), .gaps(let reach):
      reach
    case .catchment(let catchment): .travel(catchment.reach)
    default: nil
    }
  }
}
