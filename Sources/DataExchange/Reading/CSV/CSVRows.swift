import FeatureTables
import WorkControl

/// All records of a text table, column by column.
struct CSVRows {
  private(set) var names: [String] = []
  private(set) var columns: [CellColumn] = []
  private(set) var notes: [String] = []
  private(set) var hasUnquotedCell = false
  private var separator: UInt8

  var table: CellTable {
    CellTable(
      names: names, columns: columns, notes: notes, textsAre: hasUnquotedCell ? .quoted : .unmarked,
      separator: separator)
  }

  /// - Throws: `ExchangeError` for a table that is cut off; `Cancelled`. O(bytes).
  init(_ text: UnsafeBufferPointer<UInt8>, _ file: SourceFile, _ monitor: WorkMonitor) throws {
    var scanner = CSVScanner(text)
    separator = scanner.separator
    guard try Self.next(&scanner, file) else {
      throw ExchangeError(
        .emptyFile, "“\(file.name)” has no line with text.", fix: "Its first line must name the columns.")
    }
    for cell in scanner.cells {
      let name = String(decoding: CellColumn.trimmed(scanner.cellBytes[cell.range]), as: UTF8.self)
      names.append(name)
      if !cell.isQuoted && !name.isEmpty { hasUnquotedCell = true }
    }
    try CellTable.checkWidth(names.count, of: file.name)
    columns = Array(repeating: CellColumn(), count: names.count)
    var short = LineCount()
    var long = LineCount()
    var rows = 0
    while try Self.next(&scanner, file) {
      let cells = scanner.cells
      if cells.count < names.count {
        if scanner.endedWithoutLineEnd {
          throw file.truncated("its last line (\(scanner.line)) has \(cells.count) of \(names.count) cells")
        }
        short.add(scanner.line)
      }
      if cells.count > names.count, cells[names.count...].contains(where: { !$0.range.isEmpty }) {
        long.add(scanner.line)
      }
      for index in columns.indices {
        if index < cells.count {
          columns[index].append(scanner.cellBytes[cells[index].range], isText: cells[index].isQuoted)
        } else {
          columns[index].appendNull()
        }
      }
      rows += 1
      if rows & 0xFFF == 0 {
        try monitor.report(
          "reading \(file.name)", fraction: Double(scanner.position) / Double(max(text.count, 1)), done: rows)
      }
    }
    if columns.contains(where: { $0.textCells < $0.filledCells }) { hasUnquotedCell = true }
    if let line = short.first {
      notes.append(
        "\(rowsText(short.count)) with fewer cells than the first line (first: line \(line)); the missing are null.")
    }
    if let line = long.first {
      notes.append(
        "\(rowsText(long.count)) with more cells than the first line (first: line \(line)); the cells beyond were left "
          + "out. Texts that hold a separator must stand in quotes.")
    }
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
