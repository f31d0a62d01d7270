import FeatureTables
import QueryPlanning

extension ExpressionEvaluator {
  func compare(
    _ comparison: BoundExpression.Comparison, _ a: Vector, _ b: Vector, _ expression: BoundExpression
  ) throws -> Vector {
    try strict([a, b], expression) { count, validity, operands in
      let (a, b) = (operands[0], operands[1])
      let result: [Bool]
      if let a = a.integers, let b = b.integers {
        result = compared(comparison, a, b, count)
      } else if let a = a.numbers, let b = b.numbers {
        result = compared(comparison, a, b, count)
      } else if let a = a.dates, let b = b.dates {
        result = compared(comparison, a, b, count)
      } else if let a = a.booleans, let b = b.booleans {
        let (first, second) = (map(a, count: count) { $0 ? 1 : 0 }, map(b, count: count) { $0 ? 1 : 0 })
        result = compared(
          comparison, Operand(values: first, start: 0, step: 1), Operand(values: second, start: 0, step: 1), count)
      } else if a.texts != nil, b.texts != nil {
        result = comparedTexts(comparison, a, b, count, validity)
      } else {
        throw ExecutionDiagnostic.unexpected("values of different types are compared", at: expression.range)
      }
      return Column(.boolean(result), validity: validity)
    }
  }

  private func compared<Element: Comparable>(
    _ comparison: BoundExpression.Comparison, _ a: Operand<Element>, _ b: Operand<Element>, _ count: Int
  ) -> [Bool] {
    switch comparison {
    case .equal: map(a, b, count: count) { $0 == $1 }
    case .notEqual: map(a, b, count: count) { $0 != $1 }
    case .less: map(a, b, count: count) { $0 < $1 }
    case .lessOrEqual: map(a, b, count: count) { $0 <= $1 }
    case .greater: map(a, b, count: count) { $0 > $1 }
    case .greaterOrEqual: map(a, b, count: count) { $0 >= $1 }
    }
  }

  private func comparedTexts(
    _ comparison: BoundExpression.Comparison, _ a: Vector, _ b: Vector, _ count: Int, _ validity: [Bool]
  ) -> [Bool] {
    guard let first = a.texts, let second = b.texts else { return [] }
    var result = [Bool](repeating: false, count: count)
    withBuffers(first) { first in
      withBuffers(second) { second in
        for i in 0..<count where validity.isEmpty || validity[i] {
          let left = first.text(a.row(at: i))
          let right = second.text(b.row(at: i))
          result[i] =
            switch comparison {
            case .equal: bytesEqual(left, right)
            case .notEqual: !bytesEqual(left, right)
            case .less: byteOrder(left, right) < 0
            case .lessOrEqual: byteOrder(left, right) <= 0
            case .greater: byteOrder(left, right) > 0
            case .greaterOrEqual: byteOrder(left, right) >= 0
            }
        }
      }
    }
    return result
  }

  func nullness(of vector: Vector) -> Vector {
    if vector.isConstant {
      return Vector(constant: .boolean(vector.isNullConstant), type: .boolean, count: vector.count)
    }
    let validity = vector.validity()
    let flags = validity.isEmpty ? Array(repeating: false, count: vector.count) : validity.map { !$0 }
    return Vector(Column(.boolean(flags)), rows: .run(from: 0), count: vector.count)
  }

  /// `a in (b, c)` is `a == b or a == c`, also in what it makes of nulls.
  func membership(
    _ value: Vector, _ list: [BoundExpression], _ expression: BoundExpression, _ batch: Batch
  ) throws -> Vector {
    var result = Vector(constant: .boolean(false), type: .boolean, count: value.count)
    for element in list {
      let same = try compare(.equal, value, try vector(element, batch), expression)
      result = try connected(result, same, isAnd: false, expression)
    }
    return result
  }

  func like(
    _ vector: Vector, _ pattern: LikePattern, _ count: Int, _ validity: [Bool], _ expression: BoundExpression
  ) throws -> Column {
    let texts = try texts(vector, expression)
    var result = [Bool](repeating: false, count: count)
    withBuffers(texts) { buffers in
      for i in 0..<count where validity.isEmpty || validity[i] {
        result[i] = pattern.matches(buffers.text(vector.row(at: i)))
      }
    }
    return Column(.boolean(result), validity: validity)
  }
}
