import FeatureTables
import GeometryKernel

/// The candidates of a join by place: their columns, which each row gets under a prefix.
struct PlaceJoin: Sendable {
  private let schema: Schema
  private let prefix: String
  private let columns: [String: SharedColumn]

  /// - Parameter candidates: All of their rows in the order of their columns.
  init(_ candidates: Batch, prefix: String, _ work: PlaceWork) {
    schema = work.plan.schema
    self.prefix = prefix
    columns = candidates.viewsByName.mapValues(\.source)
  }

  /// The columns in the order of the plan's schema: the rows' own, the candidates' under the prefix, what the join
  /// measured, and the rows' geometry.
  ///
  /// - Parameters:
  ///   - rows: The rows, already repeated as often as they match.
  ///   - matches: The candidate of each of them, -1 for none.
  ///   - measured: Further columns by their names under the prefix.
  func assemble(_ rows: Batch, matches: [Int32], measured: [String: ColumnView]) -> Batch {
    let own = rows.viewsByName
    let map = RowMap(selection: matches)
    let views = schema.fields.map { field -> ColumnView in
      let name = field.name.hasPrefix(prefix + ".") ? String(field.name.dropFirst(prefix.count + 1)) : nil
      if let column = name.flatMap({ measured[$0] }) { return column }
      if let view = own[field.name] { return view }
      if let shared = name.flatMap({ columns[$0] }) { return ColumnView(source: shared, rows: map) }
      return ColumnView(Column.nulls(type: field.type, count: rows.rowCount))
    }
    return Batch(schema: schema, views: views, rowCount: rows.rowCount)
  }
}

extension Batch {
  /// Where the rows are; a relation without geometry has rows of nulls.
  var places: GeometryArray {
    geometry
      ?? GeometryArray(
        pointsX: Array(repeating: .nan, count: rowCount), y: Array(repeating: .nan, count: rowCount))
  }

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
