import Glibc

/// A run of a file's bytes in memory, made ready to be parsed as one JSON array.
///
/// The bytes lie between two that are not the file's, so that features with commas between them become an array where
/// they lie; behind them is the room that the parser wants.
final class TextBlock {
  /// Where in the file the block begins.
  private(set) var start = 0
  private(set) var count = 0
  /// True when the block reaches the end of the file.
  private(set) var isLast = false
  private let file: OpenFile
  private var buffer: UnsafeMutableBufferPointer<UInt8>

  init(_ file: OpenFile) {
    self.file = file
    buffer = .allocate(capacity: 0)
  }

  deinit { buffer.deallocate() }

  /// The bytes of the file.
  var text: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: buffer.isEmpty ? buffer[..<0] : buffer[1..<count + 1])
  }

  /// Where in the file the byte behind the block is.
  var end: Int { start + count }

  /// Reads up to so many bytes from a place of the file on.
  ///
  /// - Throws: `ExchangeError` when the file cannot be read. O(bytes).
  func load(_ wanted: Int, at start: Int) throws(ExchangeError) {
    reserve(wanted)
    self.start = start
    count = try file.read(
      into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[1..<wanted + 1]), at: start)
    isLast = start + count >= file.size
  }

  /// Leaves out what comes behind so many bytes.
  func cut(to count: Int) { self.count = min(count, self.count) }

  /// The block as a JSON array, for the parser.
  func bracketed() -> UnsafeBufferPointer<UInt8> {
    buffer[0] = UInt8(ascii: "[")
    buffer[count + 1] = UInt8(ascii: "]")
    return UnsafeBufferPointer(rebasing: buffer[..<(count + 2)])
  }

  /// Puts other bytes in the place of some; the replacements ascend and are within the block. O(bytes).
  func replace(_ replacements: [JSONScanner.Replacement]) {
    var changed: [UInt8] = []
    changed.reserveCapacity(count)
    var done = 0
    for replacement in replacements {
      changed += text[done..<replacement.range.lowerBound]
      changed += replacement.text.utf8
      done = replacement.range.upperBound
    }
    changed += text[done...]
    reserve(changed.count)
    count = changed.count
    changed.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[1...]).copyMemory(from: $0)
    }
  }

  private func reserve(_ wanted: Int) {
    let capacity = wanted + 2 + JSONParser.padding
    guard buffer.count < capacity else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: capacity)
    buffer.initialize(repeating: 0)
    count = 0
  }

  // MARK: Where features end

  /// The last place where a feature seems to end and another to begin: the comma between them.
  ///
  /// A guess from the end of the block, without a look at what is before: `}` `,` `{` and the bytes that the first
  /// feature of the file begins with. It is right exactly if what is before it is JSON, because each bracket and quote
  /// that were open at a wrong place would have to be closed there.
  func likelyEnd(before signature: [UInt8]) -> Int? {
    let text = text
    var place = count - signature.count
    while place > 0 {
      place -= 1
      guard text[place] == UInt8(ascii: "{"), text[place...].starts(with: signature) else { continue }
      guard let comma = lastByte(before: place), text[comma] == UInt8(ascii: ",") else { continue }
      if let end = lastByte(before: comma), text[end] == UInt8(ascii: "}") { return comma }
    }
    return nil
  }

  /// The last byte before a place that is no blank.
  private func lastByte(before place: Int) -> Int? { text[..<place].lastIndex { !isSpace($0) } }
}

/// A file that is open for reading.
final class OpenFile {
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
