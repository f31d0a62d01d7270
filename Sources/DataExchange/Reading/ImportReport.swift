import GeometryKernel

/// What was found while a file was read.
public struct ImportReport: Sendable, Hashable {
  public struct KindCount: Sendable, Hashable {
    public let kind: GeometryKind
    public let rows: Int
  }

  /// An area that breaks the rules of simple features (OGC 06-103r4, 6.1.11).
  public struct InvalidPlace: Sendable, Hashable {
    /// Counted from 1.
    public let row: Int
    /// As GEOS says it: `Self-intersection`.
    public let reason: String
    /// Where, in the layer's reference system, when known.
    public let x: Double?
    public let y: Double?
  }

  public internal(set) var rows = 0
  /// Rows of each kind that occurs, in the order of `GeometryKind`; rows without geometry are not among them.
  public internal(set) var kinds: [KindCount] = []
  /// Rows without geometry, those made null because of their coordinates included.
  public internal(set) var nullGeometries = 0
  /// Rows with a geometry that has no coordinates.
  public internal(set) var emptyGeometries = 0
  /// Invalid areas found, before any repair.
  public internal(set) var invalid = 0
  public internal(set) var firstInvalid: InvalidPlace?
  public internal(set) var repaired = 0
  /// Sentences, each with what to do where something can be done.
  public internal(set) var notes: [String] = []

  /// `Point 1000, MultiPoint 3`; `no geometry` when there is none.
  public var kindsText: String {
    kinds.isEmpty ? "no geometry" : kinds.map { "\($0.kind.name) \($0.rows)" }.joined(separator: ", ")
  }
}
