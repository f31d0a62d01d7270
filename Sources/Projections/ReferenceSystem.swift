import GeometryKernel

/// What the coordinates of a layer mean: a coordinate reference system of PROJ, or one of China's shifted ones.
///
/// Two systems are equal when their identifiers are. Coordinates are always longitude then latitude, or easting then
/// northing, whatever the order of the axes in the definition.
public struct ReferenceSystem: Sendable {
  /// `EPSG:4548`, `GCJ-02`, `BD-09`, `BD-09MC`; well-known text (WKT 2) for a system without a code.
  public let identifier: String
  /// The name in the EPSG dataset or in the definition, as `CGCS2000 / 3-degree Gauss-Kruger CM 117E`.
  public let name: String
  /// True when coordinates are degrees of longitude and latitude.
  public let isGeographic: Bool
  /// Metres in one unit of a projected system's coordinates; `nil` for a geographic system.
  public let metresPerUnit: Double?
  /// Where the system is meant to be used, in degrees of longitude and latitude, when known. Across the antimeridian
  /// `maxX` is above 180.
  public let areaOfUse: Box?
  /// What PROJ is given; for the shifted ones, which PROJ does not know, WGS 84's code.
  public let definition: String
  /// The name of the geodetic system below a projection, as `China Geodetic Coordinate System 2000`.
  public let geodeticName: String

  init(
    identifier: String, name: String, metresPerUnit: Double?, areaOfUse: Box?, definition: String, geodeticName: String
  ) {
    self.identifier = identifier
    self.name = name
    self.isGeographic = metresPerUnit == nil
    self.metresPerUnit = metresPerUnit
    self.areaOfUse = areaOfUse
    self.definition = definition
    self.geodeticName = geodeticName
  }

  /// Longitude and latitude on WGS 84, as in GPS and GeoJSON.
  public static let wgs84 = ReferenceSystem(
    identifier: "EPSG:4326", name: "WGS 84", metresPerUnit: nil,
    areaOfUse: Box(minX: -180, minY: -90, maxX: 180, maxY: 90), definition: "EPSG:4326", geodeticName: "WGS 84")

  /// The shifted longitude and latitude of Chinese public maps (Amap, Tencent): 国测局坐标.
  public static let gcj02 = ReferenceSystem(
    identifier: "GCJ-02", name: "GCJ-02 (国测局坐标)", metresPerUnit: nil, areaOfUse: ShiftedDatum.area,
    definition: "EPSG:4326", geodeticName: "GCJ-02")

  /// Baidu's second shift on top of GCJ-02: 百度坐标.
  public static let bd09 = ReferenceSystem(
    identifier: "BD-09", name: "BD-09 (百度坐标)", metresPerUnit: nil, areaOfUse: ShiftedDatum.area,
    definition: "EPSG:4326", geodeticName: "BD-09")

  /// BD-09 in the Mercator metres of Baidu's maps and services: 百度墨卡托坐标.
  public static let bd09mc = ReferenceSystem(
    identifier: "BD-09MC", name: "BD-09MC (百度墨卡托坐标)", metresPerUnit: 1, areaOfUse: ShiftedDatum.area,
    definition: "EPSG:4326", geodeticName: "BD-09")

  /// Those of China's public maps, which no file can name and other programs take for WGS 84.
  public static let shifted = [gcj02, bd09, bd09mc]

  /// True for GCJ-02 and Baidu's two.
  public var isShifted: Bool { shift != nil }

  /// The shift that this system adds to WGS 84, if it is one of ours.
  var shift: ShiftedDatum? {
    switch identifier {
    case Self.gcj02.identifier: .gcj02
    case Self.bd09.identifier: .bd09
    case Self.bd09mc.identifier: .bd09mc
    default: nil
    }
  }

  /// What PROJ is given for a transformation towards another system, or back.
  ///
  /// Between WGS 84 and CGCS2000 PROJ knows nothing but to take longitudes and latitudes over, and finds that out in a
  /// search of 60 ms. A projection of CGCS2000 is therefore asked for from its own longitudes and latitudes: the same
  /// steps, and the same bytes.
  func definition(towards other: ReferenceSystem) -> String {
    guard definition == Self.wgs84.definition, other.geodeticName == Self.cgcs2000Name, other.metresPerUnit != nil,
      other.epsgCode != nil
    else { return definition }
    return Self.cgcs2000Code
  }

  static let cgcs2000Code = "EPSG:4490"
  static let cgcs2000Name = "China Geodetic Coordinate System 2000"

  /// The number of an `EPSG:` identifier.
  public var epsgCode: Int? {
    guard identifier.hasPrefix("EPSG:") else { return nil }
    return Int(identifier.dropFirst(5))
  }
}

extension ReferenceSystem: Hashable {
  public static func == (a: Self, b: Self) -> Bool { a.identifier == b.identifier }
  public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

extension ReferenceSystem: CustomStringConvertible {
  /// `EPSG:4548 (CGCS2000 / 3-degree Gauss-Kruger CM 117E)`; the name alone for a system without a code.
  public var description: String {
    let isCode = shift == nil && !identifier.contains("[")
    return isCode ? "\(identifier) (\(name))" : name
  }
}
