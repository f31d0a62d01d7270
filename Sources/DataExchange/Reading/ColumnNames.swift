import FeatureTables

/// Gives every column of a file a name of its own.
struct ColumnNames {
  private var unique: UniqueNames
  private(set) var notes: [String] = []

  init(reserving names: Set<String> = [Field.geometryName]) { unique = UniqueNames(reserving: names) }

  /// The name a column gets: its own, or numbered when that is taken (in either case of letters, because the store and
  /// most formats do not tell `Name` from `name`) or is `geometry`, which is the features' own.
  mutating func take(_ wanted: String, position: Int) -> String {
    let name = unique.take(wanted.isEmpty ? "column_\(position)" : wanted)
    if name != wanted {
      let reason =
        wanted.isEmpty ? "has no name" : wanted.lowercased() == Field.geometryName ? "is reserved" : "is taken"
      notes.append(
        wanted.isEmpty
          ? "column \(position) \(reason) in the file; it is called “\(name)” here."
          : "the column name “\(wanted)” \(reason); column \(position) is called “\(name)” here.")
    }
    return name
  }

  func contains(_ name: String) -> Bool { unique.contains(name) }
}
