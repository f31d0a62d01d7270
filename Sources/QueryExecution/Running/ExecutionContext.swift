import FeatureTables
import WorkControl

/// What an execution may be told besides its plan.
public struct ExecutionSettings: Sendable {
  /// Rows of a batch; results do not depend on it.
  public var batchRows = Batch.capacity
  /// Threads at work, the caller's included; results do not depend on it. As many as there are processors when `nil`.
  public var workers: Int?

  public init() {}
}

/// What all operators of one execution share. Operators run on the caller's thread; they hand batches to `workers`.
public final class ExecutionContext {
  public let data: any ExecutionData
  /// Checked between batches; long operators report to it.
  public let monitor: WorkMonitor
  public let settings: ExecutionSettings
  let workers: Workers
  let remarks = Remarks()
  /// What people should know about the result, in the order in which it came up, each once.
  public var notes: [String] { remarks.notes }

  public init(
    data: any ExecutionData, monitor: WorkMonitor = WorkMonitor(), settings: ExecutionSettings = ExecutionSettings()
  ) {
    self.data = data
    self.monitor = monitor
    self.settings = settings
    workers = Workers(settings.workers, monitor: monitor)
  }

  func note(_ text: String) { remarks.note(text) }
}
