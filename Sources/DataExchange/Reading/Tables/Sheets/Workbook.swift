import CGDAL
import FeatureTables
import Glibc
import Projections
import WorkControl

/// A file of sheets of cells: XLSX, and XLS and ODS as GDAL reads them.
struct Workbook {
  let file: SourceFile

  init(_ file: SourceFile) { self.file = file }

  private var isExcel: Bool { file.fileExtension == "xlsx" }

  /// The sheets with cells, in the file's order.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  func sheetNames() throws -> [String] {
    isExcel ? try ExcelWorkbook(file).filledSheets().map(\.name) : try withSheets { $0.map(\.name) }
  }

  /// Reads a sheet as a layer; the only one with cells where none is named.
  ///
  /// - Throws: `ExchangeError`, also for a sheet without places; `Cancelled`.
  func read(
    _ wanted: String?, saying said: ReferenceSystem?, _ sieve: RowSieve?, monitor: WorkMonitor
  ) throws -> RawLayer {
    let sieve = sieve.map { TableSieve($0) }
    func layer(_ name: String, _ table: CellTable) throws -> RawLayer {
      try PlacedTable(table, of: "\(file.name), \(name)").layer(
        named: wanted == nil ? file.baseName : name, saying: said)
    }
    if isExcel {
      let workbook = try ExcelWorkbook(file)
      // Only to choose is it looked which of them hold a cell.
      let sheets = wanted == nil ? try workbook.filledSheets() : workbook.sheets
      let sheet = try choose(wanted, among: sheets, name: \.name)
      let table = try workbook.table(sheet.part, sieve, monitor: monitor)
      guard !table.names.isEmpty else { throw isEmpty }
      return try layer(sheet.name, table)
    }
    return try withSheets { sheets in
      let sheet = try choose(wanted, among: sheets, name: \.name)
      return try layer(sheet.name, Self.table(sheet.layer, of: file.name, sieve, monitor))
    }
  }

  private func choose<Sheet>(_ wanted: String?, among sheets: [Sheet], name: (Sheet) -> String) throws -> Sheet {
    let names = sheets.map(name)
    if let wanted {
      guard
        let index = names.firstIndex(of: wanted) ?? names.firstIndex(where: { $0.lowercased() == wanted.lowercased() })
      else { throw file.layerMissing(wanted, among: names) }
      return sheets[index]
    }
    guard sheets.count < 2 else {
      throw ExchangeError(
        .layerNotNamed, "“\(file.name)” holds \(names.count) sheets: \(SourceFile.list(names))",
        fix: "Say which: import \"\(file.shownPath)\" layer \"\(names[0])\" as …")
    }
    guard let only = sheets.first else { throw isEmpty }
    return only
  }

  private var isEmpty: ExchangeError {
    ExchangeError(
      .emptyFile, "“\(file.name)” has no sheet with cells, or not the one that is meant.",
      fix: "A line of its sheet must name the columns.")
  }

  // MARK: By GDAL

  private func withSheets<Result>(_ body: ([(name: String, layer: OGRLayerH)]) throws -> Result) throws -> Result {
    try GDALLibrary.withOptions(GDALLibrary.readingOptions(curveTolerance: nil)) {
      try GDALMessages.collecting { messages in
        let opened = try DatasetLayer.open(file, encoding: nil, drivers: ["XLS", "ODS"], messages: messages)
        var sheets: [(name: String, layer: OGRLayerH)] = []
        for index in 0..<opened.dataset.layerCount {
          guard let layer = opened.dataset.layer(index), OGR_L_GetFeatureCount(layer, 1) > 0 else { continue }
          sheets.append((OGR_L_GetName(layer).map { String(cString: $0) } ?? "", layer))
        }
        return try body(sheets)
      }
    }
  }

  /// GDAL hands out cells as texts, so that what they look like says what they are.
  private static func table(
    _ layer: OGRLayerH, of fileName: String, _ sieve: TableSieve?, _ monitor: WorkMonitor
  ) throws -> CellTable {
    let width = OGR_L_GetLayerDefn(layer).map { Int(OGR_FD_GetFieldCount($0)) } ?? 0
    var table = SheetTable(of: fileName, textsAre: .unmarked, sieve)
    var count = 0
    OGR_L_ResetReading(layer)
    while !table.isDone, let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      count += 1
      try table.append((0..<Int32(width)).map { cell(feature, $0) }, row: count)
      if count & 0xFFF == 0 { try monitor.report("reading \(fileName)", fraction: nil, done: count) }
    }
    return try table.finish()
  }

  private static func cell(_ feature: OGRFeatureH, _ field: Int32) -> SheetCell {
    guard OGR_F_IsFieldSetAndNotNull(feature, field) != 0, let text = OGR_F_GetFieldAsString(feature, field) else {
      return SheetCell()
    }
    return SheetCell(text: ArraySlice(UnsafeRawBufferPointer(start: text, count: strlen(text))))
  }
}
