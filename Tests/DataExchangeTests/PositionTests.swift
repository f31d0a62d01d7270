import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

@Suite struct InvalidGeometryTests {
  private static let bowTie =
    #"{"type":"Polygon","coordinates":[[[117,36],[117.2,36.2],[117.2,36],[117,36.2],[117,36]]]}"#
  private static let square =
    #"{"type":"Polygon","coordinates":[[[117,36],[117.2,36],[117.2,36.2],[117,36.2],[117,36]]]}"#

  @Test func invalidAreasAreReportedAndKept() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "a.geojson", collection([(Self.square, "{}"), (Self.bowTie, "{}"), (Self.bowTie, "{}")]))
    let layer = try FileReader.read(path)
    #expect(layer.report.invalid == 2 && layer.report.repaired == 0)
    let first = try #require(layer.report.firstInvalid)
    #expect(first.row == 2 && first.reason.contains("Self-intersection"))
    #expect(abs((first.x ?? 0) - 117.1) < 1e-9 && abs((first.y ?? 0) - 36.1) < 1e-9)
    #expect(layer.hasNote("repair behind the import makes all of them valid"))
    #expect(layer.table.geometry?.kind(at: 1) == .polygon)
  }

  @Test func theyAreRepairedWhenAsked() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.geojson", collection([(Self.square, "{}"), (Self.bowTie, "{}")]))
    let layer = try FileReader.read(path, ImportOptions(repair: true))
    #expect(layer.report.invalid == 1 && layer.report.repaired == 1)
    let geometry = try #require(layer.table.geometry)
    #expect(geometry.kind(at: 1) == .multiPolygon)
    #expect(abs((geometry.area(at: 1) ?? 0) - 0.02) < 1e-9)
    #expect(layer.report.kindsText == "Polygon 1, MultiPolygon 1")
  }
}

@Suite struct PositionTests {
  @Test func swappedAxesAreAnErrorThatNamesTheFirstRow() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("s.geojson", collection([(point(36.8, 117.1), "{}"), (point(36.7, 117.2), "{}")]))
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .axesSwapped)
    #expect(error?.message.contains("row 1 has longitude 36.8 and latitude 117.1") == true)
  }

  @Test func swappedColumnsOfATableAsWell() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("s.csv", "name,lng,lat\na,36.8,117.1\nb,36.7,117.2\n")
    #expect(failure { _ = try FileReader.read(path) }?.code == .axesSwapped)
  }

  @Test func swappedInWesternChinaIsANote() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("u.csv", "name,lng,lat\n乌鲁木齐,43.8,87.6\n")
    #expect(try FileReader.read(path).hasNote("check whether the axes are swapped"))
  }

  @Test func oneImpossibleRowIsKeptAsideAndNamed() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "o.csv", "name,lng,lat\na,117.1,36.8\nb,1171,36.8\nc,117.2,36.9\nd,117.2,\ne,?,36\nf,nan,36\n")
    let layer = try FileReader.read(path)
    #expect(layer.report.rows == 2 && layer.rejected?.table.rowCount == 4)
    #expect(layer.hasNote("1 row has coordinates outside ±180°, ±90° (first: row 2)"))
    #expect(layer.hasNote("3 rows have a place that cannot be read (first: row 4, “lat” is empty)"))
  }

  @Test func metresThatClaimToBeDegreesAreAnErrorWithAProposal() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("m.geojson", collection([(point(39_500_000, 4_065_000), "{}")]))
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .outOfRange)
    #expect(error?.fix?.contains("crs epsg:4527") == true)
  }

  @Test func zeroCoordinatesAreCounted() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("z.csv", "name,lng,lat\na,117.1,36.8\nb,0,0\n")
    #expect(try FileReader.read(path).hasNote("1 row has the coordinate 0, 0"))
  }

  @Test func aProjectedLayerFarFromItsRegionIsWarnedOf() throws {
    let folder = try TemporaryFolder()
    let features = [(point(39_500_000, 4_065_000), "{}"), (point(39_510_000, 4_066_000), "{}")]
    let far = try folder.write("f.geojson", collection(features, crs: "urn:ogc:def:crs:EPSG::4548"))
    let layer = try FileReader.read(far)
    #expect(layer.hasNote("far from the area of use of EPSG:4548"))
    #expect(layer.hasNote("crs epsg:4527"))
    let near = try folder.write(
      "n.geojson", collection([(point(500_000, 4_065_000), "{}")], crs: "urn:ogc:def:crs:EPSG::4548"))
    #expect(try FileReader.read(near).report.notes.isEmpty)
  }

  @Test(arguments: [
    ("117.1,36.8", "crs epsg:4326"), ("39500000,4065000", "crs epsg:4527"), ("20500000,4065000", "crs epsg:4498"),
    ("13034900,4414000", "crs epsg:3857"), ("500000,4065000", "crs epsg:4548"), ("5,-9000000", "crs epsg:…"),
    (
      "39500000,4070000",
      "eastings begin with zone number 39 and the northings are near 4 070 000: write crs epsg:4527 (CGCS2000, 3-degree"
    ),
    ("39500000,4070000", "around 117.0°E, 36.76°N); if its publisher says so, crs epsg:2363 for Xian 1980"),
    ("39500000,4070000", "crs epsg:2415 for Beijing 1954"), ("20500000,4065000", "crs epsg:21420 for Beijing 1954"),
    ("13034900,4414000", "crs bd09mc"), ("500000,4065000", "at 36.72°N"),
    ("4070000,39500000", "northing before easting, as surveyors write x and y: exchange the two. The eastings begin"),
    ("4070000,500000", "northing before easting"),
  ]) func numbersProposeAReferenceSystem(position: String, proposal: String) throws {
    let parts = position.split(separator: ",").compactMap { Double($0) }
    let survey = PositionSurvey(GeometryArray(pointsX: [parts[0]], y: [parts[1]]))
    #expect(ReferenceSystemProposal.sentence(for: survey).contains(proposal))
  }

  @Test func northingBeforeEastingIsWarnedOf() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("n.csv", "name,x,y\na,4065000,500000\n")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:4548"))
    #expect(try FileReader.read(path, said).hasNote("check whether the axes are swapped"))
  }

  /// What a file says and its numbers contradict.
  @Test(arguments: [
    ("EPSG:4527", "500000,4065000", "the eastings lack the zone number 39: write crs epsg:4548"),
    ("EPSG:2363", "500000,4065000", "the eastings lack the zone number 39: write crs epsg:2384"),
    ("EPSG:4498", "500000,4065000", "the eastings lack the zone number 20: write crs epsg:4509"),
    ("EPSG:4548", "39500000,4065000", "the eastings begin with zone number 39: write crs epsg:4527"),
    ("EPSG:2384", "39500000,4065000", "the eastings begin with zone number 39: write crs epsg:2363"),
    ("EPSG:32650", "39500000,4065000", "the eastings begin with zone number 39: write crs epsg:4527"),
    ("EPSG:4548", "117.1,36.8", "the numbers look like degrees: write crs epsg:4326"),
    ("EPSG:4490", "7.4,43.7", "the coordinates lie around 7.4°E, 43.7°N, far from the area of use of EPSG:4490"),
    ("EPSG:4548", "1000000,4065000", "the coordinates lie around 122.58°E, 36.58°N, far from the area of use"),
    ("GCJ-02", "7.4,43.7", "far from the area of use of GCJ-02"),
  ]) func contradictionsAreReported(system: String, position: String, words: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("c.csv", "name,x,y\na,\(position)\n")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: system))
    let notes = try FileReader.read(path, said).report.notes
    #expect(notes.contains { $0.contains(words) }, "\(notes)")
  }

  /// Shapefiles as ArcGIS writes them: their system has a name of ESRI's and no code.
  @Test(arguments: [
    (
      #"PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",117.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#,
      "EPSG:4548", (500_000.0, 4_065_000.0)
    ),
    (
      #"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
      "EPSG:4490", (117.0, 36.7)
    ),
    (
      #"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#,
      "EPSG:3857", (13_034_900.0, 4_391_000.0)
    ),
  ])
  func shapefilesOfArcGISAreIdentified(projection: String, code: String, place: (Double, Double)) throws {
    let folder = try TemporaryFolder()
    let file = HandmadeShapefile(texts: [Array("a".utf8)], projection: projection, places: [(place.0, place.1)])
    let layer = try FileReader.read(try file.write(folder))
    #expect(layer.referenceSystem.identifier == code && layer.report.notes.isEmpty)
    #expect(layer.metadata.referenceSystemBasis == "as the file says")
  }

  @Test func baidusMetresAreReadAsSaid() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("b.csv", "name,x,y\n莱芜,13100585.696,4305395.881\n")
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "bd09mc"))
    let layer = try FileReader.read(path, said)
    #expect(layer.report.notes.isEmpty && layer.referenceSystem == .bd09mc)
    #expect(layer.metadata.referenceSystemBasis == "as written on import")
  }

  @Test func aTableOfMetresMustSayItsSystem() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("m.csv", "name,x,y\na,500000,4065000\n")
    let error = failure { _ = try FileReader.read(path) }
    #expect(error?.code == .referenceSystemMissing)
    #expect(error?.fix?.contains("epsg:4548") == true)
    let said = ImportOptions(referenceSystem: try ReferenceSystem(parsing: "EPSG:4548"))
    #expect(try FileReader.read(path, said).table.geometry?.xs == [500_000])
  }
}
