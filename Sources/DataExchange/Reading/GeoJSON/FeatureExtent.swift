/// How much of a block is whole features, as the grammar tells, and what has to be changed for the parser.
struct FeatureExtent {
  /// Behind the last feature that is whole; `nil` when there is none.
  private(set) var cut: Int?
  /// Whether no features come after that.
  private(set) var isEnd = false
  /// Ascending, within the features that are whole.
  private(set) var replacements: [JSONScanner.Replacement] = []

  /// Nothing is whole.
  init() {}

  /// Steps over elements of an array and the commas between them; the cut is at a comma or at the closing bracket.
  ///
  /// - Parameter isFirst: whether the array begins here, and so may be empty.
  init(ofElements text: UnsafeBufferPointer<UInt8>, isFirst: Bool) throws(JSONScanner.Stop) {
    var scanner = JSONScanner(text)
    do throws(JSONScanner.Stop) {
      scanner.skipSpace()
      var isOver = isFirst && scanner.next == UInt8(ascii: "]")
      while !isOver {
        try scanner.skipValue()
        scanner.skipSpace()
        isOver = scanner.next == UInt8(ascii: "]")
        if isOver { break }
        let comma = scanner.position
        try scanner.skip(UInt8(ascii: ","), or: "a comma or ] is missing after a feature")
        keep(to: comma, scanner)
      }
      keep(to: scanner.position, scanner)
      isEnd = true
    } catch .endOfText {
      // The feature at the end of the block is for the next one.
    }
    replacements = Array(scanner.replacements[..<kept])
  }

  /// Steps over objects that follow one another, and puts commas between them; the cut is behind one of them.
  ///
  /// - Parameter isLast: whether nothing comes behind the text.
  init(ofSequence text: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(JSONScanner.Stop) {
    var scanner = JSONScanner(text)
    var separators: [JSONScanner.Replacement] = []
    do throws(JSONScanner.Stop) {
      while true {
        var blank: Int?
        while let byte = scanner.next, isSpace(byte) || byte == Self.recordSeparator {
          blank = scanner.position
          separators.append(.init(.separator, scanner.position..<scanner.position + 1, " "))
          scanner.step()
        }
        guard scanner.next != nil else { break }
        if cut != nil {
          guard let blank else { throw .fault(at: scanner.position, "a line end is missing between two features") }
          separators[separators.count - 1] = .init(.separator, blank..<blank + 1, ",")
        }
        try scanner.skipValue()
        keep(to: scanner.position, scanner)
      }
      keep(to: scanner.position, scanner)
      isEnd = isLast
    } catch .endOfText {
      // As above.
    }
    guard let cut else { return }
    replacements = (scanner.replacements[..<kept] + separators.filter { $0.range.upperBound <= cut })
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static let recordSeparator: UInt8 = 0x1E

  /// Counts what is before the place as whole.
  private mutating func keep(to place: Int, _ scanner: borrowing JSONScanner) {
    cut = place
    kept = scanner.replacements.count
  }

  /// Of the scanner's replacements, those within whole features; the others come again with the next block.
  private var kept = 0
}
