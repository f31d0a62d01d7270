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
    if rows > 0 { count(Remark(what: what, rows: rows)) }
  }

  func count(_ remark: Remark) {
    if let i = counts.firstIndex(where: { $0.what == remark.what }) {
      counts[i].rows += remark.rows
      counts[i].nearest = min(counts[i].nearest, remark.nearest)
      counts[i].hasOthers = counts[i].hasOthers || remark.hasOthers
    } else {
      counts.append(remark)
    }
  }

  /// Adds what came up elsewhere.
  func add(notes more: [String], _ counts: [Remark] = []) {
    more.forEach(note)
    counts.forEach(count)
  }

  /// Says in notes what was counted, once all rows are through.
  func conclude() {
    for count in counts where !count.hasOthers { note(count.description) }
    counts = []
  }
}

/// How many rows something is to be said of.
struct Remark: Sendable, CustomStringConvertible {
  enum What: Sendable, Equatable {
    case unplaced
    /// Along streets.
    case passedIsolated
    case detoured
    case offNetwork
    case isolated
    /// Off the network, to be said where all rows are.
    case astray(AskedStreets)
  }

  let what: What
  var rows: Int
  /// Metres, of those that are astray: to the nearest street.
  var nearest = Double.infinity
  /// There are rows of which it does not hold, which makes it not worth a word.
  var hasOthers = false

  var description: String {
    let isOne = rows == 1
    return switch what {
    case .unplaced: "\(isOne ? "1 row has" : "\(rows) rows have") no geometry and cannot be placed: left out"
    case .passedIsolated:
      "\(isOne ? "1 row" : "\(rows) rows") passed over a small isolated part of the network that is nearer"
    case .detoured: "\(isOne ? "1 row is" : "\(rows) rows are") answered by the straight line, as `set detour` has it"
    case .offNetwork: "\(isOne ? "1 row is" : "\(rows) rows are") off the network, and counted as not reached"
    case .astray(let streets): streets.note(rows, nearest: nearest)
    case .isolated:
      "\(isOne ? "1 row is" : "\(rows) rows are") on isolated parts of the network, and counted as not reached"
    }
  }
}
