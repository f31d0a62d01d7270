/// Why a reference system cannot be used; `description` says what to write instead.
public enum ReferenceSystemError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text is none of the forms that name a reference system.
  case unrecognized(text: String)
  /// A code that PROJ's database does not hold.
  case unknownCode(text: String)
  /// WKT, a PROJ string or PROJJSON that PROJ cannot read.
  case invalidDefinition(text: String, reason: String)
  /// A system without horizontal map coordinates: a height, a geocentric or a local one.
  case notHorizontal(name: String, kind: String)
  /// PROJ knows no way from one system to the other.
  case noOperation(from: String, to: String, reason: String)
  /// A coordinate that has no image in the target system.
  case outOfDomain(x: Double, y: Double, target: String, reason: String)
  /// PROJ cannot be started.
  case libraryUnavailable

  public var description: String {
    switch self {
    case .unrecognized(let text):
      "“\(Self.short(text))” names no reference system. \(Self.forms)"
    case .unknownCode(let text):
      "no reference system has the code “\(Self.short(text))”. \(Self.forms)"
    case .invalidDefinition(let text, let reason):
      "the definition “\(Self.short(text))” cannot be read: \(reason). \(Self.forms)"
    case .notHorizontal(let name, let kind):
      "“\(Self.short(name))” is \(kind), which has no place on a map. "
        + "Write a geographic or projected system, for example EPSG:4326 or EPSG:4548."
    case .noOperation(let from, let to, let reason):
      "no way is known from \(Self.short(from)) to \(Self.short(to)): \(reason). "
        + "Say the data's true reference system with `crs`."
    case .outOfDomain(let x, let y, let target, let reason):
      "the coordinate (\(x), \(y)) has no place in \(Self.short(target)): \(reason)"
    case .libraryUnavailable:
      "PROJ cannot be started: install the packages libproj25 and proj-data."
    }
  }

  private static let forms =
    "Write a code (EPSG:4326 for longitude and latitude, EPSG:4548 for Jinan's 3-degree zone), "
    + "GCJ-02, BD-09, well-known text or a PROJ string (+proj=…)."

  /// The beginning of a long definition, so that a message stays one line.
  static func short(_ text: String) -> String {
    let line = String(text.map { $0.isNewline ? " " : $0 })
    return line.count <= 60 ? line : line.prefix(57) + "…"
  }
}
