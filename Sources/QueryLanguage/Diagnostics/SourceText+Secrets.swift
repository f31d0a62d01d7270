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
        let end = hidden[start...].firstIndex { Self.endsAddress($0) } ?? hidden.count
        Self.hide(start..<end, in: &hidden)
      }
    }
    return hidden == bytes ? self : SourceText(utf8: hidden, name: name)
  }

  private static func endsAddress(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
  }

  private static func hide(_ address: Range<Int>, in bytes: inout [UInt8]) {
    // Between the first colon and the last @, as a password may hold either.
    if let at = bytes[address].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[address.lowerBound..<at].firstIndex(of: UInt8(ascii: ":"))
    {
      for index in (colon + 1)..<at { bytes[index] = UInt8(ascii: "*") }
    }
    let key = Array("password=".utf8)
    if let found = find(key, in: Array(bytes[..<address.upperBound]), from: address.lowerBound) {
      for index in (found + key.count)..<address.upperBound {
        if bytes[index] == UInt8(ascii: "&") { break }
        bytes[index] = UInt8(ascii: "*")
      }
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
