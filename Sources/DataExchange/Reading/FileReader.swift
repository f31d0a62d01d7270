import FeatureTables
import Projections
import WorkControl

/// Reads layers out of files: GeoJSON, GeoPackage, shapefile and what else GDAL knows, and tables with places.
public enum FileReader {
  /// Reads one layer whole, or nothing.
  ///
  /// Rows keep the file's order. Attributes become typed columns (whole numbers, numbers, texts, dates, true or false;
  /// moments, lists and JSON become text); geometries become flat rows in the file's own reference system. What was
  /// dropped, odd or missing is in the report; rows whose place cannot be read are kept aside.
  ///
  /// - Parameters:
  ///   - path: a file of this machine, or the address of a database.
  ///   - workers: threads that may be used where the file can be read in pieces; as many as there are processors where
  ///     it is `nil`. What is read does not depend on it.
  /// - Throws: `ExchangeError` when the file cannot be read to its end or its coordinates cannot be placed; what a
  ///   condition on the rows throws; `Cancelled`. O(bytes of the file).
  public static func read(
    _ path: String, _ options: ImportOptions = ImportOptions(), workers: Int? = nil,
    monitor: WorkMonitor = WorkMonitor()
  ) throws -> ImportedLayer {
    try LayerSource(path).read(options, workers: workers, monitor: monitor)
  }

  /// The layers of a file that can be imported, in the file's order: `LayerSource.layerNames`.
  public static func layerNames(_ path: String) throws -> [String] { try LayerSource(path).layerNames() }

  static func layerNames(of file: SourceFile) throws -> [String] {
    if file.isTextTable { return [file.baseName] }
    if file.content == .json {
      var layer = try GeoJSONLayer(file, workers: .one)
      if let name = try layer.nameBeforeFeatures() { return [name] }
    }
    if file.isWorkbook { return try Workbook(file).sheetNames() }
    // A drawing is one layer, which GDAL calls so.
    if file.fileExtension == "dwg" { return ["entities"] }
    return try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: nil, messages: messages).layerNames()
    }
  }

  static func readRaw(_ file: SourceFile, _ options: ImportOptions, _ workers: Workers) throws -> RawLayer {
    if options.rows.condition != nil, try StatedEncoding(options.encoding).undoesGarbling {
      var whole = options
      whole.rows = RowSelection()
      var raw = try readRaw(file, whole, workers)
      raw.unasked = options.rows
      return raw
    }
    do {
      if let layer = try readText(file, options, workers, RowSieve(options)) { return layer }
    } catch is RowSieve.Changed {
      if var whole = try readText(file, options, workers, nil) {
        try whole.pick(options.rows, saying: options.referenceSystem)
        return whole
      }
    }
    return try readDataset(file, options, workers.monitor)
  }

  /// Reads what has no types before its end; `nil` for other files.
  ///
  /// - Throws: `RowSieve.Changed` where all rows have to be read before any is left out.
  private static func readText(
    _ file: SourceFile, _ options: ImportOptions, _ workers: Workers, _ sieve: RowSieve?
  ) throws -> RawLayer? {
    try readTable(file, options, workers.monitor, sieve) ?? readGeoJSON(file, options, workers, sieve)
  }

  /// `nil` for files that are not GeoJSON.
  private static func readGeoJSON(
    _ file: SourceFile, _ options: ImportOptions, _ workers: Workers, _ sieve: RowSieve?
  ) throws -> RawLayer? {
    guard file.content == .json else { return nil }
    var layer = try GeoJSONLayer(file, workers: workers)
    return try layer.read(options.layer, saying: options.referenceSystem, sieve)
  }

  private static func readDataset(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer {
    try GDALLibrary.withOptions(GDALLibrary.readingOptions(curveTolerance: options.curveTolerance(in: nil))) {
      try GDALMessages.collecting { messages in
        try DatasetLayer.open(
          file, encoding: StatedEncoding(options.encoding).encoding, messages: messages,
          curveTolerance: options.curveTolerance(in: nil), monitor: monitor
        ).read(options, monitor: monitor)
      }
    }
  }

  /// `nil` for files that are no tables.
  private static func readTable(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor, _ sieve: RowSieve?
  ) throws -> RawLayer? {
    if file.isWorkbook {
      return try Workbook(file).read(options.layer, saying: options.referenceSystem, sieve, monitor: monitor)
    }
    guard file.isTextTable else { return nil }
    if let layer = options.layer, layer != file.baseName {
      throw ExchangeError(
        .layerMissing, "“\(file.name)” has no layer “\(layer)”: a table is one layer, “\(file.baseName)”.",
        fix: "Leave out layer \"\(layer)\".")
    }
    return try CSVLayer(file: file, encoding: StatedEncoding(options.encoding).encoding, monitor: monitor).read(
      saying: options.referenceSystem, sieve)
  }
}

extension SourceFile {
  /// Tables are ours to read: every cell is judged over the whole column, and a message can name the line.
  var isTextTable: Bool { ["csv", "tsv", "txt"].contains(fileExtension) && content != .json }

  /// Sheets of cells: their rows are judged like those of a text table.
  var isWorkbook: Bool { ["xlsx", "xls", "ods"].contains(fileExtension) }
}
