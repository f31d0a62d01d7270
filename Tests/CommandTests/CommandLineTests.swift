import Foundation
import TestSupport
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
    let gbk = try folder.write("gbk.cq", [0x0A, 0x2D, 0x2D, 0xD6, 0xD0])
    for (path, says) in [
      ("nowhere.cq", "there is no script nowhere.cq"), (folder.path, "is a folder"), (gbk, "UTF-8 (line 2)"),
    ] {
      let process = try CatchmentProcess(["run", path], folder: folder.url)
      #expect(process.status == 3)
      #expect(process.output.isEmpty)
      #expect(process.messages.hasPrefix("catchment: ") && process.messages.contains(says), "\(process.messages)")
    }
  }

  @Test func aMissingScriptStopsBeforeTheFirstRuns() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("a.cq", "values (a = 1) | export to \"made.csv\"\n")
    let process = try CatchmentProcess(["run", script, "missing.cq"], folder: folder.url)
    #expect(process.status == 3)
    #expect(!FileManager.default.fileExists(atPath: folder["made.csv"]))
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

  // MARK: Queries

  @Test func queriesComeFromTheCommandLineOrStandardInput() throws {
    let query = "values (name = \"西瓜\", n = 5)"
    let expected = "name  n\n────  ─\n西瓜  5\n1 row\n"
    let fromOption = try CatchmentProcess(["-c", query])
    #expect(fromOption.output == expected && fromOption.messages.isEmpty && fromOption.status == 0)
    #expect(try CatchmentProcess([], input: query).output == expected)
    #expect(try CatchmentProcess(["run", "-"], input: query + "\r\n").output == expected)
  }

  @Test func formatsGoToStandardOutputAlone() throws {
    let query = "values (a = \"x, y\", d = 1500 m) | derive km = d to km"
    let csv = try CatchmentProcess(["--format", "csv", "-c", query])
    #expect(csv.output == "a,d_m,km\n\"x, y\",1500.0,1.5\n" || csv.output == "a,d_m,km_km\n\"x, y\",1500.0,1.5\n")
    let json = try CatchmentProcess(["-c", "let a = \(query)\na\nassert a: d > 2 km", "--format", "json"])
    #expect(json.status == 1 && json.messages.isEmpty)
    let types = try json.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["type"] as? String
    }
    #expect(types == ["done", "answer", "verdict", "summary"])
    let geojson = try CatchmentProcess(["--format", "geojson", "-c", "service_halls | take 1"])
    let document = try JSONSerialization.jsonObject(with: Data(geojson.output.utf8)) as? [String: Any]
    #expect((document?["features"] as? [Any])?.count == 1)
  }

  @Test(
    arguments: [
      ("assert parks: area() > 0 m2", 0), ("assert parks: area() > 1000 km2", 1), ("prks", 2),
      ("parks | where", 2), ("import \"nowhere.csv\" as a", 3),
    ])
  func exitStatusSaysWhatHappened(query: String, status: Int32) throws {
    let process = try CatchmentProcess(["-c", query])
    #expect(process.status == status, "\(process.output)\(process.messages)")
    #expect(process.messages.isEmpty == (status < 2))
  }

  @Test func aStoreThatCannotBeOpenedIsStatus3() throws {
    let folder = try TemporaryFolder()
    let process = try CatchmentProcess(["--store", folder["none/plan.sqlite"], "-c", "layers"])
    #expect(process.status == 3 && process.output.isEmpty && process.messages.contains("no folder"))
  }

  @Test func importsLiveOnInTheStore() throws {
    let folder = try TemporaryFolder()
    try folder.write("stops.csv", "name,longitude,latitude\n遥墙,117.2,36.85\n")
    let first = try CatchmentProcess(
      ["--store", "plan.sqlite", "-c", "import \"stops.csv\" as stops"], folder: folder.url)
    #expect(first.status == 0 && first.output.contains("kept in plan.sqlite"))
    let second = try CatchmentProcess(["-c", "stops | select name", "--store", "plan.sqlite"], folder: folder.url)
    #expect(second.output.hasPrefix("name\n────\n遥墙\n"))
  }

  @Test func parametersComeFromOutside() throws {
    let folder = try TemporaryFolder()
    let script = try folder.write("a.cq", "param reach = 500 m\nvalues (a = 1) | derive r = reach\n")
    let process = try CatchmentProcess(["run", script, "--set", "reach=800 m", "--format", "csv"])
    #expect(process.output == "a,r_m\n1,800.0\n")
    let wrong = try CatchmentProcess(["run", script, "--set", "raech=800 m"])
    #expect(wrong.status == 2 && wrong.output.isEmpty)
    #expect(wrong.messages.contains("raech") && wrong.messages.contains("reach"))
  }

  @Test func laterScriptsKnowTheNamesOfEarlierOnes() throws {
    let folder = try TemporaryFolder()
    let names = try folder.write("names.cq", "let a = values (n = 1), (2)\n")
    let query = try folder.write("query.cq", "a | summarize s = sum(n)\nassert a: n > 1\n")
    let after = try folder.write("after.cq", "a | take 1\n")
    let process = try CatchmentProcess(["run", names, query, after, "--format", "csv"])
    #expect(process.status == 1)
    #expect(process.output == "s\n3\n\nn\n1\n")
    let broken = try CatchmentProcess(["run", query, after])
    #expect(broken.status == 2 && broken.output.isEmpty)
  }

  @Test func timingIsOnStandardError() throws {
    let process = try CatchmentProcess(["--timing", "-c", "let a = values (n = 1), (2)\n\na"])
    let lines = try process.messages.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(lines.map { $0["statement"] as? Int } == [1, 2])
    #expect(lines.map { $0["line"] as? Int } == [1, 3])
    #expect(lines.map { $0["rows"] as? Int } == [nil, 2])
    #expect(lines.allSatisfy { ($0["seconds"] as? Double).map { $0 >= 0 } ?? false })
  }

  @Test func aReaderThatHasEnoughIsNoError() throws {
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "\"$0\" --rows all -c collection_points | head -n 1", try CatchmentProcess.executable.path,
    ]
    let output = Pipe()
    let messages = Pipe()
    shell.standardOutput = output
    shell.standardError = messages
    try shell.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(text.split(separator: "\n").count == 1)
    #expect(messages.fileHandleForReading.readDataToEndOfFile().isEmpty)
    shell.waitUntilExit()
  }

  @Test func theSameScriptGivesTheSameBytes() throws {
    let script =
      "sale_points | nearest 1 collection_points as c | summarize n = count(), d = mean(c.distance) by district"
    let runs = try (0..<3).map { _ in try CatchmentProcess(["-c", script]).output }
    #expect(Set(runs).count == 1 && !runs[0].isEmpty)
  }

  @Test func helpExplainsAWordOfTheLanguage() throws {
    let help = try CatchmentProcess(["help", "nearest"])
    #expect(help.status == 0 && help.output.contains("nearest [K]"))
    #expect(try CatchmentProcess(["help", "nonsense"]).status == 2)
    let reference = try CatchmentProcess(["reference"])
    #expect(reference.status == 0 && reference.output.hasPrefix("# ") && reference.output.contains("```ebnf"))
  }
}
