import FeatureTables
import WorkControl

/// A step at work: rows are pulled from it batch by batch.
///
/// Making an operator is cheap; work (reading inputs, building an index) starts with the first `next`, so that it is
/// counted as the operator's time.
public protocol BatchOperator: AnyObject {
  /// The next rows; `nil` once there are no more, and from then on. A batch may be empty.
  ///
  /// - Throws: `Diagnostic` or `Diagnostics` for what is wrong with the query or its data, `Cancelled`.
  func next() throws -> Batch?

  /// What `explain` tells besides the title, such as the index that was built; empty for nothing.
  var detail: String { get }
}

extension BatchOperator {
  public var detail: String { "" }

  /// Pulls everything. The table shares the columns of a scan instead of copying them.
  public func collected(_ schema: Schema) throws -> Table {
    var assembler = TableAssembler(schema)
    while let batch = try next() { assembler.append(batch) }
    return assembler.finish()
  }
}

/// An operator that knows all of its rows at once, after it has read its inputs: sorting, grouping, making new areas.
protocol CollectingOperator: BatchOperator {
  /// All rows; asked for once, by the first `next`.
  func compute() throws -> Batch

  /// Where the rows wait: `var output = BatchReader(context)`.
  var output: BatchReader { get set }
}

extension CollectingOperator {
  func next() throws -> Batch? {
    if output.rows == nil { output.rows = try compute() }
    return output.next()
  }
}

/// Cuts many rows into batches.
struct BatchReader {
  /// A batch has about as many vertices as one of points has rows, so that its work stays about the same. All have as many
  /// rows, and they are even in number: no thread waits for one more.
  var rows: Batch? {
    didSet {
      guard let rows else { return batchRows = most }
      let largest = max(1, min(most, Batch.capacity / rows.verticesPerRow))
      var count = (rows.rowCount + largest - 1) / largest
      if count > 1 { count += count % 2 }
      batchRows = count > 1 ? (rows.rowCount + count - 1) / count : largest
    }
  }
  private let most: Int
  private var batchRows: Int
  private(set) var position = 0

  init(_ context: ExecutionContext) {
    most = max(1, context.settings.batchRows)
    batchRows = most
  }

  mutating func next() -> Batch? {
    guard let rows, position < rows.rowCount else { return nil }
    let end = min(position + batchRows, rows.rowCount)
    defer { position = end }
    return rows.slice(position..<end)
  }
}
