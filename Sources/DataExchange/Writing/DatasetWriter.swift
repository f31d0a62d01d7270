import CGDAL
import WorkControl

/// Writes layers through a GDAL driver.
struct DatasetWriter {
  let format: ExportFormat
  /// Where it is written now, and where it will stand, for messages.
  let path: String
  let target: String
  let monitor: WorkMonitor
  private(set) var notes: [String] = []

  init(_ format: ExportFormat, path: String, target: String, monitor: WorkMonitor) {
    self.format = format
    self.path = path
    self.target = target
    self.monitor = monitor
  }

  /// - Throws: `ExchangeError` at the first thing that GDAL complains about; `Cancelled`.
  mutating func write(_ layers: [PreparedLayer]) throws {
    let options = [
      // The time of writing would make two files of the same content differ.
      ("OGR_CURRENT_DATE", "1970-01-01T00:00:00.000Z"),
      // A temporary file needs no way back; a spatial index needs its pages at hand.
      ("OGR_SQLITE_SYNCHRONOUS", "OFF"), ("OGR_SQLITE_JOURNAL", "OFF"), ("OGR_SQLITE_CACHE", "64"),
    ]
    try GDALLibrary.withOptions(options) {
      try GDALMessages.collecting { messages in
        try fill(layers, messages)
        // Some drivers write when they are closed, and closing returns nothing.
        if let reason = messages.failures.first { throw failure(reason) }
        if format != .gpkg { try verify(layers, messages) }
        notes += messages.warnings.map { "\(format.title): \($0)." }
      }
    }
  }

  private func failure(_ reason: String?) -> ExchangeError {
    WriteFailure.explained(path, target: target, reason: reason)
  }

  private func fill(_ layers: [PreparedLayer], _ messages: GDALMessages) throws {
    GDALLibrary.start()
    guard let driver = format.driver.flatMap({ GDALGetDriverByName($0) }) else {
      throw ExchangeError(
        .formatUnknown, "this GDAL cannot write \(format.title).", fix: "Export to .geojson, .gpkg or .csv.")
    }
    guard let handle = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil) else { throw failure(messages.reason) }
    let dataset = GDALDataset(handle)
    let writer = FeatureWriter(format: format, messages: messages, monitor: monitor, failure: failure)
    for layer in layers {
      let usesTransaction = GDALDatasetTestCapability(dataset.handle, "Transactions") != 0
      if usesTransaction, GDALDatasetStartTransaction(dataset.handle, 0) != OGRERR_NONE {
        throw failure(messages.reason)
      }
      try writer.write(layer, named: layer.name, to: dataset, options: options(for: layer))
      if usesTransaction, GDALDatasetCommitTransaction(dataset.handle) != OGRERR_NONE {
        throw failure(messages.reason)
      }
    }
    dataset.close()
  }

  private func options(for layer: PreparedLayer) -> [String] {
    switch format {
    case .gpkg:
      var options = ["FID=\(layer.freeName("fid"))", "GEOMETRY_NAME=\(layer.freeName("geom"))"]
      if let title = layer.metadata.titleEnglish ?? layer.metadata.titleChinese {
        options.append("IDENTIFIER=\(title)")
      }
      if let text = layer.metadata.description { options.append("DESCRIPTION=\(text)") }
      return options
    case .fgb: return ["SPATIAL_INDEX=NO"]  // The index would sort the rows.
    case .shp: return ["ENCODING=\(layer.encoding.rawValue)"]
    default: return []
    }
  }

  // MARK: Afterwards

  /// Opens what was written and counts: the small drivers do not look at what write(2) returns.
  private func verify(_ layers: [PreparedLayer], _ messages: GDALMessages) throws {
    guard let dataset = GDALDataset(reading: path, drivers: [], options: []) else { throw failure(messages.reason) }
    for (index, layer) in layers.enumerated() {
      guard let written = dataset.layer(index) else { throw failure(messages.reason) }
      var rows = 0
      while let feature = OGR_L_GetNextFeature(written) {
        OGR_F_Destroy(feature)
        rows += 1
      }
      guard rows == layer.rowCount, messages.failures.isEmpty else {
        throw failure(messages.reason ?? "\(rows) of \(layer.rowCount) rows arrived")
      }
    }
  }
}
