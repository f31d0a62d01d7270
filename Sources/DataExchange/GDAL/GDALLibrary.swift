import CGDAL

/// GDAL as a whole: started when first used, and then silent.
enum GDALLibrary {
  /// Registers the drivers. Thread-safe; about 20 ms the first time, nothing afterwards.
  static func start() { _ = started }

  private static let started: Void = {
    // Messages of threads that GDAL starts itself; those of ours are collected by `GDALMessages`.
    _ = CPLSetErrorHandler(CPLQuietErrorHandler)
    GDALAllRegister()
  }()

  /// The drivers that may open a file for import: local vector files. Drivers that follow addresses found in a file
  /// (VRT, WFS …) are left out, so that opening a file never reaches for another one or for the network; GeoJSON is
  /// read without GDAL.
  static let importDrivers = [
    "TopoJSON", "ESRIJSON", "GPKG", "ESRI Shapefile", "FlatGeobuf", "LIBKML", "KML", "GML",
    "GPX", "MapInfo File", "DXF", "OpenFileGDB", "SQLite", "OSM", "XLSX", "XLS", "ODS",
  ]

  /// How files are read: blocks of drawings fall apart into what they are made of, up to a million entities each; names in sheets are looked for by
  /// us, and nothing is written beside a file that is read.
  static func readingOptions(curveTolerance: Double?) -> [(String, String)] {
    var options = [
      ("DXF_MERGE_BLOCK_GEOMETRIES", "FALSE"), ("DXF_FEATURE_LIMIT_PER_BLOCK", "1000000"),
      ("OGR_XLS_HEADERS", "DISABLE"), ("OGR_XLS_FIELD_TYPES", "STRING"),
      ("OGR_ODS_HEADERS", "DISABLE"), ("OGR_ODS_FIELD_TYPES", "STRING"),
    ]
    if let curveTolerance { options.append((arcGap, gap(curveTolerance))) }
    return options
  }

  private static let arcGap = "OGR_ARC_MAX_GAP"

  /// GDAL takes steps of 4 degrees, and shorter ones where they would be longer than a gap c. The sagitta of a step is
  /// r (1 − cos 2°) for small radii and c² / 8r for large ones; both are the tolerance where c = 2 t / tan 1°.
  static func longestSegment(_ tolerance: Double) -> Double { tolerance * 114.57 }

  private static func gap(_ tolerance: Double) -> String { "\(longestSegment(tolerance))" }

  /// Sets how far segments may be from their curve, in units of the coordinates, for this thread from now on.
  static func setCurveTolerance(_ tolerance: Double) { CPLSetThreadLocalConfigOption(arcGap, gap(tolerance)) }

  /// Undoes it.
  static func resetCurveTolerance() { CPLSetThreadLocalConfigOption(arcGap, nil) }

  /// Runs `body` with NULL-terminated C strings, as `papsz…` arguments want them.
  static func withStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Result
  ) rethrows -> Result {
    var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    for string in strings { list = CSLAddString(list, string) }
    defer { CSLDestroy(list) }
    guard let list else { return try body(nil) }
    return try list.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: strings.count + 1) { try body($0) }
  }

  /// Runs `body` with configuration options set for this thread only.
  static func withOptions<Result: ~Copyable>(
    _ options: [(String, String)], _ body: () throws -> Result
  ) rethrows -> Result {
    let before = options.map { CPLGetThreadLocalConfigOption($0.0, nil).map { String(cString: $0) } }
    for (key, value) in options { CPLSetThreadLocalConfigOption(key, value) }
    defer { for ((key, _), value) in zip(options, before) { CPLSetThreadLocalConfigOption(key, value) } }
    return try body()
  }
}
