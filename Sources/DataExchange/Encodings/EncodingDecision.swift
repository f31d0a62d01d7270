import FeatureTables

/// The encoding in which the texts of a layer are read, and what that rests on.
struct EncodingDecision {
  enum Basis {
    /// The user wrote `encoding …`.
    case stated
    /// The file says so: `the .cpg file`.
    case said(by: String)
    case bytes
    /// The file says something that its bytes contradict.
    case overruled(said: TextEncoding, by: String)
  }

  let encoding: TextEncoding
  let basis: Basis

  /// What a file says about its own texts.
  struct Statement {
    let encoding: TextEncoding
    /// Who says it, for messages: `the .cpg file`.
    let by: String
  }

  /// Below so much in natural logarithms a difference of weights is chance, and the file's own word counts.
  private static let margin = 8.0

  /// Decides once for all texts of a layer. O(bytes of the sample).
  ///
  /// Whatever is valid UTF-8 throughout is UTF-8, since other encodings are so by accident only. Otherwise each
  /// candidate reads the sample, and the one whose characters are the most common in China wins.
  ///
  /// - Throws: `ExchangeError` when the C library cannot read an encoding.
  init(stated: TextEncoding?, statement: Statement?, sample: TextSample) throws(ExchangeError) {
    if let stated {
      encoding = stated
      basis = .stated
      return
    }
    guard !sample.isEmpty else {
      encoding = statement?.encoding ?? .utf8
      basis = statement.map { .said(by: $0.by) } ?? .bytes
      return
    }
    if sample.isUTF8 && statement?.encoding ?? .utf8 == .utf8 {
      encoding = .utf8
      basis = statement.map { .said(by: $0.by) } ?? .bytes
      return
    }
    var candidates = TextEncoding.common
    if let said = statement?.encoding, !candidates.contains(said) { candidates.append(said) }
    var best = (encoding: TextEncoding.utf8, weight: -Double.infinity)
    var saidWeight = -Double.infinity
    for candidate in candidates {
      let weight = try sample.weight(in: candidate)
      if candidate == statement?.encoding { saidWeight = weight }
      if weight > best.weight { best = (candidate, weight) }
    }
    if let statement, best.weight - saidWeight <= Self.margin || best.encoding == statement.encoding {
      encoding = statement.encoding
      basis = .said(by: statement.by)
    } else {
      encoding = best.encoding
      basis = statement.map { .overruled(said: $0.encoding, by: $0.by) } ?? .bytes
    }
  }

  /// For `describe`: `GB18030, as the .cpg file says`.
  var description: String {
    switch basis {
    case .stated: "\(encoding.title), as written on import"
    case .said(let by): "\(encoding.title), as \(by) says"
    case .bytes: "\(encoding.title), decided from the bytes"
    case .overruled(let said, let by): "\(encoding.title), decided from the bytes, though \(by) says \(said.title)"
    }
  }

  /// What the user should know; `nil` when there was nothing to decide.
  var note: String? {
    switch basis {
    case .stated, .said: nil
    case .bytes where encoding == .utf8: nil
    case .bytes:
      "texts are read as \(encoding.title), decided from the bytes; write encoding … if names look wrong."
    case .overruled(let said, let by):
      "\(by) says \(said.title), but the bytes are \(encoding.title), and so texts are read; write encoding … if names "
        + "look wrong."
    }
  }
}

/// Texts of a layer from which its encoding is told.
struct TextSample {
  /// Some ten thousand names: more would change nothing.
  private static let limit = 1 << 18

  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// False when a text is no UTF-8, but for half a character at its end.
  private(set) var isUTF8 = true

  /// True when all texts are ASCII, which all encodings share.
  var isEmpty: Bool { ends.isEmpty }

  /// Adds the texts of columns. O(bytes).
  mutating func add(_ columns: [Column]) {
    let texts = columns.compactMap { column -> TextArray? in
      guard case .text(let texts) = column.storage, texts.bytes.contains(where: { $0 >= 0x80 }) else { return nil }
      return texts
    }
    for row in 0..<(texts.first?.count ?? 0) {
      for column in texts { add(column.utf8(at: row)) }
    }
  }

  /// Adds a cell or a line as it stands in the file. O(bytes).
  mutating func add(_ text: some RandomAccessCollection<UInt8>) {
    guard text.contains(where: { $0 >= 0x80 }) else { return }
    if isUTF8 && !Self.isUTF8(text) { isUTF8 = false }
    if !ends.isEmpty && bytes.count + text.count > Self.limit { return }
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
  }

  /// True for UTF-8 that may end in half a character, as where a format cuts by bytes.
  static func isUTF8(_ text: some RandomAccessCollection<UInt8>) -> Bool {
    var decoder = UTF8()
    var iterator = text.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return isHalfCharacter(text)
      }
    }
  }

  /// True when nothing but the last bytes is wrong: a lead byte and fewer followers than it asks for.
  private static func isHalfCharacter(_ text: some RandomAccessCollection<UInt8>) -> Bool {
    guard let lead = text.suffix(3).lastIndex(where: { $0 >= 0xC2 }) else { return false }
    let followers = text[lead...].dropFirst()
    let due = text[lead] >= 0xF0 ? 3 : text[lead] >= 0xE0 ? 2 : 1
    guard followers.count < due, followers.allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
    return String(validating: text[..<lead], as: UTF8.self) != nil
  }

  /// - Throws: `ExchangeError` when the C library cannot read the encoding.
  func weight(in encoding: TextEncoding) throws(ExchangeError) -> Double {
    let decoder = try TextDecoder(encoding)
    var text: [UInt8] = []
    var start = 0
    for end in ends {
      _ = decoder.decode(bytes[start..<end], into: &text)
      text.append(0x0A)
      start = end
    }
    return CommonCharacters.table.weight(ofUTF8: text)
  }
}
