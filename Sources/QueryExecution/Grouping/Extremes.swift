import FeatureTables

/// The smallest value of fixed size. NaN gives way to numbers: it is the one value that is not equal to itself.
struct Least<Element: Comparable>: RunningValue {
  private(set) var value: Element?

  mutating func add(_ new: Element) {
    if let known = value, !(new < known), known == known { return }
    value = new
  }
}

/// The greatest value of fixed size. NaN gives way to numbers.
struct Greatest<Element: Comparable>: RunningValue {
  private(set) var value: Element?

  mutating func add(_ new: Element) {
    if let known = value, !(new > known), known == known { return }
    value = new
  }
}

/// The first or the last text by its bytes.
final class TextExtreme: Aggregation {
  private let least: Bool
  private var best: [[UInt8]?] = []

  init(least: Bool) { self.least = least }

  func grow(to groupCount: Int) { best.grow(to: groupCount, filling: nil) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let values, let texts = values.texts else { return }
    withBuffers(texts) { buffers in
      for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
        let text = buffers.text(values.row(at: row))
        let isBetter = best[Int(group)].map { known in
          let sign = known.withUnsafeBufferPointer { byteOrder(text, $0) }
          return least ? sign < 0 : sign > 0
        }
        if isBetter ?? true { best[Int(group)] = Array(text) }
      }
    }
  }

  func finish() -> Column? {
    var writer = TextWriter(rows: best.count)
    for text in best {
      writer.bytes.append(contentsOf: text ?? [])
      writer.endRow()
    }
    return Column(.text(writer.finish()), validity: best.contains { $0 == nil } ? best.map { $0 != nil } : [])
  }
}

/// The middle value, or the mean of the two middle ones; NaN where a value is. Null for a group without values.
final class Median: Aggregation {
  private var groups: [Int32] = []
  private var values: [Double] = []
  private var groupCount = 0

  func grow(to groupCount: Int) { self.groupCount = max(self.groupCount, groupCount) }

  func add(_ values: Vector?, validity: [Bool], groups: [Int32]) {
    guard let operand = values?.numbers else { return }
    for (row, group) in groups.enumerated() where validity.isEmpty || validity[row] {
      self.groups.append(group)
      self.values.append(operand.values[operand.start + row &* operand.step])
    }
  }

  /// O(values × log of the largest group).
  func finish() -> Column? {
    var starts = [Int](repeating: 0, count: groupCount + 1)
    for group in groups { starts[Int(group) + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    var next = starts
    var sorted = [Double](repeating: 0, count: values.count)
    for (value, group) in zip(values, groups) {
      sorted[next[Int(group)]] = value
      next[Int(group)] += 1
    }
    let medians = (0..<groupCount).map { Self.median(of: sorted[starts[$0]..<starts[$0 + 1]]) }
    return Column(
      .number(medians.map { $0 ?? 0 }), validity: medians.contains { $0 == nil } ? medians.map { $0 != nil } : [])
  }

  private static func median(of values: ArraySlice<Double>) -> Double? {
    if values.isEmpty { return nil }
    if values.contains(where: \.isNaN) { return .nan }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    let (low, high) = (sorted[middle - 1], sorted[middle])
    // Halves first where the sum would be infinite.
    let sum = low + high
    return sum.isFinite ? sum / 2 : low / 2 + high / 2
  }
}
