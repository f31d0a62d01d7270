/// A pattern of `like`: `%` stands for any run of characters, `_` for any one, everything else for itself.
///
/// A character is a Unicode scalar. Matching is on UTF-8 bytes and tells upper from lower case.
struct LikePattern {
  private enum Token {
    case byte(UInt8)
    case anyCharacter
    case anyRun
  }

  private let tokens: [Token]

  init(_ pattern: String) {
    var tokens: [Token] = []
    for byte in pattern.utf8 {
      switch byte {
      case UInt8(ascii: "_"): tokens.append(.anyCharacter)
      case UInt8(ascii: "%"):
        if case .anyRun? = tokens.last { continue }
        tokens.append(.anyRun)
      default: tokens.append(.byte(byte))
      }
    }
    self.tokens = tokens
  }

  /// Goes back only to the last `%`: O(text × pattern) at worst.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    tokens.withUnsafeBufferPointer { tokens in
      var at = 0
      var token = 0
      var retry: (token: Int, at: Int)?
      while true {
        var goesOn = false
        if token == tokens.count {
          if at == text.count { return true }
        } else {
          switch tokens[token] {
          case .anyRun:
            retry = (token + 1, at)
            token += 1
            goesOn = true
          case .anyCharacter where at < text.count:
            at = Self.next(text, after: at)
            token += 1
            goesOn = true
          case .byte(let byte) where at < text.count && text[at] == byte:
            at += 1
            token += 1
            goesOn = true
          default: break
          }
        }
        if goesOn { continue }
        guard let last = retry, last.at < text.count else { return false }
        at = Self.next(text, after: last.at)
        token = last.token
        retry = (last.token, at)
      }
    }
  }

  /// Past the scalar that begins here: its continuation bytes are 10xxxxxx.
  @inline(__always)
  private static func next(_ text: UnsafeBufferPointer<UInt8>, after start: Int) -> Int {
    var at = start + 1
    while at < text.count && text[at] & 0xC0 == 0x80 { at += 1 }
    return at
  }
}
