import Foundation
import Testing

/// The built `catchment` run over a script, with the most memory it held.
struct MeasuredProcess {
  let status: Int32
  let output: String
  let messages: String
  /// Peak resident memory up to the last answer, as the kernel counts it for the program's own address space (`VmHWM`).
  /// `ru_maxrss` will not do: it starts at what the tests' process held when it spawned the program.
  let peakMegabytes: Int

  init(script: String, in folder: TemporaryFolder) throws {
    let file = folder.url.appendingPathComponent("script.cq")
    try Data(script.utf8).write(to: file)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { try #require(fcntl(end, F_SETFD, FD_CLOEXEC) == 0) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    let messages = folder.url.appendingPathComponent("messages.txt")
    posix_spawn_file_actions_addopen(&actions, 2, messages.path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    // Paths of import and export start at the current folder, which is the tests' own: scripts name whole paths.
    let arguments = [try Self.executable.path, "run", "--format", "csv", file.path]
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { pointers.forEach { free($0) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, arguments[0], &actions, nil, &pointers, environ)
    close(ends[1])
    defer { close(ends[0]) }
    try #require(failure == 0, "posix_spawn: \(String(cString: strerror(failure)))")
    // An answer comes as soon as its statement is done: each is a moment to ask how much was held so far.
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var peak = 0
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
      peak = max(peak, Self.peakKilobytes(of: process))
    }
    var raw: Int32 = 0
    while waitpid(process, &raw, 0) < 0 { try #require(errno == EINTR) }
    // The low seven bits are the signal that ended it, the next byte is the status.
    status = raw & 0x7f == 0 ? raw >> 8 & 0xff : -(raw & 0x7f)
    peakMegabytes = peak / 1024
    output = String(decoding: bytes, as: UTF8.self)
    self.messages = try String(contentsOf: messages, encoding: .utf8)
  }

  /// 0 once the process has ended.
  private static func peakKilobytes(of process: pid_t) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
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
