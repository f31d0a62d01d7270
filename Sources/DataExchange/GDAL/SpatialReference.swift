import CGDAL
import Projections

/// GDAL's object for a reference system.
enum SpatialReference {
  /// Runs `body` with GDAL's object, longitude or easting first; with `nil` for no system or one that GDAL cannot read.
  static func with<Result>(
    _ system: ReferenceSystem?, _ body: (OGRSpatialReferenceH?) throws -> Result
  ) rethrows -> Result {
    guard let system, let handle = OSRNewSpatialReference(nil) else { return try body(nil) }
    defer { OSRRelease(handle) }
    guard OSRSetFromUserInput(handle, system.definition) == OGRERR_NONE else { return try body(nil) }
    OSRSetAxisMappingStrategy(handle, OAMS_TRADITIONAL_GIS_ORDER)
    return try body(handle)
  }
}
