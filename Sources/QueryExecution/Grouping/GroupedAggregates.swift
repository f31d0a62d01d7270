import FeatureTables
import QueryPlanning

/// The aggregates of a step, over groups that are numbered from 0. Nulls are skipped by every aggregate.
///
/// Batches may be fed in any sizes: the results depend only on the order of the rows.
struct GroupedAggregates {
  private let aggregates: [BoundAggregate]
  private let evaluator: ExpressionEvaluator
  private let states: [any Aggregation]

  init(_ aggregates: [BoundAggregate], _ remarks: Remarks) throws {
    self.aggregates = aggregates
    evaluator = ExpressionEvaluator(remarks)
    states = try aggregates.map { try Self.state(for: $0) }
  }

  /// - Parameters:
  ///   - groups: The group of each row of the batch.
  ///   - groupCount: More than any group so far.
  func add(_ batch: Batch, groups: [Int32], groupCount: Int) throws {
    for (aggregate, state) in zip(aggregates, states) {
      var values: Vector?
      if let argument = aggregate.argument { values = try evaluator.vector(argument, batch) }
      state.grow(to: groupCount)
      if let values, values.isNullConstant { continue }
      state.add(values, validity: values?.validity() ?? [], groups: groups)
    }
  }

  /// One column an aggregate, with a row for each group.
  ///
  /// - Throws: `Diagnostic` where a sum of whole numbers is beyond 64 bits.
  func finish(groupCount: Int) throws -> [Column] {
    try zip(aggregates, states).map { aggregate, state in
      state.grow(to: groupCount)
      guard let column = state.finish() else {
        throw ExecutionDiagnostic.overflow("a sum", at: aggregate.argument?.range ?? 0..<0)
      }
      return column.widened(to: aggregate.field.type)
    }
  }

  private static func state(for aggregate: BoundAggregate) throws -> any Aggregation {
    guard let type = aggregate.argument?.type else { return RowCount() }
    switch (aggregate.function, type) {
    case (.count, _): return RowCount()
    case (.countDistinct, _): return DistinctCount(type)
    case (.sum, .integer): return Running(WholeSum.self, \.integers, WholeSum.sums)
    case (.mean, .integer): return Running(WholeSum.self, \.integers, WholeSum.means)
    case (.sum, .number): return Running(NumberSum.self, \.numbers, NumberSum.sums)
    case (.mean, .number): return Running(NumberSum.self, \.numbers, NumberSum.means)
    case (.stdev, .integer), (.stdev, .number): return Running(Spread.self, \.numbers, Spread.deviations)
    case (.median, .integer), (.median, .number): return Median()
    case (.min, .text): return TextExtreme(least: true)
    case (.max, .text): return TextExtreme(least: false)
    case (.min, .integer): return Running(Least<Int64>.self, \.integers) { .optional($0.map(\.value)) { .integer($0) } }
    case (.max, .integer):
      return Running(Greatest<Int64>.self, \.integers) { .optional($0.map(\.value)) { .integer($0) } }
    case (.min, .date): return Running(Least<Int32>.self, \.dates) { .optional($0.map(\.value)) { .date($0) } }
    case (.max, .date): return Running(Greatest<Int32>.self, \.dates) { .optional($0.map(\.value)) { .date($0) } }
    case (.min, .number): return Running(Least<Double>.self, \.numbers) { .optional($0.map(\.value)) { .number($0) } }
    case (.max, .number):
      return Running(Greatest<Double>.self, \.numbers) { .optional($0.map(\.value)) { .number($0) } }
    default:
      throw ExecutionDiagnostic.unexpected(
        "\(aggregate.function.rawValue)() of \(type.description)", at: aggregate.argument?.range ?? 0..<0)
    }
  }
}

/// The state of one aggregate for many groups.
protocol Aggregation: AnyObject {
  /// Makes room for so many groups; never shrinks.
  func grow(to groupCount: Int)

  /// - Parameters:
  ///   - values: The argument's values; `nil` for `count()`.
  ///   - validity: Empty when no row is null.
  func add(_ values: Vector?, validity: [Bool], groups: [Int32])

  /// A value for each group; `nil` when one cannot be told.
  func finish() -> Column?
}

extension Array {
  /// Appends a value until there are so many.
  mutating func grow(to count: Int, filling value: Element) {
    if count > self.count { append(contentsOf: repeatElement(value, count: count - self.count)) }
  }
}

/// Rows, or rows in which the argument is not null.
final class RowCount: Aggregation {
  private var counts: [Int64] = []

  func grow(to groupCount: Int) { counts.grow(to: groupCount, filling: 0) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    counts.withUnsafeMutableBufferPointer { counts in
      for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] { counts[Int(group)] += 1 }
    }
  }

  func finish() -> Column? { Column(.integer(counts)) }
}

/// Different values, nulls left out.
final class DistinctCount: Aggregation {
  private var keys: RowKeys
  private var pairs = WordTable()
  private var counts: [Int64] = []

  init(_ type: ValueType) { keys = RowKeys([type]) }

  func grow(to groupCount: Int) { counts.grow(to: groupCount, filling: 0) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let values else { return }
    var next = Int32(truncatingIfNeeded: pairs.count)
    let numbers = pairs.identify(RowKeys.paired(groups, keys.identify([values], count: values.count)))
    // Pairs are numbered in the order in which they first come.
    for (row, number) in numbers.enumerated() where number == next {
      next += 1
      if validity.isEmpty || validity[row] { counts[Int(groups[row])] += 1 }
    }
  }

  func finish() -> Column? { Column(.integer(counts)) }
}
