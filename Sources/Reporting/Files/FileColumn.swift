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
    var used: Set<String> = []
    return zip(table.schema.fields, table.columns).compactMap { field, column in
      if field.type == .geometry { return nil }
      var unit: Unit?
      if case .number(let numberUnit) = field.type { unit = numberUnit }
      let base = name(of: field.name, unit: unit)
      var name = base
      var repetition = 2
      while !used.insert(name.lowercased()).inserted {
        name = "\(base)_\(repetition)"
        repetition += 1
      }
      let symbol = unit?.fileSuffix == nil ? nil : unit?.symbol
      return FileColumn(name: name, unit: symbol, factor: unit?.fileFactor ?? 1, column: column)
    }
  }

  private static func name(of field: String, unit: Unit?) -> String {
    let plain = field.replacing(".", with: "_")
    guard let suffix = unit?.fileSuffix, plain != suffix, !plain.hasSuffix("_" + suffix) else { return plain }
    return "\(plain)_\(suffix)"
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
