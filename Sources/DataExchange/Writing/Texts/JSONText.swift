import GeometryKernel

/// Writes JSON (RFC 8259) into a byte buffer: commas are its business, nesting is the caller's.
struct JSONText {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Of degrees: about 1 cm (RFC 7946, 11.2).
  static let decimals = 7

  /// Forgets the bytes, which went elsewhere; the text goes on where it was.
  mutating func flushed() { bytes.removeAll(keepingCapacity: true) }

  mutating func beginObject() { open(UInt8(ascii: "{")) }
  mutating func endObject() { close(UInt8(ascii: "}")) }
  mutating func beginArray() { open(UInt8(ascii: "[")) }
  mutating func endArray() { close(UInt8(ascii: "]")) }

  mutating func key(_ name: String) {
    separate()
    quote(name.utf8)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func append(_ value: String) {
    separate()
    quote(value.utf8)
  }

  /// Text that is UTF-8 already; malformed bytes become U+FFFD.
  mutating func append(utf8 value: ArraySlice<UInt8>) {
    separate()
    if Self.isValid(value) { quote(value) } else { quote(String(decoding: value, as: UTF8.self).utf8) }
  }

  mutating func append(_ value: some FixedWidthInteger) {
    separate()
    bytes.append(contentsOf: value.description.utf8)
  }

  mutating func append(_ value: Bool) { literal(value ? "true" : "false") }

  mutating func appendNull() { literal("null") }

  /// The shortest digits that read back as the same number; null for NaN and infinity, which JSON has not.
  mutating func append(_ value: Double) {
    guard value.isFinite else { return appendNull() }
    separate()
    bytes.append(contentsOf: value.description.utf8)
  }

  /// A coordinate pair of degrees.
  mutating func appendPosition(_ x: Double, _ y: Double) {
    separate()
    bytes.append(UInt8(ascii: "["))
    appendDecimal(x, decimals: Self.decimals, to: &bytes)
    bytes.append(UInt8(ascii: ","))
    appendDecimal(y, decimals: Self.decimals, to: &bytes)
    bytes.append(UInt8(ascii: "]"))
  }

  mutating func appendDegrees(_ value: Double) {
    separate()
    appendDecimal(value, decimals: Self.decimals, to: &bytes)
  }

  mutating func newLine() { bytes.append(UInt8(ascii: "\n")) }

  /// Ends a text of one line; the next is another.
  mutating func endLine() {
    newLine()
    needsComma = false
  }

  /// Puts the next element on a line of its own.
  mutating func beginLine() {
    separate()
    newLine()
    needsComma = false
  }

  private mutating func open(_ byte: UInt8) {
    separate()
    bytes.append(byte)
    needsComma = false
  }

  private mutating func close(_ byte: UInt8) {
    bytes.append(byte)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func literal(_ text: StaticString) {
    separate()
    bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func quote(_ text: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
      case 0x0D: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
      case 0x09: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private static func isValid(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0x80 } || String(validating: bytes, as: UTF8.self) != nil
  }
}
