import CGDAL
import WorkControl

/// Reads tables of PostGIS, in transactions that may not change anything.
enum DatabaseReader {
  /// - Throws: `ExchangeError`; `Cancelled`. O(rows).
  static func read(
    _ address: DatabaseAddress, _ options: ImportOptions, monitor: WorkMonitor
  ) throws -> ImportedLayer {
    let raw = try GDALMessages.collecting { messages in
      let layer = try DatasetLayer(address, messages)
      var options = options
      options.layer = try choose(options.layer, layer, address)
      return try layer.read(options, monitor: monitor)
    }
    var checks = LayerChecks(fileName: address.shown, options: options)
    return try checks.apply(to: raw, path: "\(address.shown) layer \(raw.name)", monitor: monitor)
  }

  /// - Throws: `ExchangeError` when the database cannot be opened.
  static func layerNames(_ address: DatabaseAddress) throws -> [String] {
    try GDALMessages.collecting { try DatasetLayer(address, $0).layerNames() }
  }

  /// - Throws: `ExchangeError` when the database cannot be opened.
  static func layers(_ address: DatabaseAddress) throws -> [FileLayer] {
    try GDALMessages.collecting { try DatasetLayer(address, $0).fileLayers() }
  }

  /// The driver's list has the tables with geometry only, which a table without is to be told from.
  private static func choose(
    _ wanted: String?, _ layer: borrowing DatasetLayer, _ address: DatabaseAddress
  ) throws(ExchangeError) -> String? {
    guard let wanted, !layer.layerNames().contains(wanted) else { return wanted }
    let sql = "SELECT to_regclass(\(TableName.literal(TableName(wanted).quoted)))::text"
    let found = try layer.dataset.answer(sql, address, layer.messages, doing: "looking for a table")
    guard found != nil else { return wanted }
    throw ExchangeError(
      .noGeometry, "the table “\(wanted)” of “\(address.shown)” has no geometry.",
      fix: "Import a table or a view with a column of type geometry.")
  }
}

extension DatasetLayer {
  fileprivate init(_ address: DatabaseAddress, _ messages: GDALMessages) throws {
    let dataset = try GDALDataset(address, isReadOnly: true, messages)
    self.init(file: SourceFile(address), encoding: nil, dataset: dataset, messages: messages)
  }
}

extension SourceFile {
  /// A database, as messages name it.
  init(_ address: DatabaseAddress) {
    path = address.shown
    shownPath = address.shown
    name = address.shown
    fileExtension = ""
    size = 0
    content = .unknown
  }
}
