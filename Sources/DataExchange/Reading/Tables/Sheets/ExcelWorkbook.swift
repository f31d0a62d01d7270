import CGDAL
import FeatureTables
import WorkControl

/// An Office Open XML workbook (ECMA-376, part 1, clause 18), read as it says its cells are: texts stay texts, and dates
/// and times are told by their format.
struct ExcelWorkbook {
  let file: SourceFile
  /// The sheets of cells in their order, and where each stands in the archive.
  private(set) var sheets: [(name: String, part: String)] = []
  private var texts = TextArray()
  private var formats: [ExcelFormat] = []
  private var daysTo1970 = 25_569

  /// - Throws: `ExchangeError` for an archive that is no workbook.
  init(_ file: SourceFile) throws {
    self.file = file
    guard let book = try file.member("xl/workbook.xml") else {
      throw ExchangeError(
        .notWhatItClaims, "“\(file.name)” is a ZIP archive, and no Excel workbook: it holds no xl/workbook.xml.",
        fix: "Open it in Excel and save it as .xlsx, or import the file inside.")
    }
    let parts = try Self.parts(file)
    try file.forEachTag(of: book) { tag, _ in
      switch tag.name {
      case "workbookPr" where ["1", "true"].contains(tag["date1904"]): daysTo1970 = 24_107
      case "sheet":
        if let name = tag["name"], let id = tag["id"], let part = parts[id], part.contains("worksheets/") {
          sheets.append((name, part))
        }
      default: break
      }
    }
    try readTexts()
    try readFormats()
  }

  /// The parts of the workbook by their ids.
  private static func parts(_ file: SourceFile) throws -> [String: String] {
    var parts: [String: String] = [:]
    try file.forEachTag(of: file.member("xl/_rels/workbook.xml.rels") ?? []) { tag, _ in
      guard tag.name == "Relationship", let id = tag["Id"], let target = tag["Target"] else { return }
      parts[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    }
    return parts
  }

  private mutating func readTexts() throws {
    var run = ExcelText()
    var texts = TextArray()
    try file.forEachTag(of: file.member("xl/sharedStrings.xml") ?? []) { tag, text in
      run.take(tag, text)
      if tag.name == "/si" || (tag.name == "si" && tag.isEmpty) { texts.append(utf8: run.finish()) }
    }
    self.texts = texts
  }

  private mutating func readFormats() throws {
    var codes: [Int: String] = [:]
    var formats: [ExcelFormat] = []
    var isCellFormat = false
    try file.forEachTag(of: file.member("xl/styles.xml") ?? []) { tag, _ in
      switch tag.name {
      case "numFmt":
        if let id = tag["numFmtId"].flatMap({ Int($0) }) { codes[id] = tag["formatCode"] ?? "" }
      case "cellXfs": isCellFormat = true
      case "/cellXfs": isCellFormat = false
      case "xf" where isCellFormat:
        let id = tag["numFmtId"].flatMap { Int($0) } ?? 0
        formats.append(codes[id].map { ExcelFormat(code: $0) } ?? ExcelFormat(builtIn: id))
      default: break
      }
    }
    self.formats = formats
  }

  /// The sheets that hold a cell.
  func filledSheets() throws -> [(name: String, part: String)] {
    try sheets.filter { sheet in
      try (file.member(sheet.part) ?? []).withUnsafeBytes { bytes in
        var tags = XMLTags(bytes)
        while let tag = try tags.next(in: file) { if tag.name == "v" || tag.name == "is" { return true } }
        return false
      }
    }
  }

  /// The cells of a sheet as a table.
  ///
  /// - Throws: `ExchangeError` for a sheet that is damaged or too wide; `Cancelled`. O(cells).
  func table(_ part: String, _ sieve: TableSieve?, monitor: WorkMonitor) throws -> CellTable {
    guard let bytes = try file.member(part) else {
      throw ExchangeError(
        .damaged, "“\(file.name)” has no \(part), which it says it holds.", fix: "Open it in Excel and save it again.")
    }
    var table = SheetTable(of: file.name, textsAre: .marked, sieve)
    var merged = try ExcelMerges(bytes, file)
    var row: [SheetCell] = []
    var number = 0
    var (column, kind, format) = (0, "n", 0)
    var (errors, unsolved, hasFormula) = (0, 0, false)
    var isWhole = false
    var run = ExcelText()
    try file.forEachTag(of: bytes, reporting: monitor) { tag, text in
      switch tag.name {
      case "row":
        number = tag["r"].flatMap { Int32($0) }.map(Int.init) ?? number + 1
        row.removeAll(keepingCapacity: true)
        column = -1
        if tag.isEmpty { return }
      case "c":
        column = tag["r"].flatMap { ExcelPlace($0)?.column } ?? column + 1
        (kind, format, hasFormula) = (tag["t"] ?? "n", tag["s"].flatMap { Int($0) } ?? 0, false)
      case "f": hasFormula = true
      case "/v":
        if kind == "e" {
          errors += 1
        } else {
          set(try cell(text(), kind, format), column, &row)
        }
        hasFormula = false
      case "/is": set(SheetCell(text: run.finish()[...], isText: true), column, &row)
      case "/c": if hasFormula { unsolved += 1 }
      case "/row":
        merged.fill(&row, number)
        try table.append(row, row: number)
      case "/sheetData": isWhole = true
      case "sheetData" where tag.isEmpty: isWhole = true
      default: run.take(tag, text)
      }
    }
    guard isWhole else { throw file.truncated("the cells of \(part) have no end") }
    var made = try table.finish()
    if errors > 0 { made.notes.append("\(cellsText(errors)) an error of Excel, as #N/A; null here.") }
    if unsolved > 0 {
      made.notes.append(
        "\(cellsText(unsolved)) a formula without its result; open the workbook in Excel and save it, to have one.")
    }
    return made
  }

  private func cellsText(_ count: Int) -> String { count == 1 ? "1 cell holds" : "\(count) cells hold" }

  /// A cell that stands in no column is none.
  private func set(_ cell: SheetCell, _ column: Int, _ row: inout [SheetCell]) {
    guard (0..<ExcelPlace.mostColumns).contains(column) else { return }
    if column >= row.count { row += repeatElement(SheetCell(), count: column + 1 - row.count) }
    row[column] = cell
  }

  /// A cell by what it says that it is (18.18.11, ST_CellType).
  ///
  /// - Throws: `ExchangeError` for a text that the workbook does not hold.
  private func cell(
    _ value: ArraySlice<UInt8>, _ kind: String, _ format: Int
  ) throws(ExchangeError) -> SheetCell {
    switch kind {
    case "s":
      guard let index = Int(String(decoding: value, as: UTF8.self)), (0..<texts.count).contains(index) else {
        throw ExchangeError(
          .damaged,
          "“\(file.name)” is damaged: a cell has text \(String(decoding: value.prefix(20), as: UTF8.self)) of \(texts.count).",
          fix: "Nothing was imported. Open it in Excel and save it again.")
      }
      return SheetCell(text: texts.utf8(at: index), isText: true)
    case "str": return SheetCell(text: ExcelText.decoded(value), isText: true)
    case "b": return SheetCell(text: ArraySlice((value.first == UInt8(ascii: "1") ? "true" : "false").utf8))
    case "d": return SheetCell(text: value)
    default:
      guard formats.indices.contains(format), formats[format] != .number,
        let serial = Double(String(decoding: value, as: UTF8.self)),
        let text = formats[format].text(serial, daysTo1970: daysTo1970)
      else { return SheetCell(text: value) }
      return SheetCell(text: ArraySlice(text.utf8))
    }
  }
}

extension SourceFile {
  /// The bytes of a file in this archive; `nil` where it holds none of that name.
  ///
  /// - Throws: `ExchangeError` for one that cannot be unpacked.
  func member(_ name: String) throws(ExchangeError) -> [UInt8]? {
    GDALLibrary.start()
    let address = "/vsizip/{\(path)}/\(name)"
    let (bytes, reason) = GDALMessages.collecting { messages -> ([UInt8]?, String?) in
      guard let handle = VSIFOpenL(address, "rb") else { return (nil, messages.failures.first) }
      defer { VSIFCloseL(handle) }
      var bytes: UnsafeMutablePointer<GByte>?
      var count: vsi_l_offset = 0
      guard VSIIngestFile(handle, nil, &bytes, &count, -1) != 0, let bytes else {
        return (nil, messages.reason ?? "it is cut off")
      }
      defer { VSIFree(bytes) }
      return (Array(UnsafeBufferPointer(start: bytes, count: Int(count))), messages.failures.first)
    }
    guard let reason else { return bytes }
    throw ExchangeError(
      .damaged, "“\(name)” cannot be taken out of “\(self.name)”: \(reason).", fix: "Fetch or export the file again.")
  }

  /// Calls `body` with each tag of a part of this archive and the text before it.
  fileprivate func forEachTag(
    of bytes: [UInt8], reporting monitor: WorkMonitor = WorkMonitor(),
    _ body: (XMLTag, () -> ArraySlice<UInt8>) throws -> Void
  ) throws {
    try bytes.withUnsafeBytes { raw in
      var tags = XMLTags(raw)
      var count = 0
      while let tag = try tags.next(in: self) {
        try body(tag) { tags.text }
        count += 1
        if count & 0xFFFF == 0 {
          try monitor.report("reading \(name)", fraction: Double(tags.offset) / Double(raw.count), done: count)
        }
      }
    }
  }
}
