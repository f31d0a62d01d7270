import Projections
import WorkControl

/// Reads the features of a file block by block, and several blocks at once.
///
/// A round loads some blocks, each cut where a feature seems to end; they are parsed side by side and put together in
/// the file's order. A block that the parser refuses is read again alone and cut where the grammar says:
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
  /// What leaves features out, if anything does.
  private(set) var sieve: RowSieve?
  /// What coordinates mean, as far as it is known before the features.
  private let system: ReferenceSystem?
  /// The features read, kept or not.
  private var rowsRead = 0
  private let file: OpenFile
  private let source: SourceFile
  private let separator: Separator
  private let blockSize: Int
  private let workers: Workers
  private let blocks: [FeatureBlock]
  /// What the first feature begins with.
  private var signature: [UInt8] = []
  /// Blocks in a row that had to be read again; after some there is no more guessing.
  private var refusals = 0
  private static let refusalLimit = 4

  /// Half a megabyte of text and its tape fit into a processor's second cache.
  static let blockSize = 1 << 19

  init(
    _ file: OpenFile, _ source: SourceFile, _ separator: Separator, _ sieve: RowSieve?, in system: ReferenceSystem?,
    blockSize: Int, workers: Workers
  ) throws {
    self.sieve = sieve
    self.system = system
    self.file = file
    self.source = source
    self.separator = separator
    self.blockSize = blockSize
    self.workers = workers
    // Two blocks a worker, so that one that is slow keeps nobody waiting for long.
    let count = min(workers.count == 1 ? 1 : 2 * workers.count, file.size / blockSize + 1)
    blocks = try (0..<count).map { _ in try FeatureBlock(file) }
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
        "reading \(source.name)", fraction: Double(place) / Double(max(file.size, 1)), done: rowsRead)
      // In an array there may be more about the file behind the features.
      if isDone, separator == .blank { return file.size }
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

  private var isDone: Bool { sieve?.isDone ?? false }

  /// Takes the features of a block, or those of them that were asked for.
  private func take(_ piece: consuming FeatureBatch) throws {
    guard !isDone else { return }
    let before = rowsRead
    rowsRead += piece.rows
    if sieve != nil {
      // The column of that name was that of the features' own ids.
      if batch.ids.hasValue, !batch.properties.names.contains("id"), piece.properties.names.contains("id") {
        throw RowSieve.Changed()
      }
      var asked = piece.behind(batch)
      if let rows = try sieve?.rows(of: asked.finish(named: source.baseName, in: system)) {
        piece.keep(rows, behind: before)
      }
    }
    batch.append(piece)
  }

  // MARK: By guessing

  /// Reads a round of blocks; `nil` when none could be read this way, the last block among them.
  private func readRound(at start: Int) throws -> Int? {
    guard separator == .comma, refusals < Self.refusalLimit, !signature.isEmpty else { return nil }
    var loaded = 0
    var place = start
    for block in blocks {
      try block.text.load(blockSize, at: place)
      guard !block.text.isLast, let end = block.text.likelyEnd(before: signature) else { break }
      block.text.cut(to: end)
      place = block.text.end + 1
      loaded += 1
    }
    guard loaded > 0 else { return nil }
    try workers.forEach(pieces: loaded) { [blocks, isDone] in blocks[$0].parse(collects: !isDone) }
    place = start
    for block in blocks[..<loaded] {
      guard let piece = block.take() else {
        refusals += 1
        return place > start ? place : nil
      }
      try take(piece)
      place = block.text.end + 1
    }
    refusals = 0
    return place
  }

  // MARK: By the grammar

  /// Reads one block, however long its first feature is.
  private func readOne(at start: Int, isFirst: Bool) throws -> (next: Int, isEnd: Bool) {
    let block = blocks[0]
    let text = block.text
    var size = blockSize
    while true {
      try text.load(size, at: start)
      let extent = try extent(of: text, isFirst: isFirst)
      guard let cut = extent.cut else {
        if text.isLast { throw source.truncated("its last object is not closed") }
        size *= 2
        guard size <= Self.longestFeature else {
          throw ExchangeError(
            .tooLarge, "“\(source.name)” holds a feature of more than \(Self.longestFeature >> 20) MB.",
            fix: "It may be damaged: a quote or a bracket that is never closed. Else export it in smaller parts.")
        }
        continue
      }
      if signature.isEmpty { signature = Array(text.bytes.drop { isSpace($0) }.prefix(Self.signatureLength)) }
      text.cut(to: cut)
      let next = text.end + (separator == .comma ? 1 : 0)
      let replacements = extent.replacements
      lostNumbers += replacements.count { $0.kind == .lostNumber }
      wideNumbers += replacements.count { $0.kind == .wideNumber }
      if !replacements.isEmpty { text.replace(replacements) }
      block.parse(collects: !isDone)
      guard let piece = block.take() else { throw failure(block) }
      try take(piece)
      return (next, extent.isEnd)
    }
  }

  /// In bytes; parsing takes several times as much memory.
  private static let longestFeature = 1 << 29
  private static let signatureLength = 8

  private func extent(of text: TextBlock, isFirst: Bool) throws -> FeatureExtent {
    do {
      return try separator == .comma
        ? FeatureExtent(ofElements: text.bytes, isFirst: isFirst)
        : FeatureExtent(ofSequence: text.bytes, isLast: text.isLast)
    } catch .fault(let place, let what) {
      throw source.malformed(what, at: file.position(ofByte: text.start + place))
    } catch .endOfText {
      return FeatureExtent()
    }
  }

  private func failure(_ block: FeatureBlock) -> ExchangeError {
    let text = block.text
    switch block.failure {
    case .notUTF8:
      let line = file.position(ofByte: text.start + (text.firstNotUTF8 ?? 0)).line
      return ExchangeError(
        .encodingUnknown, "“\(source.name)” is not UTF-8 text: line \(line) has other bytes.",
        fix: "Save the file as UTF-8.")
    case .noMemory:
      return ExchangeError(
        .unreadable, "“\(source.name)” holds a feature of \(text.count) bytes, for which there is no memory.")
    default: return source.malformed("the features here cannot be read", at: file.position(ofByte: text.start))
    }
  }
}
