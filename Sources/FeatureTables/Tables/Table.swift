import GeometryKernel

/// A named, typed column of a schema.
public struct Field: Hashable, Sendable {
  /// `name`, or `h.name` for what a join added.
  public var name: String
  public var type: ValueType

  public init(_ name: String, _ type: ValueType) {
    self.name = name
    self.type = type
  }

  /// The field that holds the geometry of a layer's features.
  public static let geometryName = "geometry"
}

/// The fields of a table in their order; names are unique.
public struct Schema: Hashable, Sendable {
  public var fields: [Field]

  public init(_ fields: [Field]) { self.fields = fields }

  public func index(of name: String) -> Int? { fields.firstIndex { $0.name == name } }

  public var hasGeometry: Bool { index(of: Field.geometryName) != nil }

  /// The fields that people see: all but geometries.
  public var attributes: [Field] { fields.filter { $0.type != .geometry } }
}

/// Rows as columns of equal length.
public struct Table: Sendable {
  public let schema: Schema
  public let columns: [Column]
  public let rowCount: Int

  /// - Precondition: one column a field, each of `rowCount` rows.
  public init(schema: Schema, columns: [Column], rowCount: Int) {
    precondition(schema.fields.count == columns.count && columns.allSatisfy { $0.count == rowCount })
    self.schema = schema
    self.columns = columns
    self.rowCount = rowCount
  }

  public subscript(name: String) -> Column? { schema.index(of: name).map { columns[$0] } }

  /// The geometry of the features, where the table has one.
  public var geometry: GeometryArray? { self[Field.geometryName]?.geometry }

  /// The same table with another geometry column (as after a projection).
  public func replacingGeometry(_ geometry: GeometryArray) -> Table {
    guard let index = schema.index(of: Field.geometryName) else { return self }
    var columns = columns
    columns[index] = Column(.geometry(geometry))
    return Table(schema: schema, columns: columns, rowCount: rowCount)
  }

  public func slice(_ rows: Range<Int>) -> Table {
    Table(schema: schema, columns: columns.map { $0.slice(rows) }, rowCount: rows.count)
  }
}
