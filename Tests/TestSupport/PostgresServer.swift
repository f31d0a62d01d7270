import Foundation

/// A PostgreSQL server with PostGIS for the tests: its files in a temporary folder, its port on the loopback interface.
///
/// The server does not run as root; the user `postgres`, whom its package makes, lends a name then.
public final class PostgresServer: Sendable {
  public let port: Int
  private let folder: String
  private let programs: String

  /// Holds what addresses and connection strings stumble over.
  public static let password = "p@ss:wörd/'\\%?"

  /// One for all tests; `nil` where it is not installed.
  public static let shared: PostgresServer? = {
    let server = try? PostgresServer()
    if server != nil { atexit { PostgresServer.shared?.stop() } }
    return server
  }()

  public static let isInstalled = programs != nil

  private static let programs: String? = {
    let root = "/usr/lib/postgresql"
    let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).sorted {
      (Int($0) ?? 0) > (Int($1) ?? 0)
    }
    return versions.map { "\(root)/\($0)/bin" }.first {
      FileManager.default.isExecutableFile(atPath: $0 + "/initdb")
        && FileManager.default.fileExists(
          atPath: "/usr/share/postgresql/\($0.split(separator: "/")[3])/extension/postgis.control")
    }
  }()

  private struct Unstarted: Error {}

  private init() throws {
    guard let programs = Self.programs else { throw Unstarted() }
    self.programs = programs
    folder = NSTemporaryDirectory() + "postgres-" + UUID().uuidString.prefix(8)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    port = Self.freePort()
    try Self.password.write(toFile: folder + "/password", atomically: true, encoding: .utf8)
    if geteuid() == 0 { _ = try Self.run(["chown", "-R", "postgres", folder]) }
    let data = folder + "/data"
    _ = try asServer([
      programs + "/initdb", "-D", data, "-U", "planner", "-A", "scram-sha-256", "--pwfile", folder + "/password", "-E",
      "UTF8", "--locale", "C", "--no-sync",
    ])
    _ = try asServer([
      programs + "/pg_ctl", "-D", data, "-w", "-l", folder + "/log", "-o",
      "-p \(port) -c listen_addresses=127.0.0.1 -k \(folder) -c fsync=off", "start",
    ])
    try sql("create database plan", in: "postgres")
    try sql("create database bare", in: "postgres")
    try sql("create extension postgis; create schema planning; create role guest login password 'guest'", in: "plan")
  }

  func stop() {
    _ = try? asServer([programs + "/pg_ctl", "-D", folder + "/data", "-m", "immediate", "stop"])
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The address of a database for the user `planner`.
  public func address(_ database: String = "plan") -> String {
    "postgres://planner:\(Self.password)@127.0.0.1:\(port)/\(database)"
  }

  /// Runs statements and gives what they answer, without headings, columns apart by `|`.
  @discardableResult public func sql(_ text: String, in database: String = "plan") throws -> String {
    try Self.run(
      [
        programs + "/psql", "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", "\(port)", "-U",
        "planner",
        "-d", database, "-c", text,
      ], ["PGPASSWORD": Self.password])
  }

  private func asServer(_ words: [String]) throws -> String {
    try Self.run(geteuid() == 0 ? ["runuser", "-u", "postgres", "--"] + words : words)
  }

  /// Foundation's `Process` waits for a server that a program starts, not for the program.
  private static func run(_ words: [String], _ environment: [String: String] = [:]) throws -> String {
    let output = NSTemporaryDirectory() + "postgres-answer-" + UUID().uuidString
    defer { unlink(output) }
    let line = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
    let shell = ["/bin/sh", "-c", "cd / && exec \(line) > \(output) 2> /dev/null < /dev/null"]
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }.map { "\($0.key)=\($0.value)" }
    let arguments = shell.map { strdup($0) } + [nil]
    let settings = variables.map { strdup($0) } + [nil]
    defer { (arguments + settings).forEach { free($0) } }
    var process = pid_t()
    guard posix_spawn(&process, shell[0], nil, nil, arguments, settings) == 0 else { throw Unstarted() }
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    guard status == 0 else { throw Unstarted() }
    let answer = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    return answer.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func freePort() -> Int {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        _ = bind(handle, $0, length)
        _ = getsockname(handle, $0, &length)
      }
    }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
