/// The text of a script or of one console entry, in UTF-8 with byte offsets.
public struct SourceText: Sendable, Hashable {
  /// A file's path, or a name such as `console` or `-c`.
  public let name: String
  public let bytes: [UInt8]

  public init(_ text: String, name: String) {
    self.bytes = Array(text.utf8)
    self.name = name
  }

  public init(utf8 bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The text of a range of bytes; malformed UTF-8 shows as U+FFFD.
  public subscript(range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }
}

/// A place in a source text as people count: from 1, columns in characters.
public struct SourcePosition: Sendable, Hashable {
  public let line: Int
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
