import FeatureTables
import QueryLanguage

/// How far steps reach: in a straight line, or along the streets.
extension Binder {
  /// A reach with the inputs that it adds to those of its step.
  typealias BoundTravel = (reach: BoundReach, inputs: [LogicalPlan])

  /// - Parameter places: What is to be reached, where that was bound.
  mutating func reach(_ reach: Reach, to places: LogicalPlan?, _ plan: LogicalPlan) -> BoundTravel? {
    self.reach(within: reach.distance, reach.travel, to: places, plan)
  }

  /// As above; however far without a distance.
  mutating func reach(
    within distance: Expression?, _ travel: Travel, to places: LogicalPlan?, _ plan: LogicalPlan
  ) -> BoundTravel? {
    guard let mode = travel.mode else {
      let metres = distance.map { length($0, isReach: true) } ?? .infinity
      guard let entrances = travel.entrances else { return metres.map { (.straight($0), []) } }
      return fail(
        .straightLine, entrances.range, "entrances are for ways along the streets, and this is the straight line",
        fix: "write by walk behind the distance, or leave `via` out")
    }
    let limit = distance.map { travelled($0, mode) } ?? (.time, nil)
    let entrances = travel.entrances.map { self.places($0, plan) } ?? .some(nil)
    guard let limit, let network = network(mode), let entrances else { return nil }
    var bound = TravelReach(
      network: network.layer, mode: mode.text, measure: limit.measure, limit: limit.value,
      direction: travel.reversed ? .fromPlaces : .toPlaces)
    bound.hasEntrances = entrances != nil
    var inputs = entrances.map { [$0] } ?? []
    if let (all, day) = places?.ignoringOpeningDay() {
      bound.openingDay = day
      inputs.append(all)
    }
    return (.travel(bound), inputs)
  }

  /// A length in metres or a time in seconds.
  private mutating func travelled(_ distance: Expression, _ mode: Identifier) -> (
    measure: TravelReach.Measure, value: Double?
  )? {
    guard let bound = bindConstant(distance) else { return nil }
    guard bound.type.dimension == .time, let value = bound.constantNumber else {
      guard bound.type.dimension == .length else { return quantityMissing(bound, distance.range, ["m", "min"]) }
      return length(distance).map { (.length, $0) }
    }
    if value.isNaN || value < 0 {
      return fail(.outOfRange, distance.range, "a time of 0 or more is due", fix: "write a time such as 15 min")
    }
    if value > Self.longestTime {
      return fail(.outOfRange, distance.range, "this is more than 12 days", fix: "write a time such as 15 min")
    }
    return (.time, value)
  }

  /// In seconds.
  private static let longestTime = 12 * 86_400.0

  /// The streets on which a mode travels.
  private mutating func network(_ mode: Identifier) -> NetworkInfo? {
    let found: NetworkInfo?
    do {
      found = try catalog.network()
    } catch {
      diagnostics += Self.diagnostics(error, at: mode.range)
      return nil
    }
    guard let network = found else { return noNetwork(mode) }
    guard network.modes.contains(mode.text) else {
      let similar = nearestNames(to: mode.text, in: network.modes).first.map { "did you mean \($0)? " } ?? ""
      return fail(
        .unknownMode, mode.range, "nobody travels by \"\(mode.text)\"",
        fix: "\(similar)modes: \(network.modes.joined(separator: ", "))")
    }
    return network
  }

  /// Rows that travel are brought to the system in which the streets are measured: one stray row among them must not
  /// choose another zone for all. `set crs` goes before that.
  func onStreets(_ plan: LogicalPlan, _ step: Step) -> LogicalPlan {
    guard forcedSystem == nil, step.kind.travel?.mode != nil, let network = try? catalog.network() else { return plan }
    return reprojected(plan, to: network.referenceSystem)
  }

  /// What a time without a mode can be turned into.
  var timeFix: String {
    let straight = "a length for the straight line, such as 1000 m"
    guard let mode = ((try? catalog.network()) ?? nil)?.modes.first else {
      return "write \(straight); no streets are loaded to walk on"
    }
    return "write by \(mode) behind it, or \(straight)"
  }
}

extension LogicalPlan {
  /// The same places with those that are closed on the day that an `open on` asks for, and the day; `nil` where none
  /// asks, or where rows were taken by their number after it.
  func ignoringOpeningDay() -> (plan: LogicalPlan, day: String)? {
    switch operation {
    case .filter(let condition):
      let days = condition.conjuncts.map(\.openingDay)
      guard let day = days.lazy.compactMap(\.self).first else { break }
      let others = zip(condition.conjuncts, days).compactMap { $1 == nil ? $0 : nil }
      guard let rest = BoundExpression.conjunction(others) else { return (inputs[0], day) }
      var plan = self
      plan.operation = .filter(rest)
      return (plan, day)
    case .project, .sort, .reproject, .locate, .join, .count, .density: break
    default: return nil
    }
    guard let (input, day) = inputs.first?.ignoringOpeningDay() else { return nil }
    var plan = self
    plan.inputs[0] = input
    return (plan, day)
  }
}

extension BoundExpression {
  /// The day of one half of `open on`: a beginning that is null or not later, an end that is null or not earlier.
  fileprivate var openingDay: String? {
    guard case .or(let open, let edge) = kind, case .isNull(let field) = open.kind,
      case .compare(let comparison, field, let day) = edge.kind, case .constant(.date(let date)) = day.kind
    else { return nil }
    let isHalf =
      field.kind == .field("valid_from") && comparison == .lessOrEqual
      || field.kind == .field("valid_to") && comparison == .greaterOrEqual
    return isHalf ? date.text : nil
  }
}
