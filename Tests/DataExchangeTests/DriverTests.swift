import CGDAL
import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// Files with what our own writer does not write, made by GDAL.
@Suite struct DriverTests {
  /// A GeoPackage of one layer, filled by `fill`.
  private func write(_ path: String, _ fields: [(String, OGRFieldType)], _ fill: (OGRFeatureH) -> Void) throws {
    GDALLibrary.start()
    let driver = try #require(GDALGetDriverByName("GPKG"))
    let dataset = try #require(GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil))
    defer { GDALClose(dataset) }
    let layer = try #require(
      SpatialReference.with(.wgs84) { GDALDatasetCreateLayer(dataset, "made", $0, wkbUnknown, nil) })
    for (name, type) in fields {
      let field = try #require(OGR_Fld_Create(name, type))
      OGR_L_CreateField(layer, field, 1)
      OGR_Fld_Destroy(field)
    }
    let feature = try #require(OGR_F_Create(OGR_L_GetLayerDefn(layer)))
    defer { OGR_F_Destroy(feature) }
    fill(feature)
    #expect(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE)
  }

  private func setShape(_ feature: OGRFeatureH, _ text: String) {
    text.withCString { start in
      var cursor: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
      var shape: OGRGeometryH?
      OGR_G_CreateFromWkt(&cursor, nil, &shape)
      OGR_F_SetGeometryDirectly(feature, shape)
    }
  }

  @Test func binaryColumnsAreLeftOutAndMomentsAreText() throws {
    let folder = try TemporaryFolder()
    let path = folder["made.gpkg"]
    try write(path, [("photo", OFTBinary), ("seen", OFTDateTime), ("n", OFTInteger)]) { feature in
      OGR_F_SetFieldDateTimeEx(feature, 1, 2021, 5, 11, 8, 30, 15.5, 100)
      OGR_F_SetFieldInteger(feature, 2, 7)
      setShape(feature, "POINT (117 36)")
    }
    let layer = try FileReader.read(path)
    #expect(layer.table.schema.fields.map(\.name) == ["seen", "n", "geometry"])
    #expect(layer.hasNote("the binary column “photo” was left out"))
    #expect(layer.values("seen") == [.text("2021-05-11T08:30:15.500Z")])
  }

  @Test(arguments: [
    ("POINT ZM (117 36 5 6)", GeometryKind.point, "measures (M) of 1 row"),
    ("CURVEPOLYGON (CIRCULARSTRING (117 36, 117.1 36.1, 117.2 36, 117.1 35.9, 117 36))", .polygon, "curves of 1 row"),
    ("MULTICURVE ((117 36, 117.1 36), CIRCULARSTRING (117 36, 117.1 36.1, 117.2 36))", .multiLineString, "curves"),
    ("TIN Z (((117 36 0, 117.1 36 0, 117 36.1 0, 117 36 0)))", .multiPolygon, "surfaces (TIN, polyhedral) of 1 row"),
  ]) func whatIsNotFlatAndStraightIsMadeSo(shape: String, kind: GeometryKind, note: String) throws {
    let folder = try TemporaryFolder()
    try write(folder["made.gpkg"], []) { setShape($0, shape) }
    let layer = try FileReader.read(folder["made.gpkg"])
    #expect(layer.table.geometry?.kind(at: 0) == kind)
    #expect(layer.hasNote(note), "\(layer.report.notes)")
    #expect(layer.report.invalid == 0)
  }

  @Test(arguments: [Double.nan, .infinity]) func aLayerWithoutNumbersIsAnError(value: Double) throws {
    let folder = try TemporaryFolder()
    try write(folder["made.gpkg"], []) { feature in
      let line = OGR_G_CreateGeometry(wkbLineString)
      OGR_G_AddPoint_2D(line, 117, 36)
      OGR_G_AddPoint_2D(line, 117, value)
      OGR_F_SetGeometryDirectly(feature, line)
    }
    let error = failure { _ = try FileReader.read(folder["made.gpkg"]) }
    #expect(error?.code == .noGeometry)
    #expect(error?.message.contains("coordinates that are no numbers") == true)
  }

  @Test func readersOnSeveralThreadsDoNotHearEachOther() async throws {
    let folder = try TemporaryFolder()
    var random = SplitMix64(seed: 9)
    let good = folder["good.gpkg"]
    try FileWriter.write([try TruncationTests.layer(rows: 200, &random)], to: good)
    let bad = try folder.write(
      "bad.geojson",
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}"#)
    let failures = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          guard task % 2 == 0 else { return failure { _ = try FileReader.read(bad) } == nil ? 0 : 1 }
          let rows = try FileReader.read(good).table.rowCount
          #expect(rows == 200)
          return 0
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(failures == 4)
  }
}
