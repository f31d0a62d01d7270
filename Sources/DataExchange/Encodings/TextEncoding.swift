import Glibc

/// A way of writing text in bytes, as the C library's `iconv` knows it.
struct TextEncoding: Hashable, Sendable {
  /// What `iconv_open` is given.
  let name: String
  /// For people, and for `encoding …`.
  let title: String

  static let utf8 = TextEncoding(name: "UTF-8", title: "UTF-8")
  /// Holds GBK, code page 936 and GB 2312, which are therefore read as this.
  static let gb18030 = TextEncoding(name: "GB18030", title: "GB18030")
  /// With Hong Kong's characters, which begins where plain Big5 ends.
  static let big5 = TextEncoding(name: "BIG5-HKSCS", title: "Big5")
  /// Windows-1252, which has letters where ISO 8859-1 has control codes.
  static let latin1 = TextEncoding(name: "WINDOWS-1252", title: "Latin-1")

  /// Those that are told apart by the bytes.
  static let common = [utf8, gb18030, big5, latin1]

  private init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  /// An encoding as people, `.cpg` files and drawings name it: `UTF-8`, `65001`, `gbk`, `ANSI_936`, `WindowsSimpChinese`, `ISO 88591`,
  /// or any other name that `iconv` knows; `nil` when nobody does.
  init?(named text: String) {
    let word = text.lowercased().filter { $0.isLetter || $0.isNumber }
    guard !word.isEmpty else { return nil }
    let bare = ["windows", "ansi", "oem", "cp", "ms", "win"].first { word.hasPrefix($0) }
      .map { String(word.dropFirst($0.count)) }
    switch bare ?? word {
    case "utf8", "65001", "unicode": self = .utf8
    case "gbk", "gb18030", "gb2312", "gb231280", "euccn", "936", "54936", "simpchinese": self = .gb18030
    case "big5", "950", "big5hkscs", "tradchinese": self = .big5
    case "latin1", "iso88591", "88591", "28591", "1252", "iso885915", "885915": self = .latin1
    default:
      let candidates = [text, bare.map { "CP\($0)" }, word.hasPrefix("8859") ? "ISO-8859-\(word.dropFirst(4))" : nil]
      guard let name = candidates.compactMap(\.self).first(where: { TextDecoder.knows($0) }) else { return nil }
      self.init(name: name, title: text)
    }
  }

  /// What a dBASE file's language driver byte says (byte 29; the codes of Visual FoxPro); `nil` where it says nothing, or
  /// no more than “the ANSI code page of the writer's computer” (0x03, 0x57), which Chinese writers leave in.
  init?(languageDriver byte: Int) {
    switch byte {
    case 0x4D, 0x7A: self = .gb18030
    case 0x4F, 0x78: self = .big5
    default: return nil
    }
  }
}
