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
    guard OSRSetFromUserInput(handle, definition(of: system)) == OGRERR_NONE else { return try body(nil) }
    OSRSetAxisMappingStrategy(handle, OAMS_TRADITIONAL_GIS_ORDER)
    return try body(handle)
  }

  /// A shifted system of Chinese maps is a local one with its name: no program takes it for WGS 84, and `shifted` finds it.
  private static func definition(of system: ReferenceSystem) -> String {
    guard system.isShifted else { return system.definition }
    let unit = system.isGeographic ? "UNIT[\"degree\",0.0174532925199433]" : "UNIT[\"metre\",1]"
    return "LOCAL_CS[\"\(system.identifier)\",\(unit),AXIS[\"X\",EAST],AXIS[\"Y\",NORTH]]"
  }

  /// The shifted system that a local one is by its name.
  static func shifted(_ system: OGRSpatialReferenceH) -> ReferenceSystem? {
    guard let name = OSRGetName(system), let known = try? ReferenceSystem(parsing: String(cString: name)) else {
      return nil
    }
    return known.isShifted ? known : nil
  }
}
