import CGDAL
import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// A GeoPackage's features in columns against the same features one by one.
@Suite struct ArrowBatchTests {
  private static let fields: [(name: String, type: OGRFieldType, subtype: OGRFieldSubType)] = [
    ("short", OFTInteger, OFSTInt16), ("whole", OFTInteger, OFSTNone),
    ("long", OFTInteger64, OFSTNone), ("single", OFTReal, OFSTFloat32), ("double", OFTReal, OFSTNone),
    ("名称", OFTString, OFSTNone),
  ]
  private static let shapes = [
    "POINT (117 36)", "POINT EMPTY", "POINT Z (117 36 5)", "LINESTRING (117 36, 117.1 36.1)",
    "CURVEPOLYGON (CIRCULARSTRING (117 36, 117.1 36.1, 117.2 36, 117.1 35.9, 117 36))", "POLYGON EMPTY",
    "MULTIPOINT ((117 36), (118 37))",
  ]

  /// Random rows with nulls in every column, more than one batch holds.
  private func write(_ path: String, rows: Int, adding other: (String, OGRFieldType, OGRFieldSubType)? = nil) throws {
    var random = SplitMix64(seed: 12)
    GDALLibrary.start()
    let driver = try #require(GDALGetDriverByName("GPKG"))
    let dataset = try #require(GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil))
    defer { GDALClose(dataset) }
    let layer = try #require(
      SpatialReference.with(.wgs84) { GDALDatasetCreateLayer(dataset, "made", $0, wkbUnknown, nil) })
    for (name, type, subtype) in Self.fields + [other].compactMap(\.self) {
      let field = try #require(OGR_Fld_Create(name, type))
      OGR_Fld_SetSubType(field, subtype)
      OGR_L_CreateField(layer, field, 1)
      OGR_Fld_Destroy(field)
    }
    GDALDatasetStartTransaction(dataset, 0)
    let shapes = Self.shapes.map { text in
      text.withCString { start in
        var cursor: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(mutating: start)
        var shape: OGRGeometryH?
        OGR_G_CreateFromWkt(&cursor, nil, &shape)
        return shape
      }
    }
    defer { for shape in shapes { OGR_G_DestroyGeometry(shape) } }
    for row in 0..<rows {
      let feature = try #require(OGR_F_Create(OGR_L_GetLayerDefn(layer)))
      defer { OGR_F_Destroy(feature) }
      func isThere() -> Bool { .random(in: 0..<4, using: &random) > 0 }
      if isThere() { OGR_F_SetFieldInteger(feature, 0, Int32(row % 60_000 - 30_000)) }
      if isThere() { OGR_F_SetFieldInteger(feature, 1, .random(in: .min ... .max, using: &random)) }
      if isThere() { OGR_F_SetFieldInteger64(feature, 2, .random(in: .min ... .max, using: &random)) }
      if isThere() { OGR_F_SetFieldDouble(feature, 3, Double(row) / 8) }
      if isThere() { OGR_F_SetFieldDouble(feature, 4, row % 9 == 0 ? .infinity : Double(row) / 7) }
      if isThere() { OGR_F_SetFieldString(feature, 5, String(repeating: "路", count: row % 5)) }
      if isThere() { OGR_F_SetGeometry(feature, shapes[row % shapes.count]) }
      #expect(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE)
    }
    GDALDatasetCommitTransaction(dataset)
  }

  private func rows(of layer: OGRLayerH) throws -> FeatureRows {
    let definition = try #require(OGR_L_GetLayerDefn(layer))
    var fields: [FieldColumn] = []
    for index in 0..<OGR_FD_GetFieldCount(definition) {
      let field = try #require(OGR_FD_GetFieldDefn(definition, index))
      fields.append(try #require(FieldColumn(index: index, definition: field, reservingRows: 10)))
    }
    return FeatureRows(fields, reservingRows: 10)
  }

  private func unreadable() { Issue.record("the file does not open") }

  @Test func columnsHoldWhatFeaturesDo() throws {
    let folder = try TemporaryFolder()
    try write(folder["made.gpkg"], rows: 4500)
    guard let dataset = GDALDataset(reading: folder["made.gpkg"], drivers: ["GPKG"], options: []),
      let layer = dataset.layer(0)
    else { return unreadable() }
    var features = try rows(of: layer)
    try features.readFeatures(layer) { _ in }
    var batches = try rows(of: layer)
    var told: [Int] = []
    let isRead = try batches.readBatches(layer) { told.append($0) }
    #expect(isRead)
    #expect(told == [4096, 4500])
    #expect(features.count == 4500 && batches.count == 4500)
    for i in features.fields.indices {
      #expect(batches.fields[i].notFinite == features.fields[i].notFinite)
      let (expected, found) = (features.fields[i].finish(), batches.fields[i].finish())
      #expect(expected.validity == found.validity && expected.nullCount > 0)
      let same = (0..<4500).allSatisfy { expected.value(at: $0) == found.value(at: $0) }
      #expect(same, "\(Self.fields[i].name)")
    }
    #expect(features.fields[4].notFinite > 0)
    #expect(batches.geometry.notes == features.geometry.notes)
    #expect(!batches.geometry.notes.isEmpty)
    let (expected, found) = (features.geometry.finish(), batches.geometry.finish())
    #expect(found.xs == expected.xs)
    #expect(found.ys == expected.ys)
    #expect(found.kinds == expected.kinds)
    #expect(found.ringStarts == expected.ringStarts)
    #expect(found.rowStarts == expected.rowStarts)
  }

  @Test(arguments: [("seen", OFTDateTime, OFSTNone), ("day", OFTDate, OFSTNone), ("truth", OFTInteger, OFSTBoolean)])
  func aColumnInAnotherFormLeavesTheLayerToItsFeatures(name: String, type: OGRFieldType, subtype: OGRFieldSubType)
    throws
  {
    let folder = try TemporaryFolder()
    try write(folder["made.gpkg"], rows: 5, adding: (name, type, subtype))
    guard let dataset = GDALDataset(reading: folder["made.gpkg"], drivers: ["GPKG"], options: []),
      let layer = dataset.layer(0)
    else { return unreadable() }
    var batches = try rows(of: layer)
    let isRead = try batches.readBatches(layer) { _ in }
    #expect(!isRead)
    #expect(batches.count == 0)
    #expect(try FileReader.read(folder["made.gpkg"]).table.rowCount == 5)
  }
}
