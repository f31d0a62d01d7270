import WorkControl

/// Reads the features of a file block by block, and several blocks at once.
///
/// A round loads a block for each slot, cut where a feature seems to end; they are parsed side by side and put
/// together in the file's order. A block that the parser refuses is read again alone and cut where the grammar says:
/// then either the guess was wrong, or the scanner knows what is.
final class FeatureStream {
  /// What stands between the features.
  enum Separator {
    /// They are the elements of an array, which ends with a bracket.
    case comma
    /// They follow one another: one alone, one a line, or each behind the byte 0x1E (RFC 8142).
    case blank
  }

  /// Numbers that are not finite, which are null.
  private(set) var lostNumbers = 0
  /// Whole numbers that no integer of 64 bits holds.
  private(set) var wideNumbers = 0

  private var batch = FeatureBatch()
  private let file: OpenFile
  private let source: SourceFile
  private let separator: Separator
  private let blockSize: Int
  private let workers: Workers
  private let slots: [Slot]
  /// What the first feature begins with.
  private var signature: [UInt8] = []
  /// Blocks in a row that had to be read again; after some there is no more guessing.
  private var refusals = 0
  private static let refusalLimit = 4

  /// Half a megabyte of text and its tape fit into a processor's second cache.
  static let blockSize = 1 << 19

  init(_ file: OpenFile, _ source: SourceFile, _ separator: Separator, blockSize: Int, workers: Workers) throws {
    self.file = file
    self.source = source
    self.separator = separator
    self.blockSize = blockSize
    self.workers = workers
    // Two blocks a worker, so that one that is slow keeps nobody waiting for long.
    let blocks = min(workers.count == 1 ? 1 : 2 * workers.count, file.size / blockSize + 1)
    slots = try (0..<blocks).map { _ in try Slot(file) }
  }

  /// The features that were read, which are given up.
  func takeBatch() -> FeatureBatch {
    let result = batch
    batch = FeatureBatch()
    return result
  }

  /// Reads features from a place of the file, to the bracket that ends their array or to the end of the file.
  ///
  /// - Returns: where the byte behind the bracket is.
  /// - Throws: `ExchangeError`; `Cancelled`.
  func read(from start: Int) throws -> Int {
    var place = start
    var isFirst = true
    while true {
      try workers.monitor.report(
        "reading \(source.name)", fraction: Double(place) / Double(max(file.size, 1)), done: batch.rows)
      if let next = try readRound(at: place) {
        place = next
      } else {
        let (next, isEnd) = try readOne(at: place, isFirst: isFirst)
        place = next
        if isEnd { return place }
      }
      isFirst = false
    }
  }

  // MARK: By guessing

  /// Reads a round of blocks; `nil` when none could be read this way, the last block among them.
  private func readRound(at start: Int) throws -> Int? {
    guard separator == .comma, refusals < Self.refusalLimit, !signature.isEmpty else { return nil }
    var loaded = 0
    var place = start
    for slot in slots {
      try slot.block.load(blockSize, at: place)
      guard !slot.block.isLast, let end = slot.block.likelyEnd(before: signature) else { break }
      slot.block.cut(to: end)
      place = slot.block.end + 1
      loaded += 1
    }
    guard loaded > 0 else { return nil }
    let rows = slots[0].rows
    try workers.forEach(pieces: loaded) { [slots] in slots[$0].parse(reservingRows: rows) }
    place = start
    for slot in slots[..<loaded] {
      guard let piece = slot.take() else {
        refusals += 1
        return place > start ? place : nil
      }
      batch.append(piece)
      place = slot.block.end + 1
    }
    refusals = 0
    return place
  }

  // MARK: By the grammar

  /// Reads one block, however long its first feature is.
  private func readOne(at start: Int, isFirst: Bool) throws -> (next: Int, isEnd: Bool) {
    let slot = slots[0]
    let block = slot.block
    var size = blockSize
    while true {
      try block.load(size, at: start)
      let extent = try extent(of: block, isFirst: isFirst)
      guard let cut = extent.cut else {
        if block.isLast { throw source.truncated("its last object is not closed") }
        size *= 2
        continue
      }
      if signature.isEmpty { signature = Array(block.text.drop { isSpace($0) }.prefix(Self.signatureLength)) }
      block.cut(to: cut)
      let next = block.end + (separator == .comma ? 1 : 0)
      let replacements = extent.replacements.filter { $0.range.upperBound <= cut }
      lostNumbers += replacements.count { $0.kind == .lostNumber }
      wideNumbers += replacements.count { $0.kind == .wideNumber }
      if !replacements.isEmpty { block.replace(replacements) }
      slot.parse(reservingRows: slot.rows)
      guard let piece = slot.take() else { throw failure(slot) }
      batch.append(piece)
      return (next, extent.isEnd)
    }
  }

  private static let signatureLength = 8

  /// What the scanner says of a block.
  private struct Extent {
    /// Behind the last feature that is whole; `nil` when there is none.
    var cut: Int?
    /// Whether no features come after that.
    var isEnd = false
    var replacements: [JSONScanner.Replacement] = []
  }

  private func extent(of block: TextBlock, isFirst: Bool) throws -> Extent {
    var scanner = JSONScanner(block.text)
    var extent = Extent()
    do {
      if separator == .comma {
        try scanElements(&scanner, isFirst, &extent)
      } else {
        try scanSequence(&scanner, &extent)
        extent.isEnd = block.isLast
      }
    } catch JSONScanner.Stop.fault(let place, let what) {
      throw source.malformed(what, at: file.position(ofByte: block.start + place))
    } catch JSONScanner.Stop.endOfText {
      // The feature at the end of the block is for the next one.
    }
    extent.replacements += scanner.replacements
    extent.replacements.sort { $0.range.lowerBound < $1.range.lowerBound }
    return extent
  }

  /// Steps over elements of an array.
  private func scanElements(
    _ scanner: inout JSONScanner, _ isFirst: Bool, _ extent: inout Extent
  ) throws(JSONScanner.Stop) {
    scanner.skipSpace()
    var isEnd = isFirst && scanner.next == UInt8(ascii: "]")
    while !isEnd {
      try scanner.skipValue()
      scanner.skipSpace()
      isEnd = scanner.next == UInt8(ascii: "]")
      if isEnd { break }
      let comma = scanner.position
      try scanner.skip(UInt8(ascii: ","), or: "a comma or ] is missing after a feature")
      extent.cut = comma
    }
    extent.cut = scanner.position
    extent.isEnd = true
  }

  /// Steps over objects that follow one another, and puts commas between them.
  private func scanSequence(_ scanner: inout JSONScanner, _ extent: inout Extent) throws(JSONScanner.Stop) {
    while true {
      var blank: Int?
      while let byte = scanner.next, isSpace(byte) || byte == Self.recordSeparator {
        if byte == Self.recordSeparator {
          extent.replacements.append(.init(.separator, scanner.position..<scanner.position + 1, " "))
        }
        blank = scanner.position
        scanner.step()
      }
      guard scanner.next != nil else { break }
      if extent.cut != nil {
        guard let blank else { throw .fault(at: scanner.position, "a line end is missing between two features") }
        if extent.replacements.last?.range.lowerBound == blank { extent.replacements.removeLast() }
        extent.replacements.append(.init(.separator, blank..<blank + 1, ","))
      }
      try scanner.skipValue()
      extent.cut = scanner.position
    }
    extent.cut = scanner.position
  }

  private static let recordSeparator: UInt8 = 0x1E

  private func failure(_ slot: Slot) -> ExchangeError {
    switch slot.failure {
    case .notUTF8:
      let text = slot.block.text
      let first = firstInvalid(text) ?? 0
      let line = file.position(ofByte: slot.block.start + first).line
      return ExchangeError(
        .encodingUnknown, "“\(source.name)” is not UTF-8 text: line \(line) has other bytes.",
        fix: "Save the file as UTF-8.")
    case .noMemory:
      return ExchangeError(
        .unreadable, "“\(source.name)” holds a feature of \(slot.block.count) bytes, for which there is no memory.")
    default:
      return source.malformed(
        "the features here cannot be read", at: file.position(ofByte: slot.block.start))
    }
  }

  private func firstInvalid(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

/// A block, a parser and what it made of the block.
///
/// `@unchecked Sendable`: a round gives each slot to one worker, and nobody else touches it meanwhile.
private final class Slot: @unchecked Sendable {
  let block: TextBlock
  private(set) var failure: JSONParser.Failure?
  /// Rows of the last block.
  private(set) var rows = 0
  private let parser: JSONParser
  private var batch: FeatureBatch?

  init(_ file: OpenFile) throws {
    block = TextBlock(file)
    parser = try JSONParser()
  }

  func parse(reservingRows rows: Int) {
    failure = nil
    batch = nil
    do {
      let tape = try parser.parse(block.bracketed())
      var batch = FeatureBatch(reservingRows: rows)
      batch.append(tape, elementsOf: JSONTape.root)
      self.rows = batch.rows
      self.batch = batch
    } catch {
      failure = error
    }
  }

  /// What was made; `nil` after a failure.
  func take() -> FeatureBatch? {
    defer { batch = nil }
    return batch
  }
}

extension SourceFile {
  /// The file breaks the rules of JSON at a place.
  func malformed(_ what: String, at place: (line: Int, character: Int)) -> ExchangeError {
    ExchangeError(
      .damaged, "“\(name)” is no readable GeoJSON: line \(place.line), character \(place.character): \(what).",
      fix: "It may be damaged or cut off: fetch or export it again.")
  }
}
