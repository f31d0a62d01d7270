import FeatureTables
import Foundation
import GeometryKernel
import GeometryOperations
import Projections
import TestSupport
import Testing

@testable import DataExchange

@Suite(.enabled(if: SharedData.isThere, "\(SharedData.absence)"))
struct RealFileTests {
  @Test func railwayStationsKeepNamesAndPlaces() throws {
    let layer = try FileReader.read(SharedData.path("jinan_railway_station_osm.geojson"))
    #expect(layer.table.rowCount == 147)
    #expect(layer.table.schema.fields.map(\.name) == ["name", "station", "geometry"])
    #expect(layer.referenceSystem == .wgs84)
    #expect(layer.report.kindsText == "Point 147")
    #expect(layer.values("name").first == .text("济南"))
    #expect(layer.table.geometry?.xs[0] == 116.9851524)
    #expect(layer.report.notes.isEmpty)
    #expect(layer.metadata.originalReferenceSystem == "EPSG:4326 (WGS 84)")
  }

  @Test func aBareGeometryIsOneFeature() throws {
    let layer = try FileReader.read(SharedData.path("jinan_boundary_osm_wgs84.geojson"))
    #expect(layer.report.kindsText == "Polygon 1")
    #expect(layer.table.schema.attributes.isEmpty)
  }

  @Test func metroStationsAreWGS84AndSaidSo() throws {
    let layer = try FileReader.read(SharedData.path("startup_area_metro_wgs84.csv"))
    #expect(layer.table.rowCount == 15)
    #expect(layer.table.schema.fields.map(\.name) == ["name", "line_hint", "district", "geometry"])
    #expect(layer.referenceSystem == .wgs84)
    #expect(layer.hasNote("crs gcj02"))
  }

  @Test func coordinateColumnsMayNameTheirSystem() throws {
    let anchors = try FileReader.read(SharedData.path("startup_area_anchors.csv"))
    #expect(anchors.referenceSystem == .wgs84)
    #expect(anchors.table["lng_gcj02"] != nil)
    let said = ImportOptions(referenceSystem: .gcj02)
    #expect(try FileReader.read(SharedData.path("jinan_metro_stations_gcj02.csv"), said).referenceSystem == .gcj02)
  }

  @Test func streetsOfWuhanAreAllThere() throws {
    let layer = try FileReader.read(SharedData.path("wuhan_streets.gpkg"))
    #expect(layer.table.rowCount == 92_667)
    #expect(layer.referenceSystem.identifier == "EPSG:32650")
    #expect(layer.report.kindsText == "LineString 92667")
    let geometry = try #require(layer.table.geometry)
    let length = (0..<geometry.count).reduce(0.0) { $0 + (geometry.length(at: $1) ?? 0) }
    #expect(length.rounded() == 7_185_056)
  }

  @Test func aTableWithoutPlacesNamesItsColumns() {
    let error = failure { _ = try FileReader.read(SharedData.path("jinan_divisions.csv")) }
    #expect(error?.code == .noCoordinateColumns)
    #expect(error?.message.contains("id, pid, deep, name") == true)
  }

  static let roundTrips: [(file: String, format: ExportFormat)] =
    [
      "jinan_railway_station_osm.geojson", "jinan_aeroways_osm.geojson", "jinan_boundary_osm_wgs84.geojson",
      "startup_area_metro_wgs84.csv",
    ].flatMap { file in [ExportFormat.geojson, .gpkg, .csv, .fgb].map { (file, $0) } }
    + [("wuhan_streets.gpkg", .geojson), ("wuhan_streets.gpkg", .gpkg)]

  @Test(arguments: roundTrips) func aRoundTripLosesNothing(file: String, format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let before = try FileReader.read(SharedData.path(file))
    let path = folder["again." + format.fileExtension]
    let report = try FileWriter.write([before.exported(as: "again")], to: path)
    #expect(report.notes.isEmpty)
    let after = try FileReader.read(path)
    try expectSame(after, before)
  }
}

/// Same names, types, values and kinds; coordinates to 1e-7 degrees, or 2 cm where the file is projected.
func expectSame(_ after: ImportedLayer, _ before: ImportedLayer) throws {
  #expect(after.table.rowCount == before.table.rowCount)
  #expect(after.table.schema == before.table.schema)
  for field in before.table.schema.attributes {
    #expect(after.values(field.name) == before.values(field.name), "\(field.name)")
  }
  let transform = try CoordinateTransform(from: after.referenceSystem, to: before.referenceSystem)
  let new = try transform.apply(to: try #require(after.table.geometry)).geometry.rightHanded()
  let old = try #require(before.table.geometry).rightHanded()
  #expect(new.count == old.count && new.coordinateCount == old.coordinateCount)
  guard new.coordinateCount == old.coordinateCount else { return }
  let tolerance = before.referenceSystem.isGeographic ? 1e-7 : 0.02
  let far = old.xs.indices.filter {
    !(abs(new.xs[$0] - old.xs[$0]) <= tolerance && abs(new.ys[$0] - old.ys[$0]) <= tolerance)
      && !(new.xs[$0].isNaN && old.xs[$0].isNaN)
  }
  #expect(far.isEmpty)
  #expect((0..<old.count).allSatisfy { new.kind(at: $0) == old.kind(at: $0) })
}
