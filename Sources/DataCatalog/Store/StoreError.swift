/// Why a store cannot be opened, read or written, in words for its user.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    /// The file is something else than a SQLite database.
    case notADatabase
    /// A database, but none that layers can be kept in.
    case notAStore
    /// The file is cut short or its pages contradict each other.
    case damaged
    /// Written by a later version of Catchment.
    case newerVersion
    case isFolder
    case missingFolder
    case noPermission
    case readOnly
    /// Another process holds it.
    case locked
    case diskFull
    case layerExists
    case noSuchLayer
    case nameNotAllowed
    /// Nobody knows what a layer's coordinates mean.
    case noReferenceSystem
    /// More columns or longer values than SQLite takes.
    case tooLarge
    /// A statement of the user that SQLite cannot run.
    case sql
    /// A statement of the user that would change something.
    case notAllowed
    /// Anything else that SQLite reports.
    case failed
  }

  public let code: Code
  /// What is wrong, in one sentence without a final stop.
  public let message: String
  /// What to do, in one sentence without a final stop.
  public let fix: String?
  /// Where in the user's SQL, as a byte from its start, when SQLite knows.
  public let sqlOffset: Int?

  public init(_ code: Code, _ message: String, fix: String? = nil, sqlOffset: Int? = nil) {
    self.code = code
    self.message = message
    self.fix = fix
    self.sqlOffset = sqlOffset
  }

  public var description: String { fix.map { "\(message); \($0)" } ?? message }
}
