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
  var bytes: UnsafeBufferPointer<UInt8> {
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
      changed += bytes[done..<replacement.range.lowerBound]
      changed += replacement.text.utf8
      done = replacement.range.upperBound
    }
    changed += bytes[done...]
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

  /// The first byte that is no UTF-8. O(bytes).
  var firstNotUTF8: Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  // MARK: Where features end

  /// The last place where a feature seems to end and another to begin: the comma between them.
  ///
  /// A guess from the end of the block, without a look at what is before: `}` `,` `{` and the bytes that the first
  /// feature of the file begins with. It is right exactly if what is before it is JSON, because each bracket and quote
  /// that were open at a wrong place would have to be closed there.
  func likelyEnd(before signature: [UInt8]) -> Int? {
    let text = bytes
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
  private func lastByte(before place: Int) -> Int? { bytes[..<place].lastIndex { !isSpace($0) } }
}
