/// What a statement's text names, without parsing it.
enum SQLText {
  /// Every identifier of a statement, folded as SQL compares names: bare words, `"…"`, `[…]` and `` `…` ``.
  ///
  /// Strings and comments are passed over. Keywords are among the words: whoever looks for tables compares with the
  /// names that there are. O(bytes).
  static func identifiers(in sql: String) -> Set<String> {
    var scanner = Scanner(bytes: Array(sql.utf8))
    return scanner.identifiers()
  }

  /// The whole numbers of a statement: SRIDs may be among them.
  static func numbers(in sql: String) -> Set<Int> {
    var scanner = Scanner(bytes: Array(sql.utf8))
    _ = scanner.identifiers()
    return scanner.numbers
  }

  private struct Scanner {
    let bytes: [UInt8]
    var i = 0
    var numbers: Set<Int> = []

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func identifiers() -> Set<String> {
      var found: Set<String> = []
      while i < bytes.count {
        switch bytes[i] {
        case UInt8(ascii: "-") where next == UInt8(ascii: "-"): skip(to: UInt8(ascii: "\n"))
        case UInt8(ascii: "/") where next == UInt8(ascii: "*"): skipComment()
        case UInt8(ascii: "'"): _ = quoted(by: UInt8(ascii: "'"))
        case UInt8(ascii: "\""), UInt8(ascii: "`"): found.insert(quoted(by: bytes[i]).foldedName)
        case UInt8(ascii: "["):
          let start = i + 1
          skip(to: UInt8(ascii: "]"))
          found.insert(text(start..<max(start, min(i - 1, bytes.count))).foldedName)
        case let byte where Self.isDigit(byte): number()
        case let byte where Self.isWordByte(byte):
          let start = i
          while i < bytes.count && Self.isWordByte(bytes[i]) { i += 1 }
          found.insert(text(start..<i).foldedName)
        default: i += 1
        }
      }
      return found
    }

    private var next: UInt8? { i + 1 < bytes.count ? bytes[i + 1] : nil }

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// Goes behind the next such byte.
    private mutating func skip(to end: UInt8) {
      while i < bytes.count && bytes[i] != end { i += 1 }
      i += 1
    }

    private mutating func skipComment() {
      i += 2
      while i < bytes.count && !(bytes[i] == UInt8(ascii: "*") && next == UInt8(ascii: "/")) { i += 1 }
      i += 2
    }

    /// The text between quotes, in which a doubled quote is one.
    private mutating func quoted(by quote: UInt8) -> String {
      var content: [UInt8] = []
      i += 1
      while i < bytes.count {
        if bytes[i] == quote {
          guard next == quote else { break }
          i += 1
        }
        content.append(bytes[i])
        i += 1
      }
      i += 1
      return String(decoding: content, as: UTF8.self)
    }

    private mutating func number() {
      let start = i
      while i < bytes.count && (Self.isWordByte(bytes[i]) || bytes[i] == UInt8(ascii: ".")) { i += 1 }
      if let number = Int(text(start..<i)) { numbers.insert(number) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isWordByte(_ byte: UInt8) -> Bool {
      isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "$") || byte >= 0x80
    }
  }
}
