import CatchmentEngine
import QueryLanguage

extension TextReport {
  /// Paragraphs wrapped for reading, tables whose widest column wraps: nothing on a page is cut.
  func write(_ page: Page) {
    let width = min(style.width ?? 100, 100)
    for (index, block) in page.blocks.enumerated() {
      if index > 0, !block.continues(page.blocks[index - 1]) { output.writeLine() }
      switch block {
      case .heading(let text): output.writeLine(style.apply(.bold, to: DisplayText.harmless(text)))
      case .text(let text):
        for line in DisplayText.wrap(text, width: width) { output.writeLine(DisplayText.harmless(line)) }
      case .code(let text):
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          output.writeLine(line.isEmpty ? "" : "  " + DisplayText.harmless(String(line)))
        }
      case .table(let headings, let rows): writeTable(headings: headings, rows: rows)
      }
    }
  }

  private func writeTable(headings: [String], rows: [[String]]) {
    let table = TextTable(
      columns: (0..<max(headings.count, rows.map(\.count).max() ?? 0)).map { index in
        let cells = rows.map { index < $0.count ? DisplayText.harmless($0[index]) : "" }
        let isNumeric = cells.contains { !$0.isEmpty } && cells.allSatisfy { $0.isEmpty || Double($0) != nil }
        let heading = index < headings.count ? headings[index] : ""
        return TextTable.Column(heading, cells, alignment: isNumeric && !heading.isEmpty ? .right : .left)
      })
    guard !table.columns.isEmpty else { return }
    let wrapped = table.wrapped(width: min(style.width ?? 100, 120))
    wrapped.write(wrapped.layout(width: nil), style: style, to: output)
  }
}

extension Page.Block {
  /// A heading stands right above what it heads.
  fileprivate func continues(_ previous: Page.Block) -> Bool {
    if case .heading = previous { return true }
    return false
  }
}

extension TextTable {
  /// The same table with its widest columns of text wrapped over several lines where it would not fit.
  func wrapped(width limit: Int) -> TextTable {
    var widths = columns.map { column in
      column.cells.reduce(displayWidth(column.heading)) { max($0, displayWidth($1)) }
    }
    let minimum = columns.map { max(displayWidth($0.heading), $0.alignment == .right ? .max : 12) }
    var excess = widths.reduce(0, +) + 2 * (columns.count - 1) - limit
    while excess > 0 {
      let narrowable = widths.indices.filter { widths[$0] > minimum[$0] }
      guard let widest = narrowable.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
      excess -= 1
    }
    var result = self
    for index in columns.indices { result.columns[index].cells = [] }
    for row in 0..<(columns.first?.cells.count ?? 0) {
      let cells = columns.indices.map { DisplayText.wrap(columns[$0].cells[row], width: widths[$0]) }
      for line in 0..<(cells.map(\.count).max() ?? 0) {
        for index in columns.indices {
          result.columns[index].cells.append(line < cells[index].count ? cells[index][line] : "")
        }
      }
    }
    return result
  }
}
