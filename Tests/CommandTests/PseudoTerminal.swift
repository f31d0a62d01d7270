import Foundation
import Glibc
import Testing

/// `catchment` in a pseudo-terminal, as a user at a keyboard meets it.
///
/// Nothing sleeps: everything waits for output, until a deadline.
final class PseudoTerminal {
  private let descriptor: Int32
  private let child: pid_t
  /// What the terminal showed and was not yet awaited.
  private(set) var shown = ""
  /// Bytes of a character that is not whole yet.
  private var rest: [UInt8] = []
  private var hasEnded = false

  private static let patience = 60.0
  /// POSIX_SPAWN_SETSID of glibc's spawn.h, which only GNU's dialect of C declares.
  private static let newSession: Int16 = 0x80

  init(
    _ arguments: [String] = [], environment: [String: String] = [:], columns: UInt16 = 100, rows: UInt16 = 30
  ) throws {
    let executable = try CatchmentProcess.executable.path
    var variables = ["TERM": "xterm", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PAGER": "", "NO_COLOR": "1"]
    variables.merge(environment) { $1 }
    // All memory is made before the fork: the child may only make system calls.
    var values: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    values.append(nil)
    var pairs: [UnsafeMutablePointer<CChar>?] = variables.sorted { $0.key < $1.key }.map { strdup("\($0)=\($1)") }
    pairs.append(nil)
    defer { for pointer in values + pairs { free(pointer) } }
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    var master: Int32 = 0
    var slave: Int32 = 0
    var name = [CChar](repeating: 0, count: 256)
    try #require(openpty(&master, &slave, &name, nil, &size) == 0)
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that a session leader without one opens becomes its controlling terminal.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Self.newSession)
    var process: pid_t = 0
    let failure = posix_spawn(&process, executable, &actions, &attributes, values, pairs)
    close(slave)
    try #require(failure == 0)
    descriptor = master
    child = process
  }

  deinit {
    if !hasEnded {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    close(descriptor)
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Waits until `text` was shown, and forgets everything up to its end.
  /// - Returns: what was shown up to it, itself included.
  @discardableResult
  func await(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while true {
      if let range = shown.range(of: text) {
        let before = String(shown[..<range.upperBound])
        shown = String(shown[range.upperBound...])
        return before
      }
      let isThere = read(until: deadline)
      try #require(
        isThere || shown.contains(text), "no “\(text)” in \(shown.debugDescription)", sourceLocation: sourceLocation)
    }
  }

  /// Waits for the end of the process.
  /// - Returns: its exit status; 128 + signal when one ended it.
  func end() throws -> Int32 {
    let deadline = Date(timeIntervalSinceNow: Self.patience)
    while read(until: deadline) {}
    try #require(Date() < deadline, "it goes on: \(shown.debugDescription)")
    var status: Int32 = 0
    waitpid(child, &status, 0)
    hasEnded = true
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// - Returns: false when nothing comes any more.
  private func read(until deadline: Date) -> Bool {
    let milliseconds = Int32(max(0, deadline.timeIntervalSinceNow * 1000))
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, milliseconds) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return false }
    rest += buffer[..<count]
    // A character cut in two waits for its other half.
    var whole = rest.count
    for length in 1...4 where length <= rest.count {
      let byte = rest[rest.count - length]
      if byte & 0xC0 == 0x80 { continue }
      let needed = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      if needed > length { whole = rest.count - length }
      break
    }
    shown += String(decoding: rest[..<whole], as: UTF8.self)
    rest.removeFirst(whole)
    return true
  }
}
