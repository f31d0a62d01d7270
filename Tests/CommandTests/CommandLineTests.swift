import Foundation
import Testing

@Suite struct CommandLineTests {
  @Test func versionAndHelp() throws {
    let version = try CatchmentProcess(["--version"])
    #expect(version.output.hasPrefix("catchment ") && version.status == 0)
    let help = try CatchmentProcess(["--help"])
    #expect(help.status == 0 && help.messages.isEmpty)
    #expect(help.output.contains("catchment -c \"layers\""))
    #expect(try CatchmentProcess(["help", "run"]).output.contains("USAGE: catchment run"))
  }

  @Test(
    arguments: [
      (["unknown"], "unknown"), (["run"], "files"), (["--format", "xml", "-c", "layers"], "geojson"),
      (["--set", "x", "-c", "layers"], "name=value"), (["--rows", "0", "-c", "layers"], "rows"),
      (["--nonsense"], "nonsense"), (["-c"], "-c"), (["run", "a.cq", "-c", "layers"], "do not go together"),
    ])
  func wrongUsageIsStatus2(arguments: [String], says: String) throws {
    let process = try CatchmentProcess(arguments)
    #expect(process.status == 2)
    #expect(process.output.isEmpty)
    #expect(process.messages.contains(says))
  }

  @Test func unreadableScriptsAreStatus3() throws {
    let folder = try TemporaryFolder()
    let gbk = try folder.write(Data([0x0A, 0x2D, 0x2D, 0xD6, 0xD0]), to: "gbk.cq")
    for (path, says) in [
      ("nowhere.cq", "there is no script nowhere.cq"), (folder.url.path, "is a folder"), (gbk.path, "UTF-8 (line 2)"),
    ] {
      let process = try CatchmentProcess(["run", path], folder: folder.url)
      #expect(process.status == 3)
      #expect(process.output.isEmpty)
      #expect(process.messages.hasPrefix("catchment: ") && process.messages.contains(says), "\(process.messages)")
    }
  }

  @Test func aMissingScriptStopsBeforeTheFirstRuns() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("values (a = 1) | export to \"made.csv\"\n", to: "a.cq")
    let process = try CatchmentProcess(["run", script.path, "missing.cq"], folder: folder.url)
    #expect(process.status == 3)
    #expect(!FileManager.default.fileExists(atPath: folder.url.appendingPathComponent("made.csv").path))
  }

  @Test func aFullDiskIsTold() throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = ["-c", "\"$0\" --help > /dev/full", try CatchmentProcess.executable.path]
    let messages = Pipe()
    shell.standardError = messages
    try shell.run()
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 3)
    #expect(text == "catchment: the output cannot be written: No space left on device\n")
  }

  @Test func nothingOnStandardInputIsNothingToDo() throws {
    let process = try CatchmentProcess([], input: "")
    #expect(process.status == 0 && process.output.isEmpty && process.messages.isEmpty)
  }
}
