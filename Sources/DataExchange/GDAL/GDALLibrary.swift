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
    "GPX", "MapInfo File", "DXF", "CAD", "OpenFileGDB", "SQLite", "OSM", "XLSX", "ODS",
  ]

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
  static func withOptions<Result>(_ options: [(String, String)], _ body: () throws -> Result) rethrows -> Result {
    for (key, value) in options { CPLSetThreadLocalConfigOption(key, value) }
    defer { for (key, _) in options { CPLSetThreadLocalConfigOption(key, nil) } }
    return try body()
  }
}
