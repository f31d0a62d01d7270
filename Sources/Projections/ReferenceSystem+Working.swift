import GeometryKernel

extension ReferenceSystem {
  /// The metric system in which data of an extent is measured.
  ///
  /// In China (longitude 73.5 to 136.5°, latitude 3 to 54°) the CGCS2000 3-degree Gauss–Krüger zone, without a zone
  /// number in its eastings, around the extent's middle: EPSG 4534 for the central meridian 75° to 4554 for 135°.
  /// Elsewhere the WGS 84 UTM zone, or the polar stereographic system beyond 84° N and 80° S. For an extent that holds
  /// nothing, Jinan's EPSG:4548.
  ///
  /// - Parameter lonLat: degrees on WGS 84.
  public static func working(forExtent lonLat: Box) -> ReferenceSystem {
    let longitude = lonLat.centerX
    let latitude = lonLat.centerY
    guard !lonLat.isEmpty, longitude.isFinite, latitude.isFinite else { return gaussKruger(centralMeridian: 117) }
    if (73.5...136.5).contains(longitude) && (3...54).contains(latitude) {
      let meridian = Int((longitude / 3).rounded()) * 3
      return gaussKruger(centralMeridian: min(max(meridian, 75), 135))
    }
    if latitude > 84 { return projected(32661, name: "WGS 84 / UPS North (N,E)", geodetic: "WGS 84") }
    if latitude < -80 { return projected(32761, name: "WGS 84 / UPS South (N,E)", geodetic: "WGS 84") }
    let turns = (longitude + 180) / 360
    let zone = min(Int((turns - turns.rounded(.down)) * 60), 59) + 1
    return projected(
      (latitude < 0 ? 32700 : 32600) + zone, name: "WGS 84 / UTM zone \(zone)\(latitude < 0 ? "S" : "N")",
      geodetic: "WGS 84")
  }

  private static func gaussKruger(centralMeridian: Int) -> ReferenceSystem {
    projected(
      4534 + (centralMeridian - 75) / 3, name: "CGCS2000 / 3-degree Gauss-Kruger CM \(centralMeridian)E",
      geodetic: cgcs2000Name)
  }

  /// The system as PROJ's database describes it, or by its code alone where the database is missing: whoever then
  /// transforms anything is told so.
  private static func projected(_ code: Int, name: String, geodetic: String) -> ReferenceSystem {
    if let known = try? ReferenceSystem(parsing: "EPSG:\(code)") { return known }
    return ReferenceSystem(
      identifier: "EPSG:\(code)", name: name, metresPerUnit: 1, areaOfUse: nil, definition: "EPSG:\(code)",
      geodeticName: geodetic)
  }
}
