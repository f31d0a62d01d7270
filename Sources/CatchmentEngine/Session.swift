import FeatureTables
import QueryLanguage

/// The one door to the engine: for the console, for scripts and for tests.
///
/// A session keeps the layers imported, the `let` names and the settings. It is used from one thread; only `monitor`
/// may be touched from others (and from a signal handler).
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

  /// - Throws: `Diagnostics` when the store cannot be opened or a parameter cannot be read.
  public init(options: Options = Options(), monitor: WorkMonitor = WorkMonitor()) throws {
    self.monitor = monitor
  }

  /// Runs the statements of a text in order and hands out what each gave as soon as it is known.
  ///
  /// A statement that fails does not stop the later ones in the console (`stopAtFailure` false); a script stops at
  /// the first statement that is wrong, but goes on after an assertion that fails.
  /// - Returns: the exit status of language.md: 0, 1 an assertion failed, 2 query, 3 data, 130 interrupted.
  @discardableResult
  public func run(_ source: SourceText, stopAtFailure: Bool, onReport: (StatementReport) -> Void) -> Int32 {
    0
  }

  /// Imports that leaving would lose.
  public var unsavedLayers: [String] { [] }

  /// Words that may come at a place in a text, for completion, sorted.
  public func completions(for source: SourceText, at offset: Int) -> [String] { [] }
}
