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
  /// - Parameter path: a file of this machine.
  /// - Throws: `ExchangeError` when the file cannot be read to its end or its coordinates cannot be placed;
  ///   `Cancelled`. O(bytes of the file).
  public static func read(
    _ path: String, _ options: ImportOptions = ImportOptions(), monitor: WorkMonitor = WorkMonitor()
  ) throws -> ImportedLayer {
    let file = try SourceFile(path)
    try monitor.report("reading \(file.name)", fraction: nil, done: 0)
    let raw = try readRaw(file, options, monitor)
    var checks = LayerChecks(fileName: file.name, options: options)
    return try checks.apply(to: raw, path: path, monitor: monitor)
  }

  /// The layers of a file that can be imported, in the file's order.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened.
  public static func layerNames(_ path: String) throws -> [String] {
    let file = try SourceFile(path)
    if file.isTextTable { return [file.baseName] }
    if let layer = try readGeoJSON(file, nil, ImportOptions(referenceSystem: .wgs84), WorkMonitor()) {
      return [layer.name]
    }
    return try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: nil, messages: messages).layerNames()
    }
  }

  private static func readRaw(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer {
    if file.isTextTable { return try readTable(file, options, monitor) }
    if let layer = try readGeoJSON(file, options.layer, options, monitor) { return layer }
    return try readDataset(file, options, monitor)
  }

  /// `nil` for files that are not GeoJSON.
  private static func readGeoJSON(
    _ file: SourceFile, _ layer: String?, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer? {
    guard file.content == .json else { return nil }
    var reader = try GeoJSONLayer(file, workers: Workers(monitor: monitor))
    return try reader.read(layer, saying: options.referenceSystem)
  }

  private static func readDataset(
    _ file: SourceFile, _ options: ImportOptions, _ monitor: WorkMonitor
  ) throws -> RawLayer {
    try GDALMessages.collecting { messages in
      try DatasetLayer.open(file, encoding: options.encoding, messages: messages).read(options.layer, monitor: monitor)
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
    return try CSVLayer(file: file, encoding: options.encoding, monitor: monitor).read(
      saying: options.referenceSystem)
  }
}

extension SourceFile {
  /// Tables are ours to read: every cell is judged over the whole column, and a message can name the line.
  var isTextTable: Bool { ["csv", "tsv", "txt"].contains(fileExtension) && content != .json }
}
