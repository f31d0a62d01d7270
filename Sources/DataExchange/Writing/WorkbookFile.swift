import CGDAL
import WorkControl

/// A workbook of Excel (ECMA-376): a ZIP archive of a few small texts and a sheet for each layer, written piece by piece.
struct WorkbookFile {
  let path: String
  let target: String

  /// - Throws: `ExchangeError` when the disk does not take it; `Cancelled`.
  func write(_ layers: [PreparedLayer], monitor: WorkMonitor) throws {
    let archive = "/vsizip/{\(path)}"
    try GDALMessages.collecting { messages in
      GDALLibrary.start()
      guard let whole = VSIFOpenL(archive, "wb") else { throw failure(messages) }
      var isClosed = false
      defer { if !isClosed { VSIFCloseL(whole) } }
      var sizes: [(name: String, bytes: Int)] = []
      let names = Self.sheetNames(layers.map(\.name))
      for (index, layer) in layers.enumerated() {
        var sheet = SheetText(layer)
        var entry = try ArchiveEntry(archive, "xl/worksheets/sheet\(index + 1).xml", failure: { failure(messages) })
        try sheet.write(to: &entry, monitor: monitor)
        try entry.close()
        sizes.append((entry.name, entry.bytes))
      }
      for (name, text) in Self.parts(names) {
        let entry = try ArchiveEntry(archive, name, failure: { failure(messages) })
        try entry.write(Array(text.utf8))
        try entry.close()
        sizes.append((entry.name, entry.bytes))
      }
      isClosed = true
      let isWhole = VSIFCloseL(whole) == 0 && sizes.allSatisfy { Self.holds($0.name, $0.bytes, in: archive) }
      guard isWhole, messages.failures.isEmpty else { throw failure(messages) }
    }
  }

  private func failure(_ messages: GDALMessages) -> ExchangeError {
    WriteFailure.explained(path, target: target, reason: messages.reason)
  }

  /// Reads an entry again: on a full disk the archive's writer does not look at what write(2) returns.
  private static func holds(_ name: String, _ bytes: Int, in archive: String) -> Bool {
    guard let entry = VSIFOpenL("\(archive)/\(name)", "rb") else { return false }
    defer { VSIFCloseL(entry) }
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var found = 0
    while true {
      let count = VSIFReadL(&buffer, 1, buffer.count, entry)
      if count == 0 { return found == bytes }
      found += count
    }
  }

  /// At most 31 characters, none of them of Excel's own, no two alike in either case of letters.
  static func sheetNames(_ names: [String]) -> [String] {
    var unique = UniqueNames()
    return names.map { name in
      var cleaned = String(name.map { "[]:*?/\\".contains($0) || $0.isNewline ? "_" : $0 })
      if cleaned.hasPrefix("'") { cleaned = "_" + cleaned.dropFirst() }
      if cleaned.hasSuffix("'") { cleaned = cleaned.dropLast() + "_" }
      if cleaned.isEmpty { cleaned = "Sheet" }
      return unique.take(cleaned) { cut($0, to: 31 - $1.count) + $1 }
    }
  }

  private static func cut(_ name: String, to length: Int) -> String {
    var kept = ""
    for character in name where kept.utf16.count + character.utf16.count <= length { kept.append(character) }
    return kept
  }

  private static func parts(_ sheets: [String]) -> [(String, String)] {
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    let content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    let numbers = sheets.indices.map { $0 + 1 }
    let overrides = numbers.map {
      "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(content).worksheet+xml\"/>"
    }.joined()
    let tags = zip(numbers, sheets).map { number, name in
      var escaped: [UInt8] = []
      XMLText.append(Array(name.utf8)[...], to: &escaped)
      return
        "<sheet name=\"\(String(decoding: escaped, as: UTF8.self))\" sheetId=\"\(number)\" r:id=\"rId\(number)\"/>"
    }.joined()
    let relations = numbers.map {
      "<Relationship Id=\"rId\($0)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
    }.joined()
    return [
      (
        "[Content_Types].xml",
        head + "<Types xmlns=\"\(package)/content-types\">"
          + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
          + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"\(content).sheet.main+xml\"/>"
          + "<Override PartName=\"/xl/styles.xml\" ContentType=\"\(content).styles+xml\"/>\(overrides)</Types>"
      ),
      (
        "_rels/.rels",
        head + "<Relationships xmlns=\"\(package)/relationships\">"
          + "<Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        head + "<Relationships xmlns=\"\(package)/relationships\">\(relations)"
          + "<Relationship Id=\"rId\(sheets.count + 1)\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
      ),
      (
        // The order of `cellXfs` is that of `SheetText.Style`; format 14 is the date of the reader's country.
        "xl/styles.xml",
        head + "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
          + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
          + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
          + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
          + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
          + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
          + "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
          + "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
          + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>"
          + "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
      ),
      (
        "xl/workbook.xml",
        head + "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(tags)</sheets></workbook>"
      ),
    ]
  }
}

/// A file in an archive that is being written; one at a time.
private final class ArchiveEntry: ByteSink {
  private let handle: UnsafeMutablePointer<VSILFILE>
  private let failure: () -> ExchangeError
  private var isClosed = false
  let name: String
  /// Before they were compressed.
  private(set) var bytes = 0

  init(_ archive: String, _ name: String, failure: @escaping () -> ExchangeError) throws(ExchangeError) {
    self.failure = failure
    self.name = name
    guard let handle = VSIFOpenL("\(archive)/\(name)", "wb") else { throw failure() }
    self.handle = handle
  }

  deinit { if !isClosed { VSIFCloseL(handle) } }

  func write(_ bytes: [UInt8]) throws {
    guard VSIFWriteL(bytes, 1, bytes.count, handle) == bytes.count else { throw failure() }
    self.bytes += bytes.count
  }

  func close() throws {
    isClosed = true
    guard VSIFCloseL(handle) == 0 else { throw failure() }
  }
}
