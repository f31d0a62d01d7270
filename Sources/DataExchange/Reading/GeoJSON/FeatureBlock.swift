/// A block of a file, a parser, and what it made of the features in the block.
///
/// `@unchecked Sendable`: a round gives each block to one worker, and nobody else touches it meanwhile.
final class FeatureBlock: @unchecked Sendable {
  let text: TextBlock
  private(set) var failure: JSONParser.Failure?
  /// Rows of the block before, which is about as many as to come.
  private var rows = 0
  private let parser: JSONParser
  private var batch: FeatureBatch?

  init(_ file: OpenFile) throws {
    text = TextBlock(file)
    parser = try JSONParser()
  }

  /// Parses the block and collects its features. O(bytes).
  ///
  /// - Parameter collects: Whether any of them are wanted.
  func parse(collects: Bool) {
    failure = nil
    batch = nil
    do {
      let tape = try parser.parse(text.bracketed())
      var batch = FeatureBatch(reservingRows: rows)
      if collects { batch.append(tape, elementsOf: JSONTape.root) }
      rows = batch.rows
      self.batch = batch
    } catch {
      failure = error
    }
  }

  /// What was made, which is given up; `nil` after a failure.
  func take() -> FeatureBatch? {
    defer { batch = nil }
    return batch
  }
}
