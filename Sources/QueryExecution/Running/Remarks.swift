/// What came up while rows were worked on.
///
/// Each batch has its own, which are added up in the order of the batches: notes do not depend on threads.
final class Remarks {
  /// In the order in which they came up, each once.
  private(set) var notes: [String] = []
  /// Rows left out because they have no geometry.
  var unplacedRows = 0

  /// Keeps a note unless it is already there.
  func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// Adds what came up elsewhere.
  func add(notes more: [String], unplacedRows rows: Int) {
    more.forEach(note)
    unplacedRows += rows
  }

  /// Says in a note what was counted, once all rows are through.
  func conclude() {
    guard unplacedRows > 0 else { return }
    let rows = unplacedRows == 1 ? "1 row has" : "\(unplacedRows) rows have"
    note("\(rows) no geometry and cannot be placed: left out")
    unplacedRows = 0
  }
}
