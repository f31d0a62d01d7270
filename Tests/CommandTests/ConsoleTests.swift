import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct ConsoleTests {
  private let home: TemporaryFolder
  private var environment: [String: String] { ["HOME": home.path, "XDG_STATE_HOME": home.path + "/state"] }
  private var historyPath: String { home.path + "/state/catchment/history" }

  init() throws { home = try TemporaryFolder() }

  @Test func greetsAndLeavesWithControlD() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test(arguments: ["exit", "quit"]) func leavesByWord(word: String) throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type(word + "\r")
    #expect(try terminal.end() == 0)
  }

  @Test func controlCDropsTheLineAndStays() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("nonsense \u{3}")
    try terminal.await("^C")
    try terminal.await("catchment> ")
    terminal.type("parks |\r")
    try terminal.await("       … ")
    terminal.type("\u{3}")
    try terminal.await("catchment> ")
    terminal.type("exit\r")
    #expect(try terminal.end() == 0)
    #expect(!FileManager.default.fileExists(atPath: historyPath))
  }

  @Test func remembersWholeQueriesBetweenSessions() throws {
    let first = try PseudoTerminal(environment: environment)
    try first.await("catchment> ")
    first.type("parks | where name != \"a -- b\" | -- 园区\r")
    try first.await("       … ")
    first.type("  take 2\r")
    try first.await("catchment> ")
    first.type("exit\r")
    #expect(try first.end() == 0)
    #expect(try String(contentsOfFile: historyPath, encoding: .utf8) == "parks | where name != \"a -- b\" | take 2\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: historyPath)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let folder = try FileManager.default.attributesOfItem(atPath: (historyPath as NSString).deletingLastPathComponent)
    #expect(folder[.posixPermissions] as? Int == 0o700)
    let second = try PseudoTerminal(environment: environment)
    try second.await("catchment> ")
    second.type("\u{1B}[A")
    try second.await("| take 2")
    second.type("\u{3}")
    try second.await("catchment> ")
    second.type("\u{4}")
    #expect(try second.end() == 0)
  }

  @Test func takesChineseInTheCLocale() throws {
    let terminal = try PseudoTerminal(environment: environment.merging(["LANG": "C", "LC_ALL": "C"]) { $1 })
    try terminal.await("catchment> ")
    terminal.type("区县没有\r")
    try terminal.await("catchment> ")
    terminal.type("exit\r")
    #expect(try terminal.end() == 0)
    #expect(try String(contentsOfFile: historyPath, encoding: .utf8) == "区县没有\n")
  }

  @Test func aStepAloneContinuesTheQueryBefore() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("| take 1\r")
    try terminal.await("no query yet")
    terminal.type("parks | take 3\r")
    try terminal.await("catchment> ")
    terminal.type("| take 1\r")
    try terminal.await("catchment> ")
    terminal.type("exit\r")
    #expect(try terminal.end() == 0)
    #expect(try String(contentsOfFile: historyPath, encoding: .utf8) == "parks | take 3\nparks | take 3 | take 1\n")
  }

  @Test func answersAreAlignedAndTimed() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("values (名 = \"遥墙\", n = 5), (\"a\", 12)\r")
    try terminal.await("\n名     n\r\n────  ──\r\n遥墙   5\r\na     12\r\n2 rows · ")
    try terminal.await("ms")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func controlCCancelsTheQueryAndKeepsTheSession() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    for line in LongQuery.lines {
      terminal.type(line + "\r")
      if line != LongQuery.lines.last { try terminal.await("is defined\r\n") }
    }
    try terminal.await("Ctrl-C cancels")
    terminal.type("\u{3}")
    try terminal.await("interrupted")
    try terminal.await("catchment> ")
    terminal.type("c | take 3 | summarize n = count()\r")
    try terminal.await("1 row")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func tabCompletes() throws {
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("park\t")
    try terminal.await("park")
    try terminal.await("s ")
    terminal.type("| s\t")
    try terminal.await("summarize\r\n")
    try terminal.await("catchment> parks | s")
    terminal.type("\u{3}")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func longOutputIsPaged() throws {
    let terminal = try PseudoTerminal(environment: environment.merging(["PAGER": "cat -n"]) { $1 })
    try terminal.await("catchment> ")
    terminal.type("clinics | select id\r")
    try terminal.await("     1\t id\r\n")
    try terminal.await("   158\t155 rows")
    try terminal.await("catchment> ")
    terminal.type("clinics | take 3 | select id\r")
    try terminal.await("\nid\r\n──\r\n")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func withoutAPagerLongOutputIsCut() throws {
    let terminal = try PseudoTerminal(environment: environment, rows: 20)
    try terminal.await("catchment> ")
    terminal.type("clinics | select id\r")
    try terminal.await("… 143 more rows (155 in all)")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func leavingWarnsAboutUnsavedImportsOnce() throws {
    let file = try home.write("stops.csv", "name,longitude,latitude\n遥墙,117.2,36.85\n")
    let terminal = try PseudoTerminal(environment: environment)
    try terminal.await("catchment> ")
    terminal.type("import \"\(file)\" as stops\r")
    try terminal.await("imported stops · 1 row")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    try terminal.await("stops lives in this session only")
    try terminal.await("--store")
    try terminal.await("catchment> ")
    terminal.type("\u{4}")
    #expect(try terminal.end() == 0)
  }

  @Test func aScriptStopsAtControlCWithStatus130() throws {
    let script = try home.write("long.cq", LongQuery.lines.joined(separator: "\n"))
    let terminal = try PseudoTerminal(["run", script], environment: environment)
    try terminal.await("Ctrl-C cancels")
    terminal.type("\u{3}")
    #expect(try terminal.end() == 130)
  }
}

/// Work for many seconds on any machine.
enum LongQuery {
  static let lines =
    ["let c = collection_points | select id"]
    + zip("cdefgh", "defghi").map { "let \($1) = \($0) | union \($0)" }
    + ["i | around 200 km c as a (n = count()) | summarize s = sum(a.n)"]
}
