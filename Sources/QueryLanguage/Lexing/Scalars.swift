/// Decodes the scalar whose UTF-8 form begins at `index`; `nil` when the bytes there are not well-formed
/// (Unicode 15, table 3-7).
func decodeScalar(_ bytes: [UInt8], at index: Int) -> (scalar: UInt32, length: Int)? {
  let first = bytes[index]
  if first < 0x80 { return (UInt32(first), 1) }
  let length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0
  guard length > 0, index + length <= bytes.count else { return nil }
  var scalar = UInt32(first) & (0x7F >> UInt32(length))
  for offset in 1..<length {
    let byte = bytes[index + offset]
    guard byte & 0xC0 == 0x80 else { return nil }
    scalar = scalar << 6 | UInt32(byte & 0x3F)
  }
  // Overlong forms, surrogates and what lies past the last plane.
  if length == 3, scalar < 0x800 || (0xD800...0xDFFF).contains(scalar) { return nil }
  if length == 4, scalar < 0x10000 || scalar > 0x10FFFF { return nil }
  return (scalar, length)
}

enum ScalarClass {
  /// Begins a name, in any script. Squared units such as `㎡` and `㎞` count as letters.
  static func beginsName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x4E00...0x9FFF: return true
    case 0..<0x80: return false
    case 0x3371...0x33DF: return true
    default: return Unicode.Scalar(scalar)?.properties.isAlphabetic ?? false
    }
  }

  /// Continues a name: letters, digits, `_`, combining marks, and the `²` and `³` of units.
  static func continuesName(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x30...0x39, 0xB2, 0xB3: return true
    case 0..<0x80: return beginsName(scalar)
    default:
      if beginsName(scalar) { return true }
      guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
      switch properties.generalCategory {
      case .decimalNumber, .nonspacingMark, .spacingMark: return true
      default: return false
      }
    }
  }

  /// White space within a line, including the ideographic space.
  static func isSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x20, 0x09, 0x0B, 0x0C, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return true
    default: return false
    }
  }

  /// The ASCII sign or digit for which a Chinese input method or a typesetter's character stands, else `nil`.
  static func asciiCounterpart(_ scalar: UInt32) -> UInt8? {
    switch scalar {
    case 0xFF01...0xFF5E:
      let ascii = UInt8(scalar - 0xFEE0)
      let isLetter = (0x41...0x5A).contains(ascii) || (0x61...0x7A).contains(ascii)
      return isLetter ? nil : ascii
    case 0x3001: return UInt8(ascii: ",")
    case 0xD7: return UInt8(ascii: "*")
    case 0xF7: return UInt8(ascii: "/")
    case 0x2212: return UInt8(ascii: "-")
    default: return nil
    }
  }
}
