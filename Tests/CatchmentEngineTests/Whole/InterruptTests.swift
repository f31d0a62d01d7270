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
      let session = Interrupted(at: "collection_points", isAwaited: true)
      let status = try session.run(Interrupted.longQuery)
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }

  /// From another thread while a union of 14 100 discs is under way.
  @Test func interruptedAtWork() async {
    await #expect(processExitsWith: .success) {
      let session = Interrupted(at: "collection_points", isAwaited: false)
      let status = try session.run(Interrupted.longQuery)
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }

  @Test func interruptedInACheck() async {
    await #expect(processExitsWith: .success) {
      let session = Interrupted(at: "looking at places", isAwaited: true)
      let status = try session.run("check collection_points")
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }

  @Test func interruptedInARepair() async {
    await #expect(processExitsWith: .success) {
      let session = Interrupted(at: "looking at places", isAwaited: true)
      let status = try session.run("collection_points | repair")
      let rows = try session.runShortQuery()
      #expect(status == 130)
      #expect(rows == 155)
    }
  }
}

/// A session that another thread interrupts as soon as work of some kind reports how far it is.
private final class Interrupted: @unchecked Sendable {
  static let longQuery = "districts | coverage by collection_points within 700 m as c | select name, c.share"

  private let activity: String
  private let isAwaited: Bool
  private var session: Session?

  init(at activity: String, isAwaited: Bool) {
    self.activity = activity
    self.isAwaited = isAwaited
  }

  func run(_ statement: String) throws -> Int32 {
    let session = try Session(
      options: Session.Options(),
      monitor: WorkMonitor { [unowned self] progress in
        guard progress.activity.contains(self.activity) else { return }
        let interruption = Thread { self.session?.interrupt() }
        interruption.start()
        while self.isAwaited && !interruption.isFinished { sched_yield() }
      })
    self.session = session
    var reports: [StatementReport] = []
    let source = SourceText("\(statement)\nclinics | take 1", name: "test")
    let status = session.run(source, stopAtFailure: false) { reports.append($0) }
    // What follows an interrupted statement does not run.
    #expect(reports.count == 1)
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
