import DataQuality
import FeatureTables
import QueryLanguage

/// What one statement gave, in the order of the script.
public struct StatementReport: Sendable {
  /// The statement's bytes in the source text.
  public let range: Range<Int>
  public let outcome: Outcome
  /// Warnings and notes that belong to the answer; errors are in `Outcome.failed`.
  public let notes: [Diagnostic]
  /// Monotonic seconds from binding to the last row.
  public let seconds: Double

  public init(range: Range<Int>, outcome: Outcome, notes: [Diagnostic] = [], seconds: Double) {
    self.range = range
    self.outcome = outcome
    self.notes = notes
    self.seconds = seconds
  }
}

public enum Outcome: Sendable {
  /// A query's rows.
  case answer(Answer)
  /// A name has a meaning now: `let`, `param`.
  case defined(String)
  /// A statement that only tells what it did: `set`, `save`.
  case done(String)
  case verdict(Verdict)
  case exported(Exported)
  case imported(Imported)
  /// `explain`: a tree as text lines with columns aligned.
  case explanation(Explanation)
  /// `check`: what is wrong with a layer.
  case checked(QualityReport)
  /// `layers`, `describe` and `help` are tables and paragraphs made for reading.
  case page(Page)
  case failed([Diagnostic])
}

/// Rows with what a reader must know about them.
public struct Answer: Sendable {
  public let table: Table
  /// `EPSG:4548`; `nil` without geometry.
  public let referenceSystem: String?
  /// Poorest accuracy of the layers used, and the sentence that says so: "uses districts, a sketch, ±3 km".
  public let accuracy: Accuracy?
  /// Poorest accuracy of the layers that the rows were compared with: of all but the rows' own.
  public let accuracyOfOthers: Accuracy?
  public let accuracyNote: String?
  /// One line: `nearest 1 of service_halls (point grid 3 × 1)`.
  public let planSummary: String

  public init(
    table: Table, referenceSystem: String?, accuracy: Accuracy?, accuracyOfOthers: Accuracy? = nil,
    accuracyNote: String?, planSummary: String
  ) {
    self.table = table
    self.referenceSystem = referenceSystem
    self.accuracy = accuracy
    self.accuracyOfOthers = accuracyOfOthers
    self.accuracyNote = accuracyNote
    self.planSummary = planSummary
  }
}

/// What an assertion came to.
public struct Verdict: Sendable {
  /// The label written, or the condition's text.
  public let label: String
  public let subject: String
  public let holds: Bool
  public let checkedRows: Int
  public let failingRowCount: Int
  /// The rows that fail, all attributes.
  public let failing: Answer

  public init(
    label: String, subject: String, holds: Bool, checkedRows: Int, failingRowCount: Int, failing: Answer
  ) {
    self.label = label
    self.subject = subject
    self.holds = holds
    self.checkedRows = checkedRows
    self.failingRowCount = failingRowCount
    self.failing = failing
  }
}

public struct Exported: Sendable {
  public struct Layer: Sendable {
    public let name: String
    public let rows: Int
  }
  public let path: String
  public let layers: [Layer]
  public let format: String
  /// An older file of that name is gone.
  public let isReplaced: Bool
  /// Columns whose names the format has cut: the layer, the column, and its name in the file.
  public let renamings: [(layer: String, from: String, to: String)]

  public init(
    path: String, layers: [Layer], format: String, isReplaced: Bool = false,
    renamings: [(layer: String, from: String, to: String)] = []
  ) {
    self.renamings = renamings
    self.isReplaced = isReplaced
    self.path = path
    self.layers = layers
    self.format = format
  }
}

public struct Imported: Sendable {
  public let name: String
  public let rows: Int
  /// `Point 1 000, MultiPoint 3`
  public let kinds: String
  public let referenceSystem: String
  /// Sentences: empty geometries, invalid areas with place and reason, dropped Z.
  public var notes: [String]
  /// Where it now lives: the store's path, or `nil` for the session's memory.
  public let store: String?
  /// The layers that the same statement brought after this one.
  public var others: [Imported] = []

  public init(name: String, rows: Int, kinds: String, referenceSystem: String, notes: [String], store: String?) {
    self.name = name
    self.rows = rows
    self.kinds = kinds
    self.referenceSystem = referenceSystem
    self.notes = notes
    self.store = store
  }
}

/// A plan as it ran, a line an operator, indented under the operator that it feeds.
public struct Explanation: Sendable {
  public struct Line: Sendable {
    public let depth: Int
    public let title: String
    /// Strategy and index used.
    public let detail: String
    public let estimatedRows: Double
    public let actualRows: Int
    public let seconds: Double

    public init(
      depth: Int, title: String, detail: String, estimatedRows: Double, actualRows: Int, seconds: Double
    ) {
      self.depth = depth
      self.title = title
      self.detail = detail
      self.estimatedRows = estimatedRows
      self.actualRows = actualRows
      self.seconds = seconds
    }
  }
  public let lines: [Line]
  public let totalSeconds: Double

  public init(lines: [Line], totalSeconds: Double) {
    self.lines = lines
    self.totalSeconds = totalSeconds
  }
}

/// Something to read: paragraphs and small tables of text.
public struct Page: Sendable {
  public enum Block: Sendable {
    case heading(String)
    case text(String)
    /// Query text, shown as it is to be typed.
    case code(String)
    case table(headings: [String], rows: [[String]])
  }
  public var blocks: [Block]

  public init(_ blocks: [Block]) { self.blocks = blocks }
}
