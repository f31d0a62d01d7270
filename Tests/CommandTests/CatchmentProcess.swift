import Foundation
import TestSupport
import Testing

/// The built `catchment`, run as a user runs it.
struct CatchmentProcess {
  let status: Int32
  let output: String
  let messages: String

  /// Runs to the end. Standard input is `input`, which is never a terminal.
  init(_ arguments: [String], input: String = "", folder: URL? = nil, environment: [String: String] = [:]) throws {
    let process = Process()
    process.executableURL = try Self.executable
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let files = try TemporaryFolder()
    let inputFile = try files.write("input", input)
    let outputFile = try files.write("output", "")
    let messageFile = try files.write("messages", "")
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: inputFile))
    process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: outputFile))
    process.standardError = try FileHandle(forWritingTo: URL(fileURLWithPath: messageFile))
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOfFile: outputFile, encoding: .utf8)
    messages = try String(contentsOfFile: messageFile, encoding: .utf8)
  }

  /// The executable lies beside the bundle of the tests.
  static var executable: URL {
    get throws {
      let bundle = CommandLine.arguments.lazy.compactMap { argument in
        argument.range(of: ".xctest").map { URL(fileURLWithPath: String(argument[..<$0.upperBound])) }
      }.first
      let neighbour = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
      let executable = neighbour.deletingLastPathComponent().appendingPathComponent("catchment")
      try #require(FileManager.default.isExecutableFile(atPath: executable.path), "\(executable.path) is not built")
      return executable
    }
  }
}
