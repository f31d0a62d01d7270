import Glibc
import Reporting

/// Standard output and standard error as sinks that remember the first failed write.
final class StandardStreams {
  let output: ByteSink
  let messages: ByteSink
  private let failure: WriteFailure

  /// The error of the first write that failed.
  private final class WriteFailure {
    var error: Int32 = 0
  }

  init() {
    let failure = WriteFailure()
    self.failure = failure
    output = ByteSink { bytes in
      guard failure.error == 0 else { return }
      failure.error = Self.write(bytes, to: STDOUT_FILENO)
      // Whoever read has enough; where SIGPIPE is not ignored the system has ended the process already.
      if failure.error == EPIPE { _exit(128 + SIGPIPE) }
    }
    messages = ByteSink { bytes in _ = Self.write(bytes, to: STDERR_FILENO) }
  }

  /// Hands on what is buffered.
  /// - Returns: `status`, or 3 with a message when not all output could be written.
  func finish(status: Int32) -> Int32 {
    output.flush()
    messages.flush()
    if failure.error == 0 { return status }
    Self.tell("catchment: the output cannot be written: \(String(cString: strerror(failure.error)))\n")
    return max(status, 3)
  }

  /// Writes to standard error at once.
  static func tell(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// A standard stream that was closed by whoever started us would be taken by the next file opened, and answers written
  /// into it; such a stream is opened so that using it fails.
  ///
  /// A file that grows beyond the user's limit is an error like a full disk, not the end of the process.
  static func prepare() {
    signal(SIGXFSZ, SIG_IGN)
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// - Returns: 0 or the error of `write(2)`.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count >= 0 {
          rest = rest.dropFirst(count)
          continue
        }
        switch errno {
        case EINTR: continue
        case EAGAIN:
          var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          poll(&ready, 1, -1)
        case let error: return error
        }
      }
      return 0
    }
  }
}
