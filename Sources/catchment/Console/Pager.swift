import Glibc

/// A program that shows long text a screen at a time.
struct Pager {
  let command: String

  /// `$PAGER`, else `less` where it is installed; `nil` when there is none or it is set to nothing.
  init?() {
    if let chosen = Terminal.environment("PAGER") {
      guard !chosen.allSatisfy(\.isWhitespace), chosen != "cat" else { return nil }
      command = chosen
    } else {
      let folders = (Terminal.environment("PATH") ?? "").split(separator: ":")
      guard folders.contains(where: { access("\($0)/less", X_OK) == 0 }) else { return nil }
      command = "less -FRX"
    }
  }

  /// Shows the text and comes back when the user has seen enough.
  /// - Returns: false when the program could not be started; nothing was shown then.
  func show(_ bytes: [UInt8]) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var child: pid_t = 0
    let isStarted = start(reading: ends[0], as: &child)
    close(ends[0])
    // A pager that is left early closes its end: EPIPE, since the console ignores SIGPIPE.
    if isStarted { _ = StandardStreams.write(bytes, to: ends[1]) }
    close(ends[1])
    guard isStarted else { return false }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1 && errno == EINTR {}
    // The shell says 126 or 127 for a command that cannot be run.
    let exitStatus = (status >> 8) & 0xFF
    return !(status & 0x7F == 0 && (exitStatus == 126 || exitStatus == 127))
  }

  private func start(reading descriptor: Int32, as child: inout pid_t) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, descriptor, STDIN_FILENO)
    // What the console blocks and ignores is its own affair.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var ignored = sigset_t()
    sigemptyset(&ignored)
    sigaddset(&ignored, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &ignored)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    // `less` as git sets it up: leave when all fits, keep colours, keep the text on the screen.
    if Terminal.environment("LESS") == nil { setenv("LESS", "FRX", 0) }
    var arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (text: String) in strdup(text) }
    arguments.append(nil)
    defer { arguments.forEach { free($0) } }
    return posix_spawn(&child, "/bin/sh", &actions, &attributes, &arguments, environ) == 0
  }
}
