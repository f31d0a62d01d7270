import WorkControl

/// Has several batches worked on at once, and gives what came of them in their order.
///
/// Waves grow from one batch, so that whoever wants a few rows waits for few, to some for each worker, so that a slow
/// batch at the end leaves the others idle for a fraction of the wave only.
struct BatchWaves {
  private let workers: Workers
  private let largest: Int
  private var size = 1

  init(_ workers: Workers) {
    self.workers = workers
    largest = workers.count == 1 ? 1 : 4 * workers.count
  }

  /// What the work makes of each of the next batches; `nil` once there are no more.
  ///
  /// - Throws: What the input and the work throw, the earliest batch's first.
  mutating func next<Result: Sendable>(
    of input: any BatchOperator, _ work: @Sendable (Batch) throws -> Result
  ) throws -> [Result]? {
    var batches: [Batch] = []
    while batches.count < size, let batch = try input.next() { batches.append(batch) }
    if batches.isEmpty { return nil }
    size = min(2 * size, largest)
    return try workers.map(pieces: batches.count) { [batches] in try work(batches[$0]) }
  }
}
