import FeatureTables
import GeometryKernel
import Projections

/// A layer with all its rows: what a store is given and gives back.
public struct StoredLayer: Sendable {
  public var name: String
  public var table: Table
  /// What the coordinates mean; `nil` for a table without geometry.
  public var referenceSystem: ReferenceSystem?
  public var metadata: LayerMetadata
  /// What a column holds, by its name, where somebody wrote it down.
  public var columnDescriptions: [String: String]
  /// The rows as a graph of streets. A store gives it back by itself, not with the rows.
  public var network: LayerNetwork?
  /// Sentences about what reading met: values of another type than their column's, columns left out.
  public internal(set) var readingNotes: [String] = []

  public init(
    name: String, table: Table, referenceSystem: ReferenceSystem?, metadata: LayerMetadata = LayerMetadata(),
    columnDescriptions: [String: String] = [:]
  ) {
    self.name = name
    self.table = table
    self.referenceSystem = referenceSystem
    self.metadata = metadata
    self.columnDescriptions = columnDescriptions
  }

  /// All that is known about the layer but its rows. O(vertices).
  public var description: LayerDescription {
    LayerDescription(
      name: name, schema: table.schema, referenceSystem: referenceSystem, metadata: metadata,
      columnDescriptions: columnDescriptions, rowCount: table.rowCount, extent: table.geometry?.extent ?? .empty,
      middle: table.geometry?.middle ?? .empty, kinds: table.geometry?.distinctKinds ?? [],
      networkState: network == nil ? .none : .current)
  }
}

extension StoredLayer {
  /// The layer as a store gives it back: SQLite keeps neither NaN, which becomes null, nor the sign of zero.
  /// O(numbers), without a copy when there is nothing to change.
  func withoutNaN() -> StoredLayer {
    var columns = table.columns
    var changed = false
    for (i, column) in columns.enumerated() {
      guard case .number(var values) = column.storage,
        values.contains(where: { $0.isNaN || ($0 == 0 && $0.sign == .minus) })
      else { continue }
      changed = true
      var validity = column.validity.isEmpty ? Array(repeating: true, count: values.count) : column.validity
      for row in values.indices {
        if values[row].isNaN { validity[row] = false }
        if values[row].isNaN || values[row] == 0 { values[row] = 0 }
      }
      columns[i] = Column(.number(values), validity: validity.contains(false) ? validity : [])
    }
    guard changed else { return self }
    var layer = self
    layer.table = Table(schema: table.schema, columns: columns, rowCount: table.rowCount)
    return layer
  }
}

/// A layer without its rows.
public struct LayerDescription: Sendable {
  public let name: String
  public let schema: Schema
  /// What the coordinates mean; `nil` for a table without geometry and for one whose system nobody knows.
  public let referenceSystem: ReferenceSystem?
  public let metadata: LayerMetadata
  public let columnDescriptions: [String: String]
  public let rowCount: Int
  /// Around all features, in the layer's own system; empty without any coordinate.
  public let extent: Box
  /// Where most features are, in the layer's own system: what chooses the system in which it is measured.
  public let middle: Box
  /// The kinds of geometry among the rows, in the order of their codes, without `null`; empty when not known.
  public let kinds: [GeometryKind]
  /// Whether the lines are a street network.
  public var networkState = NetworkState.none

  public enum NetworkState: Sendable {
    case none, current
    /// Another program has changed the lines since the network was made.
    case outdated
  }
}

extension GeometryArray {
  /// The kinds among the rows, in the order of their codes, without `null`. O(rows).
  var distinctKinds: [GeometryKind] {
    var seen = [Bool](repeating: false, count: 8)
    for row in 0..<count { seen[Int(kind(at: row).rawValue)] = true }
    return GeometryKind.allCases.filter { $0 != .null && seen[Int($0.rawValue)] }
  }
}
