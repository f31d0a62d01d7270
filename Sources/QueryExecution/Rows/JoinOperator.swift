import FeatureTables
import QueryPlanning

/// Adds the rows of the second input whose keys are equal: a left row without one stays, with nulls and a reason, one
/// with several is repeated, in their order. Null is equal to nothing.
final class JoinOperator: BatchOperator {
  private let plan: PhysicalPlan
  private let leftKeys: [BoundExpression]
  private let rightKeys: [BoundExpression]
  private let prefix: String
  private let left: any BatchOperator
  private let right: any BatchOperator
  private let context: ExecutionContext
  private let evaluator: ExpressionEvaluator
  private var table: HashedRows?
  /// The left batch at work, the number of its keys and how far it is.
  private var batch: (rows: Batch, numbers: [Int32], nullKeys: [Bool])?
  private var row = 0
  private var match = 0

  init(
    _ plan: PhysicalPlan, left: (input: any BatchOperator, fields: [String]),
    right: (input: any BatchOperator, fields: [String]), prefix: String, context: ExecutionContext
  ) throws {
    self.plan = plan
    self.left = left.input
    self.right = right.input
    leftKeys = try Self.keys(left.fields, of: plan.inputs[0].schema, at: plan.range)
    rightKeys = try Self.keys(right.fields, of: plan.inputs[1].schema, at: plan.range)
    self.prefix = prefix
    self.context = context
    evaluator = ExpressionEvaluator(context.remarks)
  }

  private static func keys(_ names: [String], of schema: Schema, at range: Range<Int>) throws -> [BoundExpression] {
    try names.map { name in
      guard let index = schema.index(of: name) else { throw ExecutionDiagnostic.noField(name, at: range) }
      return BoundExpression(.field(name), type: schema.fields[index].type, range: range)
    }
  }

  var detail: String { table.map { "hash table over \($0.rows.rowCount) rows, \($0.keys.count) keys" } ?? "" }

  func next() throws -> Batch? {
    let table =
      try table
      ?? HashedRows(
        try right.collected(plan.inputs[1].schema), keys: rightKeys, evaluator: evaluator, plan: plan)
    self.table = table
    if batch == nil {
      guard let rows = try left.next() else { return nil }
      let values = try leftKeys.map { try evaluator.vector($0, rows) }
      let known = values.reduce([]) { both($0, $1.validity()) }
      batch = (rows, table.keys.find(values, count: rows.rowCount), known.map { !$0 })
      (row, match) = (0, 0)
    }
    guard let batch else { return nil }
    return try joined(batch.rows, batch.numbers, batch.nullKeys, table)
  }

  /// The next rows of the batch at work: so many as fit a batch.
  private func joined(_ rows: Batch, _ numbers: [Int32], _ nullKeys: [Bool], _ table: HashedRows) throws -> Batch {
    let limit = max(1, context.settings.batchRows)
    var (leftRows, rightRows, reasons) = ([Int32](), [Int32](), [Int32]())
    while row < rows.rowCount && leftRows.count < limit {
      let matches = numbers[row] < 0 ? 0..<0 : table.matches(of: Int(numbers[row]))
      if matches.isEmpty {
        leftRows.append(Int32(truncatingIfNeeded: row))
        rightRows.append(-1)
        reasons.append(!nullKeys.isEmpty && nullKeys[row] ? 1 : 0)
        row += 1
        continue
      }
      let taken = min(matches.count - match, limit - leftRows.count)
      for i in 0..<taken {
        leftRows.append(Int32(truncatingIfNeeded: row))
        rightRows.append(table.order[matches.lowerBound + match + i])
        reasons.append(-1)
      }
      match += taken
      if match == matches.count {
        row += 1
        match = 0
      }
    }
    if row == rows.rowCount { batch = nil }
    var views = rows.selecting(leftRows).viewsByName
    for (name, view) in table.rows.selecting(rightRows).viewsByName { views["\(prefix).\(name)"] = view }
    views["\(prefix).reason"] = ColumnView(source: table.reasons, rows: RowMap(selection: reasons))
    return try Batch(plan.schema, taking: views, rowCount: leftRows.count, at: plan.range)
  }
}

/// Rows that can be found by their keys.
private struct HashedRows {
  let rows: Batch
  let keys: RowKeys
  /// The rows, those of one key together, in their order.
  let order: [Int32]
  private let starts: [Int]
  /// Why a row has no match: no equal key, or a null one.
  let reasons: SharedColumn

  init(_ table: Table, keys expressions: [BoundExpression], evaluator: ExpressionEvaluator, plan: PhysicalPlan) throws {
    guard table.rowCount <= Int(Int32.max) else {
      throw ExecutionDiagnostic.tooManyRows(table.rowCount, at: plan.range)
    }
    rows = Batch(table)
    var keys = RowKeys(expressions.map(\.type))
    let values = try expressions.map { [rows] in try evaluator.vector($0, rows) }
    let numbers = keys.identify(values, count: table.rowCount)
    self.keys = keys
    var starts = [Int](repeating: 0, count: keys.count + 1)
    for number in numbers { starts[Int(number) + 1] += 1 }
    for number in 0..<keys.count { starts[number + 1] += starts[number] }
    var next = starts
    var order = [Int32](repeating: 0, count: numbers.count)
    for (row, number) in numbers.enumerated() {
      order[next[Int(number)]] = Int32(truncatingIfNeeded: row)
      next[Int(number)] += 1
    }
    self.order = order
    self.starts = starts
    let place = plan.inputs[1].layerName
    reasons = SharedColumn(
      Column(.text(TextArray(["no row of \(place) is equal", "null is equal to no row of \(place)"]))))
  }

  func matches(of number: Int) -> Range<Int> { starts[number]..<starts[number + 1] }
}
