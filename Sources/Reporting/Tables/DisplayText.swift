import QueryLanguage

/// Text as a terminal shows it: measured, cut and wrapped by display columns, harmless to the terminal.
enum DisplayText {
  /// Line ends show as `↵`; other control characters, which could move the cursor or turn the text around, as blanks.
  static func harmless(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where previous?.value == 0x0D: break
      case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: result.append("↵")
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result.append(" ")
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }

  /// At most `width` columns, with `…` at the end where something is left out.
  static func cut(_ text: String, to width: Int) -> String {
    if displayWidth(text) <= width { return text }
    var used = 1
    var result = ""
    for character in text {
      used += displayWidth(String(character))
      if used > width { break }
      result.append(character)
    }
    return result + "…"
  }

  static func padding(_ count: Int) -> String { count > 0 ? String(repeating: " ", count: count) : "" }

  /// Lines of at most `width` columns, broken at blanks and beside wide characters; a longer word is broken where it must be.
  static func wrap(_ text: String, width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { wrapLine($0, width: max(width, 4)) }
  }

  private static func wrapLine(_ text: Substring, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    for (word, hasBlankBefore) in pieces(text) {
      let wordWidth = displayWidth(word)
      let blank = hasBlankBefore && !line.isEmpty ? 1 : 0
      if lineWidth + blank + wordWidth <= width {
        line += (blank == 1 ? " " : "") + word
        lineWidth += blank + wordWidth
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      lineWidth = 0
      for character in word {
        let characterWidth = displayWidth(String(character))
        if lineWidth + characterWidth > width {
          lines.append(line)
          line = ""
          lineWidth = 0
        }
        line.append(character)
        lineWidth += characterWidth
      }
    }
    lines.append(line)
    return lines
  }

  /// Words between blanks, and wide characters as words of their own, except that closing punctuation stays with them.
  private static func pieces(_ text: Substring) -> [(word: String, hasBlankBefore: Bool)] {
    var result: [(word: String, hasBlankBefore: Bool)] = []
    var word = ""
    var wordHasBlank = false
    var pendingBlank = false
    func isClosing(_ character: Character) -> Bool { "，。、；：？！）】》”’…".contains(character) }
    func finish() {
      if !word.isEmpty { result.append((word, wordHasBlank)) }
      word = ""
    }
    for character in text {
      if character == " " {
        finish()
        pendingBlank = true
        continue
      }
      let isWide = displayWidth(String(character)) == 2 && !isClosing(character)
      let lastIsWide = word.last.map { displayWidth(String($0)) == 2 } ?? false
      if !word.isEmpty, isWide || (lastIsWide && !isClosing(character)) { finish() }
      if word.isEmpty {
        wordHasBlank = pendingBlank
        pendingBlank = false
      }
      word.append(character)
    }
    finish()
    return result
  }
}
