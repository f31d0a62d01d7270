/// Steps over JSON values byte by byte, strictly by RFC 8259, and says where one breaks the rules.
///
/// It is for what the fast parser leaves open: where a value ends, what is wrong in a text that was refused, and the few
/// things that other programs write and simdjson does not take (`NaN`, numbers too large, half of a surrogate pair),
/// for which it proposes what to put in their place.
struct JSONScanner {
  enum Stop: Error {
    /// The text ends inside a value.
    case endOfText
    /// The byte where the rules are broken, and how.
    case fault(at: Int, String)
  }

  /// Something to put in the place of some bytes.
  struct Replacement {
    enum Kind {
      /// A number that is not finite, and becomes null.
      case lostNumber
      /// A whole number that no integer of 64 bits holds, and becomes one of floating point.
      case wideNumber
      /// Half of a surrogate pair, and becomes U+FFFD.
      case halfCharacter
      /// What stands between two values.
      case separator
    }

    let kind: Kind
    let range: Range<Int>
    let text: String

    init(_ kind: Kind, _ range: Range<Int>, _ text: String) {
      self.kind = kind
      self.range = range
      self.text = text
    }
  }

  private(set) var position: Int
  private(set) var replacements: [Replacement] = []
  private let text: UnsafeBufferPointer<UInt8>

  /// simdjson takes 1024 levels, and ours are around them.
  private static let depthLimit = 1000

  init(_ text: UnsafeBufferPointer<UInt8>, from position: Int = 0) {
    self.text = text
    self.position = position
  }

  var next: UInt8? { position < text.count ? text[position] : nil }

  /// Steps over one byte.
  mutating func step() { position += 1 }

  mutating func skipSpace() {
    while position < text.count, isSpace(text[position]) { position += 1 }
  }

  /// Steps over a byte that must be there.
  mutating func skip(_ byte: UInt8, or complaint: String) throws(Stop) {
    guard let next else { throw .endOfText }
    guard next == byte else { throw .fault(at: position, complaint) }
    position += 1
  }

  private enum Expected { case value, valueOrEnd, key, keyOrEnd, commaOrEnd }

  /// Steps over the blanks before a value and the value. O(its bytes).
  mutating func skipValue() throws(Stop) {
    // For each container that is open, whether it is an object.
    var open: [Bool] = []
    var expected = Expected.value
    repeat {
      skipSpace()
      guard let byte = next else { throw .endOfText }
      switch expected {
      case .valueOrEnd where byte == UInt8(ascii: "]"), .keyOrEnd where byte == UInt8(ascii: "}"):
        open.removeLast()
        position += 1
        expected = .commaOrEnd
      case .value, .valueOrEnd:
        expected = try beginValue(byte, &open)
      case .key, .keyOrEnd:
        try skipName()
        try skipColon()
        expected = .value
      case .commaOrEnd:
        let isObject = open.last ?? false
        if byte == UInt8(ascii: ",") {
          expected = isObject ? .key : .value
        } else if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          open.removeLast()
        } else {
          throw .fault(at: position, isObject ? "a comma or } is missing here" : "a comma or ] is missing here")
        }
        position += 1
      }
    } while !open.isEmpty || expected != .commaOrEnd
  }

  private mutating func beginValue(_ byte: UInt8, _ open: inout [Bool]) throws(Stop) -> Expected {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard open.count < Self.depthLimit else {
        throw .fault(at: position, "values are nested more than \(Self.depthLimit) levels deep")
      }
      open.append(byte == UInt8(ascii: "{"))
      position += 1
      return byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
    case UInt8(ascii: "\""): try skipText()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber()
    default: try skipWord()
    }
    return .commaOrEnd
  }

  // MARK: Texts

  /// Steps over the name of a member.
  mutating func skipName() throws(Stop) {
    guard let next else { throw .endOfText }
    guard next == UInt8(ascii: "\"") else { throw .fault(at: position, "a name in quotes is missing here") }
    try skipText()
  }

  /// Steps over the blanks behind a name and the colon.
  mutating func skipColon() throws(Stop) {
    skipSpace()
    try skip(UInt8(ascii: ":"), or: "a colon is missing between a name and its value")
  }

  private mutating func skipText() throws(Stop) {
    position += 1
    while true {
      guard let byte = next else { throw .endOfText }
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return
      case UInt8(ascii: "\\"): try skipEscape()
      case 0..<0x20:
        throw .fault(at: position, "a text holds a line end or another control character, or its quote is missing")
      default: position += 1
      }
    }
  }

  private mutating func skipEscape() throws(Stop) {
    let start = position
    guard position + 1 < text.count else { throw .endOfText }
    switch text[position + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    case UInt8(ascii: "u"):
      let unit = try codeUnit(at: position)
      position += 6
      guard 0xD800...0xDFFF ~= unit else { return }
      if unit < 0xDC00 {
        if position + 1 >= text.count { throw .endOfText }
        if text[position] == UInt8(ascii: "\\"), text[position + 1] == UInt8(ascii: "u"),
          0xDC00...0xDFFF ~= (try codeUnit(at: position))
        {
          position += 6
          return
        }
      }
      replacements.append(Replacement(.halfCharacter, start..<start + 6, "\\ufffd"))
    default: throw .fault(at: position, "a text holds a backslash that begins no escape")
    }
  }

  private func codeUnit(at start: Int) throws(Stop) -> UInt32 {
    guard start + 6 <= text.count else { throw .endOfText }
    var unit: UInt32 = 0
    for i in start + 2..<start + 6 {
      guard let digit = Character(UnicodeScalar(text[i])).hexDigitValue else {
        throw .fault(at: i, "four hexadecimal digits must follow \\u")
      }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  // MARK: Numbers and words

  private mutating func skipNumber() throws(Stop) {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "I") { return try skipWord(from: start) }
    let whole = position
    try skipDigits()
    if position - whole > 1 && text[whole] == UInt8(ascii: "0") {
      throw .fault(at: whole, "a number begins with a needless zero")
    }
    var isWhole = true
    if next == UInt8(ascii: ".") {
      isWhole = false
      position += 1
      try skipDigits()
    }
    if let mark = next, mark | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      position += 1
      if let sign = next, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
      try skipDigits()
    }
    guard next != nil else { throw .endOfText }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    if isWhole && (position - start < 19 || Int64(digits) != nil || UInt64(digits) != nil) { return }
    let value = Double(digits) ?? .nan
    if !value.isFinite {
      replacements.append(Replacement(.lostNumber, start..<position, "null"))
    } else if isWhole {
      replacements.append(Replacement(.wideNumber, start..<position, value.description))
    }
  }

  private mutating func skipDigits() throws(Stop) {
    let start = position
    while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    if next == nil { throw .endOfText }
    if position == start { throw .fault(at: position, "a number lacks a digit here") }
  }

  private mutating func skipWord(from start: Int? = nil) throws(Stop) {
    let start = start ?? position
    while let byte = next, UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 { position += 1 }
    if next == nil { throw .endOfText }
    switch String(decoding: text[start..<position], as: UTF8.self) {
    case "true", "false", "null": break
    case "NaN", "nan", "Infinity", "-Infinity": replacements.append(Replacement(.lostNumber, start..<position, "null"))
    case "": throw .fault(at: start, "a value is missing here")
    case let word: throw .fault(at: start, "“\(word.prefix(20))” is no value: a text must stand in quotes")
    }
  }
}

/// A blank of JSON.
@inline(__always)
func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
