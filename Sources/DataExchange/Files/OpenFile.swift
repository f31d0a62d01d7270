import Glibc

/// A file that is open for reading.
final class OpenFile: Sendable {
  let size: Int
  private let source: SourceFile
  private let descriptor: Int32

  init(_ source: SourceFile) throws(ExchangeError) {
    self.source = source
    size = source.size
    descriptor = open(source.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SourceFile.cannotOpen(source.path, code: errno) }
  }

  deinit { close(descriptor) }

  /// Fills the buffer from a place of the file on, or up to the file's end; returns how many bytes.
  func read(into buffer: UnsafeMutableRawBufferPointer, at start: Int) throws(ExchangeError) -> Int {
    let wanted = min(buffer.count, max(0, size - start))
    var done = 0
    while done < wanted {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done..<wanted])
      let count = pread(descriptor, rest.baseAddress, rest.count, off_t(start + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw SourceFile.cannotOpen(source.path, code: errno) }
      // Somebody made the file shorter meanwhile.
      guard count > 0 else { throw source.truncated("it had \(size) bytes and now ends at \(start + done)") }
      done += count
    }
    return done
  }

  /// The line and the character in it, from 1, of a byte. O(bytes before it).
  func position(ofByte offset: Int) -> (line: Int, character: Int) {
    var line = 1
    var character = 1
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var start = 0
    while start < offset {
      let count = pread(descriptor, &buffer, min(buffer.count, offset - start), off_t(start))
      guard count > 0 else { break }
      for byte in buffer[..<count] {
        if byte == 0x0A {
          line += 1
          character = 1
        } else if byte & 0xC0 != 0x80 {
          character += 1
        }
      }
      start += count
    }
    return (line, character)
  }
}

extension SourceFile {
  /// The file breaks the rules of JSON at a place.
  func malformed(_ what: String, at place: (line: Int, character: Int)) -> ExchangeError {
    ExchangeError(
      .damaged, "“\(name)” is no readable GeoJSON: line \(place.line), character \(place.character): \(what).",
      fix: "It may be damaged or cut off: fetch or export it again.")
  }
}
