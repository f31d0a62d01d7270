import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

@Suite struct TextTableTests {
  private func read(_ text: String, _ options: ImportOptions = ImportOptions()) throws -> ImportedLayer {
    let folder = try TemporaryFolder()
    return try FileReader.read(try folder.write("t.csv", text), options)
  }

  @Test func typesAreThoseOfTheWholeColumn() throws {
    let layer = try read(
      #"""
      code,n,r,b,d,t,late,lon,lat
      007,1,1.5,true,2021-05-11,a,1,117.1,36.8
      012,-2,2,FALSE,2021/06/01,"b, ""c""",2,117.2,36.9
      ,,,,,,x,117.3,36.7

      """#)
    let types = layer.table.schema.attributes.map(\.type)
    #expect(types == [.text, .integer, .plainNumber, .boolean, .date, .text, .text])
    #expect(layer.values("code") == [.text("007"), .text("012"), .null])
    #expect(layer.values("n") == [.integer(1), .integer(-2), .null])
    #expect(layer.values("b") == [.boolean(true), .boolean(false), .null])
    #expect(layer.values("t") == [.text("a"), .text("b, \"c\""), .null])
  }

  @Test(arguments: [
    ("12", ValueType.integer), ("-9223372036854775808", .integer), ("9223372036854775808", .text), ("0", .integer),
    ("-0", .integer), ("00", .text), ("0.5", .plainNumber), (".5", .plainNumber), ("5.", .plainNumber),
    ("1e-7", .plainNumber),
    ("1e999", .text), ("1e", .text), ("+5", .text), ("-", .text), (".", .text), ("0x1F", .text), ("1 000", .text),
    ("nan", .text), ("2021-02-30", .text), ("True", .boolean), ("370100000000", .integer),
  ]) func aCellLooksLike(cell: String, type: ValueType) throws {
    #expect(try read("v,lon,lat\n\(cell),117,36\n").table.schema.fields[0].type == type)
  }

  @Test func quotesMeanTextUnlessEverythingIsQuoted() throws {
    #expect(try read("v,lon,lat\n\"12\",117,36\n").table.schema.fields[0].type == .text)
    let all = try read("\"v\",\"lon\",\"lat\"\n\"12\",\"117\",\"36\"\n")
    #expect(all.table.schema.fields[0].type == .integer)
    #expect(all.report.nullGeometries == 0)
    #expect(try read("v,lon,lat\n\"\",117,36\n,117,36\n").values("v") == [.text(""), .null])
  }

  @Test(arguments: [
    "lng,lat", "lon,lat", "long,lat", "longitude,latitude", "x,y", "X,Y", "Longitude,LATITUDE", "经度,纬度",
    "easting,northing",
  ]) func coordinateColumnsAreFoundByName(header: String) throws {
    let layer = try read("name,\(header)\na,117.1,36.8\n")
    #expect(layer.table.geometry?.xs == [117.1])
    #expect(layer.table.schema.fields.map(\.name) == ["name", "geometry"])
  }

  @Test(arguments: [",", "\t", ";", "|"]) func separatorsAreFound(separator: String) throws {
    let layer = try read("name,lng,lat\na b,117.1,36.8\n".split(separator: ",").joined(separator: separator))
    #expect(layer.values("name") == [.text("a b")])
  }

  @Test(arguments: ["\n", "\r\n", "\r"]) func lineEndsOfAllSystems(end: String) throws {
    let layer = try read("\u{FEFF}name,lng,lat\(end)\"a\(end)b\",117.1,36.8\(end)\(end)c,117,36")
    #expect(layer.values("name") == [.text("a\(end)b"), .text("c")])
  }

  @Test func wellKnownTextIsAGeometry() throws {
    let layer = try read(
      "name,wkt\na,\"POLYGON((117 36,117.1 36,117.1 36.1,117 36))\"\nb,POINT(117 36)\nc,\nd,nonsense\n"
        + "e,\"CIRCULARSTRING(117 36,117.1 36.1,117.2 36)\"\nf,SRID=4326;POINT Z (117 36 5)\ng,POINT EMPTY\n")
    #expect(layer.report.kindsText == "Point 3, LineString 1, Polygon 1")
    #expect(layer.report.nullGeometries == 1 && layer.report.emptyGeometries == 1)
    #expect(layer.hasNote("first: row 4"))
    #expect(layer.hasNote("curves of 1 row"))
    #expect(layer.hasNote("heights (Z) of 1 row"))
    #expect(layer.hasNote("read as WGS 84"))
  }

  @Test func shapesGoBeforeTheirCentres() throws {
    let shapes = try read("lng,lat,wkt\n117,36,\"LINESTRING(117 36,117.1 36)\"\n")
    #expect(shapes.report.kindsText == "LineString 1" && shapes.table["lng"] != nil)
    #expect(try read("lng,lat,geom\n117,36,none\n").report.kindsText == "Point 1")
  }

  @Test func rowsOfOtherLengthsAreNamed() throws {
    let layer = try read("name,lng,lat,a\nx,117,36,1\ny,117,36\nz,117,36,1,2\n")
    #expect(layer.hasNote("fewer cells than the first line (first: line 3)"))
    #expect(layer.hasNote("more cells than the first line (first: line 4)"))
    #expect(layer.values("a") == [.integer(1), .null, .integer(1)])
  }

  @Test func whatIsCutOffIsAnError() throws {
    #expect(failure { _ = try read("name,lng,lat\nx,117,36\ny,11") }?.code == .truncated)
    let open = failure { _ = try read("name,lng,lat\n\"x,117,36\ny,117,36\n") }
    #expect(open?.code == .truncated)
    #expect(open?.message.contains("line 2") == true)
  }

  @Test func encodingsAreSaidOrFound() throws {
    let folder = try TemporaryFolder()
    let gbk: [UInt8] = Array("name,lng,lat\n".utf8) + [0xBC, 0xC3, 0xC4, 0xCF] + Array(",117,36\n".utf8)
    let path = try folder.write("gbk.csv", gbk)
    #expect(try FileReader.read(path).values("name") == [.text("济南")])
    #expect(try FileReader.read(path, ImportOptions(encoding: "GBK")).values("name") == [.text("济南")])
    #expect(try FileReader.read(path, ImportOptions(encoding: "gb18030")).values("name") == [.text("济南")])
    #expect(failure { _ = try FileReader.read(path, ImportOptions(encoding: "klingon")) }?.code == .encodingUnknown)
  }
}
