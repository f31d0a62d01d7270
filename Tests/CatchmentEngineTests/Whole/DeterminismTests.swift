import CatchmentEngine
import Foundation
import QueryLanguage
import Testing

/// The scripts of `Queries`: which of them judge, and that they write the same bytes every time, on one
/// thread and on several.
@Suite struct DeterminismTests {
  static let folder = PlainLayer.root.appendingPathComponent("Queries")

  static let scripts: [String] = (FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? [])
    .compactMap { $0 as? String }.filter { $0.hasSuffix(".cq") }.sorted()

  /// Audits that fail on the embedded data, to show how a failure reads.
  static let failing = ["audits/bus-coverage.cq", "audits/fifteen-minute-standard.cq", "audits/waste-haul.cq"]

  @Test func thereAreScripts() {
    #expect(Self.scripts.count >= 8)
    #expect(Self.failing.allSatisfy(Self.scripts.contains))
  }

  @Test(arguments: scripts) func script(_ name: String) throws {
    let text = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
    let first = try TestClient()
    let second = try TestClient()
    first.run("set workers = 3")
    // What was asked before changes nothing.
    second.run("set language = en\nset workers = 1\nclinics | take 1\nparks | buffer 1 km")
    let reports = first.run(text)
    #expect(reports.failures.isEmpty, "\(reports.failures.map(\.message))")
    #expect(first.status == (Self.failing.contains(name) ? 1 : 0))
    let again = second.run(text)
    #expect(tables(reports) == tables(again))
    let files = try first.folder.contents()
    #expect(files == (try second.folder.contents()))
    #expect(files.isEmpty == !text.contains("export"))
    #expect(files.values.allSatisfy { !$0.isEmpty })
  }

  private func tables(_ reports: [StatementReport]) -> [[String]] {
    reports.compactMap { report -> [String]? in
      switch report.outcome {
      case .answer(let answer): answer.table.exactRows
      case .verdict(let verdict): ["\(verdict.holds) \(verdict.failingRowCount)"] + verdict.failing.table.exactRows
      default: nil
      }
    }
  }
}
