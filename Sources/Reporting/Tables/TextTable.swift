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

  /// Text is first narrowed to so many columns, and further where even that is too much.
  private static let comfortableText = 28
  private static let narrowestText = 20
  private static let gap = 2

  /// The columns shown with their widths, and the headings of those left out.
  struct Layout {
    var visible: [(column: Int, width: Int)]
    /// The position in `visible` before which columns were left out.
    var cutPosition: Int?
    var hidden: [String]
  }

  /// Chooses columns and widths. Where room is short text is narrowed a little, then expendable columns are left out,
  /// then text is narrowed more, then columns are left out from the middle, because the first ones name a row and the
  /// last ones are what the query added. O(cells).
  func layout(width limit: Int?) -> Layout {
    let natural = columns.map { column in
      column.cells.reduce(displayWidth(column.heading)) { max($0, displayWidth($1)) }
    }
    var shown = Array(columns.indices)
    guard let limit else { return Layout(visible: shown.map { ($0, natural[$0]) }, cutPosition: nil, hidden: []) }
    while true {
      let isCut = shown.count < columns.count
      let room = limit - Self.gap * (shown.count - 1) - (isCut ? Self.gap + 1 : 0)
      let expendable = shown.dropFirst().last { columns[$0].isExpendable }
      let narrowest = expendable == nil ? Self.narrowestText : Self.comfortableText
      let widths = narrowed(shown.map { natural[$0] }, of: shown, to: room, narrowest: narrowest)
      if widths.reduce(0, +) <= room || shown.count == 1 {
        let visible = zip(shown, widths).map { (column: $0, width: shown.count == 1 ? min($1, max(room, 4)) : $1) }
        let hidden = columns.indices.filter { !shown.contains($0) }
        let cut = hidden.first.map { first in shown.firstIndex { $0 > first } ?? shown.count }
        return Layout(visible: visible, cutPosition: cut, hidden: hidden.map { columns[$0].heading })
      }
      let middle = shown[shown.count > 3 ? 2 : shown.count > 2 ? 1 : shown.count - 1]
      shown.removeAll { $0 == expendable ?? middle }
    }
  }

  /// Takes columns of text back, the widest first, until all fit or none can give more.
  private func narrowed(_ widths: [Int], of shown: [Int], to room: Int, narrowest: Int) -> [Int] {
    var widths = widths
    var excess = widths.reduce(0, +) - room
    while excess > 0 {
      let elastic = widths.indices.filter { columns[shown[$0]].isElastic && widths[$0] > narrowest }
      guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { return widths }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// Writes headings with a rule, where there are any, and the rows.
  func write(_ layout: Layout, style: TextStyle, to sink: ByteSink) {
    if columns.contains(where: { !$0.heading.isEmpty }) {
      let headings = columns.map(\.heading)
      let rules = columns.map { _ in String(repeating: "─", count: layout.visible.map(\.width).max() ?? 0) }
      sink.writeLine(line(of: headings, layout) { style.apply(.bold, to: $0) })
      sink.writeLine(line(of: rules, layout, isRule: true) { style.apply(.faint, to: $0) })
    }
    for row in 0..<(columns.first?.cells.count ?? 0) {
      sink.writeLine(line(of: columns.map { $0.cells[row] }, layout) { $0 })
    }
  }

  /// - Parameters:
  ///   - texts: one for each column.
  ///   - isRule: the texts are as long as the longest column, and cut without a mark.
  private func line(
    of texts: [String], _ layout: Layout, isRule: Bool = false, rendition: (String) -> String
  ) -> String {
    var line = ""
    var pending = 0
    for (position, (column, width)) in layout.visible.enumerated() {
      if position == layout.cutPosition {
        line += DisplayText.padding(pending) + "…"
        pending = Self.gap
      }
      let cell = isRule ? String(texts[column].prefix(width)) : DisplayText.cut(texts[column], to: width)
      let padding = width - displayWidth(cell)
      // Blanks are held back until something follows, so that no line ends in them.
      if cell.isEmpty {
        pending += width + Self.gap
        continue
      }
      if columns[column].alignment == .right { pending += padding }
      line += DisplayText.padding(pending) + rendition(cell)
      pending = Self.gap + (columns[column].alignment == .left ? padding : 0)
    }
    if layout.cutPosition == layout.visible.count { line += DisplayText.padding(pending) + "…" }
    return line
  }
}
