import Glibc
import WorkControl

/// Where text formats are written to, in large pieces.
protocol ByteSink {
  mutating func write(_ bytes: [UInt8]) throws
}

extension ByteSink {
  /// Whether so much was collected that it is worth writing: a quarter of a mebibyte.
  func takes(_ bytes: [UInt8]) -> Bool { bytes.count > 1 << 18 }
}

extension PreparedLayer {
  /// Says how far writing is, every some thousand rows.
  ///
  /// - Throws: `Cancelled`.
  func reportWritten(_ row: Int, _ monitor: WorkMonitor) throws {
    if row & 0xFFF == 0xFFF {
      try monitor.report("writing \(name)", fraction: Double(row) / Double(rowCount), done: row)
    }
  }

  /// A name that none of the columns has.
  func freeName(_ wanted: String) -> String {
    var name = wanted
    while attributes.contains(where: { $0.name.lowercased() == name }) { name += "_" }
    return name
  }
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
