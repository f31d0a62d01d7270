import FeatureTables
import QueryPlanning

/// Orders all rows by keys: stable, nulls last whichever way, NaN after all numbers, texts by their code points.
final class SortOperator: CollectingOperator {
  private let plan: PhysicalPlan
  private let keys: [BoundSortKey]
  private let input: any BatchOperator
  private let context: ExecutionContext
  var output: BatchReader

  init(_ plan: PhysicalPlan, _ keys: [BoundSortKey], input: any BatchOperator, context: ExecutionContext) {
    self.plan = plan
    self.keys = keys
    self.input = input
    self.context = context
    output = BatchReader(context)
  }

  func compute() throws -> Batch {
    let evaluator = ExpressionEvaluator(context)
    var rows = TableAssembler(plan.schema)
    var values = keys.map { ColumnAssembler($0.expression.type) }
    while let batch = try input.next() {
      let all = RowMap(range: 0..<batch.rowCount)
      for i in keys.indices {
        values[i].append(try evaluator.view(of: keys[i].expression, over: batch, computedRows: all))
      }
      rows.append(batch)
    }
    try context.monitor.report("sorting", fraction: nil, done: rows.rowCount)
    let words = zip(values.indices, keys).flatMap { i, key in
      SortWords.of(values[i].finish(), key.expression.type, descending: key.descending)
    }
    let all = Batch(rows.finish())
    return all.selecting(try SortWords.order(of: words, count: all.rowCount, monitor: context.monitor))
  }
}

/// Sort keys as 64-bit words that are ordered as the values are, and the order they give.
enum SortWords {
  /// One array of words, or two when nulls need one of their own, the more significant first.
  static func of(_ column: Column, _ type: ValueType, descending: Bool) -> [[UInt64]] {
    var words: [UInt64]
    switch column.widened(to: type).storage {
    case .boolean(let values): words = values.map { $0 ? 1 : 0 }
    case .integer(let values): words = values.map { UInt64(bitPattern: $0) ^ (1 << 63) }
    case .date(let values): words = values.map { UInt64(UInt32(bitPattern: $0) ^ (1 << 31)) }
    case .number(let values): words = values.map(word)
    case .text(let texts): words = ranks(texts)
    case .geometry(let geometry): words = Array(repeating: 0, count: geometry.count)
    }
    if descending {
      // NaN stays behind the numbers, whose words never reach its own.
      let nan: UInt64? = if case .number = type { .max } else { nil }
      for i in words.indices where words[i] != nan { words[i] = ~words[i] }
    }
    if column.validity.isEmpty { return [words] }
    for i in words.indices where !column.validity[i] { words[i] = 0 }
    return [column.validity.map { $0 ? 0 : 1 }, words]
  }

  /// The rows in order, equal ones as they came: a radix sort from the least significant byte of the last key.
  ///
  /// O(rows × bytes that differ).
  static func order(of keys: [[UInt64]], count: Int, monitor: WorkMonitor) throws -> [Int32] {
    var order = Array(0..<Int32(truncatingIfNeeded: count))
    var sorted = order
    for words in keys.reversed() {
      for shift in stride(from: UInt64(0), to: 64, by: 8) {
        try monitor.check()
        var starts = [Int](repeating: 0, count: 257)
        for word in words { starts[Int((word >> shift) & 0xFF) + 1] += 1 }
        if starts.contains(count) { continue }  // all rows share this byte
        for byte in 0..<256 { starts[byte + 1] += starts[byte] }
        for row in order {
          let byte = Int((words[Int(row)] >> shift) & 0xFF)
          sorted[starts[byte]] = row
          starts[byte] += 1
        }
        swap(&order, &sorted)
      }
    }
    return order
  }

  /// Negative numbers have all bits turned, others the sign bit only (IEEE 754 orders as sign and magnitude); -0 is 0
  /// and NaN comes last.
  private static func word(_ number: Double) -> UInt64 {
    if number.isNaN { return .max }
    let bits = (number == 0 ? 0.0 : number).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  /// The place of each text among the different ones.
  private static func ranks(_ texts: TextArray) -> [UInt64] {
    var table = TextTable()
    let numbers = withBuffers(texts) { buffers in (0..<texts.count).map { table.number(of: buffers.text($0)) } }
    var ranks = [UInt64](repeating: 0, count: table.count)
    withBuffers(table.texts) { different in
      let sorted = (0..<table.count).sorted { byteOrder(different.text($0), different.text($1)) < 0 }
      for (rank, number) in sorted.enumerated() { ranks[number] = UInt64(rank) }
    }
    return numbers.map { ranks[Int($0)] }
  }
}
