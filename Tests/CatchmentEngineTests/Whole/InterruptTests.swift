import CatchmentEngine
import FeatureTables
import Foundation
import QueryLanguage
import Testing
import WorkControl

/// Ctrl-C ends the statement and keeps the session. What GEOS is told to stop is all of the process, so these tests run
/// in processes of their own.
@Suite struct InterruptTests {
  @Test func interruptedBeforeTheFirstBatch() async {
    await #expect(processExitsWith: .success) {
      let session = Interrupted(isAwaited: true)
      let status = try session.runLongQuery()
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }

  /// From another thread while a union of 14 100 discs is under way.
  @Test func interruptedAtWork() async {
    await #expect(processExitsWith: .success) {
      let session = Interrupted(isAwaited: false)
      let status = try session.runLongQuery()
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }
}

/// A session that another thread interrupts as soon as work reports how far it is.
private final class Interrupted: @unchecked Sendable {
  private let isAwaited: Bool
  private var session: Session?

  init(isAwaited: Bool) { self.isAwaited = isAwaited }

  func runLongQuery() throws -> Int32 {
    let session = try Session(
      options: Session.Options(),
      monitor: WorkMonitor { [unowned self] progress in
        guard progress.activity.contains("collection_points") else { return }
        let interruption = Thread { self.session?.interrupt() }
        interruption.start()
        while self.isAwaited && !interruption.isFinished { sched_yield() }
      })
    self.session = session
    var reports: [StatementReport] = []
    let text = """
      let everywhere = districts | coverage by collection_points within 700 m as c
      everywhere | select name, c.share
      clinics | take 1
      """
    let status = session.run(SourceText(text, name: "test"), stopAtFailure: false) { reports.append($0) }
    // What follows an interrupted statement does not run.
    #expect(reports.count == 2)
    #expect(reports.failures.map(\.code.name) == ["interrupted"])
    return status
  }

  func runShortQuery() throws -> Int {
    var rows = 0
    let text = "clinics | buffer 10 m"
    let status = session?.run(SourceText(text, name: "test"), stopAtFailure: true) { report in
      if case .answer(let answer) = report.outcome { rows = answer.table.rowCount }
    }
    #expect(status == 0)
    return rows
  }
}
