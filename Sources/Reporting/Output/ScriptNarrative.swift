import CatchmentEngine
import QueryLanguage

/// What stands around the answers of a script, so that its output reads as a report: the author's comments in their
/// places, each query above its answer, and empty lines between what does not belong together.
struct ScriptNarrative {
  private enum Last { case nothing, comment, line, block }

  private let source: SourceText
  /// The end of the last statement told.
  private var end = 0
  private var last = Last.nothing

  init(_ source: SourceText) { self.source = source.withoutSecrets }

  /// Writes what comes before a statement's own output.
  /// - Returns: whether the output itself is to be written.
  mutating func open(_ report: StatementReport, style: TextStyle, to output: ByteSink) -> Bool {
    if !style.isQuiet { writeComments(before: report.range.lowerBound, to: output) }
    end = report.range.upperBound
    switch report.outcome {
    case .answer, .explanation, .checked, .page:
      if last == .block || last == .line { output.writeLine() }
      if !style.isQuiet { writeQuery(report.range, style: style, to: output) }
      last = .block
    // Naming something is no news in a report.
    case .defined: return false
    case .verdict(let verdict):
      if last == .block { output.writeLine() }
      last = verdict.holds ? .line : .block
    case .done, .exported, .imported, .failed:
      if style.isQuiet { return false }
      if last == .block { output.writeLine() }
      last = .line
    }
    return true
  }

  /// Before the last line of a script.
  func close(to output: ByteSink) {
    if last != .nothing { output.writeLine() }
  }

  private mutating func writeComments(before start: Int, to output: ByteSink) {
    guard end < start else { return }
    var lines = source[end..<start].split(separator: "\n", omittingEmptySubsequences: false)
    // What follows a statement on its line belongs to it.
    if end > 0, !lines.isEmpty { lines.removeFirst() }
    for paragraph in lines.split(whereSeparator: { $0.allSatisfy(\.isWhitespace) }) {
      let texts = paragraph.compactMap { line -> String? in
        let text = line.drop { $0.isWhitespace }
        guard text.hasPrefix("--") else { return nil }
        let comment = text.dropFirst(2)
        return DisplayText.harmless(String(comment.first == " " ? comment.dropFirst() : comment))
      }
      if texts.isEmpty { continue }
      if last != .nothing { output.writeLine() }
      for text in texts { output.writeLine(text) }
      last = .comment
    }
  }

  /// The query as its author laid it out.
  private func writeQuery(_ range: Range<Int>, style: TextStyle, to output: ByteSink) {
    for (index, line) in source[range].split(whereSeparator: \.isNewline).enumerated() {
      output.writeLine(style.apply(.faint, to: (index == 0 ? "> " : "  ") + DisplayText.harmless(String(line))))
    }
  }
}
