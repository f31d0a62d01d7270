import FeatureTables
import Projections

/// How a file is read where it does not say so itself.
public struct ImportOptions: Sendable {
  /// The layer to read, for files with several.
  public var layer: String?
  /// What the coordinates mean, whatever the file says.
  public var referenceSystem: ReferenceSystem?
  /// The encoding of texts in CSV files and shapefiles: `UTF-8`, `GBK`, `GB18030` …; `garbled` restores texts that
  /// another program read in a wrong encoding.
  public var encoding: String?
  /// Repairs invalid areas; otherwise they are only reported.
  public var repair: Bool
  /// Which rows are read.
  public var rows = RowSelection()
  /// How far the segments that stand for a curve may be from it, in metres; 4 degrees of arc
  /// a segment where it is `nil`.
  public var curveTolerance: Double?
  /// Lines that end where they begin become areas.
  public var closesAreas = false

  public init(
    layer: String? = nil, referenceSystem: ReferenceSystem? = nil, encoding: String? = nil, repair: Bool = false
  ) {
    self.layer = layer
    self.referenceSystem = referenceSystem
    self.encoding = encoding
    self.repair = repair
  }

  /// The tolerance of curves in units of a layer's coordinates.
  ///
  /// - Parameter system: the layer's own; `nil` for metres, or where it is not known yet.
  func curveTolerance(in system: ReferenceSystem?) -> Double? {
    guard let tolerance = curveTolerance, let system = referenceSystem ?? system else { return curveTolerance }
    // A degree of latitude.
    return tolerance / (system.metresPerUnit ?? 111_320)
  }
}

/// A layer as it was read from a file.
public struct ImportedLayer: Sendable {
  /// Attributes, then a column `geometry` in the file's reference system, longitude or easting first.
  public let table: Table
  public let referenceSystem: ReferenceSystem
  public let metadata: LayerMetadata
  public let report: ImportReport
  /// Rows kept aside because their place cannot be read or cannot be; `nil` without any.
  public let rejected: RejectedRows?
}
