import CGDAL
import Foundation

/// What of a ZIP archive can be imported, unpacked into a folder that is removed with its owner.
final class UnpackedArchive {
  /// Paths of the files that can be imported, in the archive's order: a shapefile once, a geodatabase as its folder.
  private(set) var files: [String] = []
  private let folder: URL

  /// Bytes that an archive may unpack to.
  static let mostBytes = 8 << 30

  /// Endings of files that are imported from an archive, whatever else it holds.
  private static let endings: Set<String> = [
    "shp", "gpkg", "geojson", "json", "geojsonl", "ndjson", "fgb", "kml", "kmz", "gml", "tab", "mif", "dxf", "dwg",
    "xlsx", "xls", "ods", "csv", "tsv", "sqlite", "db", "osm", "pbf", "gpx", "topojson",
  ]

  /// - Throws: `ExchangeError` for an archive that is damaged, locked, too large or has nothing to import. O(bytes).
  init(_ source: SourceFile, mostBytes: Int = UnpackedArchive.mostBytes) throws(ExchangeError) {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("catchment-\(UUID().uuidString)")
    let directory = try ZipDirectory(source)
    let members = directory.entries.map { Member($0) }
    let stems = Set(members.filter(\.isData).map(\.stem))
    guard !stems.isEmpty else { throw Self.nothingInside(source, members.map(\.name)) }
    try directory.checkSize(source, most: mostBytes)
    var taken: Set<String> = []
    for member in members where member.isWanted(with: stems) {
      guard !member.entry.isEncrypted else {
        throw ExchangeError(
          .unreadable, "“\(source.name)” is locked with a password.", fix: "Unpack it, and import what is inside.")
      }
      try unpack(member, source)
      if member.isData, taken.insert(member.dataPath).inserted { files.append(place(of: member.dataPath)) }
    }
    files.removeAll { !FileManager.default.fileExists(atPath: $0) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func place(of name: String) -> String { folder.appendingPathComponent(name).path }

  private func unpack(_ member: Member, _ source: SourceFile) throws(ExchangeError) {
    let target = URL(fileURLWithPath: place(of: member.name))
    do {
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw ExchangeError(
        .diskFull, "“\(source.name)” cannot be unpacked into “\(folder.path)”: \(error.localizedDescription).",
        fix: "Make room there, or set TMPDIR to a folder with room.")
    }
    // Names are taken as bytes here and given as bytes there, so that none is lost between encodings.
    let reason = GDALLibrary.withOptions([("CPL_ZIP_ENCODING", "ISO-8859-1")]) {
      GDALMessages.collecting { messages -> String? in
        GDALLibrary.start()
        guard let input = VSIFOpenL("/vsizip/{\(source.path)}/\(member.vsiName)", "rb") else {
          return messages.reason ?? "its entry cannot be opened"
        }
        defer { VSIFCloseL(input) }
        guard let output = VSIFOpenL(target.path, "wb") else { return "no room in “\(folder.path)”" }
        defer { VSIFCloseL(output) }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var rest = member.entry.size
        while rest > 0 {
          let count = VSIFReadL(&buffer, 1, min(buffer.count, rest), input)
          guard count > 0 else { return messages.reason ?? "it is cut off" }
          guard VSIFWriteL(buffer, 1, count, output) == count else { return "no room in “\(folder.path)”" }
          rest -= count
        }
        return messages.failures.first
      }
    }
    if let reason {
      throw ExchangeError(
        .damaged, "“\(member.name)” cannot be taken out of “\(source.name)”: \(reason).",
        fix: "Fetch or export the archive again.")
    }
  }

  private static func nothingInside(_ source: SourceFile, _ names: [String]) -> ExchangeError {
    let shown = names.filter { !$0.hasSuffix("/") }
    let list = shown.prefix(6).joined(separator: ", ") + (shown.count > 6 ? " …" : "")
    let isNested = shown.contains { ["zip", "rar", "7z", "gz"].contains(SourceFile.fileExtension($0)) }
    return ExchangeError(
      .unknownFormat,
      shown.isEmpty ? "“\(source.name)” holds no file." : "“\(source.name)” holds nothing to import: \(list).",
      fix: isNested ? "Unpack it, and import the archive inside." : "Fetch or export it again.")
  }

  /// One file of the archive.
  private struct Member {
    let entry: ZipDirectory.Entry
    /// In UTF-8, of harmless components.
    let name: String
    /// As GDAL names it when told that names are Latin-1.
    let vsiName: String
    /// The part of the name before the first dot of its last component, or a geodatabase's folder.
    let stem: String
    /// What is to be opened for it.
    let dataPath: String
    let isData: Bool

    init(_ entry: ZipDirectory.Entry) {
      self.entry = entry
      let raw = entry.rawName.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
      let decoded = ArchiveNames.decoded(raw)
      vsiName =
        entry.isUTF8
        ? String(decoding: entry.rawName, as: UTF8.self)
        : String(String.UnicodeScalarView(entry.rawName.map { Unicode.Scalar($0) }))
      // Nothing is written outside the folder.
      let components = decoded.split(separator: "/").map(String.init).filter { $0 != "." }
      name = components.contains("..") ? "" : components.joined(separator: "/")
      let isHidden =
        components.contains { $0.hasPrefix(".") || $0 == "__MACOSX" } || decoded.hasSuffix("/")
        || components.contains("..")
      if let folder = components.dropLast().firstIndex(where: { $0.lowercased().hasSuffix(".gdb") }) {
        dataPath = components[...folder].joined(separator: "/")
        stem = dataPath
        isData = !isHidden
      } else {
        let last = components.last ?? ""
        let folder = components.dropLast().joined(separator: "/")
        stem = folder + "/" + (last.split(separator: ".", maxSplits: 1).first.map(String.init) ?? last)
        dataPath = name
        isData = !isHidden && UnpackedArchive.endings.contains(SourceFile.fileExtension(last))
      }
    }

    /// A file to import, or one that goes with it, as .dbf and .prj do.
    func isWanted(with stems: Set<String>) -> Bool {
      !name.isEmpty && !entry.rawName.isEmpty && entry.rawName.last != UInt8(ascii: "/") && stems.contains(stem)
    }
  }
}

/// Names in archives, which Windows in China writes in GBK without saying so.
enum ArchiveNames {
  static func decoded(_ bytes: [UInt8]) -> String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    return GDALMessages.collecting { messages in
      let source = bytes.filter { $0 != 0 }.map { CChar(bitPattern: $0) } + [0]
      let recoded = CPLRecode(source, "GB18030", CPL_ENC_UTF8)
      defer { VSIFree(recoded) }
      guard messages.reason == nil else { return String(decoding: bytes, as: UTF8.self) }
      return String(cString: recoded)
    }
  }
}
