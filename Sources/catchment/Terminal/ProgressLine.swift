import FeatureTables
import Reporting
import Synchronization

/// One line on the terminal that says how far long work is, written again at most ten times a second.
final class ProgressLine: Sendable {
  private struct State {
    var began = ContinuousClock.now
    var drawn: ContinuousClock.Instant?
  }

  /// Work shorter than this says nothing.
  private static let patience = Duration.seconds(2)
  private let terminal: Terminal?
  private let state = Mutex(State())

  init() { terminal = Terminal(descriptor: .messages).flatMap { $0.isCapable ? $0 : nil } }

  /// New work begins now.
  func begin() { state.withLock { $0 = State() } }

  /// Any thread may tell progress.
  func update(_ progress: WorkMonitor.Progress) {
    guard let terminal else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.began >= Self.patience else { return }
      if let drawn = state.drawn, now - drawn < .milliseconds(100) { return }
      state.drawn = now
      let share = progress.fraction.map { " \(Int(($0 * 100).rounded(.down))) %" } ?? ""
      let count = progress.done > 0 ? " (\(progress.done))" : ""
      let line = TextStyle.cut("… \(progress.activity)\(share)\(count)", columns: terminal.size.columns - 1)
      StandardStreams.tell("\r\u{1B}[K\(line)")
    }
  }

  /// Takes the line away before anything else is written.
  func erase() {
    state.withLock { state in
      if state.drawn != nil { StandardStreams.tell("\r\u{1B}[K") }
      state.drawn = nil
    }
  }
}
