import FeatureTables

/// Reads the texts of one layer in the encoding that was decided for it, and keeps count of those that disagree.
///
/// No text is lost: one that is nothing in the layer's encoding is read in the one it fits, or letter by letter.
struct EncodedTexts {
  let decision: EncodingDecision
  /// What a text is called in messages, with its number counted from 1.
  private let unit: String
  private let decoder: TextDecoder
  private let others: [TextDecoder]

  /// Texts with other letters than ASCII.
  private var textCount = 0
  private var misfits: [Misfit] = []
  private var misfitCounts: [TextEncoding?: Int] = [:]
  private var cut = Occurrences()
  /// True when the last text that was read ends in half a character.
  private(set) var isLastCut = false

  private struct Misfit {
    let row: Int
    let encoding: TextEncoding?
    let text: String
  }

  private struct Occurrences {
    var count = 0
    var first = 0
  }

  private static let examples = 3

  /// - Throws: `ExchangeError` when the C library cannot read an encoding.
  init(_ decision: EncodingDecision, unit: String = "row") throws(ExchangeError) {
    self.decision = decision
    self.unit = unit
    decoder = try TextDecoder(decision.encoding)
    var others: [TextDecoder] = []
    for encoding in TextEncoding.common where encoding != decision.encoding { others.append(try TextDecoder(encoding)) }
    self.others = others
  }

  /// A column as it stands in the file. O(bytes); without a copy where nothing has to be done.
  ///
  /// - Parameter number: Of a row in the file, from 0.
  mutating func decode(_ texts: TextArray, _ number: (Int) -> Int = { $0 }) -> TextArray {
    if decision.encoding == .utf8 && texts.isUTF8 || texts.bytes.allSatisfy({ $0 < 0x80 }) { return texts }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(texts.bytes.count * 3 / 2)
    var starts = [0]
    starts.reserveCapacity(texts.count + 1)
    for row in 0..<texts.count {
      decode(texts.utf8(at: row), row: number(row), into: &bytes)
      starts.append(bytes.count)
    }
    return TextArray(bytes: bytes, starts: starts)
  }

  /// A name of a column.
  func decode(name: [UInt8]) -> String {
    var bytes: [UInt8] = []
    _ = decoder.decode(name, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends a text to `result`. O(bytes).
  mutating func decode(_ text: ArraySlice<UInt8>, row: Int, into result: inout [UInt8]) {
    isLastCut = false
    guard text.contains(where: { $0 >= 0x80 }) else {
      result.append(contentsOf: text)
      return
    }
    textCount += 1
    let start = result.count
    let outcome = decoder.decode(text, into: &result)
    let suspect = outcome.invalid > 0 || (decision.encoding != .utf8 && mayDiffer(text))
    if suspect, case .stated = decision.basis, outcome.invalid == 0 { return noteCut(outcome, row) }
    if suspect, let better = better(text, than: outcome.invalid > 0 ? nil : result[start...]) {
      result.removeSubrange(start...)
      result.append(contentsOf: better.text)
      return noteMisfit(row, better.encoding, result[start...])
    }
    if outcome.invalid > 0 { return noteMisfit(row, nil, result[start...]) }
    noteCut(outcome, row)
  }

  /// True when a text that reads well could still be another encoding's: valid UTF-8, or two bytes side by side that
  /// would be a Chinese character where letters are single bytes.
  private func mayDiffer(_ text: ArraySlice<UInt8>) -> Bool {
    if decision.encoding == .latin1 { return zip(text, text.dropFirst()).contains { $0 >= 0xA1 && $1 >= 0xA1 } }
    return String(validating: text, as: UTF8.self) != nil
  }

  /// The reading of another encoding that has no fault and is likelier than `reading`.
  private func better(
    _ text: ArraySlice<UInt8>, than reading: ArraySlice<UInt8>?
  ) -> (encoding: TextEncoding, text: [UInt8])? {
    let table = CommonCharacters.table
    var best = reading.map { table.weight(ofUTF8: $0) + 6 } ?? -.infinity
    var found: (encoding: TextEncoding, text: [UInt8])?
    for other in others {
      var bytes: [UInt8] = []
      guard other.decode(text, into: &bytes).isClean else { continue }
      let weight = table.weight(ofUTF8: bytes)
      if weight > best {
        best = weight
        found = (other.encoding, bytes)
      }
    }
    return found
  }

  private mutating func noteMisfit(_ row: Int, _ encoding: TextEncoding?, _ text: ArraySlice<UInt8>) {
    misfitCounts[encoding, default: 0] += 1
    if misfits.count(where: { $0.encoding == encoding }) < Self.examples {
      misfits.append(Misfit(row: row, encoding: encoding, text: String(decoding: text.prefix(60), as: UTF8.self)))
    }
  }

  private mutating func noteCut(_ outcome: TextDecoder.Outcome, _ row: Int) {
    guard outcome.isCut else { return }
    isLastCut = true
    if cut.count == 0 { cut.first = row }
    cut.count += 1
  }

  /// Texts that are nothing in the layer's encoding, and were read otherwise or in part.
  var misfitCount: Int { misfitCounts.values.reduce(0, +) }

  /// - Throws: `ExchangeError` when the user stated an encoding in which most of the texts are nothing.
  func checkStatement(_ file: SourceFile) throws(ExchangeError) {
    guard case .stated = decision.basis, misfitCount * 2 > textCount else { return }
    throw ExchangeError(
      .encodingUnknown, "“\(file.name)” is not text in \(decision.encoding.title).",
      fix: "Leave out the encoding: it is then decided from the bytes.")
  }

  /// What was decided, and which texts disagree.
  var notes: [String] {
    var notes = decision.note.map { [$0] } ?? []
    for encoding in TextEncoding.common.map(Optional.some) + [nil] {
      guard let count = misfitCounts[encoding] else { continue }
      let shown = misfits.filter { $0.encoding == encoding }.map { "\(unit) \($0.row + 1) “\($0.text)”" }
      let texts = count == 1 ? "1 text is" : "\(count) texts are"
      let more = count > shown.count ? " …" : ""
      let what =
        encoding.map { "and \(count == 1 ? "was" : "were") read as \($0.title)" }
        ?? "nor any other encoding; � stands for what cannot be read"
      notes.append(
        "\(texts) not \(decision.encoding.title) \(what): \(shown.joined(separator: ", "))\(more).")
    }
    if cut.count > 0 {
      let texts = cut.count == 1 ? "1 text ends" : "\(cut.count) texts end"
      notes.append(
        "\(texts) in half a character, because the format cuts at a number of bytes; the half was left out "
          + "(first: \(unit) \(cut.first + 1)).")
    }
    return notes
  }
}
