/// The first rows; asks its input for no more once it has them.
final class TakeOperator: BatchOperator {
  private var left: Int
  private let input: any BatchOperator

  init(_ count: Int, input: any BatchOperator) {
    left = max(0, count)
    self.input = input
  }

  func next() throws -> Batch? {
    guard left > 0, let batch = try input.next() else { return nil }
    let kept = batch.slice(0..<min(left, batch.rowCount))
    left -= kept.rowCount
    return kept
  }
}
