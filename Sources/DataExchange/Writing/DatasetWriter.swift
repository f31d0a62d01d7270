import CGDAL
import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// Writes layers through a GDAL driver.
struct DatasetWriter {
  let format: ExportFormat
  let driver: String
  /// Where it is written now, and where it will stand, for messages.
  let path: String
  let target: String
  let monitor: WorkMonitor
  private(set) var notes: [String] = []

  init(_ format: ExportFormat, driver: String, path: String, target: String, monitor: WorkMonitor) {
    self.format = format
    self.driver = driver
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

  private mutating func fill(_ layers: [PreparedLayer], _ messages: GDALMessages) throws {
    GDALLibrary.start()
    guard let driver = GDALGetDriverByName(driver) else {
      throw ExchangeError(
        .formatUnknown, "this GDAL cannot write \(format.title).", fix: "Export to .geojson, .gpkg or .csv.")
    }
    guard let handle = GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil) else { throw failure(messages.reason) }
    let dataset = GDALDataset(handle)
    for layer in layers { try write(layer, to: dataset, messages) }
    dataset.close()
  }

  private mutating func write(
    _ layer: PreparedLayer, to dataset: borrowing GDALDataset, _ messages: GDALMessages
  ) throws {
    try checkPlaces(layer)
    let type = try layerType(layer)
    let created = GDALLibrary.withStrings(options(for: layer)) { options in
      SpatialReference.with(layer.referenceSystem) { system in
        GDALDatasetCreateLayer(dataset.handle, layer.name, system, type, mutable(options))
      }
    }
    guard let created else { throw failure(messages.reason) }
    let usesTransaction = GDALDatasetTestCapability(dataset.handle, "Transactions") != 0
    if usesTransaction, GDALDatasetStartTransaction(dataset.handle, 0) != OGRERR_NONE { throw failure(messages.reason) }
    let fields = try createFields(layer, created, messages)
    try writeRows(layer, fields, to: created, messages)
    if usesTransaction, GDALDatasetCommitTransaction(dataset.handle) != OGRERR_NONE { throw failure(messages.reason) }
  }

  private func writeRows(
    _ layer: PreparedLayer, _ fields: [Int32], to created: OGRLayerH, _ messages: GDALMessages
  ) throws {
    guard let feature = OGR_F_Create(OGR_L_GetLayerDefn(created)) else { throw failure(messages.reason) }
    defer { OGR_F_Destroy(feature) }
    var binary: [UInt8] = []
    for row in 0..<layer.rowCount {
      OGR_F_SetFID(feature, Int64(OGRNullFID))
      for (attribute, field) in zip(layer.attributes, fields) { Self.set(attribute, row, of: feature, field) }
      if let geometry = layer.geometry {
        binary.removeAll(keepingCapacity: true)
        geometry.appendWKB(at: row, to: &binary)
        var shape: OGRGeometryH?
        if !binary.isEmpty, OGR_G_CreateFromWkb(binary, nil, &shape, Int32(binary.count)) != OGRERR_NONE {
          throw failure(messages.reason)
        }
        if OGR_F_SetGeometryDirectly(feature, shape) != OGRERR_NONE { throw failure(messages.reason) }
      }
      if OGR_L_CreateFeature(created, feature) != OGRERR_NONE { throw failure(messages.reason) }
      if row & 0xFFF == 0xFFF {
        try monitor.report("writing \(layer.name)", fraction: Double(row) / Double(layer.rowCount), done: row)
      }
    }
  }

  private static func set(_ attribute: PreparedLayer.Attribute, _ row: Int, of feature: OGRFeatureH, _ field: Int32) {
    guard !attribute.column.isNull(at: row) else { return OGR_F_SetFieldNull(feature, field) }
    switch attribute.column.storage {
    case .boolean(let values): OGR_F_SetFieldInteger(feature, field, values[row] ? 1 : 0)
    case .integer(let values): OGR_F_SetFieldInteger64(feature, field, values[row])
    case .number(let values):
      let value = values[row] / attribute.factor
      if value.isFinite { OGR_F_SetFieldDouble(feature, field, value) } else { OGR_F_SetFieldNull(feature, field) }
    case .text(let values): OGR_F_SetFieldString(feature, field, values[row])
    case .date(let values):
      let (year, month, day) = CalendarDate(daysSince1970: values[row]).components
      OGR_F_SetFieldDateTime(feature, field, Int32(year), Int32(month), Int32(day), 0, 0, 0, 0)
    case .geometry: break
    }
  }

  // MARK: Layers and fields

  private func options(for layer: PreparedLayer) -> [String] {
    let names = Set(layer.attributes.map { $0.name.lowercased() })
    func free(_ name: String) -> String {
      var result = name
      while names.contains(result) { result += "_" }
      return result
    }
    switch format {
    case .gpkg:
      var options = ["FID=\(free("fid"))", "GEOMETRY_NAME=\(free("geom"))"]
      if let title = layer.metadata.titleEnglish ?? layer.metadata.titleChinese {
        options.append("IDENTIFIER=\(title)")
      }
      if let text = layer.metadata.description { options.append("DESCRIPTION=\(text)") }
      return options
    case .fgb: return ["SPATIAL_INDEX=NO"]  // The index would sort the rows.
    case .shp: return ["ENCODING=UTF-8"]
    case .geojson, .csv, .kml: return []
    }
  }

  /// The kind that all rows share, so that other programs know what they open.
  ///
  /// - Throws: `ExchangeError` for rows that a shapefile cannot hold beside each other.
  private func layerType(_ layer: PreparedLayer) throws(ExchangeError) -> OGRwkbGeometryType {
    guard let geometry = layer.geometry else { return wkbNone }
    if format == .kml { return wkbUnknown }
    var kinds: Set<GeometryKind> = []
    for row in 0..<geometry.count { kinds.insert(geometry.kind(at: row)) }
    kinds.remove(.null)
    if format == .shp { return try shapeType(kinds) }
    guard kinds.count == 1, let kind = kinds.first else { return wkbUnknown }
    return OGRwkbGeometryType(rawValue: UInt32(kind.rawValue))
  }

  /// GDAL writes FlatGeobuf without the rows that have no place, and without a word.
  private func checkPlaces(_ layer: PreparedLayer) throws(ExchangeError) {
    if format == .shp, layer.geometry == nil {
      throw ExchangeError(
        .geometryDoesNotFit, "a shapefile holds places, and these rows have none.", fix: "Export to .csv or .gpkg.")
    }
    guard format == .fgb else { return }
    let fix = "Export to .gpkg or .geojson."
    guard layer.rowCount > 0 else {
      throw ExchangeError(.geometryDoesNotFit, "a FlatGeobuf file cannot be without rows.", fix: fix)
    }
    guard let geometry = layer.geometry else { return }
    if let row = (0..<geometry.count).first(where: { geometry.isNullOrEmpty(at: $0) }) {
      throw ExchangeError(
        .geometryDoesNotFit, "a FlatGeobuf file holds no rows without geometry, as row \(row + 1) is.", fix: fix)
    }
  }

  private func shapeType(_ kinds: Set<GeometryKind>) throws(ExchangeError) -> OGRwkbGeometryType {
    if kinds.isEmpty { return wkbPoint }
    if kinds == [.point] { return wkbPoint }
    if kinds.isSubset(of: [.point, .multiPoint]) { return wkbMultiPoint }
    if kinds.isSubset(of: [.lineString, .multiLineString]) { return wkbLineString }
    if kinds.isSubset(of: [.polygon, .multiPolygon]) { return wkbPolygon }
    let names = GeometryKind.allCases.filter { kinds.contains($0) }.map(\.name).joined(separator: ", ")
    throw ExchangeError(
      .geometryDoesNotFit, "a shapefile holds points, lines or areas, not several of them: \(names).",
      fix: "Export to .gpkg or .geojson.")
  }

  private mutating func createFields(
    _ layer: PreparedLayer, _ created: OGRLayerH, _ messages: GDALMessages
  ) throws -> [Int32] {
    let definition = OGR_L_GetLayerDefn(created)
    var indexes: [Int32] = []
    for attribute in layer.attributes {
      let type =
        switch attribute.type {
        case .boolean: OFTInteger
        case .integer: OFTInteger64
        case .number: OFTReal
        case .date: OFTDate
        case .text, .geometry: OFTString
        }
      guard let field = OGR_Fld_Create(attribute.name, type) else { throw failure(messages.reason) }
      defer { OGR_Fld_Destroy(field) }
      if attribute.type == .boolean && format != .shp { OGR_Fld_SetSubType(field, OFSTBoolean) }
      let before = OGR_FD_GetFieldCount(definition)
      guard OGR_L_CreateField(created, field, 1) == OGRERR_NONE, OGR_FD_GetFieldCount(definition) == before + 1 else {
        throw failure(messages.reason)
      }
      indexes.append(before)
    }
    return indexes
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

/// `GDALDatasetCreateLayer` takes its options as mutable and does not change them.
private func mutable(
  _ list: UnsafePointer<UnsafePointer<CChar>?>?
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  guard let list else { return nil }
  return UnsafeMutableRawPointer(mutating: list).assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
}
