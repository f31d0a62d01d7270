import FeatureTables
import GeometryKernel
import Projections

/// Which rows of a layer are read.
public struct RowSelection: Sendable {
  /// What the attributes must satisfy.
  public var condition: (any RowCondition)?
  /// Degrees of WGS 84: rows whose extent, in degrees, meets it are kept.
  public var box: Box?
  /// The first so many of them.
  public var limit: Int?

  public init(condition: (any RowCondition)? = nil, box: Box? = nil, limit: Int? = nil) {
    self.condition = condition
    self.box = box
    self.limit = limit
  }

  /// Whether all rows are read.
  public var isWhole: Bool { condition == nil && box == nil && limit == nil }
}

/// A condition on the attributes of rows.
public protocol RowCondition: Sendable {
  /// Comparisons that every row kept must pass, which a driver may make first; there may be more to the condition.
  ///
  /// - Throws: what is wrong with the condition over such columns.
  func comparisons(over schema: Schema) throws -> [ColumnComparison]

  /// The columns that it reads.
  ///
  /// - Throws: what is wrong with the condition over such columns.
  func columns(over schema: Schema) throws -> Set<String>

  /// The rows that satisfy it, ascending. The table has no geometry.
  func rows(of table: Table) throws -> [Int32]
}

/// A comparison of one column with constants.
public struct ColumnComparison: Sendable, Hashable {
  public enum Test: Sendable, Hashable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  }

  public var column: String
  public var test: Test
  /// The value of a row must pass the test with one of them, with all of them for `notEqual`.
  public var values: [Value]

  public init(_ column: String, _ test: Test, _ values: [Value]) {
    self.column = column
    self.test = test
    self.values = values
  }
}

/// Picks rows as they are read, some thousand at a time.
struct RowPicker {
  let selection: RowSelection
  private let toDegrees: CoordinateTransform?
  /// How many were picked.
  private(set) var count = 0

  /// - Parameter system: what the coordinates mean; where it is not known, no row is left out for its place.
  /// - Throws: `ReferenceSystemError` when the coordinates cannot be brought to degrees.
  init(_ selection: RowSelection, in system: ReferenceSystem?) throws {
    self.selection = selection
    toDegrees =
      try selection.box != nil && system != nil && system != .wgs84
      ? system.map { try CoordinateTransform(from: $0, to: .wgs84) } : nil
    isPlaced = system != nil
  }

  private let isPlaced: Bool

  /// Whether no more rows are wanted.
  var isDone: Bool { selection.limit.map { count >= $0 } ?? false }

  /// How many rows more to read at least: as many as are wanted, where every row is.
  var rest: Int { selection.condition == nil && selection.box == nil ? (selection.limit ?? .max) - count : .max }

  /// The rows to keep of those read last, ascending. O(vertices).
  ///
  /// - Parameter unreadable: rows without a place to compare because theirs could not be read; they are kept.
  mutating func pick(_ fields: [Field], _ columns: [Column], _ geometry: GeometryArray, unreadable: [Int]) throws
    -> [Int32]
  {
    var rows = [Int32](0..<Int32(geometry.count))
    if let condition = selection.condition {
      rows = try condition.rows(of: Table(schema: Schema(fields), columns: columns, rowCount: geometry.count))
    }
    if let box = selection.box, isPlaced {
      let degrees = try toDegrees?.apply(to: geometry).geometry ?? geometry
      let unreadable = Set(unreadable)
      rows = rows.filter { row in
        unreadable.contains(Int(row)) || degrees.extent(of: Int(row)).map { $0.intersects(box) } ?? false
      }
    }
    if let limit = selection.limit { rows = Array(rows.prefix(max(0, limit - count))) }
    count += rows.count
    return rows
  }
}

extension GeometryArray {
  /// Around the finite vertices of a row; `nil` without any.
  fileprivate func extent(of row: Int) -> Box? {
    var extent = Box.empty
    for i in coordinates(at: row) where xs[i].isFinite && ys[i].isFinite { extent.formUnion(x: xs[i], y: ys[i]) }
    return extent.isEmpty ? nil : extent
  }
}
