import Foundation

extension SourceFile {
  func checkClaim() throws(ExchangeError) {
    if ["dbf", "shx", "prj", "cpg"].contains(fileExtension), let main = companion("shp") {
      throw ExchangeError(
        .notWhatItClaims, "“\(name)” is one of the parts of a shapefile.", fix: "Import “\(main)”.")
    }
    guard let claim = FileContent.claimed(byExtension: fileExtension), !claim.contents.contains(content) else { return }
    let fix: String? =
      switch content {
      case .sqlite: "Rename it to “\(baseName).gpkg” if it is a GeoPackage."
      case .json: "Rename it to “\(baseName).geojson” if it is GeoJSON."
      case .text: "Rename it to “\(baseName).csv” if it is a table with longitude and latitude columns."
      case .zip where fileExtension == "xls": "Rename it to “\(baseName).xlsx”."
      case .zip: "Rename it to “\(baseName).zip” if it is an archive, to “\(baseName).xlsx” if it is a workbook."
      case .gzip: "Unpack it first (gunzip)."
      case .rar, .sevenZip: "Unpack it, and import what is inside."
      case .compound where fileExtension == "xlsx": "Rename it to “\(baseName).xls”, or save it as .xlsx."
      case .xml: "If it is a page of a website, the download failed: fetch the file again."
      case .unknown where fileExtension == "csv" || fileExtension == "txt":
        "If it is UTF-16 text, save it as “CSV UTF-8”."
      default: "Fetch or export it again."
      }
    throw ExchangeError(
      .notWhatItClaims, "“\(name)” is named like \(claim.format), but its content is \(content.description).", fix: fix)
  }

  /// Compares the size with what the headers promise. Drivers read missing ends as zeros, or stop without a word.
  func checkWhole(head: [UInt8], descriptor: Int32) throws(ExchangeError) {
    switch content {
    case .sqlite: try checkDatabase(head)
    case .shapefile: try checkShapefile(head)
    case .json: try checkJSONEnd(descriptor)
    default: break
    }
  }

  /// "The SQLite Database File Format", 1.3: page size at byte 16, size in pages at 28, valid if 24 and 92 agree.
  private func checkDatabase(_ head: [UInt8]) throws(ExchangeError) {
    guard head.count >= 100 else { throw truncated("it ends inside its header") }
    let stated = Self.bigEndian(head, 16, 2)
    let pageSize = stated == 1 ? 65536 : stated
    let pages = Self.bigEndian(head, 28, 4)
    guard Self.bigEndian(head, 24, 4) == Self.bigEndian(head, 92, 4) else { return }
    guard size >= pages * pageSize else {
      throw truncated("its header promises \(pages * pageSize) bytes and it has \(size)")
    }
  }

  /// "ESRI Shapefile Technical Description", July 1998: the length in 16-bit words at byte 24 of .shp and .shx; dBASE:
  /// records at byte 4, header length at 8, record length at 10.
  private func checkShapefile(_ head: [UInt8]) throws(ExchangeError) {
    guard head.count >= 100 else { throw truncated("it ends inside its header") }
    guard size >= Self.bigEndian(head, 24, 4) * 2 else {
      throw truncated("its header promises \(Self.bigEndian(head, 24, 4) * 2) bytes and it has \(size)")
    }
    for part in ["shx", "dbf"] {
      guard let companion = companion(part) else {
        throw ExchangeError(
          .damaged, "“\(name)” lacks its companion “\(baseName).\(part)”.",
          fix: "A shapefile is several files of one name: copy .shp, .shx, .dbf, .prj and .cpg together.")
      }
      guard let handle = FileHandle(forReadingAtPath: companion) else { continue }
      defer { try? handle.close() }
      let bytes = [UInt8]((try? handle.read(upToCount: 100)) ?? Data())
      let length = Int((try? handle.seekToEnd()) ?? 0)
      let promised =
        if part == "shx" {
          bytes.count == 100 ? Self.bigEndian(bytes, 24, 4) * 2 : 100
        } else {
          bytes.count >= 12
            ? Self.littleEndian(bytes, 8, 2) + Self.littleEndian(bytes, 4, 4) * Self.littleEndian(bytes, 10, 2) : 33
        }
      guard length >= promised else {
        throw truncated("“\(Self.lastComponent(companion))” has \(length) of \(promised) bytes")
      }
    }
  }

  /// The companion of a shapefile with an ending, in either case.
  func companion(_ ending: String) -> String? {
    let stem = Self.withoutExtension(path)
    return ["\(stem).\(ending)", "\(stem).\(ending.uppercased())"].first { access($0, F_OK) == 0 }
  }

  private func checkJSONEnd(_ descriptor: Int32) throws(ExchangeError) {
    var tail = [UInt8](repeating: 0, count: min(size, 4096))
    let count = pread(descriptor, &tail, tail.count, off_t(size - tail.count))
    guard count > 0 else { return }
    let last = tail[..<count].last { $0 > 0x20 && $0 != 0x1E }
    guard last == UInt8(ascii: "}") || last == UInt8(ascii: "]") else {
      throw truncated("its last object is not closed")
    }
  }

  func truncated(_ how: String) -> ExchangeError {
    ExchangeError(
      .truncated, "“\(name)” is cut off: \(how).",
      fix: "Fetch or export it again; a download or a copy was interrupted.")
  }

  private static func bigEndian(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
    bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }

  private static func littleEndian(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int {
    bytes[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
