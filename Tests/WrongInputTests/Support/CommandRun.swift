import Foundation
import Glibc
import TestSupport
import Testing

/// The built `catchment` as a process of its own: waited for until a moment, killed, or read from.
///
/// Its end is seen on a pipe that it holds open without knowing and that the system closes with it, so that waiting
/// until a moment is one call of `poll`.
final class CommandRun {
  let process: pid_t
  private let life: Int32
  private let streams: TemporaryFolder
  private var status: Int32?

  /// - Parameters:
  ///   - prefix: a program that starts it, with its arguments: `/bin/sh -c …`.
  ///   - output: where standard output goes; a file that `output` reads when `nil`.
  init(
    _ arguments: [String], prefix: [String] = [], input: [UInt8] = [], folder: String, output: Int32? = nil
  ) throws {
    streams = try TemporaryFolder()
    try streams.write("input", input)
    let enter = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder]
    let words = enter + prefix + [try Self.executable] + arguments
    var values: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    values.append(nil)
    defer { values.forEach { free($0) } }
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, streams["input"], O_RDONLY, 0)
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, streams["output"], O_WRONLY | O_CREAT, 0o600)
    }
    posix_spawn_file_actions_addopen(&actions, 2, streams["messages"], O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 9)
    var child: pid_t = 0
    let failure = posix_spawn(&child, words[0], &actions, nil, values, environ)
    close(ends[1])
    life = ends[0]
    process = child
    try #require(failure == 0, "\(words[0]) does not start")
  }

  deinit {
    if status == nil { kill() }
    close(life)
  }

  /// Waits until it ends, at most so long.
  /// - Returns: whether it has ended.
  func ends(within seconds: Double) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      let rest = (deadline - .now) / .milliseconds(1)
      var end = pollfd(fd: life, events: Int16(POLLIN), revents: 0)
      let count = poll(&end, 1, Int32(max(0, rest)))
      if count > 0 { return true }
      if count == 0 { return false }
    }
  }

  /// SIGKILL; nothing in the process can answer it.
  func kill() {
    Glibc.kill(process, SIGKILL)
    _ = wait()
  }

  /// - Returns: the exit status; 128 + signal when one ended it.
  @discardableResult func wait() -> Int32 {
    if let status { return status }
    var code: Int32 = 0
    while waitpid(process, &code, 0) == -1 && errno == EINTR {}
    let result = code & 0x7F == 0 ? (code >> 8) & 0xFF : 128 + (code & 0x7F)
    status = result
    return result
  }

  var output: String { text("output") }
  var messages: String { text("messages") }

  private func text(_ name: String) -> String {
    (try? streams.bytes(of: name)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  /// The executable lies beside the bundle of the tests.
  static var executable: String {
    get throws {
      let bundle = CommandLine.arguments.lazy.compactMap { argument in
        argument.range(of: ".xctest").map { URL(fileURLWithPath: String(argument[..<$0.upperBound])) }
      }.first
      let neighbour = bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])
      let path = neighbour.deletingLastPathComponent().appendingPathComponent("catchment").path
      try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) is not built")
      return path
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
