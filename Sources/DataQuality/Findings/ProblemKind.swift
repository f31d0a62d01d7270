/// What can be wrong with a layer, in the order in which it is reported.
///
/// A case's raw value is its code: stable, for scripts and for `where problem like "%code%"`.
public enum ProblemKind: String, Sendable, CaseIterable {
  case missingGeometry = "missing-geometry"
  case emptyGeometry = "empty-geometry"
  case invalidArea = "invalid-area"
  case shortLine = "short-line"
  case wrongDistrict = "wrong-district"

  /// What help, documentation and reports say of a kind.
  public struct Declaration: Sendable {
    public let element: QualityElement
    public let certainty: Certainty
    /// What a report calls it.
    public let title: String
    /// When a row has it, with its thresholds.
    public let rule: String
    /// What `repair` does about it; `nil` where it leaves the row as it is, marked.
    public let repair: String?
  }

  public var code: String { rawValue }
  public var certainty: Certainty { declaration.certainty }
  public var element: QualityElement { declaration.element }
  public var title: String { declaration.title }
}
