import FeatureTables

extension TextTable {
  /// A text of a row is cut to so many columns.
  private static let widestText = 48

  /// The attributes of a table's first rows. Geometry is not shown, nor reasons that no row has.
  ///
  /// - Parameter isJudged: the rows failed a condition, whose marks must show in the digits.
  init(_ table: Table, rowLimit: Int?, isJudged: Bool = false) {
    let rows = 0..<min(table.rowCount, rowLimit ?? table.rowCount)
    columns = zip(table.schema.fields, table.columns).compactMap { field, column in
      if field.type == .geometry { return nil }
      if field.name.isReason, column.nullCount == column.count { return nil }
      return Column(field, column, rows: rows, widestText: Self.widestText, isJudged: isJudged)
    }
  }
}

extension TextTable.Column {
  /// What a cell without a value shows.
  static let missing = "–"

  fileprivate init(
    _ field: Field, _ column: FeatureTables.Column, rows: Range<Int>, widestText: Int, isJudged: Bool
  ) {
    var heading = DisplayText.harmless(field.name)
    let name = field.name.split(separator: ".").last.map(String.init) ?? field.name
    let isProvenance = ["source", "accuracy", "method"].contains(name)
    switch column.storage {
    case .number(let values):
      let unit: Unit = if case .number(let unit) = field.type { unit } else { .one }
      let shown = rows.lazy.filter { !column.isNull(at: $0) }.map { values[$0] }
      let format = NumberFormat(unit: unit, values: shown, isJudged: isJudged)
      if let symbol = format.headingUnit { heading += " (\(symbol))" }
      self.init(
        heading, rows.map { column.isNull(at: $0) ? Self.missing : format.text(values[$0]) }, alignment: .right)
    case .integer(let values):
      self.init(heading, rows.map { column.isNull(at: $0) ? Self.missing : String(values[$0]) }, alignment: .right)
    case .text(let values):
      let cells = rows.map { row in
        // What no cell can hold is left out before it is measured.
        let text = column.isNull(at: row) ? Self.missing : String(values[row].prefix(4 * widestText))
        return DisplayText.cut(DisplayText.harmless(text), to: widestText)
      }
      self.init(heading, cells, isElastic: true, isExpendable: isProvenance)
    case .boolean, .date, .geometry:
      self.init(heading, rows.map { Self.text(column.value(at: $0)) })
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .boolean(let value): String(value)
    case .date(let value): value.text
    default: missing
    }
  }
}

extension String {
  /// `h.reason`: why a join found nothing.
  var isReason: Bool { self == "reason" || hasSuffix(".reason") }
}
