import Glibc

/// Where text formats are written to, in large pieces.
protocol ByteSink {
  mutating func write(_ bytes: [UInt8]) throws
}

struct MemorySink: ByteSink {
  var bytes: [UInt8] = []

  mutating func write(_ bytes: [UInt8]) { self.bytes += bytes }
}

/// A new file, written with write(2) so that every failure is seen.
final class FileSink: ByteSink {
  private let descriptor: Int32
  private let path: String

  init(path: String) throws(ExchangeError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw WriteFailure.explained(path, code: errno) }
  }

  deinit { close(descriptor) }

  func write(_ bytes: [UInt8]) throws {
    let failure = bytes.withUnsafeBytes { buffer -> Int32? in
      var done = 0
      while done < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return count < 0 ? errno : ENOSPC }
        done += count
      }
      return nil
    }
    if let failure { throw WriteFailure.explained(path, code: failure) }
  }
}
