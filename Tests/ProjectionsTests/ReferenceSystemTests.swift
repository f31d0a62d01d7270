import GeometryKernel
import Testing

@testable import Projections

@Suite struct ReferenceSystemTests {
  /// The `.prj` that ArcGIS writes beside a shapefile in Jinan's zone.
  static let esriZone117 = """
    PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",\
    DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],\
    UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],\
    PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],\
    PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]
    """

  /// The same written by hand, with a central meridian that no code has.
  static let ownZone = esriZone117.replacing("117.0", with: "117.5").replacing("CM_117E", with: "Own")

  @Test(arguments: [
    ("epsg:4548", "EPSG:4548"), ("EPSG:4548", "EPSG:4548"), ("  EPSG:4326\n", "EPSG:4326"),
    ("gcj02", "GCJ-02"), ("GCJ-02", "GCJ-02"), ("bd09", "BD-09"), ("bd-09", "BD-09"), ("wgs84", "EPSG:4326"),
    ("cgcs2000", "EPSG:4490"), ("urn:ogc:def:crs:EPSG::4548", "EPSG:4548"),
    ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
    ("OGC:CRS84", "EPSG:4326"), ("http://www.opengis.net/def/crs/EPSG/0/4527", "EPSG:4527"),
    ("+proj=utm +zone=50 +datum=WGS84 +units=m +no_defs", "EPSG:32650"),
    ("+proj=longlat +datum=WGS84 +no_defs", "EPSG:4326"), ("EPSG:4326+5773", "EPSG:4326"),
    (esriZone117, "EPSG:4548"),
    (esriZone117.replacing("500000", with: "39500000").replacing("CM_117E", with: "Zone_39"), "EPSG:4527"),
    (esriZone117.replacing("117", with: "114"), "EPSG:4547"),
  ])
  func aTextNamesASystem(text: String, identifier: String) throws {
    #expect(try ReferenceSystem(parsing: text).identifier == identifier)
  }

  @Test func aSystemKnowsItsUnitNameAndArea() throws {
    let zone = try ReferenceSystem(parsing: "EPSG:4548")
    #expect(zone.name == "CGCS2000 / 3-degree Gauss-Kruger CM 117E")
    #expect(!zone.isGeographic)
    #expect(zone.metresPerUnit == 1)
    #expect(zone.epsgCode == 4548)
    let area = try #require(zone.areaOfUse)
    #expect(area.minX == 115.5 && area.maxX == 118.5)
    #expect(zone.description == "EPSG:4548 (CGCS2000 / 3-degree Gauss-Kruger CM 117E)")

    let feet = try ReferenceSystem(parsing: "EPSG:2263")
    #expect(abs((feet.metresPerUnit ?? 0) - 1200.0 / 3937) < 1e-12)
    #expect(try ReferenceSystem(parsing: "EPSG:4490").isGeographic)
    #expect(try ReferenceSystem(parsing: "EPSG:4490").metresPerUnit == nil)
    let wgs84 = try ReferenceSystem(parsing: "EPSG:4326")
    #expect(wgs84.name == ReferenceSystem.wgs84.name)
    #expect(wgs84.areaOfUse == ReferenceSystem.wgs84.areaOfUse)
    #expect(wgs84.geodeticName == ReferenceSystem.wgs84.geodeticName)
  }

  @Test func aSystemWithoutACodeKeepsItsTextAndReadsBack() throws {
    let own = try ReferenceSystem(parsing: Self.ownZone)
    #expect(own.identifier.hasPrefix("PROJCRS["))
    #expect(!own.identifier.contains("\n"))
    #expect(own.epsgCode == nil)
    #expect(own.metresPerUnit == 1)
    #expect(try ReferenceSystem(parsing: own.identifier) == own)
  }

  @Test(arguments: [
    ("", "names no reference system"), ("beijing", "names no reference system"), ("4548", "EPSG:4548"),
    ("EPSG:999999", "no reference system has the code “EPSG:999999”"), ("NOPE:1", "has the code “NOPE:1”"),
    ("EPSG:5773", "a system of heights"), ("EPSG:4978", "a geocentric system"),
    ("EPSG:9122", "has the code “EPSG:9122”"),
    ("PROJCS[\"half", "cannot be read"), ("+proj=nosuch", "cannot be read"), ("+foo", "cannot be read"),
    ("LOCAL_CS[\"here\",UNIT[\"metre\",1]]", "a local system"), ("name[1]", "cannot be read"), ("{}", "cannot be read"),
  ])
  func aTextThatNamesNoneIsAnErrorWithWhatToWrite(text: String, said: String) {
    let error = #expect(throws: ReferenceSystemError.self) { try ReferenceSystem(parsing: text) }
    let description = error?.description ?? ""
    #expect(description.contains(said), "\(description)")
    #expect(description.contains("EPSG:4548"), "\(description)")
  }

  @Test(arguments: [
    (116.9, 36.7, 4548), (114.3, 30.6, 4547), (75.0, 39.5, 4534), (73.5, 39.0, 4534), (136.5, 48.0, 4554),
    (7.42, 43.73, 32632), (-70.6, -33.4, 32719), (-180, 10, 32601), (180, 10, 32601), (179.9, 10, 32660),
    (117, 2.9, 32650), (10, 85, 32661), (10, -85, 32761), (115.5, 30, 4548),
  ])
  func theWorkingSystemFollowsThePlace(longitude: Double, latitude: Double, code: Int) throws {
    let extent = Box(
      minX: longitude - 0.25, minY: latitude - 0.25, maxX: longitude + 0.25, maxY: latitude + 0.25)
    let working = ReferenceSystem.working(forExtent: extent)
    #expect(working == (try ReferenceSystem(parsing: "EPSG:\(code)")))
    #expect(working.metresPerUnit == 1)
  }

  @Test func allZonesOfChinaAreTheZonesTheirNamesSay() {
    for meridian in stride(from: 75, through: 135, by: 3) {
      let middle = Double(meridian)
      let zone = ReferenceSystem.working(forExtent: Box(minX: middle, minY: 30, maxX: middle, maxY: 31))
      #expect(zone.name == "CGCS2000 / 3-degree Gauss-Kruger CM \(meridian)E")
    }
    #expect(ReferenceSystem.working(forExtent: .empty).identifier == "EPSG:4548")
    let broken = Box(minX: .nan, minY: 0, maxX: 1, maxY: 1)
    #expect(ReferenceSystem.working(forExtent: broken).identifier == "EPSG:4548")
  }
}
