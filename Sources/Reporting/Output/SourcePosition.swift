import QueryLanguage

extension SourceText {
  /// Where a byte is, as people count.
  func position(of offset: Int) -> SourcePosition {
    let before = bytes[..<min(max(offset, 0), bytes.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    return SourcePosition(line: line, column: self[lineStart..<before.endIndex].count + 1)
  }
}
