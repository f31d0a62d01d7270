import QueryPlanning
import Testing

/// The example of every declaration runs over the embedded layers: what `help` shows works as shown.
@Suite struct ExampleTests {
  @Test(arguments: StepDeclaration.all.map(\.name)) func step(_ name: String) throws {
    try run(#require(StepDeclaration.named(name)?.example))
  }

  @Test(
    arguments: (StatementDeclaration.statements + StatementDeclaration.options + StatementDeclaration.sources).map(
      \.name))
  func statement(_ name: String) throws {
    try run(#require(StatementDeclaration.named(name)?.example))
  }

  @Test(arguments: FunctionDeclaration.all.map(\.name)) func function(_ name: String) throws {
    try run(#require(FunctionDeclaration.named(name)?.example))
  }

  private func run(_ example: String) throws {
    let client = try TestClient()
    let reports = client.run(example)
    #expect(reports.failures.isEmpty, "\(example)\n\(reports.failures.map(\.message))")
    #expect(client.status == 0)
    // An example with nothing to see explains nothing.
    for report in reports {
      if case .answer(let answer) = report.outcome { #expect(answer.table.rowCount > 0, "\(example)") }
    }
  }
}
