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

  /// A column that has another name in the file.
  public struct Renaming: Sendable, Hashable {
    public let layer: String
    public let from: String
    public let to: String
  }

  public let format: ExportFormat
  /// Names that the format has cut, in the order of the columns.
  public internal(set) var renamings: [Renaming] = []
  public internal(set) var files: [File] = []
  /// Sentences: what the format could not hold, rows that have no place in the target system, columns left out.
  public internal(set) var notes: [String] = []
  /// Whether tables of an earlier export are gone; of files only the file system tells.
  public internal(set) var isReplaced = false

  init(format: ExportFormat) { self.format = format }
}
