import FeatureTables
import QueryPlanning

/// Puts the columns of a join by place together in the order of the plan's schema: the rows' own fields, the other
/// layer's under a prefix, what the join measured, and the rows' geometry.
struct JoinedBatch {
  let schema: Schema
  let prefix: String
  private let candidates: [String: SharedColumn]

  /// - Parameter candidates: all rows of the other layer.
  init(schema: Schema, prefix: String, candidates: Batch) {
    self.schema = schema
    self.prefix = prefix
    self.candidates = candidates.viewsByName.mapValues(\.source)
  }

  /// - Parameters:
  ///   - rows: the rows, already repeated as often as they match.
  ///   - matches: the other layer's row for each of them, -1 for none.
  ///   - measured: further columns by their full names.
  func assemble(_ rows: Batch, matches: [Int32], measured: [String: Column]) -> Batch {
    let own = rows.viewsByName
    let map = RowMap(selection: matches)
    let views = schema.fields.map { field -> ColumnView in
      if let column = measured[field.name] { return ColumnView(column) }
      if let view = own[field.name] { return view }
      let name = String(field.name.dropFirst(prefix.count + 1))
      if let shared = candidates[name] { return ColumnView(source: shared, rows: map) }
      return ColumnView(Column.nulls(type: field.type, count: rows.rowCount))
    }
    return Batch(schema: schema, views: views, rowCount: rows.rowCount)
  }
}

extension Batch {
  /// The same rows with columns added or replaced by name, in the order of a schema.
  func with(_ columns: [String: Column], schema: Schema) -> Batch {
    let own = viewsByName
    let views = schema.fields.map { field -> ColumnView in
      if let column = columns[field.name] { return ColumnView(column) }
      return own[field.name] ?? ColumnView(Column.nulls(type: field.type, count: rowCount))
    }
    return Batch(schema: schema, views: views, rowCount: rowCount)
  }
}
