import Dispatch
import Glibc
import Synchronization

/// Threads that share out pieces of work, with cancellation between the pieces.
///
/// What a piece computes must not depend on which thread computes it or how many there are; results come in the order
/// of the pieces, so that answers are the same bytes at any number of workers. `gather` leaves that to its caller.
public struct Workers: Sendable {
  /// How many threads work at once, the caller's included; at least 1.
  public let count: Int
  /// Asked for cancellation before each piece.
  public let monitor: WorkMonitor

  /// - Parameter count: As many as the machine has processors where it is `nil`.
  public init(_ count: Int? = nil, monitor: WorkMonitor = WorkMonitor()) {
    self.count = max(1, count ?? Self.processors)
    self.monitor = monitor
  }

  /// One thread, nobody to cancel.
  public static let one = Workers(1)

  /// The processors that are switched on.
  public static let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// Calls `body` once for each piece, on up to `count` threads.
  ///
  /// - Throws: `Cancelled`; else the error of the first piece, in order, that threw. Pieces after it may not have run.
  public func forEach(pieces: Int, _ body: @Sendable (Int) throws -> Void) throws {
    let threads = min(count, pieces)
    guard threads > 1 else {
      for piece in 0..<max(0, pieces) {
        try monitor.check()
        try body(piece)
      }
      return
    }
    let next = Atomic<Int>(0)
    let failure = Mutex<(piece: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < pieces else { return }
        do {
          try monitor.check()
          try body(piece)
        } catch {
          // No further pieces; those before this one have been taken already.
          next.store(pieces, ordering: .relaxed)
          failure.withLock { if piece < $0?.piece ?? .max { $0 = (piece, error) } }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }

  /// What `body` makes of each piece, in the order of the pieces.
  ///
  /// - Throws: As `forEach`.
  public func map<Result: Sendable>(pieces: Int, _ body: @Sendable (Int) throws -> Result) throws -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: max(0, pieces)))
    try forEach(pieces: pieces) { piece in
      let result = try body(piece)
      results.withLock { $0[piece] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// What `body` makes of some of the pieces on each thread, for results that are put together in a way in which it does
  /// not matter which piece is in which: that saves what is laid out for each.
  ///
  /// - Parameter body: Called once on each thread, with what gives it one piece after another, and `nil` at the end.
  /// - Throws: As `forEach`.
  public func gather<Result: Sendable>(
    pieces: Int, _ body: @Sendable (_ next: () throws -> Int?) throws -> Result
  ) throws -> [Result] {
    let taken = Atomic<Int>(0)
    return try map(pieces: max(1, min(count, pieces))) { _ in
      try body {
        try monitor.check()
        let piece = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return piece < pieces ? piece : nil
      }
    }
  }

  /// Cuts a range into neighbouring runs, a piece each, of about `least` or more; one worker has as many, so that it
  /// looks for cancellation as often.
  public func runs(of count: Int, atLeast least: Int) -> [Range<Int>] {
    // Four pieces a thread, so that a slow piece at the end does not keep the others waiting long.
    let pieces = max(1, min(4 * max(2, self.count), count / max(1, least)))
    return (0..<pieces).map { (count * $0 / pieces)..<(count * ($0 + 1) / pieces) }
  }
}
