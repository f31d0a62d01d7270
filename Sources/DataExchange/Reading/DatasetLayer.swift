import CGDAL
import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// What was read from one layer, before anybody asked whether its coordinates make sense.
struct RawLayer {
  var name: String
  var fields: [Field]
  var columns: [Column]
  var geometry: GeometryArray
  /// Of the file; `nil` when it does not say.
  var referenceSystem: ReferenceSystem?
  /// How that is known, where the file does not say it itself.
  var referenceSystemBasis: String?
  var description: String?
  /// Rows, from 0, whose coordinates were no numbers; their geometry is null.
  var unreadableRows: [Int] = []
  var notes: [String] = []
  /// Of its texts and how that is known, for `describe`.
  var encoding: String?
}

/// Reads one layer of an open dataset.
struct DatasetLayer: ~Copyable {
  let file: SourceFile
  let dataset: GDALDataset
  let messages: GDALMessages
  private let encoding: TextEncoding?

  private init(
    file: SourceFile, encoding: TextEncoding?, dataset: consuming GDALDataset, messages: GDALMessages
  ) {
    self.file = file
    self.encoding = encoding
    self.dataset = dataset
    self.messages = messages
  }

  /// - Parameter messages: what GDAL says from now on.
  /// - Throws: `ExchangeError` when no driver takes the file, or one has something to complain about.
  static func open(
    _ file: SourceFile, encoding: TextEncoding?, drivers: [String] = GDALLibrary.importDrivers, messages: GDALMessages
  ) throws(ExchangeError) -> DatasetLayer {
    // Shapefiles say little and often wrongly about their texts, which are therefore ours to read.
    let options = file.content == .shapefile ? ["ENCODING="] : []
    guard let dataset = GDALDataset(reading: file.path, drivers: drivers, options: options) else {
      throw cannotOpen(file, messages)
    }
    // A driver may complain and still hand out what it could read.
    if let reason = messages.failures.first { throw damaged(file, reason) }
    return DatasetLayer(file: file, encoding: encoding, dataset: dataset, messages: messages)
  }

  // MARK: Layers

  /// The names of the layers with geometry, or of all when none has any.
  borrowing func layerNames() -> [String] { candidates().map { Self.name($0) } }

  private borrowing func candidates() -> [OGRLayerH] {
    var all: [OGRLayerH] = []
    for index in 0..<dataset.layerCount {
      if let layer = dataset.layer(index) { all.append(layer) }
    }
    let spatial = all.filter { OGR_L_GetGeomType($0) != wkbNone }
    return spatial.isEmpty ? all : spatial
  }

  private static func name(_ layer: OGRLayerH) -> String {
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
        fix: "Say which: import \"\(file.path)\" layer \"\(names[0])\" as …")
    }
    return first
  }

  // MARK: Features

  /// Reads all features of a layer. Memory is what the columns need and one feature of GDAL's.
  ///
  /// - Throws: `ExchangeError`, also when GDAL stops half-way; `Cancelled`.
  borrowing func read(_ wanted: String?, monitor: WorkMonitor) throws -> RawLayer {
    let layer = try choose(wanted)
    let name = Self.name(layer)
    guard let definition = OGR_L_GetLayerDefn(layer), OGR_FD_GetGeomFieldCount(definition) > 0 else {
      throw ExchangeError(
        .noGeometry, "the layer “\(name)” of “\(file.name)” is a table without geometry.",
        fix: "Tables are imported from CSV files with longitude and latitude columns.")
    }
    let promised = Int(OGR_L_GetFeatureCount(layer, 0))
    let reserved = min(max(promised, 0), 20_000_000)
    var notes: [String] = []
    var names = ColumnNames()
    let columns = Self.fields(definition, reservingRows: reserved, notes: &notes)
    var features = FeatureRows(columns, reservingRows: reserved)
    let activity = "reading \(file.name)"
    let onRows = { rows in
      try monitor.report(
        activity, fraction: promised > 0 ? Double(rows) / Double(promised) : nil, done: rows)
    }
    // Other drivers make their batches out of features, which gains nothing.
    let isInBatches = try dataset.driverName == "GPKG" && features.readBatches(layer, onRows: onRows)
    if !isInBatches { try features.readFeatures(layer, onRows: onRows) }
    let rows = features.count
    if let reason = messages.failures.first ?? (features.repeatsRows ? "its rows are in disorder" : nil) {
      throw ExchangeError(
        .damaged, "“\(file.name)” cannot be read beyond row \(rows): \(reason).",
        fix: "Nothing was imported. Fetch or export the file again.")
    }
    // Its driver takes a file that ends between two features for a shorter one.
    if dataset.driverName == "FlatGeobuf" && rows < promised {
      throw file.truncated("its header promises \(promised) rows and it has \(rows)")
    }

    var values: [Column] = []
    for i in features.fields.indices { values.append(features.fields[i].finish()) }
    var recoded: DatasetTexts?
    if file.content == .shapefile {
      recoded = try DatasetTexts(of: layer, definition, &values, stated: encoding, file)
      notes += recoded?.notes ?? []
    }
    var fields: [Field] = []
    for (column, value) in zip(features.fields, values) {
      let wanted = recoded?.name(ofField: column.position - 1) ?? column.sourceName
      let field = Field(names.take(wanted, position: column.position), column.type)
      try checkText(value, of: field.name)
      fields.append(field)
      if column.notFinite > 0 {
        notes.append("\(column.notFinite) values of “\(field.name)” are not finite numbers; they are null.")
      }
    }
    notes += names.notes
    notes += features.geometry.notes
    notes += messages.notableWarnings.map { "\($0)." }
    return RawLayer(
      name: name, fields: fields, columns: values, geometry: features.geometry.finish(),
      referenceSystem: try referenceSystem(layer), description: Self.description(layer),
      unreadableRows: features.geometry.unreadable, notes: notes, encoding: recoded?.encoding)
  }

  private borrowing func checkText(_ column: Column, of name: String) throws(ExchangeError) {
    guard case .text(let texts) = column.storage, !texts.isUTF8 else { return }
    throw ExchangeError(
      .encodingUnknown, "the column “\(name)” of “\(file.name)” is not UTF-8 text.",
      fix: "Save the file as UTF-8.")
  }

  private static func fields(
    _ definition: OGRFeatureDefnH, reservingRows rows: Int, notes: inout [String]
  ) -> [FieldColumn] {
    var fields: [FieldColumn] = []
    for index in 0..<OGR_FD_GetFieldCount(definition) {
      guard let field = OGR_FD_GetFieldDefn(definition, index) else { continue }
      guard OGR_Fld_GetType(field) != OFTBinary else {
        let wanted = OGR_Fld_GetNameRef(field).map { String(cString: $0) } ?? ""
        notes.append("the binary column “\(wanted)” was left out.")
        continue
      }
      if let column = FieldColumn(index: index, definition: field, reservingRows: rows) {
        fields.append(column)
      }
    }
    return fields
  }

  private static func description(_ layer: OGRLayerH) -> String? {
    guard let text = GDALGetMetadataItem(layer, "DESCRIPTION", nil) else { return nil }
    let value = String(cString: text)
    return value.isEmpty ? nil : value
  }

  // MARK: Reference system

  /// The layer's reference system; `nil` when the file says none, or none with a place on the earth.
  private borrowing func referenceSystem(_ layer: OGRLayerH) throws(ExchangeError) -> ReferenceSystem? {
    guard let srs = OGR_L_GetSpatialRef(layer), OSRIsLocal(srs) == 0 else { return nil }
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
    if let claim = FileContent.claimed(byExtension: file.fileExtension) {
      return ExchangeError(
        .damaged, "“\(file.name)” is no readable \(claim.format.split(separator: " ").last ?? "file")\(reason).",
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
    let near = Spelling.nearest(to: wanted, among: names).map { "Did you mean “\($0)”? " } ?? ""
    return ExchangeError(
      .layerMissing, "“\(name)” has no layer “\(wanted)”.", fix: near + "Its layers: \(Self.list(names))")
  }

  fileprivate static func list(_ names: [String]) -> String {
    names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
  }
}

/// `1 row`, `12 rows`
func rowsText(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
