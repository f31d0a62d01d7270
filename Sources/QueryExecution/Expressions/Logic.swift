import FeatureTables
import QueryPlanning

/// Logic of three values: null is "not known".
extension ExpressionEvaluator {
  func logic(
    _ a: BoundExpression, _ b: BoundExpression, isAnd: Bool, _ expression: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    let left = try vector(a, batch)
    if !b.mayFail { return try connected(left, try vector(b, batch), isAnd: isAnd, expression) }
    // The right side is asked only where the left does not decide.
    let flags = try booleans(left, expression)
    let validity = left.validity()
    let open = (0..<Int32(truncatingIfNeeded: batch.rowCount)).filter {
      let known = validity.isEmpty || validity[Int($0)]
      return !known || flags.values[flags.start + Int($0) * flags.step] == isAnd
    }
    var pieces = PieceAssembler(.boolean, count: batch.rowCount)
    if !open.isEmpty { pieces.place(try evaluate(b, over: batch.selecting(open)), at: open) }
    return try connected(left, pieces.finish(), isAnd: isAnd, expression)
  }

  func connected(_ a: Vector, _ b: Vector, isAnd: Bool, _ expression: BoundExpression) throws -> Vector {
    let (first, second) = (try booleans(a, expression), try booleans(b, expression))
    let constant = a.isConstant && b.isConstant
    let count = constant ? 1 : a.count
    let (validA, validB) = (Self.flags(a, count), Self.flags(b, count))
    // Where a side is null its value is set to what does not decide: true for `and`, false for `or`.
    let left = map(first, validA, count: count) { $1 ? $0 : isAnd }
    let right = map(second, validB, count: count) { $1 ? $0 : isAnd }
    let (x, y) = (Operand(values: left, start: 0, step: 1), Operand(values: right, start: 0, step: 1))
    let values = isAnd ? map(x, y, count: count) { $0 && $1 } : map(x, y, count: count) { $0 || $1 }
    var validity: [Bool] = []
    if validA.step == 1 || validB.step == 1 || a.isNullConstant || b.isNullConstant {
      let known = map(validA, validB, count: count) { $0 && $1 }
      // A side that decides makes the other's null harmless.
      validity = map(
        Operand(values: values, start: 0, step: 1), Operand(values: known, start: 0, step: 1), count: count
      ) { $0 != isAnd || $1 }
      if !validity.contains(false) { validity = [] }
    }
    return Vector(
      Column(.boolean(values), validity: validity), rows: constant ? .constant : .run(from: 0), count: a.count)
  }

  private static func flags(_ vector: Vector, _ count: Int) -> Operand<Bool> {
    if vector.isConstant { return Operand(values: [!vector.isNullConstant], start: 0, step: 0) }
    let validity = vector.validity()
    return validity.isEmpty
      ? Operand(values: [true], start: 0, step: 0) : Operand(values: validity, start: 0, step: 1)
  }
}

extension BoundExpression {
  /// True when a value can make it fail or leave a note, so that it must not see rows that are not its own.
  var mayFail: Bool {
    switch kind {
    case .arithmetic(let operation, let a, let b):
      operation == .divide || type == .integer || type == .date || a.mayFail || b.mayFail
    case .negate: type == .integer || children.contains(where: \.mayFail)
    case .call(.sqrt, _), .call(.date, _), .call(.abs, _), .call(.round, _), .call(.floor, _), .call(.ceiling, _): true
    default: children.contains(where: \.mayFail)
    }
  }
}
