import FeatureTables
import QueryPlanning
import WorkControl

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
    let evaluator = ExpressionEvaluator(context.remarks)
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

  private struct Entry {
    var word: UInt64
    var row: Int32
  }

  /// The rows in order, equal ones as they came: a radix sort from the least significant byte of the last key.
  ///
  /// O(rows × bytes that differ).
  static func order(of keys: [[UInt64]], count: Int, monitor: WorkMonitor) throws -> [Int32] {
    var order = Array(0..<Int32(truncatingIfNeeded: count))
    for words in keys.reversed() {
      // Words travel with their rows, so that every pass reads memory in a row.
      var entries = order.map { Entry(word: words[Int($0)], row: $0) }
      var sorted = entries
      for (byte, counts) in histograms(of: words).enumerated() where !counts.contains(count) {
        try monitor.check()
        scatter(entries, into: &sorted, byShifting: UInt64(8 * byte), counts)
        swap(&entries, &sorted)
      }
      order = entries.map(\.row)
    }
    return order
  }

  /// How often each value of each of the eight bytes occurs.
  private static func histograms(of words: [UInt64]) -> [ArraySlice<Int>] {
    var counts = [Int](repeating: 0, count: 8 * 256)
    counts.withUnsafeMutableBufferPointer { counts in
      for word in words {
        for byte in 0..<8 { counts[byte << 8 | Int(truncatingIfNeeded: word >> UInt64(8 * byte)) & 0xFF] += 1 }
      }
    }
    return (0..<8).map { counts[($0 * 256)..<($0 * 256 + 256)] }
  }

  private static func scatter(
    _ entries: [Entry], into sorted: inout [Entry], byShifting shift: UInt64, _ counts: ArraySlice<Int>
  ) {
    var sum = 0
    var starts = counts.map { count in
      defer { sum += count }
      return sum
    }
    starts.withUnsafeMutableBufferPointer { starts in
      sorted.withUnsafeMutableBufferPointer { sorted in
        for entry in entries {
          let byte = Int(truncatingIfNeeded: entry.word >> shift) & 0xFF
          sorted[starts[byte]] = entry
          starts[byte] += 1
        }
      }
    }
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
