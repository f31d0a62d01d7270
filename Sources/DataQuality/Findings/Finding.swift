/// A problem of one kind, with all the rows that have it.
public struct Finding: Sendable {
  public let kind: ProblemKind
  /// How often it is there: rows, or places between rows.
  public let count: Int
  /// Ascending, each once; none where it lies between rows.
  public let rows: [Int32]
  /// The column in which it is; `nil` for geometry.
  public let column: String?
  /// The first rows, as people find them again.
  public let examples: [Example]
  /// A statement of the language that mends it, or shows the rows.
  public let next: String

  public struct Example: Sendable {
    /// From 0; `nil` for a place that is no row's.
    public let row: Int?
    /// What the row is called in the layer: `id 12 泺口街道`, or `row 7` where nothing names it.
    public let label: String
    /// In the layer's own reference system; NaN without a place.
    public let x: Double
    public let y: Double
    /// What is wrong with this very row; empty where the kind says it all.
    public let detail: String

    public init(row: Int?, label: String, x: Double, y: Double, detail: String) {
      self.row = row
      self.label = label
      self.x = x
      self.y = y
      self.detail = detail
    }
  }

  public init(kind: ProblemKind, count: Int, rows: [Int32], column: String?, examples: [Example], next: String) {
    self.kind = kind
    self.count = count
    self.rows = rows
    self.column = column
    self.examples = examples
    self.next = next
  }
}

/// What was found in a layer.
public struct QualityReport: Sendable {
  /// As it is written in a query.
  public let subject: String
  public let rowCount: Int
  /// Identifier of the system in which places are given; `nil` without one.
  public let referenceSystem: String?
  /// In the order of `ProblemKind`, then of the columns.
  public var findings: [Finding]
  /// Sentences about the whole layer.
  public var remarks: [String] = []

  public init(subject: String, rowCount: Int, referenceSystem: String?, findings: [Finding]) {
    self.subject = subject
    self.rowCount = rowCount
    self.referenceSystem = referenceSystem
    self.findings = findings
  }
}
