import Projections

/// What the member `crs` of a file says (The GeoJSON Format Specification of 2008, 3): RFC 7946 has none, and its files
/// are in WGS 84.
enum MemberReferenceSystem {
  case unsaid
  case named(String)
  /// One that is not to be had from the file, as a link is, or none of the known forms.
  case unknown(String)

  init(_ tape: JSONTape, _ value: Int) {
    switch tape.mark(value) {
    case JSONTape.Mark.null: self = .unsaid
    case JSONTape.Mark.text: self = .named(tape.string(value) ?? "")
    default:
      let properties = tape.member("properties", of: value)
      let name = properties.flatMap { tape.member("name", of: $0) }.flatMap(tape.string)
      let code = properties.flatMap { tape.member("code", of: $0) }
      if let name {
        self = .named(name)
      } else if let code, let text = tape.string(code) {
        self = .named("EPSG:" + text)
      } else if let code, tape.mark(code) == JSONTape.Mark.integer {
        self = .named("EPSG:\(tape.integer(code))")
      } else {
        let link = properties.flatMap { tape.member("href", of: $0) }.flatMap(tape.string)
        self = .unknown(link ?? "no name")
      }
    }
  }

  /// The system; WGS 84 where the file says none. PROJ is asked only for systems other than that.
  ///
  /// - Throws: `ExchangeError.referenceSystemUnknown`.
  func resolved(_ file: SourceFile) throws(ExchangeError) -> ReferenceSystem {
    switch self {
    case .unsaid: return .wgs84
    case .named(let name):
      if Self.wgs84.contains(name.uppercased()) { return .wgs84 }
      do {
        return try ReferenceSystem(parsing: name)
      } catch {
        throw Self.failure(file, "\(error)", name)
      }
    case .unknown(let what): throw Self.failure(file, "it is not said in the file itself", what)
    }
  }

  private static let wgs84: Set<String> = [
    "URN:OGC:DEF:CRS:OGC:1.3:CRS84", "URN:OGC:DEF:CRS:OGC::CRS84", "OGC:CRS84", "URN:OGC:DEF:CRS:EPSG::4326",
    "EPSG:4326",
  ]

  private static func failure(_ file: SourceFile, _ why: String, _ title: String) -> ExchangeError {
    ExchangeError(
      .referenceSystemUnknown, "the reference system of “\(file.name)” (\(title)) cannot be used: \(why)",
      fix: "Say it on import: crs epsg:…")
  }
}
