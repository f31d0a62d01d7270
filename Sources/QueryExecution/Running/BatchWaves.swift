import WorkControl

/// Has several batches worked on at once, and gives what came of them in their order.
///
/// Waves grow from two batches, so that whoever wants a few rows waits for few, to several for each worker, so that a slow
/// batch at the end leaves the others idle for a fraction of the wave only. They are the same for any number of workers:
/// what is noted of the rows below hangs on how many of them were asked for.
struct BatchWaves {
  private let workers: Workers
  private static let largest = 16
  private var size = 2
  /// What ended the last wave early. It is thrown when its batch is due: whoever has enough before never hears of it, as
  /// with one worker.
  private var failure: (any Error)?

  init(_ workers: Workers) { self.workers = workers }

  /// What the work makes of each of the next batches; `nil` once there are no more.
  ///
  /// - Throws: What the input or the work throws, once all batches before have been given; `Cancelled`.
  mutating func next<Made: Sendable>(
    of input: any BatchOperator, _ work: @Sendable (Batch) throws -> Made
  ) throws -> [Made]? {
    if let failure { throw failure }
    let batches = pull(from: input)
    let outcomes = try workers.map(pieces: batches.count) { piece in Result { try work(batches[piece]) } }
    var made: [Made] = []
    do {
      for outcome in outcomes { made.append(try outcome.get()) }
    } catch {
      failure = error
    }
    if made.isEmpty, let failure { throw failure }
    return made.isEmpty ? nil : made
  }

  private mutating func pull(from input: any BatchOperator) -> [Batch] {
    var batches: [Batch] = []
    do {
      while batches.count < size, let batch = try input.next() { batches.append(batch) }
    } catch {
      failure = error
    }
    size = min(2 * size, Self.largest)
    return batches
  }
}
