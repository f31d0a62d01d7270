import Synchronization

/// The user interrupted; thrown by whatever was at work.
public struct Cancelled: Error, Sendable {
  public init() {}
}

/// What long work tells its user and hears from them: cancellation in, progress out.
///
/// Work calls `check()` between batches (at most some tens of milliseconds apart) and `report` where it knows how far
/// it is. Safe to share between threads; `cancel()` is safe in a signal handler.
public final class WorkMonitor: Sendable {
  private let cancelled = Atomic<Bool>(false)
  private let onProgress: (@Sendable (Progress) -> Void)?

  /// How far some work is.
  public struct Progress: Sendable {
    /// What is being done: `reading demand.gpkg`.
    public let activity: String
    /// 0…1, or `nil` when the whole is not known.
    public let fraction: Double?
    /// Rows or other units done so far.
    public let done: Int
  }

  public init(onProgress: (@Sendable (Progress) -> Void)? = nil) { self.onProgress = onProgress }

  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  public func reset() { cancelled.store(false, ordering: .relaxed) }

  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// - Throws: `Cancelled` after `cancel()`.
  public func check() throws(Cancelled) {
    if isCancelled { throw Cancelled() }
  }

  /// Tells how far the work is, and checks for cancellation.
  public func report(_ activity: String, fraction: Double?, done: Int) throws(Cancelled) {
    try check()
    onProgress?(Progress(activity: activity, fraction: fraction, done: done))
  }
}
