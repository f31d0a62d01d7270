import FeatureTables

extension LogicalPlan {
  /// Moves every condition as near to its source as its fields allow, so that later steps see fewer rows.
  ///
  /// A condition passes a step when the step keeps the fields that it reads and answers each row by itself, so that
  /// asking before or after gives the same rows in the same order. It never passes `take`, an aggregate over all rows, a
  /// summary, or a step that computes what it reads. A condition that a value can make fail (an overflow, a division by
  /// zero) moreover sees only rows that it would have seen: it passes no step and no condition that drops rows.
  /// Conditions are split at `and` and keep their order. O(plan × conditions).
  public func pushingFiltersDown() -> LogicalPlan {
    var plan = self
    plan.inputs = inputs.map { $0.pushingFiltersDown() }
    guard case .filter(let condition) = plan.operation else { return plan }
    return plan.inputs[0].absorbing(condition.conjuncts, at: range)
  }

  /// This plan with conditions applied: those that can go below it do, the others stand on top.
  private func absorbing(_ conditions: [BoundExpression], at range: Range<Int>) -> LogicalPlan {
    // Two filters are one, the conditions of the lower first.
    if case .filter(let below) = operation {
      return inputs[0].absorbing(below.conjuncts + conditions, at: self.range)
    }
    var staying: [BoundExpression] = []
    var sinking: [BoundExpression] = []
    for condition in conditions {
      let isGuarded = condition.mayFail && (dropsRows || !staying.isEmpty)
      if lets(condition) && !isGuarded { sinking.append(condition) } else { staying.append(condition) }
    }
    var result = self
    if !sinking.isEmpty {
      // A union asks both sides; everything else its first input.
      for side in 0..<(isUnion ? inputs.count : 1) {
        result.inputs[side] = inputs[side].absorbing(sinking, at: range)
      }
      result.estimatedRows *= Self.keptShare(of: sinking)
    }
    guard let rest = BoundExpression.conjunction(staying) else { return result }
    return LogicalPlan(
      .filter(rest), inputs: [result], schema: result.schema, referenceSystem: result.referenceSystem, range: range,
      estimatedRows: result.estimatedRows * Self.keptShare(of: staying))
  }

  private static func keptShare(of conditions: [BoundExpression]) -> Double {
    conditions.reduce(1) { $0 * Binder.selectivity(of: $1) }
  }

  private var isUnion: Bool {
    if case .union = operation { return true }
    return false
  }

  /// True when some row that goes in need not come out.
  private var dropsRows: Bool {
    switch operation {
    case .filter, .keep, .distinct, .repair, .gaps, .clip, .erase, .take: true
    default: false
    }
  }

  private func lets(_ condition: BoundExpression) -> Bool {
    guard let below = inputs.first else { return false }
    let fields = condition.fields
    guard fields.allSatisfy({ below.schema.index(of: $0) != nil }) else { return false }
    switch operation {
    case .filter, .sort, .keep, .union: return true
    // These keep the rows' own fields, and no row's answer depends on the other rows.
    case .nearest, .locate, .join, .around, .count, .density, .coverage: return true
    case .project(let columns):
      return fields.allSatisfy { name in columns.contains { $0.name == name && $0.isPassedOn } }
    // These change the geometry: only conditions on attributes pass.
    case .buffer, .centroid, .hull, .simplify, .gaps, .clip, .erase, .reproject:
      return !fields.contains(Field.geometryName)
    // Areas of their own stay as they are without the others.
    case .catchment(let catchment):
      return catchment.sharing == .overlapping && !fields.contains(Field.geometryName)
    // A group goes or stays as a whole when only its keys are asked. Without keys there is one group, even of no rows.
    case .distinct(let keys), .dissolve(let keys): return !keys.isEmpty && fields.isSubset(of: Set(keys))
    case .scan, .result, .table, .point, .aggregateOverAll, .take, .summarize, .repair, .tiles: return false
    }
  }
}

extension BoundExpression {
  /// True when a value of a row can stop the query or leave a note: whole numbers and dates out of their range, division
  /// by zero, a root of a negative number, a text that is no date.
  var mayFail: Bool {
    switch kind {
    case .arithmetic(let operation, let a, let b):
      operation == .divide || type == .integer || type == .date || a.mayFail || b.mayFail
    case .negate(let a): type == .integer || a.mayFail
    case .call(.abs, let arguments): type == .integer || arguments.contains(where: \.mayFail)
    case .call(.sqrt, _), .call(.date, _): true
    default: children.contains(where: \.mayFail)
    }
  }
}
