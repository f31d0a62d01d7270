import FeatureTables
import Foundation
import Glibc
import Synchronization

/// Ctrl-C: cancels the work at hand.
///
/// SIGINT is blocked everywhere and taken by one thread that waits for it, so that what happens then is ordinary code.
final class Interruption: Sendable {
  private struct State {
    var isWorking = false
    var presses: [ContinuousClock.Instant] = []
  }

  private let monitor: WorkMonitor
  private let leavesWhenIdle: Bool
  private let presses: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - leavesWhenIdle: whether Ctrl-C ends the process while no query runs.
  ///   - presses: so many within a second end the process although a query runs.
  init(monitor: WorkMonitor, leavesWhenIdle: Bool, presses: Int) {
    self.monitor = monitor
    self.leavesWhenIdle = leavesWhenIdle
    self.presses = presses
  }

  /// Starts the thread. Called before any other thread is there, so that all inherit the blocked signal.
  func listen() {
    Self.block(Self.interrupts)
    let thread = Thread { [self] in
      var all = sigset_t()
      sigfillset(&all)
      Self.block(all)
      var interrupts = Self.interrupts
      var signal: Int32 = 0
      while true {
        if sigwait(&interrupts, &signal) == 0 { interrupt() }
      }
    }
    thread.start()
  }

  func beginWork() {
    monitor.reset()
    state.withLock { $0 = State(isWorking: true) }
  }

  func endWork() { state.withLock { $0.isWorking = false } }

  private func interrupt() {
    let now = ContinuousClock.now
    let leaves = state.withLock { state in
      guard state.isWorking else { return leavesWhenIdle }
      state.presses = state.presses.filter { now - $0 < .seconds(1) } + [now]
      return state.presses.count >= presses
    }
    if leaves { _exit(130) }
    monitor.cancel()
  }

  private static var interrupts: sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    return signals
  }

  private static func block(_ signals: sigset_t) {
    var signals = signals
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }
}
