import Foundation

/// A file that is to be read, after the questions that need no driver: is it there, may it be read, is it what its name
/// says, is it whole?
struct SourceFile {
  let path: String
  /// The path that the user wrote: of the archive, for a file out of one.
  var shownPath: String
  /// The last component, for messages.
  let name: String
  /// Without the dot, in lower case.
  let fileExtension: String
  let size: Int
  let content: FileContent

  /// - Throws: `ExchangeError` for a file that is missing, a folder, closed to us, empty, or not what its name says.
  init(_ path: String) throws(ExchangeError) {
    let name = Self.lastComponent(path)
    self.path = path
    shownPath = path
    self.name = name
    fileExtension = Self.fileExtension(name)

    var status = stat()
    guard stat(path, &status) == 0 else { throw Self.cannotOpen(path, code: errno) }
    if status.st_mode & S_IFMT == S_IFDIR {
      guard fileExtension == "gdb" else {
        throw ExchangeError(
          .isDirectory, "“\(path)” is a folder, not a file.", fix: Self.filesInside(path))
      }
      size = 0
      content = .unknown
      return
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw ExchangeError(.unreadable, "“\(path)” is not a regular file.", fix: "Copy its content into a file first.")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.cannotOpen(path, code: errno) }
    defer { close(descriptor) }
    size = Int(status.st_size)
    guard size > 0 else {
      throw ExchangeError(
        .emptyFile, "“\(name)” is empty: it has no byte.",
        fix: "Fetch or export it again; a download or a copy may have been interrupted.")
    }
    var head = [UInt8](repeating: 0, count: min(size, 4096))
    let count = pread(descriptor, &head, head.count, 0)
    guard count > 0 else { throw Self.cannotOpen(path, code: errno) }
    head.removeSubrange(count...)
    content = FileContent(head: head)
    try checkClaim()
    if fileExtension == "dwg" { try DrawingVersion.check(head, self) }
    try checkWhole(head: head, descriptor: descriptor)
  }

  /// The name that a layer of this file gets when the file gives none.
  var baseName: String { Self.withoutExtension(name) }

  /// What `errno` after `open` or `stat` means for the user.
  static func cannotOpen(_ path: String, code: Int32) -> ExchangeError {
    switch code {
    case ENOENT, ENOTDIR:
      return ExchangeError(.fileMissing, "there is no file “\(path)”.", fix: similarFile(path))
    case EACCES, EPERM:
      return ExchangeError(
        .noPermission, "“\(path)” may not be read: permission is denied.",
        fix: "Give yourself the right to read it (chmod u+r) or copy it to a folder of yours.")
    default:
      return ExchangeError(.unreadable, "“\(path)” cannot be read: \(String(cString: strerror(code))).")
    }
  }
}

// MARK: - Paths

extension SourceFile {
  static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func fileExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  static func withoutExtension(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func similarFile(_ path: String) -> String? {
    let folder = folder(of: path)
    let wanted = lastComponent(path)
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return "The folder “\(folder)” does not exist either."
    }
    guard let near = Spelling.nearest(to: wanted, among: names.sorted()) else {
      return "Paths are taken from the folder where the command was started."
    }
    return "Did you mean “\(folder == "." && !path.hasPrefix("./") ? near : folder + "/" + near)”?"
  }

  private static func filesInside(_ path: String) -> String {
    let known: Set<String> = [
      "geojson", "json", "gpkg", "shp", "csv", "tsv", "fgb", "kml", "kmz", "gml", "gdb", "tab", "mif", "dxf", "dwg",
      "xlsx", "xls", "ods", "sqlite", "osm", "pbf", "zip",
    ]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
      .filter { known.contains(fileExtension($0)) }
    guard !names.isEmpty else { return "Name a file inside it." }
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " …" : "")
    return "Name one of the files inside it: \(shown)"
  }
}
