import FeatureTables
import Foundation
import Projections
import WorkControl

/// Writes layers into files that other programs read.
///
/// In files every column's name says its unit (`h_distance_m`, `area_km2`), dots are underscores, and numbers stand in
/// that unit. The same layers give the same bytes.
public enum FileWriter {
  /// Writes layers to a file, or to a folder with a file for each.
  ///
  /// A file appears whole or not at all: it is written under a temporary name beside its target, forced to the disk, and
  /// renamed over an older one. Parent folders are made.
  ///
  /// - Parameters:
  ///   - path: a file, whose ending tells the format unless `format` does; or a folder (one that exists, or a path that
  ///     ends in `/`), for which `format` must be given.
  ///   - referenceSystem: of the file, for formats that may choose (GeoPackage, FlatGeobuf, shapefile); the layer's own
  ///     when `nil`. GeoJSON, CSV and KML are WGS 84.
  /// - Throws: `ExchangeError`; `ReferenceSystemError` when coordinates cannot be brought to the file's system;
  ///   `Cancelled`. Nothing is left behind then.
  @discardableResult
  public static func write(
    _ layers: [ExportLayer], to path: String, format: ExportFormat? = nil,
    in referenceSystem: ReferenceSystem? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> ExportReport {
    let plan = try ExportPlan(layers, to: path, format: format)
    if let referenceSystem { try check(referenceSystem, for: plan.format) }
    var pending: [PendingFile] = []
    var notes: [String] = []
    for file in plan.files {
      let place = try PendingFile(target: file.path, format: plan.format)
      pending.append(place)
      notes += try write(file.layers, plan.format, to: place, referenceSystem, monitor)
      try place.flush()
    }
    try monitor.check()
    for place in pending { try place.commit() }
    return ExportReport(
      format: plan.format,
      files: zip(plan.files, pending).map { file, place in
        ExportReport.File(
          path: file.path, layers: file.layers.map { .init(name: $0.name, rows: $0.table.rowCount) },
          bytes: place.bytes)
      }, notes: notes)
  }

  /// Refuses a system that a file of the format would not be labelled with.
  private static func check(_ system: ReferenceSystem, for format: ExportFormat) throws(ExchangeError) {
    if format.isAlwaysWGS84, system != .wgs84 {
      throw ExchangeError(
        .referenceSystemUnknown, "\(format.title) is in WGS 84 here, not in \(system.identifier)",
        fix: "leave `crs` out, or export to .gpkg, which names its system")
    }
    if system.isShifted {
      throw ExchangeError(
        .referenceSystemUnknown,
        "no file can say that it is in \(system.identifier), and others would take it as WGS 84",
        fix: "export without `crs`, in WGS 84")
    }
  }

  /// A layer as RFC 7946 GeoJSON, in memory.
  ///
  /// - Throws: `ReferenceSystemError` when coordinates cannot be brought to WGS 84.
  public static func geoJSON(_ layer: ExportLayer) throws -> [UInt8] {
    var sink = MemorySink()
    var text = GeoJSONText(try PreparedLayer(layer, in: .wgs84))
    try text.write(to: &sink, monitor: WorkMonitor())
    return sink.bytes
  }

  /// A layer as a text table, in memory.
  ///
  /// - Throws: `ReferenceSystemError` when coordinates cannot be brought to WGS 84.
  public static func csv(_ layer: ExportLayer) throws -> [UInt8] {
    var sink = MemorySink()
    var text = CSVText(try PreparedLayer(layer, in: .wgs84, reserved: reservedNames(layer, .csv)))
    try text.write(to: &sink, monitor: WorkMonitor())
    return sink.bytes
  }

  /// Returns notes.
  private static func write(
    _ layers: [ExportLayer], _ format: ExportFormat, to place: PendingFile, _ system: ReferenceSystem?,
    _ monitor: WorkMonitor
  ) throws -> [String] {
    let prepared = try layers.map {
      try PreparedLayer($0, in: format.isAlwaysWGS84 ? .wgs84 : system, reserved: reservedNames($0, format))
    }
    var notes = prepared.flatMap(\.notes)
    if let driver = format.driver {
      var writer = DatasetWriter(
        format, driver: driver, path: place.temporary, target: place.target, monitor: monitor)
      try writer.write(prepared)
      notes += writer.notes
    } else {
      var sink = try FileSink(path: place.temporary)
      for layer in prepared {
        if format == .csv {
          var text = CSVText(layer)
          try text.write(to: &sink, monitor: monitor)
        } else {
          var text = GeoJSONText(layer)
          try text.write(to: &sink, monitor: monitor)
        }
      }
    }
    return notes
  }

  /// The names that a format gives to places.
  private static func reservedNames(_ layer: ExportLayer, _ format: ExportFormat) -> Set<String> {
    guard format == .csv, let geometry = layer.table.geometry else { return [] }
    return CSVText.isOfPoints(geometry) ? Set(CSVText.positionNames) : [CSVText.textName]
  }
}
