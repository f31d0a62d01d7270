import DataExchange
import FeatureTables

/// A column as files carry it: the number in its unit, the unit in the name (`h_distance_m`).
struct FileColumn {
  let name: String
  /// `nil` for what has no unit.
  let unit: String?
  private let factor: Double
  private let column: Column

  /// The attributes of a table.
  static func columns(of table: Table) -> [FileColumn] {
    var names = FileColumnNames()
    return zip(table.schema.fields, table.columns).compactMap { field, column in
      if field.type == .geometry { return nil }
      var unit: Unit?
      if case .number(let numberUnit) = field.type { unit = numberUnit }
      let symbol = unit?.fileSuffix == nil ? nil : unit?.symbol
      return FileColumn(
        name: names.take(field.name, suffix: unit?.fileSuffix), unit: symbol, factor: unit?.fileFactor ?? 1,
        column: column)
    }
  }

  func json(at row: Int) -> String {
    switch column.value(at: row) {
    case .null: "null"
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .number(let value): JSONText.number(value / factor)
    case .text(let value): JSONText.quoted(value)
    case .date(let value): "\"\(value.text)\""
    }
  }
}
