/// The rows of a table as they are read, of which those that were not asked for are given up some thousand at a time.
struct CellRows {
  private(set) var names: [String] = []
  /// Where the cells of the row at hand are appended: the columns of the rows that were not sifted yet.
  var columns: [CellColumn] = []
  /// What was kept of the rows before.
  private var kept: [CellColumn] = []
  private var sieve: TableSieve?
  private var waiting = 0
  /// The rows read, kept or not.
  private(set) var count = 0

  /// Rows between two siftings.
  private static let piece = 1 << 14

  init(_ sieve: TableSieve?) { self.sieve = sieve }

  /// Whether no more rows are wanted.
  private(set) var isDone = false

  /// Adds a column, which is null in the rows so far.
  mutating func addColumn(_ name: String) {
    names.append(name)
    columns.append(CellColumn(nulls: waiting, behind: count - waiting))
    kept.append(CellColumn(nulls: kept.first?.count ?? 0))
  }

  /// Ends the row at hand, once every column has its cell.
  ///
  /// - Parameter textsAre: What columns tell of it.
  /// - Throws: As `RowSieve.rows`.
  mutating func endRow(_ textsAre: ([CellColumn]) -> CellTable.Texts) throws {
    count += 1
    waiting += 1
    if waiting == Self.piece { try sift(textsAre) }
  }

  private mutating func sift(_ textsAre: ([CellColumn]) -> CellTable.Texts) throws {
    // A condition is asked of a table without rows, too: it may name no column.
    guard sieve != nil, waiting > 0 || count == 0 else { return }
    let table = CellTable(names: names, columns: columns, textsAre: textsAre(columns))
    guard let rows = try sieve?.rows(of: table) else { return }
    isDone = sieve?.isDone ?? false
    for i in columns.indices {
      kept[i].append(rows, of: columns[i])
      columns[i] = CellColumn(behind: columns[i])
    }
    waiting = 0
  }

  /// The rows that were asked for.
  ///
  /// - Throws: As `RowSieve.rows`.
  mutating func finish(_ textsAre: ([CellColumn]) -> CellTable.Texts) throws -> CellTable {
    try sift(textsAre)
    let columns = sieve == nil ? columns : kept
    return CellTable(names: names, columns: columns, textsAre: textsAre(columns), sieve: sieve)
  }
}
