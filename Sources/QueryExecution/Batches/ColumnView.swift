import FeatureTables
import GeometryKernel

/// A column that many batches show rows of; identity tells whether two views look at one column.
public final class SharedColumn: Sendable {
  public let column: Column

  public init(_ column: Column) { self.column = column }
}

/// Some rows of a shared column, without a copy.
public struct ColumnView: Sendable {
  public let source: SharedColumn
  public let rows: RowMap

  public init(source: SharedColumn, rows: RowMap) {
    self.source = source
    self.rows = rows
  }

  /// All rows of a column.
  public init(_ column: Column) { self.init(source: SharedColumn(column), rows: RowMap(range: 0..<column.count)) }

  /// The number of rows. O(1).
  public var count: Int { rows.count }

  /// The rows shown as a column of their own. O(1) when they are all of the source, else O(rows copied).
  public func materialised() -> Column {
    switch rows.kind {
    case .range(let range): source.column.slice(range)
    case .selection(let selection): source.column.gather(selection)
    }
  }

  public func isNull(at index: Int) -> Bool {
    let row = rows.row(at: index)
    return row < 0 || source.column.isNull(at: row)
  }

  /// One value, for display and tests; geometry gives `.null`.
  public func value(at index: Int) -> Value {
    let row = rows.row(at: index)
    return row < 0 ? .null : source.column.value(at: row)
  }
}
