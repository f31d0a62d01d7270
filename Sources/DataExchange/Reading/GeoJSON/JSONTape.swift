import CSimdjson

/// A parsed JSON text as simdjson lays it out (its doc/tape.md): a run of words, each with a mark in the highest byte,
/// and the texts without their escapes beside it.
///
/// Valid until the parser that made it parses again.
struct JSONTape {
  let words: UnsafePointer<UInt64>
  let texts: UnsafePointer<UInt8>

  /// What a word on the tape begins or is.
  enum Mark {
    static let object = UInt8(ascii: "{")
    static let objectEnd = UInt8(ascii: "}")
    static let array = UInt8(ascii: "[")
    static let arrayEnd = UInt8(ascii: "]")
    static let text = UInt8(ascii: "\"")
    static let integer = UInt8(ascii: "l")
    /// A whole number beyond `Int64.max`.
    static let wideInteger = UInt8(ascii: "u")
    static let number = UInt8(ascii: "d")
    static let yes = UInt8(ascii: "t")
    static let no = UInt8(ascii: "f")
    static let null = UInt8(ascii: "n")
  }

  /// Behind the root's word: the first value.
  static let root = 1

  @inline(__always)
  func mark(_ i: Int) -> UInt8 { UInt8(truncatingIfNeeded: words[i] >> 56) }

  /// The word behind the value at `i`.
  @inline(__always)
  func next(_ i: Int) -> Int {
    switch mark(i) {
    case Mark.object, Mark.array: Int(words[i] & 0xFFFF_FFFF)
    case Mark.integer, Mark.wideInteger, Mark.number: i + 2
    default: i + 1
    }
  }

  @inline(__always)
  func integer(_ i: Int) -> Int64 { Int64(bitPattern: words[i + 1]) }

  /// The number at `i`, whole or not; `nil` for what is none.
  @inline(__always)
  func number(_ i: Int) -> Double? {
    switch mark(i) {
    case Mark.number: Double(bitPattern: words[i + 1])
    case Mark.integer: Double(Int64(bitPattern: words[i + 1]))
    case Mark.wideInteger: Double(words[i + 1])
    default: nil
    }
  }

  /// The UTF-8 of the text or key at `i`: four bytes of length before it in `texts`.
  @inline(__always)
  func text(_ i: Int) -> UnsafeBufferPointer<UInt8> {
    let start = texts + Int(words[i] & 0x00FF_FFFF_FFFF_FFFF)
    let count = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: start + 4, count: Int(count))
  }

  /// The text at `i`; `nil` for another value.
  func string(_ i: Int) -> String? { mark(i) == Mark.text ? String(decoding: text(i), as: UTF8.self) : nil }

  /// The value of an object's member, the last of several; `nil` where there is none.
  func member(_ name: StaticString, of object: Int) -> Int? {
    guard mark(object) == Mark.object else { return nil }
    var found: Int?
    var i = object + 1
    while mark(i) != Mark.objectEnd {
      if text(i).isSpelt(name) { found = i + 1 }
      i = next(i + 1)
    }
    return found
  }

  /// Writes an array or object as JSON without blanks. O(its words).
  func write(_ value: Int, to json: inout JSONText) {
    let end = next(value)
    // For each container that is open, whether its next text is a key; `nil` in arrays.
    var isKeyNext: [Bool?] = []
    var i = value
    while i < end {
      let mark = mark(i)
      if mark == Mark.text, isKeyNext.last == true {
        json.key(String(decoding: text(i), as: UTF8.self))
        isKeyNext[isKeyNext.count - 1] = false
        i += 1
        continue
      }
      if isKeyNext.last == false { isKeyNext[isKeyNext.count - 1] = true }
      switch mark {
      case Mark.object:
        json.beginObject()
        isKeyNext.append(true)
      case Mark.array:
        json.beginArray()
        isKeyNext.append(nil)
      case Mark.objectEnd:
        json.endObject()
        isKeyNext.removeLast()
      case Mark.arrayEnd:
        json.endArray()
        isKeyNext.removeLast()
      case Mark.text: json.append(String(decoding: text(i), as: UTF8.self))
      case Mark.integer: json.append(integer(i))
      case Mark.wideInteger: json.append(words[i + 1])
      case Mark.number: json.append(Double(bitPattern: words[i + 1]))
      case Mark.yes: json.append(true)
      case Mark.no: json.append(false)
      default: json.appendNull()
      }
      i = mark == Mark.object || mark == Mark.array ? i + 1 : next(i)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// True when the bytes are this ASCII name.
  @inline(__always)
  func isSpelt(_ name: StaticString) -> Bool {
    guard count == name.utf8CodeUnitCount, let baseAddress else { return false }
    let other = name.utf8Start
    for i in 0..<count where baseAddress[i] != other[i] { return false }
    return true
  }
}
