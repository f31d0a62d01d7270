import QueryLanguage

/// Columns of text aligned by display width, fitted to a terminal.
struct TextTable {
  enum Alignment { case left, right }

  struct Column {
    var heading: String
    var cells: [String]
    var alignment: Alignment
    /// May be cut with `…`; numbers never are.
    var isElastic: Bool
    /// Left out before all others where room is short.
    var isExpendable: Bool

    init(
      _ heading: String, _ cells: [String], alignment: Alignment = .left, isElastic: Bool = false,
      isExpendable: Bool = false
    ) {
      self.heading = heading
      self.cells = cells
      self.alignment = alignment
      self.isElastic = isElastic
      self.isExpendable = isExpendable
    }
  }

  var columns: [Column]

  static let widestText = 48
  private static let narrowestText = 16
  private static let gap = 2

  /// The columns shown with their widths, and the headings of those left out.
  struct Layout {
    var visible: [(column: Int, width: Int)]
    /// The position in `visible` before which columns were left out.
    var cutPosition: Int?
    var hidden: [String]
  }

  /// Chooses columns and widths. Text is narrowed first; then columns are left out from the middle, because the first
  /// ones name a row and the last ones are what the query added. O(cells).
  func layout(width limit: Int?) -> Layout {
    let natural = columns.map { column in
      let widest = column.cells.reduce(displayWidth(column.heading)) { max($0, displayWidth($1)) }
      return column.isElastic ? min(widest, max(Self.widestText, displayWidth(column.heading))) : widest
    }
    var shown = Array(columns.indices)
    guard let limit else { return Layout(visible: shown.map { ($0, natural[$0]) }, cutPosition: nil, hidden: []) }
    while true {
      let isCut = shown.count < columns.count
      let room = limit - Self.gap * (shown.count - 1) - (isCut ? Self.gap + 1 : 0)
      let widths = narrowed(shown.map { natural[$0] }, of: shown, to: room)
      if widths.reduce(0, +) <= room || shown.count == 1 {
        let visible = zip(shown, widths).map { (column: $0, width: shown.count == 1 ? min($1, max(room, 4)) : $1) }
        let hidden = columns.indices.filter { !shown.contains($0) }
        let cut = hidden.first.map { first in shown.firstIndex { $0 > first } ?? shown.count }
        return Layout(visible: visible, cutPosition: cut, hidden: hidden.map { columns[$0].heading })
      }
      shown.remove(at: leastWanted(shown))
    }
  }

  private func leastWanted(_ shown: [Int]) -> Int {
    if let expendable = shown.lastIndex(where: { columns[$0].isExpendable }), expendable > 0 { return expendable }
    return shown.count > 3 ? 2 : shown.count - (shown.count == 3 ? 2 : 1)
  }

  /// Takes columns of text back, the widest first, until all fit.
  private func narrowed(_ widths: [Int], of shown: [Int], to room: Int) -> [Int] {
    var widths = widths
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      let elastic = widths.indices.filter { columns[shown[$0]].isElastic && widths[$0] > Self.narrowestText }
      guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { return widths }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// Writes headings, a rule and the rows, each line indented by `indent` blanks.
  func write(_ layout: Layout, style: TextStyle, indent: Int = 0, to sink: ByteSink) {
    let margin = DisplayText.padding(indent)
    if columns.contains(where: { !$0.heading.isEmpty }) { writeHead(layout, style: style, margin: margin, to: sink) }
    let rowCount = columns.first?.cells.count ?? 0
    for row in 0..<rowCount {
      sink.writeLine(
        margin
          + line(layout, cut: "…") {
            $0
          } text: {
            columns[$0].cells[row]
          })
    }
  }

  private func writeHead(_ layout: Layout, style: TextStyle, margin: String, to sink: ByteSink) {
    sink.writeLine(
      margin
        + line(layout, cut: "…") {
          style.apply(.bold, to: $0)
        } text: {
          columns[$0].heading
        })
    sink.writeLine(
      margin
        + line(layout, cut: "…") {
          style.apply(.faint, to: $0)
        } text: { column in
          String(repeating: "─", count: layout.visible.first { $0.column == column }?.width ?? 0)
        })
  }

  private func line(
    _ layout: Layout, cut: String, rendition: (String) -> String, text: (Int) -> String
  ) -> String {
    var line = ""
    var pending = 0
    for (position, (column, width)) in layout.visible.enumerated() {
      if position == layout.cutPosition {
        line += DisplayText.padding(pending) + cut
        pending = Self.gap
      }
      let cell = DisplayText.cut(text(column), to: width)
      let padding = width - displayWidth(cell)
      // Blanks are held back until something follows, so that no line ends in them.
      if columns[column].alignment == .right { pending += padding }
      line += DisplayText.padding(pending) + rendition(cell)
      pending = Self.gap + (columns[column].alignment == .left ? padding : 0)
    }
    if layout.cutPosition == layout.visible.count { line += DisplayText.padding(pending) + cut }
    return line
  }
}
