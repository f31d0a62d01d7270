/// The address of a PostgreSQL database: `postgres://user:password@host:port/name?sslmode=require`.
///
/// The parts are taken as the PostgreSQL manual has them ("Connection URIs", 34.1.1.2), but a password need not be
/// percent-encoded: it ends at the last `@`. What else the server wants to know comes from where its own programs take it
/// (`PGPASSWORD`, `~/.pgpass`, `pg_service.conf`).
public struct DatabaseAddress: Sendable {
  /// Without the password, for messages and records.
  public let shown: String
  /// Host and port, for messages.
  let server: String
  let database: String
  private let parameters: [(key: String, value: String)]

  private static let schemes = ["postgres://", "postgresql://"]

  /// Keys of libpq that an address may carry; they say nothing that could reach for files of this machine.
  private static let keys: Set<String> = [
    "host", "port", "dbname", "user", "password", "sslmode", "connect_timeout", "application_name",
    "target_session_attrs", "gssencmode", "channel_binding",
  ]

  /// True for a text that is meant to be a database, not a file.
  public static func isOne(_ text: String) -> Bool { schemes.contains { text.lowercased().hasPrefix($0) } }

  /// - Throws: `ExchangeError` for an address without a database, or with a key that is not known.
  public init(_ text: String) throws(ExchangeError) {
    guard let scheme = Self.schemes.first(where: { text.lowercased().hasPrefix($0) }) else { throw Self.malformed("") }
    var rest = text.dropFirst(scheme.count)
    var given: [(key: String, value: String)] = []
    // A question mark may stand in the password.
    let login = rest.lastIndex(of: "@") ?? rest.startIndex
    if let question = rest[login...].firstIndex(of: "?") {
      for pair in rest[rest.index(after: question)...].split(separator: "&") {
        let halves = pair.split(separator: "=", maxSplits: 1).map { Self.decoded($0) }
        guard halves.count == 2, Self.keys.contains(halves[0]) else {
          throw Self.malformed(": it has no key “\(halves.first ?? "")”")
        }
        given.append((halves[0], halves[1]))
      }
      rest = rest[..<question]
    }
    if let at = rest.lastIndex(of: "@") {
      let login = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      given.append(("user", Self.decoded(login[0])))
      if login.count == 2 { given.append(("password", Self.decoded(login[1]))) }
      rest = rest[rest.index(after: at)...]
    }
    let halves = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if halves.count == 2, !halves[1].isEmpty { given.append(("dbname", Self.decoded(halves[1]))) }
    Self.addHost(halves[0], to: &given)
    given.removeAll { $0.value.isEmpty }
    // What stands in the address goes before what is added to it.
    var seen: Set<String> = []
    given = given.filter { seen.insert($0.key).inserted }
    func value(_ key: String) -> String? { given.first { $0.key == key }?.value }
    guard let database = value("dbname") else { throw Self.malformed(": it names no database") }
    self.database = database
    server = "\(value("host") ?? "localhost"):\(value("port") ?? "5432")"
    shown = "postgres://\(value("user").map { "\($0)@" } ?? "")\(server)/\(database)"
    parameters = given
  }

  /// `host`, `host:port`, `[::1]:port`
  private static func addHost(_ text: Substring, to given: inout [(key: String, value: String)]) {
    var text = text
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      given.append(("host", String(text[text.index(after: text.startIndex)..<end])))
      text = text[text.index(after: end)...]
    } else {
      let host = text.prefix { $0 != ":" }
      given.append(("host", decoded(host)))
      text = text.dropFirst(host.count)
    }
    given.append(("port", String(text.dropFirst())))
  }

  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func malformed(_ why: String) -> ExchangeError {
    ExchangeError(
      .fileMissing, "this is no address of a database\(why).", fix: "Write \"postgres://user@host:5432/database\".")
  }

  /// What GDAL's driver is given. A server that does not answer is given up after ten seconds.
  func connection(isReadOnly: Bool) -> String {
    var all = parameters
    if !all.contains(where: { $0.key == "connect_timeout" }) { all.append(("connect_timeout", "10")) }
    if isReadOnly { all.append(("options", "-c default_transaction_read_only=on")) }
    let words = all.map { key, value in
      "\(key)='\(value.flatMap { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.map(String.init).joined())'"
    }
    return "PG:" + words.joined(separator: " ")
  }

  /// A text of the server's or the driver's without the password, should it hold it.
  func withoutSecrets(_ text: String) -> String {
    var text = text
    for (key, value) in parameters where key == "password" && !value.isEmpty {
      text = text.replacing(value, with: "…")
    }
    return text
  }
}
