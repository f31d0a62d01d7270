/// A drawing exchange file as it is written: groups of a code and a value, a line each ("DXF Reference", "Group Code Value
/// Types").
struct DrawingGroups {
  private(set) var bytes: [UInt8] = []
  /// `nil` where every character is a byte.
  private let encoding: TextEncoding?
  /// How long the segments of a curve are, in units of the drawing.
  private let segment: Double
  /// What curves fall into, at most: segments that memory has to hold.
  private(set) var segments = 0.0

  /// - Parameter segment: Infinity where curves fall into steps of some degrees.
  init(encoding: TextEncoding?, segment: Double) {
    self.encoding = encoding
    self.segment = segment
  }

  /// - Throws: `Malformed` for a length that is none: it would hide those of all others.
  mutating func countSegments(_ length: Double) throws(BitReader.Malformed) {
    guard length.isFinite else { throw BitReader.Malformed() }
    segments += abs(length) / segment + 90
  }

  /// Takes back what was written behind a place.
  mutating func cut(to count: Int) { bytes.removeSubrange(count...) }

  // MARK: Groups

  mutating func group(_ code: Int, _ value: some Sequence<UInt8>) {
    bytes += String(code).utf8
    bytes.append(0x0A)
    bytes += value
    bytes.append(0x0A)
  }

  mutating func group(_ code: Int, _ value: String) { group(code, value.utf8) }

  mutating func group(_ code: Int, _ value: Int) { group(code, String(value).utf8) }

  /// No drawing reaches further, in whatever unit.
  private static let farthest = 1e12

  /// - Throws: `Malformed` for what is no number, or no length in a drawing.
  mutating func number(_ code: Int, _ value: Double) throws(BitReader.Malformed) {
    // Not a number is not less either.
    guard abs(value) <= Self.farthest else { throw BitReader.Malformed() }
    group(code, value.description.utf8)
  }

  /// An angle, from radians to degrees.
  mutating func angle(_ code: Int, _ radians: Double) throws(BitReader.Malformed) {
    try number(code, radians * 180 / .pi)
  }

  /// Three numbers whose codes differ by ten.
  mutating func point(_ code: Int, _ value: SIMD3<Double>) throws(BitReader.Malformed) {
    try number(code, value.x)
    try number(code + 10, value.y)
    try number(code + 20, value.z)
  }

  mutating func extrusion(_ value: SIMD3<Double>) throws(BitReader.Malformed) {
    if value != [0, 0, 1] { try point(210, value) }
  }

  mutating func section(_ name: String) {
    group(0, "SECTION")
    group(2, name)
  }

  // MARK: Texts

  /// A name, without what would end its line.
  mutating func name(_ code: Int, _ name: [UInt8]) { group(code, name.filter { $0 >= 0x20 }) }

  /// A text, in several groups where it is long: lines may have 255 bytes.
  mutating func text(_ text: [UInt8], code: Int = 1, continued: Int = 1) {
    var line: [UInt8] = []
    var index = 0
    var escapeEnd = 0
    while index < text.count {
      let byte = text[index]
      let length = characterLength(text[index...])
      if line.count >= 250 || (line.count >= 180 && index >= escapeEnd) {
        group(continued, line)
        line = []
      }
      if index >= escapeEnd { escapeEnd = index + Self.escapeLength(text[index...]) }
      if length > 1 {
        line += text[index..<index + length]
      } else if byte == UInt8(ascii: "^") {
        line += "^ ".utf8
      } else if byte >= 0x20 {
        line.append(byte)
      } else if byte > 0 {
        line += [UInt8(ascii: "^"), byte | 0x40]
      }
      index += length
    }
    group(code, line)
  }

  /// In bytes, at most those that are left.
  private func characterLength(_ text: ArraySlice<UInt8>) -> Int {
    guard let encoding, let first = text.first, first >= 0x81, let second = text.dropFirst().first else { return 1 }
    let length =
      encoding == .utf8
      ? (first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1)
      : encoding == .gb18030 && (0x30...0x39).contains(second) ? 4 : second >= 0x40 ? 2 : 1
    return min(length, text.count)
  }

  /// How long an escape is, which would be read wrongly where a line ends in it; 0 for what is none.
  private static func escapeLength(_ text: ArraySlice<UInt8>) -> Int {
    if text.first == UInt8(ascii: "%") { return 3 }
    guard text.first == UInt8(ascii: "\\"), let kind = text.dropFirst().first else { return 0 }
    if kind == UInt8(ascii: "U") { return 7 }
    if kind == UInt8(ascii: "M") { return 8 }
    guard "WTAHFfCcQpS".utf8.contains(kind) else { return 2 }
    // A font with its name is the longest.
    return (text.prefix(100).firstIndex(of: UInt8(ascii: ";")) ?? text.startIndex) - text.startIndex + 1
  }
}

/// The code pages of drawings by their numbers.
enum DrawingCodePage {
  private static let pages: [Int: Int] = [
    11: 437, 12: 850, 13: 852, 14: 855, 15: 857, 16: 860, 17: 861, 18: 863, 19: 864, 20: 865, 21: 869, 22: 932,
    24: 950, 25: 949, 27: 866, 28: 1250, 29: 1251, 30: 1252, 31: 936, 32: 1253, 33: 1254, 34: 1255, 35: 1256,
    36: 1257, 37: 874, 38: 932, 39: 936, 40: 949, 41: 950, 44: 1258,
  ]

  /// Windows' Western European one where the number says nothing.
  private static func page(_ number: Int) -> Int { pages[number] ?? 1252 }

  /// As `$DWGCODEPAGE` names it.
  static func name(_ number: Int) -> String { "ANSI_\(page(number))" }

  /// Whether characters may have two bytes: in Japanese, Chinese and Korean.
  /// Of those with characters of several bytes; `nil` for the others.
  static func encoding(_ number: Int) -> TextEncoding? {
    [932, 936, 949, 950].contains(page(number)) ? TextEncoding(named: "\(page(number))") : nil
  }
}
