import Foundation
import Testing

@Suite(.serialized) struct ConsoleTests {
  private let home: TemporaryFolder
  private var environment: [String: String] { ["HOME": home.url.path, "XDG_STATE_HOME": home.url.path + "/state"] }
  private var historyPath: String { home.url.path + "/state/catchment/history" }

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
    first.type("parks | -- 园区\r")
    try first.await("       … ")
    first.type("  take 2\r")
    try first.await("catchment> ")
    first.type("exit\r")
    #expect(try first.end() == 0)
    #expect(try String(contentsOfFile: historyPath, encoding: .utf8) == "parks | take 2\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: historyPath)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let folder = try FileManager.default.attributesOfItem(atPath: (historyPath as NSString).deletingLastPathComponent)
    #expect(folder[.posixPermissions] as? Int == 0o700)
    let second = try PseudoTerminal(environment: environment)
    try second.await("catchment> ")
    second.type("\u{1B}[A")
    try second.await("parks | take 2")
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
}
