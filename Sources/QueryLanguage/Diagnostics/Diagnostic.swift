/// One thing that is wrong with a query or its data, as a value, so that several can be reported at once.
public struct Diagnostic: Error, Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    case error, warning, note
  }

  public let code: DiagnosticCode
  public let severity: Severity
  /// Bytes of the source text that are underlined; `nil` when no place in the query is to blame.
  public let range: Range<Int>?
  /// What is wrong, in one sentence without a final stop.
  public let message: String
  /// What to write or do, in one sentence without a final stop.
  public let fix: String?

  public init(
    _ code: DiagnosticCode, severity: Severity = .error, at range: Range<Int>?, _ message: String, fix: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.range = range
    self.message = message
    self.fix = fix
  }
}

/// A stable name for a kind of mistake, such as `name.unknown-layer`; each module declares its own.
public struct DiagnosticCode: Sendable, Hashable {
  /// Who has to act; decides the exit status of a script.
  public enum Blame: Int32, Sendable, Hashable {
    /// An assertion does not hold.
    case assertion = 1
    /// The query is wrong.
    case query = 2
    /// The data, or a file, is wrong or missing.
    case data = 3
    /// The user interrupted.
    case interrupt = 130
  }

  public let name: String
  public let blame: Blame

  public init(_ name: String, _ blame: Blame) {
    self.name = name
    self.blame = blame
  }
}

/// Several diagnostics thrown as one error.
public struct Diagnostics: Error, Sendable {
  public var list: [Diagnostic]

  public init(_ list: [Diagnostic]) { self.list = list }
}
