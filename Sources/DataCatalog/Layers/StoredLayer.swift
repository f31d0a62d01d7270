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
      kinds: table.geometry?.distinctKinds ?? [])
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
  /// The kinds of geometry among the rows, in the order of their codes, without `null`; empty when not known.
  public let kinds: [GeometryKind]
}

extension GeometryArray {
  /// The kinds among the rows, in the order of their codes, without `null`. O(rows).
  var distinctKinds: [GeometryKind] {
    var seen = [Bool](repeating: false, count: 8)
    for row in 0..<count { seen[Int(kind(at: row).rawValue)] = true }
    return GeometryKind.allCases.filter { $0 != .null && seen[Int($0.rawValue)] }
  }
}
