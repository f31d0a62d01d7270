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
  ///   - referenceSystem: of the file, for formats that may choose; when `nil` WGS 84 for GeoJSON, KML and tables, the
  ///     layer's own for others. A shifted system that is asked for is written by all.
  ///   - encoding: of texts, for formats that may choose.
  /// - Throws: `ExchangeError`; `ReferenceSystemError` when coordinates cannot be brought to the file's system;
  ///   `Cancelled`. Nothing is left behind then.
  @discardableResult
  public static func write(
    _ layers: [ExportLayer], to path: String, format: ExportFormat? = nil,
    in referenceSystem: ReferenceSystem? = nil, encoding: OutputEncoding? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> ExportReport {
    let plan = try ExportPlan(layers, to: path, format: format)
    if let referenceSystem { try check(referenceSystem, for: plan.format) }
    if let encoding { try check(encoding, for: plan.format) }
    let usual = plan.format.encodings.first ?? .utf8
    guard (encoding ?? usual).isAvailable else {
      throw ExchangeError(
        .encodingUnknown,
        "this system cannot write \((encoding ?? usual).rawValue): its tables of the C library are missing.",
        fix: "Install them (on Debian libc-bin), or choose another format.")
    }
    var pending: [PendingFile] = []
    var report = ExportReport(format: plan.format)
    for file in plan.files {
      let prepared = try file.layers.map {
        try PreparedLayer($0, for: plan.format, in: referenceSystem, encoding: encoding ?? usual)
      }
      let place = try PendingFile(target: file.path, format: plan.format)
      pending.append(place)
      report.notes += prepared.flatMap(\.notes)
      report.renamings += prepared.flatMap(\.renamings)
      // Excel needs the mark to know UTF-8; who asks for an encoding gets it plain.
      report.notes += try write(prepared, plan.format, to: place, marked: encoding == nil, monitor)
      try place.flush()
    }
    try monitor.check()
    for place in pending { try place.commit() }
    report.files = zip(plan.files, pending).map { file, place in
      ExportReport.File(
        path: file.path, layers: file.layers.map { .init(name: $0.name, rows: $0.table.rowCount) },
        bytes: place.bytes)
    }
    return report
  }

  /// Refuses a system that a file of the format would not be labelled with. The shifted systems, which no format knows,
  /// are written where they are asked for: every row says it then.
  private static func check(_ system: ReferenceSystem, for format: ExportFormat) throws(ExchangeError) {
    if format.isAlwaysWGS84, system != .wgs84, !system.isShifted {
      throw ExchangeError(
        .referenceSystemUnknown, "\(format.title) is in WGS 84 by its standard, not in \(system.identifier)",
        fix: "leave `crs` out, or export to .gpkg, which names its system")
    }
    if format == .kml, !system.isGeographic {
      throw ExchangeError(
        .referenceSystemUnknown, "KML holds degrees, and \(system.identifier) is in metres",
        fix: "write `crs bd09`, which is the same in degrees, or export to .gpkg or .csv")
    }
  }

  private static func check(_ encoding: OutputEncoding, for format: ExportFormat) throws(ExchangeError) {
    let others = format.encodings.map { "encoding \($0.rawValue.lowercased())" }
    guard !format.encodings.contains(encoding) else { return }
    throw ExchangeError(
      .encodingUnfit, "\(format.title) is not written in \(encoding.rawValue)",
      fix: "leave `encoding` out" + (others.isEmpty ? "" : ", or write " + others.joined(separator: " or ")))
  }

  /// A layer as RFC 7946 GeoJSON, in memory.
  ///
  /// - Throws: `ReferenceSystemError` when coordinates cannot be brought to WGS 84.
  public static func geoJSON(_ layer: ExportLayer) throws -> [UInt8] {
    var sink = MemorySink()
    var text = GeoJSONText(try PreparedLayer(layer, for: .geojson))
    try text.write(to: &sink, monitor: WorkMonitor())
    return sink.bytes
  }

  /// A layer as a text table, in memory.
  ///
  /// - Throws: `ReferenceSystemError` when coordinates cannot be brought to WGS 84.
  public static func csv(_ layer: ExportLayer) throws -> [UInt8] {
    var sink = MemorySink()
    var text = CSVText(try PreparedLayer(layer, for: .csv))
    try text.write(to: &sink, monitor: WorkMonitor())
    return sink.bytes
  }

  private static func write(
    _ layers: [PreparedLayer], _ format: ExportFormat, to place: PendingFile, marked: Bool, _ monitor: WorkMonitor
  ) throws -> [String] {
    switch format {
    case .gpkg, .fgb, .shp, .postgis:
      var writer = DatasetWriter(format, path: place.temporary, target: place.target, monitor: monitor)
      try writer.write(layers)
      return writer.notes
    case .xlsx:
      try WorkbookFile(path: place.temporary, target: place.target).write(layers, monitor: monitor)
      return []
    case .geojson, .geojsonseq, .kml, .dxf, .csv:
      guard let layer = layers.first else { return [] }
      let sink = try FileSink(path: place.temporary)
      return try write(layer, format, to: sink, marked: marked, monitor)
    }
  }

  private static func write(
    _ layer: PreparedLayer, _ format: ExportFormat, to sink: FileSink, marked: Bool, _ monitor: WorkMonitor
  ) throws -> [String] {
    var sink = sink
    var lost = 0
    switch format {
    case .kml:
      var text = KMLText(layer)
      try text.write(to: &sink, monitor: monitor)
    case .dxf:
      var text = DrawingText(layer)
      try text.write(to: &sink, monitor: monitor)
      lost = text.lost
    case .csv where layer.encoding == .utf8:
      var text = CSVText(layer, marked: marked)
      try text.write(to: &sink, monitor: monitor)
    case .csv:
      var text = CSVText(layer)
      var encoded = EncodingSink(sink, layer.encoding)
      try text.write(to: &encoded, monitor: monitor)
      lost = encoded.lost
    default:
      var text = GeoJSONText(layer, isSequence: format == .geojsonseq)
      try text.write(to: &sink, monitor: monitor)
    }
    guard lost > 0 else { return [] }
    return [PreparedLayer.missingNote(lost, layer.encoding)]
  }
}

extension ExportFormat {
  /// The encodings that a file may be asked for in, the usual one first; none where the format has but one.
  var encodings: [OutputEncoding] {
    switch self {
    case .csv, .shp: [.utf8, .gbk, .gb18030, .big5]
    // What the code pages of release 12 are.
    case .dxf: [.gbk, .big5]
    default: []
    }
  }
}
