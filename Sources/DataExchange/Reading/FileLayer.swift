import CGDAL
import GeometryKernel
import Projections
import WorkControl

/// A layer of a file, as it is listed before anything is imported.
public struct FileLayer: Sendable, Hashable {
  /// By which `layer` names it.
  public let name: String
  /// `Point`, `Polygon, MultiPolygon`, `any` where the file does not say, `none` for a table without places.
  public let kinds: String
  /// `nil` where only reading would tell.
  public let rows: Int?
  /// `EPSG:4548`; `nil` where the file does not say.
  public let referenceSystem: String?
  /// The names of the attributes, as `where` takes them.
  public let columns: [String]
}

extension DataFile {
  /// The layers that can be imported, in the file's order, with what is in them.
  ///
  /// Files with a directory of their layers are asked it; GeoJSON and tables are read.
  ///
  /// - Throws: `ExchangeError` when the file cannot be opened; `Cancelled`.
  public func layers(encoding: String? = nil, workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()) throws
    -> [FileLayer]
  {
    var names = ColumnNames(reserving: [])
    var layers: [FileLayer] = []
    for part in parts {
      try monitor.report("looking into \(part.name)", fraction: nil, done: layers.count)
      for layer in try FileReader.layers(of: part, encoding, Workers(workers, monitor: monitor)) {
        let name = names.take(layer.name, position: layers.count + 1)
        layers.append(
          FileLayer(
            name: name, kinds: layer.kinds, rows: layer.rows, referenceSystem: layer.referenceSystem,
            columns: layer.columns))
      }
    }
    return layers
  }
}

extension FileReader {
  fileprivate static func layers(of file: SourceFile, _ encoding: String?, _ workers: Workers) throws -> [FileLayer] {
    var options = ImportOptions(encoding: encoding)
    if file.isWorkbook {
      return try Workbook(file).sheetNames().map { name in
        options.layer = name
        return try table(name) { try readRaw(file, options, workers) }
      }
    }
    if file.isTextTable { return [try table(file.baseName) { try readRaw(file, options, workers) }] }
    if file.content == .json {
      var layer = try GeoJSONLayer(file, workers: workers)
      if let raw = try layer.read(nil, saying: nil) {
        return [FileLayer(raw, name: try layerNames(of: file).first ?? raw.name)]
      }
    }
    return try GDALLibrary.withOptions(GDALLibrary.readingOptions(curveTolerance: nil)) {
      try GDALMessages.collecting { messages in
        try DatasetLayer.open(
          file, encoding: StatedEncoding(encoding).encoding, messages: messages, monitor: workers.monitor
        ).fileLayers()
      }
    }
  }

  /// A table without places is listed all the same.
  private static func table(_ name: String, _ read: () throws -> RawLayer) throws -> FileLayer {
    do {
      return FileLayer(try read(), name: name)
    } catch let error as ExchangeError where error.code == .noCoordinateColumns || error.code == .decimalComma {
      return FileLayer(name: name, kinds: "none", rows: nil, referenceSystem: nil, columns: [])
    }
  }
}

extension FileLayer {
  fileprivate init(_ raw: RawLayer, name: String) {
    var seen = Set<GeometryKind>()
    for row in 0..<raw.geometry.count { seen.insert(raw.geometry.kind(at: row)) }
    let kinds = GeometryKind.allCases.filter { $0 != .null && seen.contains($0) }.map(\.name)
    self.init(
      name: name, kinds: kinds.isEmpty ? "none" : kinds.joined(separator: ", "), rows: raw.geometry.count,
      referenceSystem: raw.referenceSystem?.identifier, columns: raw.fields.map(\.name))
  }
}

extension DatasetLayer {
  borrowing func fileLayers() -> [FileLayer] {
    let driver = dataset.driverName
    return candidates().map { layer in
      // As they are read: without print layouts.
      if driver == "DXF" { OGR_L_SetAttributeFilter(layer, "PaperSpace IS NULL OR PaperSpace = 0") }
      defer { OGR_L_SetAttributeFilter(layer, nil) }
      // Of a street map every layer is in every part of the file.
      let rows = Int(OGR_L_GetFeatureCount(layer, driver == "OSM" ? 0 : 1))
      var reading = try? LayerReading(layer, of: file, driver)
      if file.content == .shapefile { reading?.decoding = .init(stated: self.encoding) }
      let system = try? referenceSystem(layer)
      return FileLayer(
        name: Self.name(layer), kinds: Self.kinds(layer), rows: rows >= 0 ? rows : nil,
        referenceSystem: system?.identifier, columns: reading?.columnNames ?? [])
    }
  }

  /// As the file declares them: it may hold others all the same.
  private static func kinds(_ layer: OGRLayerH) -> String {
    let type = OGR_GT_Flatten(OGR_L_GetGeomType(layer))
    if type == wkbNone { return "none" }
    if type == wkbUnknown { return "any" }
    return OGRGeometryTypeToName(type).map { String(cString: $0).replacing(" ", with: "") } ?? "any"
  }
}
