import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// `crs gcj02` on export: on purpose, and said everywhere.
@Suite struct ShiftedExportTests {
  private func layer() -> ExportLayer {
    let table = Table(
      schema: Schema([Field("名称", .text), Field("geometry", .geometry)]),
      columns: [Column(.text(TextArray(["泉城广场"]))), Column(.geometry(GeometryArray(pointsX: [117.02], y: [36.66])))],
      rowCount: 1)
    return ExportLayer(name: "shifted", table: table, referenceSystem: .wgs84)
  }

  @Test(arguments: ExportFormat.files, [ReferenceSystem.gcj02, .bd09])
  func everyFormatTakesItAndSaysIt(format: ExportFormat, system: ReferenceSystem) throws {
    let folder = try TemporaryFolder()
    let path = folder["s." + format.fileExtension]
    let report = try FileWriter.write([layer()], to: path, in: system)
    #expect(report.notes.contains { $0.contains("the coordinates are in \(system.identifier)") })
    // A drawing has no column that could say it; the others are known again.
    let read = try FileReader.read(path, ImportOptions(referenceSystem: format == .dxf ? system : nil))
    #expect(read.referenceSystem == system)
    if format != .dxf { #expect(read.values("crs") == [.text(system.identifier)]) }
    let there = try CoordinateTransform(from: .wgs84, to: system).apply(x: 117.02, y: 36.66)
    let place = try #require(read.table.geometry)
    #expect(abs(place.xs[0] - there.x) < 1e-6 && abs(place.ys[0] - there.y) < 1e-6)
    // Written again in WGS 84, it no longer says what it was.
    let again = folder["again.gpkg"]
    try FileWriter.write([read.exported(as: "again")], to: again)
    let back = try FileReader.read(again)
    #expect(back.referenceSystem == .wgs84 && back.table["crs"] == nil)
    #expect(abs((back.table.geometry?.xs[0] ?? 0) - 117.02) < 1e-6)
  }

  /// Baidu's Mercator metres, over all of the city and back.
  @Test(arguments: [ExportFormat.gpkg, .csv], [false, true])
  func baidusMetresComeBackWithinACentimetre(format: ExportFormat, areAreas: Bool) throws {
    let seed = UInt64.random(in: 0..<1_000_000)
    var random = SplitMix64(seed: seed)
    var builder = GeometryArrayBuilder()
    for _ in 0..<200 {
      let (x, y) = (Double.random(in: 116.2...117.8, using: &random), Double.random(in: 36...37.6, using: &random))
      guard areAreas else {
        builder.appendPoint(x: x, y: y)
        continue
      }
      builder.beginRow(.polygon)
      builder.beginPart(.area)
      builder.addRing(xs: [x, x + 0.01, x, x], ys: [y, y, y + 0.01, y])
      builder.endRow()
    }
    let places = builder.finish()
    let table = Table(
      schema: Schema([Field("geometry", .geometry)]), columns: [Column(.geometry(places))], rowCount: 200)
    let folder = try TemporaryFolder()
    let path = folder["s." + format.fileExtension]
    let report = try FileWriter.write(
      [ExportLayer(name: "s", table: table, referenceSystem: .wgs84)], to: path, in: .bd09mc)
    #expect(report.notes.contains { $0.contains("the coordinates are in BD-09MC") })
    let read = try FileReader.read(path)
    #expect(read.referenceSystem == .bd09mc)
    let metres = try #require(read.table.geometry)
    #expect(metres.extent.minX > 12_900_000 && metres.extent.minY > 4_200_000)
    let back = try CoordinateTransform(from: .bd09mc, to: .wgs84).apply(to: metres).geometry
    #expect(back.coordinateCount == places.coordinateCount)
    let farthest = zip(zip(back.xs, places.xs), zip(back.ys, places.ys)).map { xs, ys in
      let (dx, dy) = ((xs.0 - xs.1) * 90_100, (ys.0 - ys.1) * 111_000)
      return (dx * dx + dy * dy).squareRoot()
    }.max()
    #expect(try #require(farthest) < 0.01, "seed \(seed)")
  }

  @Test func baidusMetresAreNoKML() throws {
    let folder = try TemporaryFolder()
    let error = failure { try FileWriter.write([layer()], to: folder["s.kml"], in: .bd09mc) }
    #expect(error?.code == .referenceSystemUnknown)
    #expect(error?.message == "KML holds degrees, and BD-09MC is in metres")
    #expect(error?.fix == "write `crs bd09`, which is the same in degrees, or export to .gpkg or .csv")
    #expect(folder.names.isEmpty)
    try FileWriter.write([layer()], to: folder["s.kml"], in: .bd09)
  }

  @Test(arguments: [ExportFormat.geojson, .geojsonseq, .kml]) func othersAreRefused(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let metric = try ReferenceSystem(parsing: "EPSG:4548")
    let error = failure { try FileWriter.write([layer()], to: folder["s." + format.fileExtension], in: metric) }
    #expect(error?.code == .referenceSystemUnknown)
    #expect(error?.fix?.contains(".gpkg") == true)
    #expect(folder.names.isEmpty)
  }

  /// Characters that an encoding has not are questions, counted, not left out.
  @Test(arguments: [ExportFormat.shp, .csv]) func missingCharactersAreTold(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    var layer = layer()
    layer.table = Table(
      schema: layer.table.schema, columns: [Column(.text(TextArray(["生僻\u{1F600}字"]))), layer.table.columns[1]],
      rowCount: 1)
    let path = folder["s." + format.fileExtension]
    let report = try FileWriter.write([layer], to: path, encoding: .gbk)
    #expect(report.notes.contains("1 character that GBK has not is written as “?”."))
    #expect(try FileReader.read(path).values("名称") == [.text("生僻?字")])
  }

  @Test(arguments: [ExportFormat.csv, .xlsx]) func tablesNameTheirProjectedSystem(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let metric = try ReferenceSystem(parsing: "EPSG:4548")
    let path = folder["s." + format.fileExtension]
    try FileWriter.write([layer()], to: path, in: metric)
    let read = try FileReader.read(path)
    #expect(read.referenceSystem == metric)
    #expect(read.values("crs") == [.text("EPSG:4548")])
    #expect(abs((read.table.geometry?.ys[0] ?? 0) - 4_058_000) < 10_000)
  }
}
