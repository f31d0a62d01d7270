/// What the user wrote behind `encoding`.
enum StatedEncoding {
  case none
  case named(TextEncoding)
  /// `encoding garbled`: texts were read in a wrong encoding by another program before, which is undone.
  case garbled

  private static let garbledNames = ["garbled", "乱码"]

  /// - Throws: `ExchangeError` for a name that nobody knows.
  init(_ text: String?) throws(ExchangeError) {
    guard let text else {
      self = .none
      return
    }
    if Self.garbledNames.contains(text.lowercased()) {
      self = .garbled
    } else if let encoding = TextEncoding(named: text) {
      self = .named(encoding)
    } else {
      throw ExchangeError(
        .encodingUnknown, "no encoding is called “\(text)”.",
        fix: "Write encoding gbk, big5, latin1 or utf-8; encoding garbled undoes what another program garbled.")
    }
  }

  var encoding: TextEncoding? {
    if case .named(let encoding) = self { encoding } else { nil }
  }

  var undoesGarbling: Bool {
    if case .garbled = self { true } else { false }
  }
}
