/// What can be wrong with a layer, in the order in which it is reported.
///
/// A case's raw value is its code: stable, for scripts and for `where problem like "%code%"`.
public enum ProblemKind: String, Sendable, CaseIterable {
  // Completeness
  case missingGeometry = "missing-geometry"
  case emptyGeometry = "empty-geometry"
  case duplicateFeature = "duplicate-feature"
  // Logical consistency
  case invalidArea = "invalid-geometry"
  case shortLine = "short-line"
  case ringOrder = "ring-order"
  case overlap
  case gap
  case sliver
  case selfOverlap = "self-overlap"
  case numberAsText = "number-as-text"
  case notANumber = "not-a-number"
  // Positional accuracy
  case swappedAxes = "swapped-axes"
  case impossibleCoordinates = "impossible-coordinates"
  case zeroCoordinates = "zero-coordinates"
  case mistypedDigit = "mistyped-digit"
  case outOfRegion = "out-of-region"
  case truncatedCoordinates = "truncated-coordinates"
  case pileUp = "pile-up"
  case duplicatePlace = "duplicate-place"
  case wrongDistrict = "wrong-district"
  // Thematic accuracy
  case wrongUnit = "wrong-unit"
  // Temporal quality
  case impossibleDate = "impossible-date"
  case notADate = "not-a-date"

  /// What help, documentation and reports say of a kind.
  public struct Declaration: Sendable {
    public let element: QualityElement
    public let certainty: Certainty
    /// What a report calls it.
    public let title: String
    /// When a row has it, with its thresholds.
    public let rule: String
    /// What `repair` does about it; `nil` where it leaves it as it is.
    public let repair: String?
    /// `repair` says it of each row in the column `problem`; otherwise it is about a column or a pair of rows.
    public let isOfRows: Bool
  }

  public var code: String { rawValue }
  public var certainty: Certainty { declaration.certainty }
  public var element: QualityElement { declaration.element }
  public var title: String { declaration.title }
}
