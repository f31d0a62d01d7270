import FeatureTables
import Projections
import WorkControl

/// Reads layers out of files: GeoJSON, GeoPackage, shapefile and what else GDAL knows, and CSV tables with places.
public enum FileReader {
  /// Reads one layer whole, or nothing.
  ///
  /// Rows keep the file's order. Attributes become typed columns (whole numbers, numbers, texts, dates, true or false;
  /// moments, lists and JSON become text); geometries become flat rows in the file's own reference system. What was
  /// dropped, odd or missing is in the report.
  ///
  /// - Parameters:
  ///   - path: a file of this machine.
  ///   - workers: threads that may be used where the file can be read in pieces; as many as there are processors where
  ///     it is `nil`. What is read does not depend on it.
  /// - Throws: `ExchangeError` when the file cannot be read to its end or its coordinates cannot be placed;
  ///   `Cancelled`. O(bytes of the file).
  public static func read(
    _ path: String, _ options: ImportOptions = ImportOptions(), workers: Int? = nil,
    monitor: WorkMonitor = WorkMonitor()
  ) throws -> ImportedLayer {
    let file = try SourceFile(path)
    try monitor.report("reading \(file.name)", fraction: nil, done: 0)
    let raw = try readRaw(file, options, Workers(workers, monitor: monitor))
    var checks = LayerChecks(fileName: file.name, options: options)
    return try checks.apply(to: raw, path: path, monitor: monitor)
  }

  /// The layers of a file that can be imported, in the file's order.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  public static func layerNames(_ path: String) throws -> [String] {
    let file = try SourceFile(path)
    if file.isTextTable { return [file.baseName] }
    if let layer = try readGeoJSON(file, ImportOptions(referenceSystem: .wgs84), Workers()) {
      return [layer.name]
    }
    return try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: nil, messages: messages).layerNames()
    }
  }

  private static func readRaw(_ file: SourceFile, _ options: ImportOptions, _ workers: Workers) throws -> RawLayer {
    if file.isTextTable { return try readTable(file, options, workers.monitor) }
    return try readGeoJSON(file, options, workers) ?? readDataset(file, options, workers.monitor)
  }

  /// `nil` for files that are not GeoJSON.
  private static func readGeoJSON(
    _ file: SourceFile, _ options: ImportOptions, _ workers: Workers
  ) throws -> RawLayer? {
    guard file.content == .json else { return nil }
    var layer = try GeoJSONLayer(file, workers: workers)
    return try layer.read(options.layer, saying: options.referenceSystem)
  }

  private static func readDataset(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer {
    try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: StatedEncoding(options.encoding).encoding, messages: messages)
        .read(options.layer, monitor: monitor)
    }
  }

  private static func readTable(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer {
    if let layer = options.layer, layer != file.baseName {
      throw ExchangeError(
        .layerMissing, "“\(file.name)” has no layer “\(layer)”: a table is one layer, “\(file.baseName)”.",
        fix: "Leave out layer \"\(layer)\".")
    }
    return try CSVLayer(file: file, encoding: StatedEncoding(options.encoding).encoding, monitor: monitor).read(
      saying: options.referenceSystem)
  }
}

extension SourceFile {
  /// Tables are ours to read: every cell is judged over the whole column, and a message can name the line.
  var isTextTable: Bool { ["csv", "tsv", "txt"].contains(fileExtension) && content != .json }
}
