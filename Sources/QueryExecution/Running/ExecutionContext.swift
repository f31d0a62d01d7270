import FeatureTables
import WorkControl

/// What an execution may be told besides its plan.
public struct ExecutionSettings: Sendable {
  /// Rows of a batch; results do not depend on it.
  public var batchRows = Batch.capacity

  public init() {}
}

/// What all operators of one execution share. One execution runs on one thread.
public final class ExecutionContext {
  public let data: any ExecutionData
  /// Checked between batches; long operators report to it.
  public let monitor: WorkMonitor
  public let settings: ExecutionSettings
  /// What people should know about the result, in the order in which it came up, each once.
  public private(set) var notes: [String] = []

  public init(
    data: any ExecutionData, monitor: WorkMonitor = WorkMonitor(), settings: ExecutionSettings = ExecutionSettings()
  ) {
    self.data = data
    self.monitor = monitor
    self.settings = settings
  }

  /// Keeps a note unless it is already there.
  public func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }
}
