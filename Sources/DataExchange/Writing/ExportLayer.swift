import FeatureTables
import Projections

/// A layer to be written.
public struct ExportLayer: Sendable {
  /// The layer's name in the file, and the file's name in a folder.
  public var name: String
  public var table: Table
  /// Of the table's geometry; `nil` for a table without geometry.
  public var referenceSystem: ReferenceSystem?
  public var metadata: LayerMetadata

  public init(
    name: String, table: Table, referenceSystem: ReferenceSystem?, metadata: LayerMetadata = LayerMetadata()
  ) {
    self.name = name
    self.table = table
    self.referenceSystem = referenceSystem
    self.metadata = metadata
  }
}

/// What was written.
public struct ExportReport: Sendable, Hashable {
  public struct File: Sendable, Hashable {
    public let path: String
    public let layers: [Layer]
    public let bytes: Int
  }

  public struct Layer: Sendable, Hashable {
    public let name: String
    public let rows: Int
  }

  public let format: ExportFormat
  public let files: [File]
  /// Sentences: shortened names, rows that have no place in the target system, columns left out.
  public let notes: [String]
}
