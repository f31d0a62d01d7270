import GeometryKernel

/// The values of one field for many rows, in one typed buffer.
public struct Column: Sendable {
  public enum Storage: Sendable {
    case boolean([Bool])
    case integer([Int64])
    case number([Double])
    case text(TextArray)
    /// Days since 1970-01-01.
    case date([Int32])
    /// Null rows are the array's own.
    case geometry(GeometryArray)
  }

  public var storage: Storage
  /// False where the row is null; empty when no row is. Geometry keeps its nulls itself.
  public var validity: [Bool]

  public init(_ storage: Storage, validity: [Bool] = []) {
    self.storage = storage
    self.validity = validity
  }

  /// The number of rows. O(1).
  public var count: Int {
    switch storage {
    case .boolean(let values): values.count
    case .integer(let values): values.count
    case .number(let values): values.count
    case .text(let values): values.count
    case .date(let values): values.count
    case .geometry(let values): values.count
    }
  }

  public func isNull(at row: Int) -> Bool {
    if case .geometry(let geometry) = storage { return geometry.isNull(at: row) }
    return !validity.isEmpty && !validity[row]
  }

  /// One value, for display and tests; geometry gives `.null`.
  public func value(at row: Int) -> Value {
    if isNull(at: row) { return .null }
    switch storage {
    case .boolean(let values): return .boolean(values[row])
    case .integer(let values): return .integer(values[row])
    case .number(let values): return .number(values[row])
    case .text(let values): return .text(values[row])
    case .date(let values): return .date(CalendarDate(daysSince1970: values[row]))
    case .geometry: return .null
    }
  }

  public var geometry: GeometryArray? {
    if case .geometry(let geometry) = storage { return geometry }
    return nil
  }

  /// The number of null rows. O(rows).
  public var nullCount: Int {
    if case .geometry(let geometry) = storage {
      return (0..<geometry.count).count { geometry.isNull(at: $0) }
    }
    return validity.count { !$0 }
  }
}
