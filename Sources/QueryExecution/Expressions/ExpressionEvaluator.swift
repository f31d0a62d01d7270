import FeatureTables
import QueryPlanning

/// Evaluates expressions over batches, a kernel a node.
///
/// **Nulls** are SQL's: an operation on null gives null, `and`, `or` and `not` have three values, `coalesce`, `least`
/// and `greatest` skip nulls. **NaN** (which only a file can bring) follows IEEE 754: no comparison with it is
/// true but `!=`; `least` and `greatest` skip it; it sorts after all numbers and groups with itself.
/// **Division by zero** and the root of a negative number give null, with a note.
/// Whole numbers never wrap around: what 64 bits do not hold is a diagnostic.
///
/// A `case` value is evaluated only for the rows that take it; so is the right side of `and` and `or` where it could
/// fail, so that `b != 0 and a / b > 2` says nothing about the rows without b.
struct ExpressionEvaluator {
  let remarks: Remarks

  init(_ remarks: Remarks) { self.remarks = remarks }

  /// The values for all rows of a batch.
  ///
  /// - Throws: `Diagnostic` at the expression's range for what only the values show, such as overflow.
  func evaluate(_ expression: BoundExpression, over batch: Batch) throws -> Column {
    try vector(expression, batch).materialised().widened(to: expression.type)
  }

  /// The values for all rows of a batch; a field stays the view that it is.
  ///
  /// - Parameter computedRows: A map of all rows, which computed columns of one batch share.
  func view(of expression: BoundExpression, over batch: Batch, computedRows: RowMap) throws -> ColumnView {
    if case .field(let name) = expression.kind, let index = batch.schema.index(of: name) { return batch.views[index] }
    return ColumnView(source: SharedColumn(try evaluate(expression, over: batch)), rows: computedRows)
  }

  /// The rows on which a condition is true, in order.
  func rows(where condition: BoundExpression, of batch: Batch) throws -> [Int32] {
    let vector = try vector(condition, batch)
    if vector.isNullConstant { return [] }
    guard let flags = vector.booleans else {
      throw ExecutionDiagnostic.unexpected("a condition must be true or false", at: condition.range)
    }
    let all = Int32(truncatingIfNeeded: batch.rowCount)
    if vector.isConstant { return flags.values[flags.start] ? Array(0..<all) : [] }
    let validity = vector.validity()
    return flags.values.withUnsafeBufferPointer { values in
      [Int32](unsafeUninitializedCapacity: batch.rowCount) { rows, kept in
        for i in 0..<Int(all) where values[flags.start + i] && (validity.isEmpty || validity[i]) {
          rows.initializeElement(at: kept, to: Int32(truncatingIfNeeded: i))
          kept += 1
        }
      }
    }
  }

  func vector(_ expression: BoundExpression, _ batch: Batch) throws -> Vector {
    let count = batch.rowCount
    switch expression.kind {
    case .constant(let value): return Vector(constant: value, type: expression.type, count: count)
    case .field(let name):
      guard let index = batch.schema.index(of: name) else {
        throw ExecutionDiagnostic.noField(name, at: expression.range)
      }
      return Vector(batch.views[index])
    case .number(let inner):
      return try strict([try vector(inner, batch)], expression) { count, validity, operands in
        Column(.number(map(try numbers(operands[0], expression), count: count) { $0 }), validity: validity)
      }
    case .negate(let inner): return try strict([try vector(inner, batch)], expression, kernel: negated(expression))
    case .arithmetic(let operation, let a, let b):
      return try arithmetic(operation, try vector(a, batch), try vector(b, batch), expression)
    case .compare(let comparison, let a, let b):
      return try compare(comparison, try vector(a, batch), try vector(b, batch), expression)
    case .not(let inner):
      return try strict([try vector(inner, batch)], expression) { count, validity, operands in
        Column(.boolean(map(try booleans(operands[0], expression), count: count) { !$0 }), validity: validity)
      }
    case .and(let a, let b): return try logic(a, b, isAnd: true, expression, batch)
    case .or(let a, let b): return try logic(a, b, isAnd: false, expression, batch)
    case .isNull(let inner): return nullness(of: try vector(inner, batch))
    case .isIn(let inner, let list): return try membership(try vector(inner, batch), list, expression, batch)
    case .like(let inner, let pattern):
      return try strict([try vector(inner, batch)], expression) { count, validity, operands in
        try like(operands[0], LikePattern(pattern), count, validity, expression)
      }
    case .caseWhen(let branches, let otherwise):
      return try caseWhen(branches, otherwise: otherwise, expression, batch)
    case .call(let function, let arguments): return try call(function, arguments, expression, batch)
    }
  }

  /// Runs a kernel whose result is null where an operand is; constants are computed once.
  func strict(
    _ operands: [Vector], _ expression: BoundExpression,
    kernel: (_ count: Int, _ validity: [Bool], _ operands: [Vector]) throws -> Column
  ) rethrows -> Vector {
    let count = operands.first?.count ?? 0
    if operands.contains(where: \.isNullConstant) {
      return Vector(constant: .null, type: expression.type, count: count)
    }
    if operands.allSatisfy(\.isConstant) {
      let single = operands.map { Vector($0.column, rows: .constant, count: 1) }
      return Vector(try kernel(1, [], single), rows: .constant, count: count)
    }
    let validity = operands.reduce([]) { both($0, $1.validity()) }
    return Vector(try kernel(count, validity, operands), rows: .run(from: 0), count: count)
  }

  func numbers(_ vector: Vector, _ expression: BoundExpression) throws -> Operand<Double> {
    if let numbers = vector.numbers { return numbers }
    throw ExecutionDiagnostic.unexpected("a number is needed here", at: expression.range)
  }

  func booleans(_ vector: Vector, _ expression: BoundExpression) throws -> Operand<Bool> {
    if let booleans = vector.booleans { return booleans }
    if vector.isNullConstant { return Operand(values: [false], start: 0, step: 0) }
    throw ExecutionDiagnostic.unexpected("a condition is needed here", at: expression.range)
  }

  func texts(_ vector: Vector, _ expression: BoundExpression) throws -> TextArray {
    if let texts = vector.texts { return texts }
    throw ExecutionDiagnostic.unexpected("a text is needed here", at: expression.range)
  }
}

extension Column {
  /// The column in the storage of a type: whole numbers become numbers, and a null of no type a null of this one.
  func widened(to type: ValueType) -> Column {
    switch (type, storage) {
    case (.number, .integer(let values)): Column(.number(values.map { Double($0) }), validity: validity)
    case (.boolean, .boolean), (.integer, .integer), (.number, .number), (.text, .text), (.date, .date),
      (.geometry, .geometry):
      self
    default: Column.nulls(type: type, count: count)
    }
  }
}
