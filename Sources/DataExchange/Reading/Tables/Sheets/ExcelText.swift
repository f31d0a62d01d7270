/// A text of a workbook as its runs come: `<t>` of a whole text or of runs of one look each, without the readings above
/// the characters (ECMA-376, 18.4.8 and 18.4.6).
struct ExcelText {
  private var bytes: [UInt8] = []
  private var isReading = false

  mutating func take(_ tag: XMLTag, _ text: () -> ArraySlice<UInt8>) {
    switch tag.name {
    case "rPh": isReading = !tag.isEmpty
    case "/rPh": isReading = false
    case "/t" where !isReading: bytes += Self.decoded(text())
    default: break
    }
  }

  /// The text, after which the next begins.
  mutating func finish() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  /// `_x000D_` stands for the character that XML cannot hold (22.9.2.19).
  static func decoded(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.contains(UInt8(ascii: "_")) else { return text }
    var result: [UInt8] = []
    var rest = text
    while let sign = rest.firstIndex(of: UInt8(ascii: "_")) {
      result += rest[..<sign]
      let escape = rest[sign...].prefix(7)
      if escape.count == 7, escape.last == UInt8(ascii: "_"), escape.dropFirst().first == UInt8(ascii: "x"),
        let code = UInt32(String(decoding: escape.dropFirst(2).dropLast(), as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        result += String(scalar).utf8
        rest = rest[(sign + 7)...]
      } else {
        result.append(rest[sign])
        rest = rest[(sign + 1)...]
      }
    }
    return ArraySlice(result + rest)
  }
}
