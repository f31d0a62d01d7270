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
    var cancel: (@Sendable () -> Void)?
  }

  private let leavesWhenIdle: Bool
  private let presses: Int
  private let state = Mutex(State())

  /// - Parameters:
  ///   - leavesWhenIdle: whether Ctrl-C ends the process while no query runs.
  ///   - presses: so many within a second end the process although a query runs.
  init(leavesWhenIdle: Bool, presses: Int) {
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

  /// - Parameter cancel: cancels the work; called from another thread.
  func beginWork(_ cancel: @escaping @Sendable () -> Void) {
    state.withLock { $0 = State(isWorking: true, cancel: cancel) }
  }

  func endWork() { state.withLock { $0 = State() } }

  private func interrupt() {
    let now = ContinuousClock.now
    let (leaves, cancel) = state.withLock { state in
      guard state.isWorking else { return (leavesWhenIdle, nil as (@Sendable () -> Void)?) }
      state.presses = state.presses.filter { now - $0 < .seconds(1) } + [now]
      return (state.presses.count >= presses, state.cancel)
    }
    if leaves { _exit(130) }
    cancel?()
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
