/// Why a file could not be read or written, and what to do about it.
public struct ExchangeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure: stable, for tests and for whoever reacts to one of them.
  public enum Code: String, Hashable, Sendable {
    // The file itself
    case fileMissing, isDirectory, noPermission, emptyFile, unreadable
    // Its content
    case notWhatItClaims, unknownFormat, truncated, damaged, encodingUnknown, tooLarge
    // What is in it
    case layerMissing, layerNotNamed, noGeometry, noCoordinateColumns, decimalComma, noHeights
    case referenceSystemMissing, referenceSystemUnknown, axesSwapped, outOfRange
    // Writing
    case formatUnknown, layersDoNotFit, duplicateLayer, notWritable, diskFull, writeFailed, doesNotFit, encodingUnfit,
      overwrites
    // Databases
    case serverMissing, loginFailed
  }

  public let code: Code
  /// What is wrong, with the file's name.
  public let message: String
  /// What to do or to write; `nil` where nothing sensible can be said.
  public let fix: String?

  public init(_ code: Code, _ message: String, fix: String? = nil) {
    self.code = code
    self.message = message
    self.fix = fix
  }

  public var description: String { fix.map { "\(message)\n\($0)" } ?? message }
}
