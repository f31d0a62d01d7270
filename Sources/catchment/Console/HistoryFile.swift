import Glibc

/// The queries of earlier sessions, one a line, the newest last: `$XDG_STATE_HOME/catchment/history`.
///
/// Only its user may read it. Each entry is appended when it is entered, so that nothing is lost with a closed window
/// and two consoles do not overwrite each other. A history that cannot be kept is no reason not to work.
struct HistoryFile {
  static let mostEntries = 1000

  let path: String

  /// `nil` when the user has no home.
  init?() {
    let home = Terminal.environment("HOME").flatMap { $0.isEmpty ? nil : $0 }
    // The XDG base directory specification tells to ignore relative paths.
    let state = Terminal.environment("XDG_STATE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
    guard let folder = state ?? home.map({ $0 + "/.local/state" }) else { return nil }
    path = folder + "/catchment/history"
  }

  init(path: String) { self.path = path }

  /// The newest entries, oldest first. A file grown to twice their number is cut down to them.
  func load() -> [String] {
    guard let text = try? ScriptText(path: path) else { return [] }
    let lines = text.source.bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    let entries = Array(lines.suffix(Self.mostEntries))
    if lines.count > 2 * Self.mostEntries { rewrite(entries) }
    return entries
  }

  func append(_ entry: String) {
    makeFolder()
    write(Array((entry + "\n").utf8), to: path, flags: O_APPEND)
  }

  private func rewrite(_ entries: [String]) {
    let temporary = "\(path).\(getpid())"
    if write(Array((entries.joined(separator: "\n") + "\n").utf8), to: temporary, flags: O_TRUNC) {
      rename(temporary, path)
    }
  }

  /// In one `write`, so that entries of two consoles do not mix.
  @discardableResult
  private func write(_ bytes: [UInt8], to path: String, flags: Int32) -> Bool {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0o600)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return StandardStreams.write(bytes, to: descriptor) == 0
  }

  private func makeFolder() {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
      folder += "/" + part
      mkdir(folder, 0o700)
    }
  }
}
