import FeatureTables
import Foundation
import Reporting
import WorkControl

/// One line on the terminal that says how far long work is, or at least for how long it runs.
///
/// A thread of its own writes it, so that it goes on while an operator has nothing to tell; it sleeps while there is no
/// work. Nothing is written unless standard error is a terminal.
final class ProgressLine: @unchecked Sendable {
  /// Work shorter than this says nothing.
  private static let patience = 2.0
  private static let period = 0.25

  private let terminal: Terminal?
  // Everything below is guarded by `condition`.
  private let condition = NSCondition()
  private var began: ContinuousClock.Instant?
  private var latest: WorkMonitor.Progress?
  private var isDrawn = false

  init() {
    terminal = Terminal(descriptor: .messages).flatMap { $0.isCapable ? $0 : nil }
    guard terminal != nil else { return }
    Thread { [self] in keepDrawing() }.start()
  }

  /// New work begins now.
  func begin() {
    condition.withLock {
      began = .now
      latest = nil
      condition.signal()
    }
  }

  /// Any thread may tell progress.
  func update(_ progress: WorkMonitor.Progress) {
    if terminal == nil { return }
    condition.withLock { latest = progress }
  }

  /// The work is over: takes the line away, before anything else is written.
  func end() {
    condition.withLock {
      began = nil
      if isDrawn { StandardStreams.tell("\r\u{1B}[K") }
      isDrawn = false
    }
  }

  private func keepDrawing() {
    condition.lock()
    while true {
      guard let began else {
        condition.wait()
        continue
      }
      let elapsed = (ContinuousClock.now - began) / .seconds(1)
      if elapsed >= Self.patience { draw(seconds: Int(elapsed)) }
      _ = condition.wait(
        until: Date(timeIntervalSinceNow: elapsed < Self.patience ? Self.patience - elapsed : Self.period))
    }
  }

  private func draw(seconds: Int) {
    guard let terminal else { return }
    var parts = ["… \(seconds) s"]
    if let latest {
      let share = latest.fraction.map { " \(Int(($0 * 100).rounded(.down))) %" } ?? ""
      parts.append(latest.activity + share)
    }
    parts.append("Ctrl-C cancels")
    let line = TextStyle.cut(parts.joined(separator: " · "), columns: terminal.size.columns - 1)
    StandardStreams.tell("\r\u{1B}[K\(line)")
    isDrawn = true
  }
}
