import Testing
import WorkControl

@Suite struct WorkMonitorTests {
  @Test func cancelledWorkThrowsUntilTheMonitorIsReset() throws {
    let monitor = WorkMonitor()
    try monitor.check()
    monitor.cancel()
    #expect(throws: Cancelled.self) { try monitor.check() }
    #expect(throws: Cancelled.self) { try monitor.report("reading", fraction: nil, done: 1) }
    monitor.reset()
    try monitor.check()
  }

  @Test func progressReachesWhoeverAskedForIt() async throws {
    try await confirmation(expectedCount: 1) { told in
      let monitor = WorkMonitor { progress in
        #expect(progress.activity == "reading" && progress.fraction == 0.5 && progress.done == 7)
        told()
      }
      try monitor.report("reading", fraction: 0.5, done: 7)
    }
  }
}
