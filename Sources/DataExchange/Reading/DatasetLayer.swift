import CGDAL
import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// Reads one layer of an open dataset.
struct DatasetLayer: ~Copyable {
  let file: SourceFile
  let dataset: GDALDataset
  let messages: GDALMessages
  let encoding: TextEncoding?
  /// What is open in the place of a file that GDAL does not read itself.
  private let stand: MemoryFile?
  /// What of the file is not in its place.
  private let losses: [String]

  /// - Parameter encoding: of texts, where the file keeps them in another than it says.
  init(
    file: SourceFile, encoding: TextEncoding?, dataset: consuming GDALDataset, messages: GDALMessages,
    stand: MemoryFile? = nil, losses: [String] = []
  ) {
    self.file = file
    self.encoding = encoding
    self.dataset = dataset
    self.messages = messages
    self.stand = stand
    self.losses = losses
  }

  /// - Parameters:
  ///   - messages: what GDAL says from now on.
  ///   - curveTolerance: of drawings, in units of the coordinates.
  /// - Throws: `ExchangeError` when no driver takes the file, or one has something to complain about; `Cancelled`.
  static func open(
    _ file: SourceFile, encoding: TextEncoding?, drivers: [String] = GDALLibrary.importDrivers, messages: GDALMessages,
    curveTolerance: Double? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> DatasetLayer {
    if file.fileExtension == "dwg" {
      let drawing = try DrawingExchange(file, encoding: encoding, curveTolerance: curveTolerance, monitor: monitor)
      return try openDrawing(file, encoding: encoding, drawing, messages: messages)
    }
    // Shapefiles say little and often wrongly about their texts, which are therefore ours to read.
    let options = file.content == .shapefile ? ["ENCODING="] : []
    let dataset = GDALLibrary.withOptions(drawingOptions(encoding)) {
      GDALDataset(reading: file.path, drivers: drivers, options: options)
    }
    guard let dataset else { throw cannotOpen(file, messages) }
    // A driver may complain and still hand out what it could read.
    if let reason = messages.failures.first { throw damaged(file, reason) }
    return DatasetLayer(file: file, encoding: encoding, dataset: dataset, messages: messages)
  }

  /// A DWG drawing is read as the drawing exchange file that it would be.
  private static func openDrawing(
    _ file: SourceFile, encoding: TextEncoding?, _ drawing: consuming DrawingExchange, messages: GDALMessages
  ) throws -> DatasetLayer {
    let losses = drawing.notes
    let stand = try MemoryFile(drawing.bytes, named: "drawing.dxf")
    // Its bytes are not needed twice.
    _ = consume drawing
    let dataset = GDALLibrary.withOptions(drawingOptions(encoding)) {
      GDALDataset(reading: stand.path, drivers: ["DXF"], options: [])
    }
    guard let dataset, messages.failures.isEmpty else {
      throw file.damagedDrawing(messages.reason ?? "its entities make no sense")
    }
    return DatasetLayer(
      file: file, encoding: encoding, dataset: dataset, messages: messages, stand: stand, losses: losses)
  }

  /// Drawings name a code page, over which stands what the user says.
  private static func drawingOptions(_ encoding: TextEncoding?) -> [(String, String)] {
    encoding.map { [("DXF_ENCODING", $0.name)] } ?? []
  }

  // MARK: Layers

  /// The names of the layers with geometry, or of all when none has any.
  borrowing func layerNames() -> [String] { candidates().map { Self.name($0) } }

  borrowing func candidates() -> [OGRLayerH] {
    var all: [OGRLayerH] = []
    for index in 0..<dataset.layerCount {
      if let layer = dataset.layer(index) { all.append(layer) }
    }
    let spatial = all.filter { OGR_L_GetGeomType($0) != wkbNone }
    if dataset.driverName == "LIBKML" {
      // Folders that hold nothing but folders are layers there.
      let filled = spatial.filter { OGR_L_GetFeatureCount($0, 1) > 0 }
      if !filled.isEmpty { return filled }
    }
    return spatial.isEmpty ? all : spatial
  }

  static func name(_ layer: OGRLayerH) -> String {
    OGR_L_GetName(layer).map { String(cString: $0) } ?? ""
  }

  borrowing func choose(_ wanted: String?) throws(ExchangeError) -> OGRLayerH {
    let layers = candidates()
    let names = layers.map { Self.name($0) }
    if let wanted {
      if let index = names.firstIndex(of: wanted) ?? names.firstIndex(where: { $0.lowercased() == wanted.lowercased() })
      {
        return layers[index]
      }
      throw file.layerMissing(wanted, among: names)
    }
    guard let first = layers.first else {
      throw ExchangeError(.layerMissing, "“\(file.name)” holds no layer.", fix: nil)
    }
    guard layers.count == 1 else {
      throw ExchangeError(
        .layerNotNamed, "“\(file.name)” holds \(layers.count) layers: \(SourceFile.list(names))",
        fix: "Say which: import \"\(file.shownPath)\" layer \"\(names[0])\" as …, or import \"\(file.shownPath)\" all")
    }
    return first
  }

  // MARK: Features

  /// Reads the features of a layer that were asked for. Memory is what their columns need and some thousand features.
  ///
  /// - Throws: `ExchangeError`, also when GDAL stops half-way; what a condition on the rows throws; `Cancelled`.
  borrowing func read(_ options: ImportOptions, monitor: WorkMonitor) throws -> RawLayer {
    let driver = dataset.driverName
    let layer = try choose(options.layer)
    guard OGR_L_GetGeomType(layer) != wkbNone else {
      throw ExchangeError(
        .noGeometry, "the layer “\(Self.name(layer))” of “\(file.name)” is a table without geometry.",
        fix: "Tables are imported from CSV and XLSX files with longitude and latitude columns.")
    }
    let system = try referenceSystem(layer)
    if let tolerance = options.curveTolerance(in: system) { GDALLibrary.setCurveTolerance(tolerance) }
    defer { if options.curveTolerance != nil { GDALLibrary.resetCurveTolerance() } }
    var picker = try RowPicker(options.rows, in: options.referenceSystem ?? system)
    var collector = LayerCollector()
    var reading = try LayerReading(
      layer, of: file, driver, curveTolerance: options.curveTolerance(in: options.referenceSystem ?? system))
    if file.content == .shapefile { reading.decoding = .init(stated: encoding) }
    if !picker.isDone {
      try reading.run(
        options.rows, saying: options.referenceSystem ?? system, &picker, into: &collector,
        activity: "reading \(file.name)", monitor: monitor)
    }
    if let reason = messages.failures.first ?? (reading.repeatsRows ? "its rows are in disorder" : nil) {
      throw ExchangeError(
        .damaged, "“\(file.name)” cannot be read beyond row \(collector.rowsRead): \(reason).",
        fix: "Nothing was imported. Fetch or export the file again.")
    }
    // Its driver takes a file that ends between two features for a shorter one.
    if driver == "FlatGeobuf", options.rows.isWhole, collector.rowsRead < reading.promised {
      throw file.truncated("its header promises \(reading.promised) rows and it has \(collector.rowsRead)")
    }
    var raw = collector.finish(name: Self.name(layer), system, description: Self.description(layer))
    raw.encoding = reading.encoding
    raw.isCountedAmongTaken = reading.isCountedAmongTaken
    for (field, column) in zip(raw.fields, raw.columns) { try checkText(column, of: field.name) }
    raw.notes = losses + reading.notes + raw.notes + messages.notableWarnings.map { "\($0)." }
    return raw
  }

  private borrowing func checkText(_ column: Column, of name: String) throws(ExchangeError) {
    guard case .text(let texts) = column.storage, !texts.isUTF8 else { return }
    throw ExchangeError(
      .encodingUnknown, "the column “\(name)” of “\(file.name)” is not UTF-8 text.",
      fix: "Save the file as UTF-8.")
  }

  private static func description(_ layer: OGRLayerH) -> String? {
    guard let text = GDALGetMetadataItem(layer, "DESCRIPTION", nil) else { return nil }
    let value = String(cString: text)
    return value.isEmpty ? nil : value
  }

  // MARK: Reference system

  /// The layer's reference system; `nil` when the file says none, or none with a place on the earth.
  borrowing func referenceSystem(_ layer: OGRLayerH) throws(ExchangeError) -> ReferenceSystem? {
    guard let srs = OGR_L_GetSpatialRef(layer) else { return nil }
    if OSRIsLocal(srs) != 0 { return SpatialReference.shifted(srs) }
    let title = OSRGetName(srs).map { String(cString: $0) } ?? ""
    if title.hasPrefix("Undefined") || title.hasPrefix("Unknown engineering") { return nil }
    if let authority = OSRGetAuthorityName(srs, nil), let code = OSRGetAuthorityCode(srs, nil),
      let known = try? ReferenceSystem(parsing: "\(String(cString: authority)):\(String(cString: code))")
    {
      return known
    }
    var text: UnsafeMutablePointer<CChar>?
    defer { VSIFree(text) }
    let exported = GDALLibrary.withStrings(["FORMAT=WKT2_2018"]) { OSRExportToWktEx(srs, &text, $0) }
    guard exported == OGRERR_NONE, let text else { return nil }
    do {
      return try ReferenceSystem(parsing: String(cString: text))
    } catch {
      throw ExchangeError(
        .referenceSystemUnknown, "the reference system of “\(file.name)” (\(title)) cannot be used: \(error)",
        fix: "Say it on import: crs epsg:…")
    }
  }

  // MARK: Failures

  private static func cannotOpen(_ file: SourceFile, _ messages: GDALMessages) -> ExchangeError {
    let isForeign = messages.reason?.contains("not recognized as") ?? true
    let reason = isForeign ? "" : messages.reason.map { ": \($0)" } ?? ""
    if file.content == .json, isForeign {
      return ExchangeError(
        .unknownFormat, "“\(file.name)” is JSON, but no GeoJSON: it has no features.",
        fix: "Export it as GeoJSON, or as a table with longitude and latitude columns (.csv).")
    }
    let claim = FileContent.claimed(byExtension: file.fileExtension)?.format
    if let claim = claim ?? (file.fileExtension == "dxf" ? "a DXF drawing" : nil) {
      return ExchangeError(
        .damaged, "“\(file.name)” cannot be read as \(claim)\(reason).",
        fix: "It may be damaged or cut off: fetch or export it again.")
    }
    return ExchangeError(
      .unknownFormat, "no format is known that reads “\(file.name)”, which is \(file.content.description)\(reason).",
      fix: "Import GeoJSON, GeoPackage, shapefile, FlatGeobuf, KML or CSV with longitude and latitude columns.")
  }

  private static func damaged(_ file: SourceFile, _ reason: String) -> ExchangeError {
    ExchangeError(
      .damaged, "“\(file.name)” cannot be read whole: \(reason).",
      fix: "Nothing was imported. Fetch or export the file again.")
  }
}

extension SourceFile {
  func layerMissing(_ wanted: String, among names: [String]) -> ExchangeError {
    Self.layerMissing(wanted, in: name, among: names)
  }

  static func layerMissing(_ wanted: String, in file: String, among names: [String]) -> ExchangeError {
    let near = Spelling.nearest(to: wanted, among: names).map { "Did you mean “\($0)”? " } ?? ""
    return ExchangeError(
      .layerMissing, "“\(file)” has no layer “\(wanted)”.", fix: near + "Its layers: \(list(names))")
  }

  static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
  }
}
