import DataCatalog
import FeatureTables
import GeometryOperations
import QueryExecution
import QueryLanguage
import QueryPlanning
import WorkControl

/// The one door to the engine: for the console, for scripts and for tests.
///
/// A session keeps the layers imported, the `let` names and the settings. It is used from one thread; only
/// `interrupt` may be called from others, and from a signal handler.
public final class Session {
  public struct Options: Sendable {
    /// A SpatiaLite file that keeps imports and saved results; `nil` keeps them in memory.
    public var storePath: String?
    /// `--set name=value`: values for a script's parameters, as query text.
    public var parameters: [String: String]
    /// Relative paths of `import` and `export` start here; `nil` means the process's current folder.
    public var folder: String?

    public init(storePath: String? = nil, parameters: [String: String] = [:], folder: String? = nil) {
      self.storePath = storePath
      self.parameters = parameters
      self.folder = folder
    }
  }

  public let monitor: WorkMonitor
  let options: Options
  let relations: Relations
  var parameters: [String: BoundExpression] = [:]
  /// Values given from outside that no `param` has asked for yet.
  public private(set) var unusedParameters: Set<String>
  /// `zh` or `en`: the language of titles.
  var language = "zh"
  /// How queries are run; answers do not depend on it.
  var execution = ExecutionSettings() {
    didSet { relations.catalog.workers = execution.workers }
  }

  /// - Throws: `Diagnostics` when the store cannot be opened.
  public init(options: Options = Options(), monitor: WorkMonitor = WorkMonitor()) throws {
    self.options = options
    self.monitor = monitor
    unusedParameters = Set(options.parameters.keys)
    let store = try diagnosing { try options.storePath.map { try Store.open($0) } }
    relations = Relations(catalog: Catalog(store: store), monitor: monitor)
  }

  /// Cancels the statement that is running; the session goes on. Safe in a signal handler.
  public func interrupt() {
    monitor.cancel()
    GeometryInterrupt.request()
  }

  /// Imports and results that leaving would lose, sorted.
  public var unsavedLayers: [String] { relations.catalog.unsavedLayers }

  /// Runs the statements of a text in order and hands out what each gave as soon as it is known.
  ///
  /// A text with a mistake runs nothing: all that can be checked before the data is known is checked first, and all
  /// mistakes are reported. After that a script (`stopAtFailure`) ends at the first statement that fails, but goes on
  /// after an assertion that does not hold.
  /// - Returns: 0, or 1 an assertion failed, 2 the query is wrong, 3 the data is wrong, 130 interrupted.
  @discardableResult
  public func run(_ source: SourceText, stopAtFailure: Bool, onReport: (StatementReport) -> Void) -> Int32 {
    monitor.reset()
    GeometryInterrupt.clear()
    let parsed = Parser.parse(source)
    let mistakes = (parsed.diagnostics + checkBeforeRunning(parsed, source)).inOrderOfPlaces
    _ = relations.takeNotes()  // each statement brings its own again
    if mistakes.contains(where: { $0.severity == .error }) {
      let whole = 0..<source.bytes.count
      onReport(StatementReport(range: whole, outcome: .failed(mistakes), seconds: 0))
      return exitStatus(of: mistakes)
    }
    var status: Int32 = 0
    for statement in parsed.script.statements {
      let report = run(statement, in: source)
      onReport(report)
      switch report.outcome {
      case .failed(let list):
        let failure = exitStatus(of: list)
        status = max(status, failure)
        if stopAtFailure || failure == DiagnosticCode.Blame.interrupt.rawValue { return status }
      case .verdict(let verdict) where !verdict.holds: status = max(status, DiagnosticCode.Blame.assertion.rawValue)
      default: break
      }
    }
    return status
  }

  private func exitStatus(of list: [Diagnostic]) -> Int32 {
    list.filter { $0.severity == .error }.map(\.code.blame.rawValue).max() ?? 0
  }

  /// Runs one statement and times it.
  private func run(_ statement: Statement, in source: SourceText) -> StatementReport {
    let clock = ContinuousClock()
    let start = clock.now
    var notes: [Diagnostic] = []
    let outcome: Outcome
    do {
      outcome = try perform(statement, in: source, notes: &notes)
    } catch {
      outcome = .failed(diagnostics(of: error, at: statement.range))
    }
    notes += relations.takeNotes().map { Diagnostic(.remark, severity: .note, at: nil, $0) }
    let seconds = (clock.now - start) / .seconds(1)
    return StatementReport(range: statement.range, outcome: outcome, notes: notes, seconds: seconds)
  }

  private func perform(_ statement: Statement, in source: SourceText, notes: inout [Diagnostic]) throws -> Outcome {
    switch statement.kind {
    case .query(let pipeline): return try answer(pipeline, &notes)
    case .define(let name, let pipeline): return try define(name, pipeline, in: source, &notes)
    case .parameter(let name, let value): return try declareParameter(name, value, &notes)
    case .assert(let subject, let condition, let label):
      return try verdict(on: subject, condition, label: label, in: source, &notes)
    case .export(let names, let target): return try export(names, to: target, &notes)
    case .import(let clause): return try bring(clause, &notes)
    case .save(let name, let layer): return try save(name, as: layer, &notes)
    case .set(let setting): return try change(setting, &notes)
    case .settings: return .page(settingsPage())
    case .mode(let clause): return try define(clause, &notes)
    case .explain(let pipeline): return try explain(pipeline, &notes)
    case .describe(let name): return .page(try describe(name))
    case .check(let clause): return try check(clause, in: source, &notes)
    case .layers: return .page(try layersPage())
    case .fileLayers(let clause): return try fileLayers(clause)
    case .help(let topic): return .page(try helpPage(topic, at: statement.range))
    }
  }

  func markUsed(parameter name: String) { unusedParameters.remove(name) }

  // MARK: Binding

  /// A binder over what the session knows now.
  func binder() -> Binder {
    Binder(catalog: relations, parameters: parameters, forcedSystem: relations.forcedSystem?.identifier)
  }

  /// Binds with a fresh binder; throws its mistakes and keeps its notes.
  func binding<Result>(_ notes: inout [Diagnostic], _ bind: (inout Binder) -> Result?) throws -> Result {
    var binder = binder()
    let result = bind(&binder)
    guard let result, !binder.diagnostics.contains(where: { $0.severity == .error }) else {
      throw Diagnostics(binder.diagnostics)
    }
    notes += binder.diagnostics
    return result
  }
}

extension DiagnosticCode {
  /// Something a reader of the answer should know.
  static let remark = DiagnosticCode("remark", .data)
}
