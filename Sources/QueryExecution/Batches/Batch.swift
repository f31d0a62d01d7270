import FeatureTables
import GeometryKernel

/// What flows between operators: up to `capacity` rows as views of shared columns.
///
/// Filters and joins change row maps only, so that wide columns are copied once, where somebody needs the values.
public struct Batch: Sendable {
  /// The most rows of a batch.
  public static let capacity = 16_384

  public let schema: Schema
  /// One view a field, each of `rowCount` rows.
  public let views: [ColumnView]
  public let rowCount: Int

  /// - Precondition: one view a field, each of `rowCount` rows.
  public init(schema: Schema, views: [ColumnView], rowCount: Int) {
    precondition(schema.fields.count == views.count && views.allSatisfy { $0.count == rowCount })
    self.schema = schema
    self.views = views
    self.rowCount = rowCount
  }

  /// All rows of a table, which must fit a batch only where the batch goes on to other operators.
  public init(_ table: Table) {
    let rows = RowMap(range: 0..<table.rowCount)
    self.init(
      schema: table.schema, views: table.columns.map { ColumnView(source: SharedColumn($0), rows: rows) },
      rowCount: table.rowCount)
  }

  /// The rows of a field as a column of their own. See `ColumnView.materialised`.
  public func materialised(_ field: Int) -> Column { views[field].materialised() }

  public func materialised(_ name: String) -> Column? { schema.index(of: name).map { views[$0].materialised() } }

  /// The geometries of the rows; `nil` for a relation without geometry. O(vertices copied).
  public var geometry: GeometryArray? { materialised(Field.geometryName)?.geometry }

  /// About how many vertices a row has, by the whole column behind it; at least 1. O(1).
  var verticesPerRow: Int {
    guard let index = schema.index(of: Field.geometryName), let geometry = views[index].source.column.geometry,
      geometry.count > 0
    else { return 1 }
    return max(1, geometry.xs.count / geometry.count)
  }

  /// The named rows in the order named; -1 gives a row of nulls. O(rows named × distinct row maps).
  public func selecting(_ rows: [Int32]) -> Batch {
    Batch(schema: schema, views: Self.mapping(views) { $0.selecting(rows) }, rowCount: rows.count)
  }

  /// A run of the rows.
  public func slice(_ rows: Range<Int>) -> Batch {
    if rows == 0..<rowCount { return self }
    return Batch(schema: schema, views: Self.mapping(views) { $0.slice(rows) }, rowCount: rows.count)
  }

  /// The views under the names of their fields, to take a new batch from.
  var viewsByName: [String: ColumnView] {
    Dictionary(zip(schema.fields.map(\.name), views)) { first, _ in first }
  }

  /// The fields of a schema in its order, wherever they come from; others are left out.
  ///
  /// - Throws: `Diagnostic` at `range` when one is missing.
  init(_ schema: Schema, taking views: [String: ColumnView], rowCount: Int, at range: Range<Int>) throws {
    let taken = try schema.fields.map { field in
      guard let view = views[field.name], view.count == rowCount else {
        throw ExecutionDiagnostic.noField(field.name, at: range)
      }
      return view
    }
    self.init(schema: schema, views: taken, rowCount: rowCount)
  }

  /// The batch as a table. See `ColumnView.materialised`.
  public func materialised() -> Table {
    Table(schema: schema, columns: views.map { $0.materialised() }, rowCount: rowCount)
  }

  /// Changes each distinct row map once: the columns of one table share one.
  private static func mapping(_ views: [ColumnView], _ change: (RowMap) -> RowMap) -> [ColumnView] {
    var changed: [(from: RowMap, to: RowMap)] = []
    return views.map { view in
      if let known = changed.first(where: { $0.from === view.rows }) {
        return ColumnView(source: view.source, rows: known.to)
      }
      let rows = change(view.rows)
      changed.append((view.rows, rows))
      return ColumnView(source: view.source, rows: rows)
    }
  }
}
