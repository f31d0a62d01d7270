/// Where a cell stands, as `BC12` says it; columns from 0, rows from 1.
struct ExcelPlace {
  let column: Int
  let row: Int

  static let mostColumns = 16_384

  init?(_ text: some StringProtocol) {
    var column = 0
    var rest = Substring(text)
    while let letter = rest.utf8.first, let number = Self.number(of: letter), column < Self.mostColumns {
      column = column * 26 + number
      rest = rest.dropFirst()
    }
    guard (1...Self.mostColumns).contains(column), let row = Int32(rest), row > 0 else { return nil }
    (self.column, self.row) = (column - 1, Int(row))
  }

  private static func number(of letter: UInt8) -> Int? {
    let number = Int(letter & 0xDF) - 64
    return (1...26).contains(number) ? number : nil
  }
}

/// Cells that are merged downwards: all of them mean what the upper left one says.
struct ExcelMerges {
  private struct Merge {
    /// The first of its columns; the others are empty, and stay it.
    let column: Int
    let rows: ClosedRange<Int>
    var value = SheetCell()
  }

  /// In the order of their first rows.
  private var merges: [Merge] = []
  private var next = 0
  /// Those that the last row began or went on with, one of a column.
  private var open: [Merge] = []

  /// Reads the list behind the cells of a sheet (ECMA-376, 18.3.1.55).
  init(_ bytes: [UInt8], _ file: SourceFile) throws {
    // Whatever is before the end of the cells is passed over: a sheet has millions of them.
    let mark = Array("sheetData>".utf8)
    guard let end = bytes.indices.dropLast(mark.count).last(where: { bytes[$0...].starts(with: mark) }) else { return }
    try bytes[end...].withUnsafeBytes { raw in
      var tags = XMLTags(raw)
      while let tag = try tags.next(in: file) {
        guard tag.name == "mergeCell", let ref = tag["ref"] else { continue }
        let corners = ref.split(separator: ":").compactMap { ExcelPlace($0) }
        guard corners.count == 2, corners[0].row < corners[1].row else { continue }
        merges.append(Merge(column: corners[0].column, rows: corners[0].row...corners[1].row))
      }
    }
    merges.sort { ($0.rows.lowerBound, $0.column) < ($1.rows.lowerBound, $1.column) }
  }

  /// Gives empty cells of a row the value of the cell above that they are merged with. Rows come in their order.
  mutating func fill(_ row: inout [SheetCell], _ number: Int) {
    open.removeAll { $0.rows.upperBound < number }
    for merge in open where !merge.value.text.isEmpty {
      while row.count <= merge.column { row.append(SheetCell()) }
      guard row[merge.column].text.isEmpty else { continue }
      row[merge.column] = merge.value
      row[merge.column].isMerged = true
    }
    while next < merges.count, merges[next].rows.lowerBound <= number {
      var merge = merges[next]
      next += 1
      guard merge.rows.contains(number), row.indices.contains(merge.column) else { continue }
      merge.value = row[merge.column]
      open.removeAll { $0.column == merge.column }
      open.append(merge)
    }
  }
}
