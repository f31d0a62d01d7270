/// What came up while rows were worked on.
///
/// Each batch has its own, which are added up in the order of the batches: notes do not depend on threads.
final class Remarks {
  /// In the order in which they came up, each once.
  private(set) var notes: [String] = []
  /// Rows of which something is to be said.
  private(set) var counts: [Remark] = []

  /// Keeps a note unless it is already there.
  func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  func count(_ rows: Int, _ what: Remark.What) {
    guard rows > 0 else { return }
    if let i = counts.firstIndex(where: { $0.what == what }) {
      counts[i].rows += rows
    } else {
      counts.append(Remark(what: what, rows: rows))
    }
  }

  /// Adds what came up elsewhere.
  func add(notes more: [String], _ counts: [Remark] = []) {
    more.forEach(note)
    for count in counts { self.count(count.rows, count.what) }
  }

  /// Says in notes what was counted, once all rows are through.
  func conclude() {
    for count in counts { note(count.description) }
    counts = []
  }
}

/// How many rows something is to be said of.
struct Remark: Sendable, CustomStringConvertible {
  enum What: Sendable {
    case unplaced
    /// Along streets.
    case passedIsolated
    case detoured
    case offNetwork
    case isolated
  }

  let what: What
  var rows: Int

  var description: String {
    let isOne = rows == 1
    return switch what {
    case .unplaced: "\(isOne ? "1 row has" : "\(rows) rows have") no geometry and cannot be placed: left out"
    case .passedIsolated:
      "\(isOne ? "1 row" : "\(rows) rows") passed over a small isolated part of the network that is nearer"
    case .detoured: "\(isOne ? "1 row is" : "\(rows) rows are") answered by the straight line, as `set detour` has it"
    case .offNetwork: "\(isOne ? "1 row is" : "\(rows) rows are") off the network, and counted as not reached"
    case .isolated:
      "\(isOne ? "1 row is" : "\(rows) rows are") on isolated parts of the network, and counted as not reached"
    }
  }
}
