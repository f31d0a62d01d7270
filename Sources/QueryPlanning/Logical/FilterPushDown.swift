import FeatureTables

extension LogicalPlan {
  /// Moves every condition as near to its source as its fields allow, so that later steps see fewer rows.
  ///
  /// A condition passes a step when the step keeps its fields as they are and treats each row by itself; it never
  /// passes `take`, an aggregate over all rows, or a summary. Conditions are split at `and`. O(plan × conditions).
  public func pushingFiltersDown() -> LogicalPlan {
    var plan = self
    plan.inputs = inputs.map { $0.pushingFiltersDown() }
    guard case .filter(let condition) = plan.operation else { return plan }
    return plan.inputs[0].absorbing(condition.conjuncts, from: plan)
  }

  /// This plan with conditions applied: those that can go below it do, the others stand on top.
  private func absorbing(_ conditions: [BoundExpression], from filter: LogicalPlan) -> LogicalPlan {
    var staying: [BoundExpression] = []
    var sinking: [BoundExpression] = []
    for condition in conditions {
      if lets(condition, pass: 0) { sinking.append(condition) } else { staying.append(condition) }
    }
    var result = self
    if !sinking.isEmpty {
      // A union asks both sides; everything else its first input.
      let sides = isUnion ? inputs.count : 1
      for side in 0..<sides {
        result.inputs[side] = inputs[side].absorbing(sinking, from: filter)
      }
      result.estimatedRows *= Self.keptShare(of: sinking)
    }
    guard let rest = BoundExpression.conjunction(staying) else { return result }
    var top = filter
    if case .filter(let below) = result.operation {
      top = result
      top.operation = .filter(BoundExpression(.and(below, rest), type: .boolean, range: rest.range))
      top.estimatedRows = result.estimatedRows * Self.keptShare(of: staying)
      return top
    }
    top.operation = .filter(rest)
    top.inputs = [result]
    top.schema = result.schema
    top.estimatedRows = result.estimatedRows * Self.keptShare(of: staying)
    return top
  }

  private static func keptShare(of conditions: [BoundExpression]) -> Double {
    conditions.reduce(1) { $0 * Binder.selectivity(of: $1) }
  }

  private var isUnion: Bool {
    if case .union = operation { return true }
    return false
  }

  private func lets(_ condition: BoundExpression, pass input: Int) -> Bool {
    guard let below = inputs.first else { return false }
    let fields = condition.fields
    guard fields.allSatisfy({ below.schema.index(of: $0) != nil }) else { return false }
    switch operation {
    case .filter, .sort, .keep, .union: return true
    case .nearest, .locate, .join, .count, .density, .coverage: return true
    case .project(let columns):
      return fields.allSatisfy { name in columns.contains { $0.name == name && $0.isPassedOn } }
    // These change the geometry, and `gaps`, `clip` and `erase` may drop rows: only conditions on attributes pass.
    case .buffer, .centroid, .hull, .simplify, .gaps, .clip, .erase, .reproject:
      return !fields.contains(Field.geometryName)
    case .around: return true
    case .distinct(let keys): return fields.isSubset(of: Set(keys))
    case .dissolve(let keys): return fields.isSubset(of: Set(keys))
    case .scan, .result, .table, .point, .aggregateOverAll, .take, .summarize, .tiles: return false
    }
  }
}
