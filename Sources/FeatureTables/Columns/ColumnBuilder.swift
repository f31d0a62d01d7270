import GeometryKernel

/// Makes a column row by row, or from pieces. A value that the column's type cannot hold is appended as null.
public struct ColumnBuilder: Sendable {
  public private(set) var column: Column
  public let type: ValueType

  public init(_ type: ValueType, reservingRows rows: Int = 0) {
    self.type = type
    column = Column.nulls(type: type, count: 0)
    column.validity = []
    if case .geometry = type { geometry = GeometryArrayBuilder(reservingRows: rows) }
  }

  /// Geometry is collected here and moved into the column by `finish`.
  public var geometry: GeometryArrayBuilder?

  public var count: Int { geometry?.count ?? column.count }

  /// The rows so far. O(rows) at the most.
  public mutating func finish() -> Column {
    if var geometry { column = Column(.geometry(geometry.finish())) }
    return column
  }

  public mutating func append(_ value: Bool) {
    guard case .boolean(var values) = column.storage else { return appendNull() }
    column.storage = .boolean([])
    values.append(value)
    column.storage = .boolean(values)
    appendValid()
  }

  /// In base units where the column holds numbers.
  public mutating func append(_ value: Int64) {
    guard case .integer(var values) = column.storage else { return append(Double(value)) }
    column.storage = .integer([])
    values.append(value)
    column.storage = .integer(values)
    appendValid()
  }

  /// In base units.
  public mutating func append(_ value: Double) {
    guard case .number(var values) = column.storage else { return appendNull() }
    column.storage = .number([])
    values.append(value)
    column.storage = .number(values)
    appendValid()
  }

  public mutating func append(_ value: CalendarDate) {
    guard case .date(var values) = column.storage else { return appendNull() }
    column.storage = .date([])
    values.append(value.daysSince1970)
    column.storage = .date(values)
    appendValid()
  }

  public mutating func append(_ value: String) { append(utf8: value.utf8) }

  /// The bytes are kept as they are, malformed ones too.
  public mutating func append(utf8 value: some Collection<UInt8>) {
    guard case .text(var values) = column.storage else { return appendNull() }
    column.storage = .text(TextArray())
    values.append(utf8: value)
    column.storage = .text(values)
    appendValid()
  }

  public mutating func append(_ value: Value) {
    switch value {
    case .null: appendNull()
    case .boolean(let v): append(v)
    case .integer(let v): append(v)
    case .number(let v): append(v)
    case .text(let v): append(v)
    case .date(let v): append(v)
    }
  }

  public mutating func appendNull() {
    if geometry != nil {
      geometry?.appendNull()
      return
    }
    let before = column.count
    if column.validity.isEmpty { column.validity = Array(repeating: true, count: before) }
    switch column.storage {
    case .boolean(var v): column.storage = .boolean([]); v.append(false); column.storage = .boolean(v)
    case .integer(var v): column.storage = .integer([]); v.append(0); column.storage = .integer(v)
    case .number(var v): column.storage = .number([]); v.append(0); column.storage = .number(v)
    case .date(var v): column.storage = .date([]); v.append(0); column.storage = .date(v)
    case .text(var v):
      column.storage = .text(TextArray()); v.append(utf8: EmptyCollection<UInt8>()); column.storage = .text(v)
    case .geometry: break
    }
    column.validity.append(false)
  }

  /// Appends all rows of another column of the same storage. O(its rows).
  public mutating func append(contentsOf other: Column) {
    if geometry != nil {
      guard case .geometry(let rows) = other.storage else { return }
      if geometry?.count == 0 {
        geometry = GeometryArrayBuilder(continuing: rows)
      } else {
        for row in 0..<rows.count { geometry?.append(rows, row: row) }
      }
      return
    }
    if column.count == 0 {
      column = other
      return
    }
    if !column.validity.isEmpty || !other.validity.isEmpty {
      if column.validity.isEmpty { column.validity = Array(repeating: true, count: column.count) }
      column.validity += other.validity.isEmpty ? Array(repeating: true, count: other.count) : other.validity
    }
    switch (column.storage, other.storage) {
    case (.boolean(var a), .boolean(let b)): column.storage = .boolean([]); a += b; column.storage = .boolean(a)
    case (.integer(var a), .integer(let b)): column.storage = .integer([]); a += b; column.storage = .integer(a)
    case (.number(var a), .number(let b)): column.storage = .number([]); a += b; column.storage = .number(a)
    case (.number(var a), .integer(let b)):
      column.storage = .number([]); a += b.map(Double.init); column.storage = .number(a)
    case (.date(var a), .date(let b)): column.storage = .date([]); a += b; column.storage = .date(a)
    case (.text(var a), .text(let b)):
      column.storage = .text(TextArray())
      for row in 0..<b.count { a.append(utf8: b.utf8(at: row)) }
      column.storage = .text(a)
    default: break
    }
  }

  private mutating func appendValid() {
    if !column.validity.isEmpty { column.validity.append(true) }
  }
}
