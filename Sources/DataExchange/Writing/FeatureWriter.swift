import CGDAL
import FeatureTables
import GeometryKernel
import WorkControl

/// Puts a layer into an open dataset of GDAL's.
struct FeatureWriter {
  let format: ExportFormat
  let messages: GDALMessages
  let monitor: WorkMonitor
  /// What to throw for something that GDAL complains about.
  let failure: (String?) -> ExchangeError

  /// - Parameter options: of the driver, for the layer.
  /// - Throws: `ExchangeError` at the first thing that GDAL does not do; `Cancelled`.
  func write(
    _ layer: PreparedLayer, named name: String, to dataset: borrowing GDALDataset, options: [String]
  ) throws {
    let type = layerType(layer)
    // No program knows the shifted systems: a label would be a wrong one.
    let system = layer.referenceSystem.flatMap { $0.isShifted && format == .postgis ? nil : $0 }
    let created = GDALLibrary.withStrings(options) { options in
      SpatialReference.with(system) { GDALDatasetCreateLayer(dataset.handle, name, $0, type, mutable(options)) }
    }
    guard let created else { throw failure(messages.reason) }
    let fields = try createFields(layer, created)
    try writeRows(layer, fields, to: created)
  }

  /// The kind that all rows share, so that other programs know what they open.
  private func layerType(_ layer: PreparedLayer) -> OGRwkbGeometryType {
    guard let geometry = layer.geometry else { return wkbNone }
    var kinds: Set<GeometryKind> = []
    for row in 0..<geometry.count { kinds.insert(geometry.kind(at: row)) }
    kinds.remove(.null)
    if format == .shp {
      if kinds == [.point] || kinds.isEmpty { return wkbPoint }
      switch geometry.maximumDimension {
      case .area: return wkbPolygon
      case .line: return wkbLineString
      default: return wkbMultiPoint
      }
    }
    guard kinds.count == 1, let kind = kinds.first else { return wkbUnknown }
    return OGRwkbGeometryType(rawValue: UInt32(kind.rawValue))
  }

  private func createFields(_ layer: PreparedLayer, _ created: OGRLayerH) throws -> [Int32] {
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
      if format == .shp {
        let form = DBFWidths(attribute, layer.encoding)
        OGR_Fld_SetWidth(field, Int32(form.width))
        OGR_Fld_SetPrecision(field, Int32(form.precision))
      }
      let before = OGR_FD_GetFieldCount(definition)
      guard OGR_L_CreateField(created, field, 1) == OGRERR_NONE, OGR_FD_GetFieldCount(definition) == before + 1 else {
        throw failure(messages.reason)
      }
      indexes.append(before)
    }
    return indexes
  }

  private func writeRows(
    _ layer: PreparedLayer, _ fields: [Int32], to created: OGRLayerH
  ) throws {
    guard let feature = OGR_F_Create(OGR_L_GetLayerDefn(created)) else { throw failure(messages.reason) }
    defer { OGR_F_Destroy(feature) }
    var binary: [UInt8] = []
    let isOfMultiPoints = format == .shp && layerType(layer) == wkbMultiPoint
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
        // Of points and multi-points a shapefile holds the latter.
        if isOfMultiPoints, shape != nil { shape = OGR_G_ForceToMultiPoint(shape) }
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
}

/// `GDALDatasetCreateLayer` takes its options as mutable and does not change them.
private func mutable(
  _ list: UnsafePointer<UnsafePointer<CChar>?>?
) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
  guard let list else { return nil }
  return UnsafeMutableRawPointer(mutating: list).assumingMemoryBound(to: UnsafeMutablePointer<CChar>?.self)
}
