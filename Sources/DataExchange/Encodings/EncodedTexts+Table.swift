import FeatureTables
import Foundation

/// A text table brought to UTF-8.
struct TableText {
  let text: Data
  let notes: [String]
  /// For `describe`.
  let encoding: String

  /// Reads a table line by line: no encoding known here has a line's end inside a character.
  ///
  /// - Parameter stated: what the user wrote; decided from the bytes otherwise.
  /// - Throws: `ExchangeError` when the table ends within a character, or most of it is nothing in the stated encoding.
  ///   O(bytes); without a copy of text that is UTF-8.
  init(_ data: Data, _ file: SourceFile, stated: TextEncoding?) throws(ExchangeError) {
    let hasMark = data.starts(with: [0xEF, 0xBB, 0xBF])
    var sample = TextSample()
    let isUTF8 = Self.isUTF8(data)
    if !isUTF8 { Self.forEachLine(data) { sample.add($0) } }
    let decision = try EncodingDecision(
      stated: isUTF8 && (stated == .utf8 || hasMark) ? nil : stated,
      statement: hasMark ? .init(encoding: .utf8, by: "the byte-order mark") : nil, sample: sample)
    if isUTF8 && decision.encoding == .utf8 {
      text = data
      notes = []
      encoding = hasMark ? "UTF-8, as the byte-order mark says" : "UTF-8, decided from the bytes"
      return
    }
    var texts = try EncodedTexts(decision, unit: "line")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count * 3 / 2)
    var line = 0
    Self.forEachLine(data) {
      texts.decode($0, row: line, into: &bytes)
      line += 1
    }
    try texts.checkStatement(file)
    if texts.isLastCut { throw file.truncated("its last line (\(line)) ends in half a character") }
    text = Data(bytes)
    notes = texts.notes
    encoding = decision.description
  }

  private static func isUTF8(_ data: Data) -> Bool {
    data.withUnsafeBytes { (try? UTF8Span(validating: $0.bindMemory(to: UInt8.self).span)) != nil }
  }

  /// Each line with its end.
  private static func forEachLine(_ data: Data, _ body: (ArraySlice<UInt8>) -> Void) {
    data.withUnsafeBytes { bytes in
      let text = bytes.bindMemory(to: UInt8.self)
      var start = 0
      while start < text.count {
        let end = text[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
        body(ArraySlice(text[start..<end]))
        start = end
      }
    }
  }
}

extension TextArray {
  /// False when any of the bytes is no UTF-8. O(bytes), without a copy.
  var isUTF8: Bool { (try? UTF8Span(validating: bytes.span)) != nil }
}
