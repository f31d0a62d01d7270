/// Leaves rows of a table out while it is read, see `RowSieve`: also where its rows are may turn out to be something else.
struct TableSieve {
  private(set) var rows: RowSieve
  /// As the first rows tell it.
  private(set) var placing: PlacedTable.Placing?

  init(_ rows: RowSieve) { self.rows = rows }

  var isDone: Bool { rows.isDone }

  /// The rows to keep of those read last, ascending.
  ///
  /// - Throws: As `RowSieve.rows`.
  mutating func rows(of table: CellTable) throws -> [Int32] {
    // What is wrong is told once all rows are read.
    let placed = PlacedTable(table, of: "")
    guard let (placing, cells) = try? placed.placing(saying: rows.said) else { throw RowSieve.Changed() }
    // By their values columns are found once all are known.
    guard placing.isNamed, placing == self.placing ?? placing else { throw RowSieve.Changed() }
    self.placing = placing
    return try rows.rows(of: placed.layer(named: "", placing, cells))
  }
}
