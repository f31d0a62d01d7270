import FeatureTables
import Projections
import WorkControl

/// A file that is open for import, or the files in an archive.
///
/// An archive is unpacked when it is opened, into a folder that goes with this object.
public final class DataFile {
  /// As the user wrote it.
  public let path: String
  let parts: [SourceFile]
  private let archive: UnpackedArchive?
  private let links: LinkedFolder?
  /// Once they were looked for.
  private var knownEntries: [Entry]?

  /// - Throws: `ExchangeError` for a file that is not there, not what its name says, or cut off; `Cancelled`.
  public init(_ path: String) throws {
    self.path = path
    let file = try SourceFile(path)
    try Self.checkWorkbook(file)
    guard file.content == .zip, file.fileExtension == "zip" else {
      archive = nil
      guard file.fileExtension == "gml" else {
        (parts, links) = ([file], nil)
        return
      }
      // Its driver writes what it found out beside the file.
      let links = try LinkedFolder(file, with: ["xsd", "gfs"])
      self.links = links
      var link = try SourceFile(links.path)
      link.shownPath = path
      parts = [link]
      return
    }
    links = nil
    let archive = try UnpackedArchive(file)
    self.archive = archive
    parts = try archive.files.map { inner in
      var part = try SourceFile(inner)
      part.shownPath = path
      try Self.checkWorkbook(part)
      return part
    }
    if parts.isEmpty { throw ExchangeError(.unknownFormat, "“\(file.name)” holds nothing to import.") }
  }

  /// GDAL holds all sheets of a workbook in memory, at several times their size.
  private static let mostBytesOfWorkbooks = 512 << 20

  private static func checkWorkbook(_ file: SourceFile) throws {
    guard ["xlsx", "ods", "kmz"].contains(file.fileExtension) else { return }
    try ZipDirectory(file).checkSize(file, most: mostBytesOfWorkbooks)
  }

  var name: String { SourceFile.lastComponent(path) }

  // MARK: Layers

  /// A layer that can be read, by the name that is asked for.
  struct Entry {
    /// Of its own among the layers of the file.
    var name: String
    var part: SourceFile
    /// Its name in its part.
    var inner: String
  }

  /// The layers that can be imported, in the file's order.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  func entries() throws -> [Entry] {
    if let knownEntries { return knownEntries }
    var names = ColumnNames(reserving: [])
    var entries: [Entry] = []
    for part in parts {
      for inner in try FileReader.layerNames(of: part) {
        entries.append(Entry(name: names.take(inner, position: entries.count + 1), part: part, inner: inner))
      }
    }
    knownEntries = entries
    return entries
  }

  /// The names of the layers that can be imported, in the file's order.
  ///
  /// No row is read; a GeoJSON file that says its name behind its features is called by its path.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  public func layerNames() throws -> [String] { try entries().map(\.name) }

  /// Reads one layer whole, or nothing: `FileReader.read`.
  public func read(
    _ options: ImportOptions = ImportOptions(), workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> ImportedLayer {
    let (part, options) = try choose(options)
    try monitor.report("reading \(part.name)", fraction: nil, done: 0)
    let raw = try FileReader.readRaw(part, options, Workers(workers, monitor: monitor))
    var checks = LayerChecks(fileName: part.name, options: options)
    return try checks.apply(to: raw, path: path, monitor: monitor)
  }

  /// The part that is asked for; one that is alone looks for its layer itself.
  func choose(_ options: ImportOptions) throws -> (SourceFile, ImportOptions) {
    if parts.count == 1 { return (parts[0], options) }
    let entries = try entries()
    let names = entries.map(\.name)
    guard let wanted = options.layer else {
      throw ExchangeError(
        .layerNotNamed, "“\(name)” holds \(entries.count) layers: \(SourceFile.list(names))",
        fix: "Say which: import \"\(path)\" layer \"\(names.first ?? "x")\" as …, or import \"\(path)\" all")
    }
    guard
      let index = names.firstIndex(of: wanted) ?? names.firstIndex(where: { $0.lowercased() == wanted.lowercased() })
    else { throw SourceFile.layerMissing(wanted, in: name, among: names) }
    var chosen = options
    chosen.layer = entries[index].inner
    return (entries[index].part, chosen)
  }
}
