import FeatureTables
import QueryPlanning
import WorkControl

/// Counts the rows and takes the time of an operator, and looks for cancellation between its batches.
final class ProfiledOperator: ProfilingOperator {
  private let plan: PhysicalPlan
  private let inner: any BatchOperator
  private let inputs: [any ProfilingOperator]
  private let monitor: WorkMonitor
  private let clock = ContinuousClock()
  private var rows = 0
  private var batches = 0
  private(set) var elapsed = Duration.zero

  init(_ plan: PhysicalPlan, _ inner: any BatchOperator, inputs: [any ProfilingOperator], monitor: WorkMonitor) {
    self.plan = plan
    self.inner = inner
    self.inputs = inputs
    self.monitor = monitor
  }

  var detail: String { inner.detail }

  /// Passes on the next batch that has rows.
  func next() throws -> Batch? {
    let start = clock.now
    defer { elapsed += start.duration(to: clock.now) }
    repeat {
      try monitor.check()
      guard let batch = try inner.next() else { return nil }
      if batch.rowCount > 0 {
        rows += batch.rowCount
        batches += 1
        return batch
      }
    } while true
  }

  func profile() -> ProfiledPlan {
    let below = inputs.reduce(Duration.zero) { $0 + $1.elapsed }
    return ProfiledPlan(
      plan, detail: inner.detail, rows: rows, batches: batches, seconds: max(0, (elapsed - below) / .seconds(1)),
      inputs: inputs.map { $0.profile() })
  }

  func collectRemarks() { inputs.forEach { $0.collectRemarks() } }
}
