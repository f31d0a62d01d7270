import Synchronization

/// Counts pieces of work that threads begin.
final class PieceCount: Sendable {
  private let count = Atomic<Int>(0)

  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
