import CSimdjson

/// simdjson's parser with the buffers that it uses again and again.
final class JSONParser {
  private let handle: OpaquePointer

  enum Failure: Error {
    case notUTF8
    case noMemory
    /// No JSON, or with something in it that simdjson has no place for: `JSONScanner` knows what and where.
    case refused
  }

  /// Bytes that must be there behind a text.
  static let padding = CSJPadding

  init() throws(ExchangeError) {
    guard let handle = csj_create() else { throw ExchangeError(.unreadable, "there is no memory to read a file.") }
    self.handle = handle
  }

  deinit { csj_destroy(handle) }

  /// Parses one JSON value; the text has `padding` more bytes behind it. O(bytes).
  func parse(_ text: UnsafeBufferPointer<UInt8>) throws(Failure) -> JSONTape {
    switch csj_parse(handle, text.baseAddress, text.count) {
    case CSJ_PARSED: break
    case CSJ_NOT_UTF8: throw .notUTF8
    case CSJ_NO_MEMORY: throw .noMemory
    default: throw .refused
    }
    guard let words = csj_tape(handle), let texts = csj_strings(handle) else { throw .noMemory }
    return JSONTape(words: words, texts: texts)
  }
}
