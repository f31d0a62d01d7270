import Foundation
import Testing

/// The built `catchment` run over a script, with the most memory it held.
struct MeasuredProcess {
  let status: Int32
  let output: String
  let messages: String
  /// Peak resident memory, as the kernel counted it.
  let peakMegabytes: Int

  init(script: String, in folder: TemporaryFolder) throws {
    let file = folder.url.appendingPathComponent("script.cq")
    let output = folder.url.appendingPathComponent("output.txt")
    try Data(script.utf8).write(to: file)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output.path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    let messages = folder.url.appendingPathComponent("messages.txt")
    posix_spawn_file_actions_addopen(&actions, 2, messages.path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    // Paths of import and export start at the current folder, which is the tests' own: scripts name whole paths.
    let arguments = [try Self.executable.path, "run", "--format", "csv", file.path]
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, arguments[0], &actions, nil, &pointers, environ)
    try #require(failure == 0, "posix_spawn: \(String(cString: strerror(failure)))")
    var raw: Int32 = 0
    var usage = rusage()
    while wait4(process, &raw, 0, &usage) < 0 { try #require(errno == EINTR) }
    // The low seven bits are the signal that ended it, the next byte is the status.
    status = raw & 0x7f == 0 ? raw >> 8 & 0xff : -(raw & 0x7f)
    peakMegabytes = usage.ru_maxrss / 1024
    self.output = try String(contentsOf: output, encoding: .utf8)
    self.messages = try String(contentsOf: messages, encoding: .utf8)
  }

  /// The executable lies beside the bundle of the tests.
  private static var executable: URL {
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
