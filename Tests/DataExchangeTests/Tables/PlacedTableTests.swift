import CGDAL
import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// Where the rows of tables are.
@Suite struct PlacedTableTests {
  private func read(_ text: String, _ options: ImportOptions = ImportOptions()) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    return try FileReader.read(try folder.write("t.csv", text), options)
  }

  @Test(arguments: [
    "经度（GCJ-02）,纬度（GCJ-02）", "gcj02_lng,gcj02_lat", "高德经度,高德纬度", "lng_gcj02,lat_gcj02",
  ]) func namesTellTheSystem(header: String) throws {
    #expect(try read("name,\(header)\na,117.1,36.8\n").referenceSystem == .gcj02)
  }

  @Test(arguments: ["X坐标,Y坐标", "Lon (deg),Lat (deg)", "Point_X,Point_Y", "横坐标,纵坐标", "经 度,纬 度"])
  func namesAreFoundAsPeopleWriteThem(header: String) throws {
    #expect(try read("name,\(header)\na,117.1,36.8\n").table.geometry?.xs == [117.1])
  }

  @Test func valuesTellWhereNamesDoNot() throws {
    let layer = try read("no,a,b,n\n1,36.66512,117.12034,5\n2,36.71234,117.09876,6\n")
    #expect(layer.table.geometry?.xs == [117.12034, 117.09876])
    #expect(layer.hasNote("“b” and “a” are taken for them because of their values"))
    let abroad = try read("a,b\n-122.41942,37.77493\n-0.12776,51.50735\n")
    #expect(abroad.table.geometry?.ys == [37.77493, 51.50735])
    let shape = try read("s,t\n\"LINESTRING(117 36,117.1 36)\",x\n")
    #expect(shape.report.kindsText == "LineString 1")
  }

  @Test(arguments: [
    "a,b\n36.5,20.25\n", "a,b\n117,36\n", "a,b,c\n117.12034,36.66512,36.77777\n", "a,b\n20.12345,30.12345\n",
    "a,b\n1170.1234,36.12345\n",
  ]) func valuesThatCouldBeAnythingAreNotGuessed(text: String) throws {
    #expect(failure { _ = try read(text) }?.code == .noCoordinateColumns)
  }

  @Test(arguments: [
    ("117°10′30″E", 117.175), ("117 10 30", 117.175), ("E117°10'30.0\"", 117.175), ("东经117度10分30秒", 117.175),
    ("117°10.5'", 117.175), ("117-10-30E", 117.175), ("117° 10′ 30″", 117.175), ("117:10:30", 117.175),
    ("117.175°", 117.175), ("W 117 10 30", -117.175), ("-117 10 30", -117.175), ("36°40′12″南", -36.67),
    ("北纬 36°40′", 36 + 40 / 60.0), ("117º10’30”", 117.175), ("117°10′30′′", 117.175),
  ]) func anglesOfAllKinds(text: String, degrees: Double) throws {
    let found = try #require(Angle.degrees(in: text))
    #expect(abs(found - degrees) < 1e-12, "\(found)")
  }

  @Test(arguments: [
    "117", "117 60 0", "117 10 61", "117.5 10 30", "117 10.5 30", "a", "", "117 10 30 5", "N36E", "-36S", "181°",
    "117,10", "117 1o 30", "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8",
  ]) func whatIsNoAngle(text: String) { #expect(Angle.degrees(in: text) == nil) }

  @Test func anglesAreReadInTables() throws {
    let layer = try read("name\t经度\t纬度\na\t117°10′30″E\t36°40′12″N\nb\t117 06 00\t36.5\n")
    #expect(layer.table.geometry?.xs == [117.175, 117.1])
    #expect(layer.table.geometry?.ys == [36.67, 36.5])
  }

  @Test func decimalCommasAreRefused() throws {
    let error = failure { _ = try read("name;lng;lat\na;117,05;36,7\n") }
    #expect(error?.code == .decimalComma)
    #expect(error?.message.contains("row 1, “117,05”") == true && error?.fix?.contains("decimal points") == true)
  }

  @Test func tooManyColumnsAreRefused() throws {
    let header = (0..<100_000).map { "c\($0)" }.joined(separator: ",")
    let error = failure { _ = try read("lng,lat,\(header)\n117,36\n") }
    #expect(error?.code == .tooLarge && error?.message.contains("100002 columns") == true)
  }
}

/// Sheets that GDAL writes.
@Suite struct WorkbookTests {
  /// A workbook of one sheet for each list of rows.
  private func write(_ path: String, driver driverName: String = "XLSX", _ sheets: [(name: String, rows: [[String]])])
    throws
  {
    GDALLibrary.start()
    let driver = try #require(GDALGetDriverByName(driverName))
    let dataset = try #require(GDALCreate(driver, path, 0, 0, 0, GDT_Unknown, nil))
    defer { GDALClose(dataset) }
    for sheet in sheets {
      let layer = try #require(GDALDatasetCreateLayer(dataset, sheet.name, nil, wkbNone, nil))
      for column in sheet.rows[0].indices {
        let isNumber = sheet.rows.dropFirst().allSatisfy { Double($0[column]) != nil && !$0[column].hasPrefix("0") }
        let isWhole = sheet.rows.dropFirst().allSatisfy { Int32($0[column]) != nil }
        let field = try #require(
          OGR_Fld_Create(sheet.rows[0][column], isNumber ? (isWhole ? OFTInteger : OFTReal) : OFTString))
        OGR_L_CreateField(layer, field, 1)
        OGR_Fld_Destroy(field)
      }
      for row in sheet.rows.dropFirst() {
        let feature = try #require(OGR_F_Create(OGR_L_GetLayerDefn(layer)))
        defer { OGR_F_Destroy(feature) }
        for (column, cell) in row.enumerated() where !cell.isEmpty {
          OGR_F_SetFieldString(feature, Int32(column), cell)
        }
        #expect(OGR_L_CreateFeature(layer, feature) == OGRERR_NONE)
      }
    }
  }

  @Test(arguments: ["XLSX", "ODS"]) func sheetsAreTables(driver: String) throws {
    let folder = try TemporaryFolder()
    let path = folder["list." + driver.lowercased()]
    try write(
      path, driver: driver,
      [
        (
          "诊所",
          [
            ["名称", "编号", "经度", "纬度", "床位"], ["天桥", "007", "117.01", "36.71", "5"],
            ["历下", "012", "117.02", "36.72", "8"],
          ]
        ),
        ("说明", [["note", "by"], ["x", "y"]]),
      ])
    #expect(try FileReader.layerNames(path) == ["诊所", "说明"])
    #expect(failure { _ = try FileReader.read(path) }?.code == .layerNotNamed)
    let layer = try FileReader.read(path, ImportOptions(layer: "诊所"))
    #expect(layer.values("名称") == [.text("天桥"), .text("历下")])
    #expect(layer.values("编号") == [.text("007"), .text("012")])
    #expect(layer.values("床位") == [.integer(5), .integer(8)])
    #expect(layer.table.geometry?.xs == [117.01, 117.02])
    #expect(failure { _ = try FileReader.read(path, ImportOptions(layer: "说明")) }?.code == .noCoordinateColumns)
    let listed = try DataFile(path).layers()
    #expect(listed.map(\.kinds) == ["Point", "none"] && listed[0].rows == 2)
  }

  @Test func aTitleAboveTheNamesIsNoName() throws {
    let folder = try TemporaryFolder()
    let path = folder["t.xlsx"]
    try write(
      path,
      [
        (
          "s",
          [
            ["济南市诊所一览表", "", ""], ["", "", ""], ["名称", "经度", "纬度"], ["天桥", "117.01", "36.71"],
            ["历下", "117°01′12″", "36.72"],
          ]
        )
      ])
    let layer = try FileReader.read(path)
    #expect(layer.values("名称") == [.text("天桥"), .text("历下")])
    #expect(layer.table.geometry?.xs == [117.01, 117.02])
    #expect(layer.hasNote("of the sheet names the columns"))
  }

  @Test func whatIsNoWorkbookSaysSo() throws {
    let folder = try TemporaryFolder()
    let page = try folder.write("a.xls", "<html><table></table></html>")
    #expect(failure { _ = try FileReader.read(page) }?.code == .notWhatItClaims)
    var zip = ZipWriter()
    zip.add("hello.txt", [1])
    #expect(failure { _ = try FileReader.read(try folder.write("b.xlsx", zip.bytes)) } != nil)
  }
}
