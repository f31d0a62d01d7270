extension SourceText {
  /// The same text with a star for every byte of a password in a database's address (`postgres://user:password@host`):
  /// what is shown, printed or kept of a query. Places in it are the places in the text.
  public var withoutSecrets: SourceText {
    var hidden = bytes
    for scheme in ["postgres://", "postgresql://"] {
      let mark = Array(scheme.utf8)
      var start = 0
      while let found = Self.find(mark, in: hidden, from: start) {
        start = found + mark.count
        Self.hide(start..<Self.end(ofAddress: start, in: hidden), in: &hidden)
      }
    }
    return hidden == bytes ? self : SourceText(utf8: hidden, name: name)
  }

  /// The next quote without a backslash, or the end of the line.
  private static func end(ofAddress start: Int, in bytes: [UInt8]) -> Int {
    var end = start
    while end < bytes.count, ![UInt8(ascii: "\""), 0x0A, 0x0D].contains(bytes[end]) {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end, bytes.count)
  }

  private static func hide(_ address: Range<Int>, in bytes: inout [UInt8]) {
    let plain = Array(bytes[..<address.upperBound])
    // Between the first colon and the last @, as a password may hold either.
    if let at = plain[address].lastIndex(of: UInt8(ascii: "@")),
      let colon = plain[address.lowerBound..<at].firstIndex(of: UInt8(ascii: ":"))
    {
      for index in (colon + 1)..<at { bytes[index] = UInt8(ascii: "*") }
    }
    let key = Array("password=".utf8)
    var start = address.lowerBound
    while let found = find(key, in: plain, from: start) {
      start = found + key.count
      let end = plain[start...].firstIndex(of: UInt8(ascii: "&")) ?? plain.count
      for index in start..<end { bytes[index] = UInt8(ascii: "*") }
    }
  }

  /// Letters in either case.
  private static func find(_ mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= mark.count, start <= bytes.count - mark.count else { return nil }
    return (start...(bytes.count - mark.count)).first { first in
      zip(bytes[first..<(first + mark.count)], mark).allSatisfy { byte, wanted in
        (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte) == wanted
      }
    }
  }
}
