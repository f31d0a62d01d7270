/// A step that handles each batch by itself, so that several threads can work on several batches.
///
/// It is made when the first batch is due, and holds what it needs besides: an index, the other layer's rows.
protocol BatchStep: Sendable {
  /// What becomes of a batch; called on any thread.
  ///
  /// - Throws: As `BatchOperator.next`.
  func apply(_ batch: Batch, _ remarks: Remarks) throws -> Batch

  /// What `explain` tells besides the title, such as the index that was built; empty for nothing.
  var detail: String { get }
}

extension BatchStep {
  var detail: String { "" }
}
