import FeatureTables
import QueryLanguage

/// Service areas along the streets.
extension Binder {
  mutating func bindCatchment(_ catchment: Catchment, _ plan: LogicalPlan, _ step: Step) -> LogicalPlan? {
    var reaches: [TravelReach] = []
    for limit in catchment.limits {
      guard let bound = reach(within: limit, catchment.travel, to: nil, plan), let travel = bound.reach.travel else {
        return nil
      }
      if let first = reaches.first, first.measure != travel.measure {
        return fail(
          .unitMismatch, limit.range, "the limits before it are \(first.measure == .time ? "times" : "lengths")",
          fix: "give all limits in minutes, or all in metres")
      }
      reaches.append(travel)
    }
    guard let reach = reaches.first else { return nil }
    let limits = reaches.compactMap(\.limit)
    for (i, limit) in limits.enumerated() where i > 0 && limits[..<i].contains(limit) {
      return fail(.repeatedOption, catchment.limits[i].range, "this limit is given twice", fix: "leave it out here")
    }
    var width = LogicalPlan.Catchment.usualWidth
    if let written = catchment.width {
      guard let metres = length(written, limits: 0.01...Self.widest) else { return nil }
      width = metres
    }
    if catchment.asLines, let written = catchment.width {
      return fail(.repeatedOption, written.range, "lines have no width", fix: "leave out `as lines`, or the width")
    }
    let bound = LogicalPlan.Catchment(
      reach: reach, limits: limits, sharing: catchment.sharing, asLines: catchment.asLines, width: width)
    let measured = BoundReach.travel(reach).measured
    let geometry = Field(Field.geometryName, .geometry)
    guard catchment.sharing != .merged else {
      return extend(
        plan, .catchment(bound), Schema([measured, geometry]), step.range, rows: Double(limits.count))
    }
    guard let name = free(measured.name, plan, at: step.verb.range) else { return nil }
    return extend(
      plan, .catchment(bound), appending([Field(name, measured.type)], to: plan.schema), step.range,
      rows: plan.estimatedRows * Double(limits.count))
  }

  /// In metres: wider than blocks are, an outline says nothing of streets.
  private static var widest: Double { 10_000 }
}
