import CGDAL
import FeatureTables
import Glibc
import Projections
import WorkControl

/// A file of sheets of cells: XLSX, XLS, ODS.
struct Workbook {
  let file: SourceFile

  init(_ file: SourceFile) { self.file = file }

  /// The sheets with cells, in the file's order.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  func sheetNames() throws -> [String] {
    try withSheets { sheets in sheets.map(\.name) }
  }

  /// Reads a sheet as a layer; the only one with cells where none is named.
  ///
  /// - Throws: `ExchangeError`, also for a sheet without places; `Cancelled`.
  func read(_ wanted: String?, saying said: ReferenceSystem?, monitor: WorkMonitor) throws -> RawLayer {
    try withSheets { sheets in
      let names = sheets.map(\.name)
      let index: Int
      if let wanted {
        guard
          let found = names.firstIndex(of: wanted)
            ?? names.firstIndex(where: { $0.lowercased() == wanted.lowercased() })
        else { throw file.layerMissing(wanted, among: names) }
        index = found
      } else {
        guard sheets.count == 1 else {
          throw ExchangeError(
            .layerNotNamed, "“\(file.name)” holds \(sheets.count) sheets: \(SourceFile.list(names))",
            fix: "Say which: import \"\(file.shownPath)\" layer \"\(names.first ?? "x")\" as …")
        }
        index = 0
      }
      var rows = try SheetRows(sheets[index].layer, named: names[index], of: file.name)
      try rows.read(monitor)
      return try PlacedTable(rows.table(), of: "\(file.name), \(names[index])").layer(
        named: wanted == nil ? file.baseName : names[index], saying: said)
    }
  }

  private func withSheets<Result>(_ body: ([(name: String, layer: OGRLayerH)]) throws -> Result) throws -> Result {
    try GDALLibrary.withOptions(GDALLibrary.readingOptions(curveTolerance: nil)) {
      try GDALMessages.collecting { messages in
        let opened = try DatasetLayer.open(file, encoding: nil, drivers: ["XLSX", "XLS", "ODS"], messages: messages)
        var sheets: [(name: String, layer: OGRLayerH)] = []
        for index in 0..<opened.dataset.layerCount {
          guard let layer = opened.dataset.layer(index), OGR_L_GetFeatureCount(layer, 1) > 0 else { continue }
          sheets.append((OGR_L_GetName(layer).map { String(cString: $0) } ?? "", layer))
        }
        guard !sheets.isEmpty else {
          throw ExchangeError(
            .emptyFile, "“\(file.name)” has no sheet with cells.", fix: "A line of its sheet must name the columns.")
        }
        return try body(sheets)
      }
    }
  }
}

/// The cells of one sheet.
private struct SheetRows {
  private let layer: OGRLayerH
  private let sheet: String
  private let fileName: String
  private let width: Int
  /// The rows before the first that is kept as cells, until it is known which of them names the columns.
  private var head: [[String]] = []
  private var columns: [CellColumn] = []
  private var names: [String] = []
  private var notes: [String] = []

  /// Rows among which the names of the columns are looked for.
  private static let headRows = 20

  init(_ layer: OGRLayerH, named sheet: String, of fileName: String) throws(ExchangeError) {
    self.layer = layer
    self.sheet = sheet
    self.fileName = fileName
    width = OGR_L_GetLayerDefn(layer).map { Int(OGR_FD_GetFieldCount($0)) } ?? 0
    try CellTable.checkWidth(width, of: fileName)
  }

  mutating func read(_ monitor: WorkMonitor) throws {
    OGR_L_ResetReading(layer)
    var count = 0
    while let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      count += 1
      if count <= Self.headRows {
        head.append((0..<Int32(width)).map { Self.text(feature, $0).map { String(cString: $0) } ?? "" })
        continue
      }
      if names.isEmpty { settleHead() }
      for column in columns.indices {
        if let text = Self.text(feature, Int32(column)) {
          columns[column].append(ArraySlice(UnsafeRawBufferPointer(start: text, count: strlen(text))), isQuoted: false)
        } else {
          columns[column].appendNull()
        }
      }
      if count & 0xFFF == 0 { try monitor.report("reading \(fileName)", fraction: nil, done: count) }
    }
    if names.isEmpty { settleHead() }
  }

  func table() -> CellTable { CellTable(names: names, columns: columns, notes: notes, quotesMeanText: false) }

  private static func text(_ feature: OGRFeatureH, _ field: Int32) -> UnsafePointer<CChar>? {
    guard OGR_F_IsFieldSetAndNotNull(feature, field) != 0, let text = OGR_F_GetFieldAsString(feature, field) else {
      return nil
    }
    return text.pointee == 0 ? nil : text
  }

  /// The first row that fills as many cells as the fullest names the columns; what is above it is a title.
  private mutating func settleHead() {
    let filled = head.map { row in row.count { !$0.isEmpty } }
    let most = filled.max() ?? 0
    let line = filled.firstIndex { $0 * 5 >= most * 4 } ?? 0
    names = head.isEmpty ? [] : head[line].map { String($0.filter { !$0.isNewline }).trimmed }
    // Cells right of the last name are remarks.
    let titles = head[..<line].flatMap { $0.filter { !$0.isEmpty } }
    if line > 0 {
      notes.append(
        "row \(line + 1) of the sheet names the columns; above it stands: \(titles.joined(separator: " ").prefix(60)).")
    }
    columns = Array(repeating: CellColumn(), count: names.count)
    for row in head.dropFirst(line + 1) {
      for column in columns.indices {
        if row[column].isEmpty {
          columns[column].appendNull()
        } else {
          columns[column].append(ArraySlice(row[column].utf8), isQuoted: false)
        }
      }
    }
  }
}

extension String {
  fileprivate var trimmed: String { String(decoding: CellColumn.trimmed(ArraySlice(utf8)), as: UTF8.self) }
}
