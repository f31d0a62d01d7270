import Foundation
import Glibc
import TestSupport
import Testing

/// Texts and surroundings that no planner means to use, given to the command.
@Suite struct OddTextTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ text: [UInt8]) throws -> CommandRun {
    try folder.write("odd.cq", text)
    let run = try CommandRun(["run", "odd.cq"], folder: folder.path)
    try #require(run.ends(within: 60), "it goes on and on")
    run.wait()
    return run
  }

  private func run(_ text: String) throws -> CommandRun { try run(Array(text.utf8)) }

  /// The answer of a text is that of the same text in plain lines.
  @Test(arguments: [
    "\u{FEFF}values (a = 1)\nvalues (a = 2)\n", "values (a = 1)\r\nvalues (a = 2)\r\n",
    "values (a = 1)\rvalues (a = 2)",
  ])
  func marksAndLineEndsMakeNoDifference(text: String) throws {
    let plain = try run("values (a = 1)\nvalues (a = 2)\n")
    let odd = try run(text)
    #expect(odd.wait() == 0 && odd.messages.isEmpty)
    #expect(odd.output == plain.output)
  }

  @Test func bytesThatAreNoTextAreToldOnce() throws {
    let null = try run([UInt8]("values (a = 1)\0\nvalues (a = 2)\n".utf8))
    #expect(null.wait() == 2 && null.output.isEmpty)
    #expect(null.messages.contains("odd.cq:1:15: error[syntax.stray-character]"))
    let latin = try run([UInt8]("values (a = 1)\nvalues (a = \"caf".utf8) + [0xE9] + [UInt8]("\")\n".utf8))
    #expect(latin.wait() == 3 && latin.output.isEmpty)
    #expect(latin.messages == "catchment: odd.cq is not text in UTF-8 (line 2); save it in that encoding\n")
  }

  @Test func aLineOfAMegabyteIsReadAndShownInPart() throws {
    let long = String(repeating: "长", count: 350_000)
    #expect(try run("values (a = \"\(long)\") | select n = characters(a)").output.contains("350000"))
    let wrong = try run("values (a = \"\(long)\") | select nme")
    #expect(wrong.wait() == 2)
    #expect(wrong.messages.utf8.count < 1000)
    #expect(wrong.messages.contains("no column \"nme\""))
  }

  @Test func tenThousandStatementsRun() throws {
    let run = try run(String(repeating: "let a = values (n = 1)\n", count: 10_000) + "a | select n, it = \"last\"\n")
    #expect(run.wait() == 0, "\(run.messages.prefix(500))")
    #expect(run.output.contains("last"))
  }

  /// Trees as high as these are walked with the stack.
  @Test(arguments: [
    "parks | where " + String(repeating: "(", count: 300) + "true" + String(repeating: ")", count: 300),
    String(repeating: "(", count: 300) + "parks" + String(repeating: ")", count: 300),
    "parks | where " + String(repeating: "not ", count: 5000) + "true",
    "parks | derive a = 1" + String(repeating: " + 1", count: 5000),
    "parks" + String(repeating: " | where true", count: 5000),
    "parks" + String(repeating: " | within 1 m of (parks", count: 300) + String(repeating: ")", count: 300),
  ])
  func whatIsTooDeepIsTold(text: String) throws {
    let run = try run(text)
    #expect(run.wait() == 2)
    let isTold = run.messages.contains("error[syntax.too-deep]") || run.messages.contains("error[step.too-many]")
    #expect(isTold, "\(run.messages.prefix(500))")
  }

  @Test func longChainsOfResultsAreFollowed() throws {
    var text = "let a0 = values (n = 0)\n"
    for i in 1...1000 { text += "let a\(i) = a\(i - 1) | derive n = n + 1\n" }
    #expect(try run(text + "a1000\n").output.contains("1000"))
    // Each reads the one before twice: 2^60 ways lead from the last to the first.
    var doubled = "let b0 = values (n = 1)\n"
    for i in 1...60 { doubled += "let b\(i) = b\(i - 1) | union (b\(i - 1) | where false)\n" }
    #expect(try run(doubled + "b60 | summarize s = sum(n)\n").wait() == 0)
  }

  /// `catchment run big.cq | head -1`
  @Test func whoeverReadsNoFurtherEndsItQuietly() throws {
    try folder.write("big.cq", String(repeating: "parks\n", count: 500))
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let run = try CommandRun(["run", "big.cq"], folder: folder.path, output: ends[1])
    close(ends[1])
    var byte: UInt8 = 0
    while read(ends[0], &byte, 1) == 1, byte != 0x0A {}
    close(ends[0])
    try #require(run.ends(within: 60), "it goes on and on")
    #expect(run.wait() == 128 + SIGPIPE)
    #expect(run.messages.isEmpty)
  }

  @Test func standardInputThatEndsInTheMiddleIsRead() throws {
    let run = try CommandRun([], input: Array("values (a = 7) |".utf8), folder: folder.path)
    #expect(run.wait() == 2)
    #expect(run.messages.contains("standard input:1:16: error[syntax.empty-step]"))
  }
}
