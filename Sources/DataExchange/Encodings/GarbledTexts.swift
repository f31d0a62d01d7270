import FeatureTables

/// Texts that another program read in a wrong encoding and saved as it saw them: `¼ÃÄÏÊÐ` or `æµŽå—å¸‚` for 济南市.
///
/// Writing them in the encoding they were wrongly read in gives the bytes they once were, and these are read aright.
struct GarbledTexts {
  /// What happened to them.
  private struct Mishap {
    let readAs: TextEncoding
    let were: TextEncoding
    let encoder: EncoderHandle
    let decoder: TextDecoder

    init?(read were: TextEncoding, as readAs: TextEncoding) {
      guard let encoder = EncoderHandle(readAs), let decoder = try? TextDecoder(were) else { return nil }
      self.readAs = readAs
      self.were = were
      self.encoder = encoder
      self.decoder = decoder
    }

    /// The text as it was; `nil` when this cannot have happened to it.
    func undone(_ text: String) -> [UInt8]? {
      guard let bytes = TextDecoder.encode(text, in: readAs, by: encoder) else { return nil }
      var restored: [UInt8] = []
      return decoder.decode(bytes, into: &restored).isClean ? restored : nil
    }
  }

  /// Made when the first text has to be looked at.
  private lazy var mishaps = [
    Mishap(read: .utf8, as: .latin1), Mishap(read: .gb18030, as: .latin1), Mishap(read: .utf8, as: .gb18030),
    Mishap(read: .big5, as: .latin1),
  ].compactMap(\.self)
  /// Texts found, and mended if that was asked for.
  private(set) var count = 0
  private(set) var lost = 0
  private var example: (column: String, before: String, after: String, mishap: String)?
  private var firstLost: (column: String, row: Int, text: String)?

  /// The least gain in natural logarithms for a text to count as garbled: a character's worth.
  private static let margin = 7.0

  /// Looks at a column; `nil` when nothing in it is garbled, else the column with those texts restored.
  ///
  /// Letters of Latin-1 are looked for in all texts; Chinese that stands for other Chinese, which takes longer, in some,
  /// and in all once it has been found. O(bytes).
  mutating func restored(_ texts: TextArray, column: String) -> TextArray? {
    guard texts.bytes.contains(where: { $0 >= 0x80 }) else { return nil }
    let isSuspect = Self.isSuspect(texts.bytes)
    var result = TextArray()
    var lastSame = 0
    var looks = Self.looks
    // Columns repeat their texts.
    var known: [ArraySlice<UInt8>: [UInt8]?] = [:]
    for row in 0..<texts.count {
      guard isSuspect || looks > 0 || count > 0 else { break }
      let text = texts.utf8(at: row)
      if text.allSatisfy({ $0 < 0x80 }) { continue }
      if Self.isLost(text) {
        if lost == 0 { firstLost = (column, row, texts[row]) }
        lost += 1
        continue
      }
      guard looks > 0 || count > 0 || Self.hasLatin1(text) else { continue }
      looks -= 1
      let restored = known[text] ?? restored(texts[row], column: column)
      if known.count < 10_000 { known[text] = .some(restored) }
      guard let restored else { continue }
      count += 1
      for same in lastSame..<row { result.append(utf8: texts.utf8(at: same)) }
      result.append(utf8: restored)
      lastSame = row + 1
    }
    guard lastSame > 0 else { return nil }
    for same in lastSame..<texts.count { result.append(utf8: texts.utf8(at: same)) }
    return result
  }

  /// Texts of a column that are looked at whatever they hold.
  private static let looks = 50

  /// False for texts without a letter of Latin-1 and without a sign of loss. O(bytes), a nanosecond each.
  private static func isSuspect(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      for i in bytes.indices {
        let byte = bytes[i]
        if byte == 0xC2 || byte == 0xC3 { return true }
        if (byte == 0xEF || byte == 0xE9) && i + 2 < bytes.count && isLost(bytes[i], bytes[i + 1], bytes[i + 2]) {
          return true
        }
      }
      return false
    }
  }

  /// U+0080 to U+00FF begin with C2 or C3 in UTF-8, and nothing else does.
  private static func hasLatin1(_ text: ArraySlice<UInt8>) -> Bool { text.contains { $0 == 0xC2 || $0 == 0xC3 } }

  /// True for what is left of Chinese after a reader of UTF-8 met other bytes: U+FFFD, or 锟, which begins two of them
  /// read as GBK.
  private static func isLost(_ text: ArraySlice<UInt8>) -> Bool {
    zip(text, zip(text.dropFirst(), text.dropFirst(2))).contains { isLost($0, $1.0, $1.1) }
  }

  private static func isLost(_ a: UInt8, _ b: UInt8, _ c: UInt8) -> Bool {
    a == 0xEF && b == 0xBF && c == 0xBD || a == 0xE9 && b == 0x94 && c == 0x9F
  }

  private mutating func undone(_ text: String) -> (text: [UInt8], mishap: Mishap)? {
    var best = CommonCharacters.table.weight(ofUTF8: text.utf8) + Self.margin
    var found: (text: [UInt8], mishap: Mishap)?
    for mishap in mishaps {
      guard let undone = mishap.undone(text) else { continue }
      let weight = CommonCharacters.table.weight(ofUTF8: undone)
      if weight > best {
        best = weight
        found = (undone, mishap)
      }
    }
    return found
  }

  private mutating func restored(_ text: String, column: String) -> [UInt8]? {
    guard let found = undone(text) else { return nil }
    if example == nil {
      example = (
        column, text, String(decoding: found.text, as: UTF8.self),
        "\(found.mishap.were.title) that was read as \(found.mishap.readAs.title)"
      )
    }
    return found.text
  }

  /// What the user should know; empty when no text is garbled.
  func notes(isMended: Bool) -> [String] {
    var notes: [String] = []
    if let example {
      let texts = count == 1 ? "1 text was" : "\(count) texts were"
      let shown = "(first: “\(example.before)” in “\(example.column)”, \(example.mishap): “\(example.after)”)"
      notes.append(
        isMended
          ? "\(texts) garbled by another program and \(count == 1 ? "is" : "are") restored \(shown)."
          : "\(texts) garbled by another program \(shown); write encoding garbled to restore them.")
    }
    if let firstLost {
      let texts = lost == 1 ? "1 text has" : "\(lost) texts have"
      notes.append(
        "\(texts) letters that another program lost (first: row \(firstLost.row + 1), “\(firstLost.text)” in "
          + "“\(firstLost.column)”): only the original file has them.")
    }
    return notes
  }
}
