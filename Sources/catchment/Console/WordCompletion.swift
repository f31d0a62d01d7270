import CatchmentEngine
import QueryLanguage
import Reporting

extension LineEditor.Completion {
  /// Completes the word before the cursor.
  ///
  /// - Parameters:
  ///   - before: lines of the same query that were entered already.
  ///   - offset: the cursor's byte offset in `line`.
  init(in session: Session, before: String, line: String, at offset: Int) {
    let text = before + line
    let place = before.utf8.count + offset
    let words = session.completions(for: SourceText(text, name: "console"), at: place)
    self.init(words: words, typed: String(decoding: Array(text.utf8)[..<place], as: UTF8.self))
  }

  /// - Parameters:
  ///   - words: all that may come at the cursor.
  ///   - typed: the text before the cursor.
  init(words: [String], typed: String) {
    let dotted = typed.ending { $0.isWordCharacter || $0 == "." }
    let plain = typed.ending(of: \.isWordCharacter)
    let stem = words.contains { $0.hasPrefix(dotted) } ? dotted : plain
    candidates = words.filter { $0.hasPrefix(stem) }
    guard let first = candidates.first else { return }
    let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    insertion = String(common.dropFirst(stem.count))
    if candidates.count == 1, !insertion.isEmpty, let last = first.last, last.isWordCharacter { insertion += " " }
  }
}

extension Character {
  /// Part of a name in a query.
  var isWordCharacter: Bool { isLetter || isNumber || self == "_" }
}

extension String {
  /// The longest ending all of whose characters belong.
  fileprivate func ending(of belongs: (Character) -> Bool) -> Substring {
    guard let last = lastIndex(where: { !belongs($0) }) else { return self[...] }
    return self[index(after: last)...]
  }

  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

/// Words in columns, read downwards, as `ls` shows files.
enum WordColumns {
  static func text(_ words: [String], columns: Int) -> String {
    let width = (words.map(TextStyle.width).max() ?? 0) + 2
    let perLine = max(1, columns / width)
    let lineCount = (words.count + perLine - 1) / perLine
    return (0..<lineCount).map { line in
      let cells = stride(from: line, to: words.count, by: lineCount).map { words[$0] }
      let padded = cells.dropLast().map { $0 + String(repeating: " ", count: width - TextStyle.width($0)) }
      return (padded + cells.suffix(1)).joined() + "\n"
    }.joined()
  }
}
