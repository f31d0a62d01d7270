/// Splits delimited text into records and cells (RFC 4180, and what spreadsheets make of it).
///
/// Cells may be quoted, with doubled quotes inside; a quoted cell may hold line ends. Records end at LF, CR or CRLF;
/// lines without a byte are skipped.
struct CSVScanner {
  /// One cell of the record read last: a run of `cellBytes`.
  struct Cell {
    var range: Range<Int>
    var isQuoted: Bool
  }

  enum Failure: Error {
    /// A quote was opened in this line and the text ended before it was closed.
    case openQuote(line: Int)
    /// A cell that begins in this line is longer than any text.
    case longCell(line: Int)
  }

  /// In bytes.
  private let longestCell: Int

  private let text: UnsafeBufferPointer<UInt8>
  let separator: UInt8
  private var offset: Int
  /// Cells of the record read last, quotes taken off.
  private(set) var cells: [Cell] = []
  private(set) var cellBytes: [UInt8] = []
  /// The line in which the record read last begins, from 1.
  private(set) var line = 0
  private var nextLine = 1

  init(_ text: UnsafeBufferPointer<UInt8>, longestCell: Int = 1 << 26) {
    self.text = text
    self.longestCell = longestCell
    offset = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    separator = Self.separator(in: text[offset...])
  }

  /// How much of the text is read, in bytes.
  var position: Int { offset }

  /// True when the record read last ends without a line end, as in a file that is cut off.
  private(set) var endedWithoutLineEnd = false

  /// Reads the next record; false at the end.
  mutating func next() throws(Failure) -> Bool {
    while offset < text.count, Self.isLineEnd(text[offset]) { skipLineEnd() }
    guard offset < text.count else { return false }
    cells.removeAll(keepingCapacity: true)
    cellBytes.removeAll(keepingCapacity: true)
    line = nextLine
    endedWithoutLineEnd = true
    while true {
      try readCell()
      guard offset < text.count else { return true }
      if text[offset] == separator {
        offset += 1
        // A separator at the very end opens one more, empty cell.
        if offset == text.count {
          cells.append(Cell(range: cellBytes.count..<cellBytes.count, isQuoted: false))
          return true
        }
      } else {
        skipLineEnd()
        endedWithoutLineEnd = false
        return true
      }
    }
  }

  /// Reads up to a separator, a line end or the end of the text.
  private mutating func readCell() throws(Failure) {
    let start = cellBytes.count
    guard offset < text.count, text[offset] == UInt8(ascii: "\"") else {
      let from = offset
      while offset < text.count, text[offset] != separator, !Self.isLineEnd(text[offset]) { offset += 1 }
      guard offset - from <= longestCell else { throw .longCell(line: line) }
      cellBytes.append(contentsOf: text[from..<offset])
      cells.append(Cell(range: start..<cellBytes.count, isQuoted: false))
      return
    }
    offset += 1
    while true {
      guard offset < text.count else { throw .openQuote(line: line) }
      guard cellBytes.count - start <= longestCell else { throw .longCell(line: line) }
      let byte = text[offset]
      offset += 1
      if byte == UInt8(ascii: "\"") {
        guard offset < text.count, text[offset] == byte else { break }
        offset += 1
      } else if byte == 0x0A {
        nextLine += 1
      }
      cellBytes.append(byte)
    }
    // Whatever stands between a closing quote and the separator belongs to the cell, as spreadsheets have it.
    while offset < text.count, text[offset] != separator, !Self.isLineEnd(text[offset]) {
      cellBytes.append(text[offset])
      offset += 1
    }
    cells.append(Cell(range: start..<cellBytes.count, isQuoted: true))
  }

  private mutating func skipLineEnd() {
    if text[offset] == 0x0D, offset + 1 < text.count, text[offset + 1] == 0x0A { offset += 1 }
    offset += 1
    nextLine += 1
  }

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The separator that the first line has most of: comma, tab, semicolon or bar.
  private static func separator(in text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8 {
    var counts = [0, 0, 0, 0]
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|")]
    var inQuotes = false
    for byte in text {
      if byte == UInt8(ascii: "\"") { inQuotes.toggle() }
      if inQuotes { continue }
      if isLineEnd(byte) { break }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return candidates[0] }
    return candidates[index]
  }
}
