import FeatureTables
import Projections

/// The tables of one layer that are in memory: the rows as they are kept, and with geometry brought to other systems.
///
/// Two systems are kept; a third drops the one that was used least lately. Attributes are shared between them, so that a
/// system costs its coordinates alone.
struct TableCache {
  private struct Entry {
    /// `nil` for a table without geometry.
    let system: ReferenceSystem?
    let table: Table
    let notes: [String]
  }

  private static let limit = 2
  /// The last one used is last.
  private var entries: [Entry] = []

  mutating func find(_ system: ReferenceSystem?) -> (table: Table, notes: [String])? {
    guard let index = entries.firstIndex(where: { $0.system == system }) else { return nil }
    let entry = entries.remove(at: index)
    entries.append(entry)
    return (entry.table, entry.notes)
  }

  mutating func insert(_ table: Table, _ system: ReferenceSystem?, notes: [String] = []) {
    entries.removeAll { $0.system == system }
    if entries.count >= Self.limit { entries.removeFirst() }
    entries.append(Entry(system: system, table: table, notes: notes))
  }
}
