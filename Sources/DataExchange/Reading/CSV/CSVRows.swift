import FeatureTables
import WorkControl

/// Reads the records of a text table column by column.
enum CSVRows {
  /// - Throws: `ExchangeError` for a table that is cut off; as `RowSieve.rows`; `Cancelled`. O(bytes).
  static func table(
    of text: UnsafeBufferPointer<UInt8>, _ file: SourceFile, _ sieve: TableSieve?, _ monitor: WorkMonitor
  ) throws -> CellTable {
    var scanner = CSVScanner(text)
    guard try next(&scanner, file) else {
      throw ExchangeError(
        .emptyFile, "“\(file.name)” has no line with text.", fix: "Its first line must name the columns.")
    }
    var rows = CellRows(sieve)
    var hasUnquotedName = false
    for cell in scanner.cells {
      let name = String(decoding: CellColumn.trimmed(scanner.cellBytes[cell.range]), as: UTF8.self)
      rows.addColumn(name)
      if !cell.isQuoted && !name.isEmpty { hasUnquotedName = true }
    }
    let width = rows.names.count
    try CellTable.checkWidth(width, of: file.name)
    func textsAre(_ columns: [CellColumn]) -> CellTable.Texts {
      hasUnquotedName || columns.contains { $0.textCells < $0.filledCells } ? .quoted : .unmarked
    }
    var short = LineCount()
    var long = LineCount()
    while !rows.isDone, try next(&scanner, file) {
      let cells = scanner.cells
      if cells.count < width {
        if scanner.endedWithoutLineEnd {
          throw file.truncated("its last line (\(scanner.line)) has \(cells.count) of \(width) cells")
        }
        short.add(scanner.line)
      }
      if cells.count > width, cells[width...].contains(where: { !$0.range.isEmpty }) { long.add(scanner.line) }
      for index in 0..<width {
        if index < cells.count {
          rows.columns[index].append(scanner.cellBytes[cells[index].range], isText: cells[index].isQuoted)
        } else {
          rows.columns[index].appendNull()
        }
      }
      try rows.endRow(textsAre)
      if rows.count & 0xFFF == 0 {
        try monitor.report(
          "reading \(file.name)", fraction: Double(scanner.position) / Double(max(text.count, 1)), done: rows.count)
      }
    }
    var table = try rows.finish(textsAre)
    if let line = short.first {
      table.notes.append(
        "\(rowsText(short.count)) with fewer cells than the first line (first: line \(line)); the missing are null.")
    }
    if let line = long.first {
      table.notes.append(
        "\(rowsText(long.count)) with more cells than the first line (first: line \(line)); the cells beyond were left "
          + "out. Texts that hold a separator must stand in quotes.")
    }
    return table
  }

  private static func next(_ scanner: inout CSVScanner, _ file: SourceFile) throws(ExchangeError) -> Bool {
    do {
      return try scanner.next()
    } catch {
      switch error {
      case .openQuote(let line): throw file.truncated("the quote opened in line \(line) is never closed")
      case .longCell(let line):
        throw ExchangeError(
          .tooLarge, "a cell of “\(file.name)” that begins in line \(line) is longer than any text.",
          fix: "A quote may be opened there and closed much later: look at that line.")
      }
    }
  }

  private struct LineCount {
    var count = 0
    var first: Int?

    mutating func add(_ line: Int) {
      count += 1
      if first == nil { first = line }
    }
  }
}
