import FeatureTables

/// A cell of a sheet; one without bytes is empty.
struct SheetCell {
  var text: ArraySlice<UInt8> = []
  /// Whether the sheet says that it is a text, whatever it looks like.
  var isText = false
  /// Whether it is merged with the cell above, whose value it has.
  var isMerged = false

  var string: String { String(decoding: CellColumn.trimmed(text), as: UTF8.self) }
}

/// The rows of a sheet as they come, one of which names the columns.
struct SheetTable {
  private let fileName: String
  private let textsAre: CellTable.Texts
  /// The first rows, until it is known which of them names the columns.
  private var head: [(number: Int, cells: [SheetCell])] = []
  private var isSettled = false
  private var rows: CellRows
  private var totals: (count: Int, first: Int)?
  private var mergedCells = 0
  private var notes: [String] = []

  /// Rows among which the names of the columns are looked for.
  private static let headRows = 20
  private static let totalWords: Set<String> = ["合计", "总计", "小计", "合 计", "total", "sum"]

  init(of fileName: String, textsAre: CellTable.Texts, _ sieve: TableSieve?) {
    self.fileName = fileName
    self.textsAre = textsAre
    rows = CellRows(sieve)
  }

  /// Whether no more rows are wanted.
  var isDone: Bool { rows.isDone }

  /// Takes the next row; one without content of its own is passed over.
  ///
  /// - Parameter number: Of the row in the sheet, from 1.
  /// - Throws: `ExchangeError` for more columns than can be read; as `RowSieve.rows`.
  mutating func append(_ cells: [SheetCell], row number: Int) throws {
    guard !rows.isDone, cells.contains(where: { !$0.text.isEmpty && !$0.isMerged }) else { return }
    try CellTable.checkWidth(cells.count, of: fileName)
    if isSettled { return try take(cells, row: number) }
    head.append((number, cells))
    if head.count == Self.headRows { try settle() }
  }

  /// The table, for which the rows are given up.
  ///
  /// - Throws: As `RowSieve.rows`.
  consuming func finish() throws -> CellTable {
    if !isSettled { try settle() }
    let textsAre = textsAre
    var table = try rows.finish { _ in textsAre }
    if let totals {
      notes.append(
        "\(rowsText(totals.count)) look\(totals.count == 1 ? "s" : "") like a total (first: row \(totals.first)); "
          + "leave such rows out with where before summing.")
    }
    if mergedCells > 0 {
      notes.append(
        "\(mergedCells) empty cell\(mergedCells == 1 ? "" : "s") merged with one above take\(mergedCells == 1 ? "s" : "") its value."
      )
    }
    for (name, column) in zip(table.names, table.columns) {
      guard textsAre == .marked, let first = column.firstText, column.textCells < column.filledCells else { continue }
      let numbers = column.filledCells - column.textCells
      notes.append(
        "“\(name)” holds \(numbers) number\(numbers == 1 ? "" : "s") or dates and \(column.textCells) "
          + "text\(column.textCells == 1 ? "" : "s") (first: “\(first.text.prefix(20))”, row \(first.row + 1) of "
          + "the table); it is read as text.")
    }
    table.notes = notes
    return table
  }

  /// The first row that fills as many cells as the fullest names the columns, or the row below where names of two rows
  /// are merged; what is above it is a title.
  private mutating func settle() throws {
    isSettled = true
    let filled = head.map { row in row.cells.count { !$0.text.isEmpty } }
    let most = filled.max() ?? 0
    guard var line = filled.firstIndex(where: { $0 * 5 >= most * 4 }) else { return }
    let first = line
    while line + 1 < head.count, head[line + 1].cells.contains(where: \.isMerged) { line += 1 }
    for cell in head[line].cells { rows.addColumn(cell.string.filter { !$0.isNewline }) }
    let titles = head[..<first].flatMap { $0.cells.map(\.string).filter { !$0.isEmpty } }
    if first > 0 {
      notes.append(
        "row \(head[line].number) of the sheet names the columns; above it stands: "
          + "\(titles.joined(separator: " ").prefix(60)).")
    }
    for row in head.dropFirst(line + 1) { try take(row.cells, row: row.number) }
    head = []
  }

  private mutating func take(_ cells: [SheetCell], row number: Int) throws {
    while rows.columns.count < cells.count { rows.addColumn("") }
    for index in rows.columns.indices {
      let cell = index < cells.count ? cells[index] : SheetCell()
      let text = CellColumn.trimmed(cell.text)
      if text.isEmpty {
        rows.columns[index].appendNull()
      } else {
        rows.columns[index].append(text, isText: cell.isText)
      }
    }
    mergedCells += cells.count(where: \.isMerged)
    let textsAre = textsAre
    try rows.endRow { _ in textsAre }
    if cells.prefix(3).contains(where: { $0.text.count < 10 && Self.totalWords.contains($0.string.lowercased()) }) {
      totals = ((totals?.count ?? 0) + 1, totals?.first ?? number)
    }
  }
}
