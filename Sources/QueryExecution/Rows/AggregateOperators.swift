import FeatureTables
import QueryPlanning
import WorkControl

/// One row for each combination of the keys, in the order in which they first come; without keys one row, also of no
/// rows.
final class SummarizeOperator: CollectingOperator {
  private let plan: PhysicalPlan
  private let keys: [BoundColumn]
  private let aggregates: [BoundAggregate]
  private let input: any BatchOperator
  private let context: ExecutionContext
  private var groupCount = 0
  var output: BatchReader

  init(
    _ plan: PhysicalPlan, keys: [BoundColumn], _ aggregates: [BoundAggregate], input: any BatchOperator,
    context: ExecutionContext
  ) {
    self.plan = plan
    self.keys = keys
    self.aggregates = aggregates
    self.input = input
    self.context = context
    output = BatchReader(context)
  }

  var detail: String { keys.isEmpty ? "" : "hash table, \(groupCount) groups" }

  func compute() throws -> Batch {
    let evaluator = ExpressionEvaluator(context.remarks)
    let states = try GroupedAggregates(aggregates, context.remarks)
    var groups = RowKeys(keys.map(\.expression.type))
    var firsts = keys.map { ColumnAssembler($0.expression.type) }
    while let batch = try input.next() {
      let values = try keys.map { try evaluator.vector($0.expression, batch) }
      let known = keys.isEmpty ? 1 : groups.count
      let numbers = groups.identify(values, count: batch.rowCount)
      let new = Self.firstRows(of: numbers, beyond: known)
      if !new.isEmpty {
        let rows = batch.selecting(new)
        for i in keys.indices {
          firsts[i].append(ColumnView(try evaluator.evaluate(keys[i].expression, over: rows)))
        }
      }
      try states.add(batch, groups: numbers, groupCount: groups.count)
    }
    groupCount = keys.isEmpty ? 1 : groups.count
    let columns = firsts.indices.map { firsts[$0].finish() } + (try states.finish(groupCount: groupCount))
    return Batch(Table(schema: plan.schema, columns: columns, rowCount: groupCount))
  }

  /// The rows in which the groups from a number on come for the first time: they are numbered in that order.
  static func firstRows(of numbers: [Int32], beyond known: Int) -> [Int32] {
    var next = Int32(truncatingIfNeeded: known)
    var rows: [Int32] = []
    for (row, number) in numbers.enumerated() where number == next {
      rows.append(Int32(truncatingIfNeeded: row))
      next += 1
    }
    return rows
  }
}

/// Every row with aggregates over all rows; reads its input once and holds it.
final class AggregateOverAllOperator: CollectingOperator {
  private let plan: PhysicalPlan
  private let aggregates: [BoundAggregate]
  private let input: any BatchOperator
  private let context: ExecutionContext
  var output: BatchReader

  init(
    _ plan: PhysicalPlan, _ aggregates: [BoundAggregate], input: any BatchOperator, context: ExecutionContext
  ) {
    self.plan = plan
    self.aggregates = aggregates
    self.input = input
    self.context = context
    output = BatchReader(context)
  }

  func compute() throws -> Batch {
    let states = try GroupedAggregates(aggregates, context.remarks)
    var rows = TableAssembler(plan.inputs[0].schema)
    while let batch = try input.next() {
      try states.add(batch, groups: Array(repeating: 0, count: batch.rowCount), groupCount: 1)
      rows.append(batch)
    }
    let all = Batch(rows.finish())
    let everyRow = RowMap(selection: Array(repeating: 0, count: all.rowCount))
    var views = all.viewsByName
    for (aggregate, column) in zip(aggregates, try states.finish(groupCount: 1)) {
      views[aggregate.field.name] = ColumnView(source: SharedColumn(column), rows: everyRow)
    }
    return try Batch(plan.schema, taking: views, rowCount: all.rowCount, at: plan.range)
  }
}
