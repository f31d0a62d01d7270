import FeatureTables
import GeometryKernel
import TestSupport
import Testing

@testable import DataExchange

/// One bad row never fails an import.
@Suite struct RejectedRowsTests {
  private func read(_ name: String, _ text: String, _ options: ImportOptions = ImportOptions()) throws -> ImportedLayer
  {
    let folder = try TemporaryFolder()
    return try FileReader.read(try folder.write(name, text), options)
  }

  private func column(_ layer: ImportedLayer, _ name: String) -> [Value] {
    guard let column = layer.rejected?.table[name] else { return [] }
    return (0..<column.count).map { column.value(at: $0) }
  }

  @Test func rowsOfATableAreKeptAside() throws {
    let layer = try read(
      "t.csv", "name,lng,lat,row\na,117,36,x\nb,11o.5,36,y\nc,,,z\nd,117,,w\ne,500,36,v\nf,117.2,36.2,u\n")
    #expect(layer.values("name") == [.text("a"), .text("c"), .text("f")])
    #expect(layer.report.nullGeometries == 1)
    #expect(layer.rejected?.table.schema.fields.map(\.name) == ["row", "reason", "original", "name", "row_2"])
    #expect(column(layer, "row") == [.integer(2), .integer(4), .integer(5)])
    #expect(column(layer, "name") == [.text("b"), .text("d"), .text("e")])
    #expect(
      column(layer, "reason") == [
        .text("“lng” is no number: “11o.5”"), .text("“lat” is empty"), .text("coordinates outside ±180°, ±90°"),
      ])
    #expect(column(layer, "original") == [.text("11o.5, 36"), .text("117, "), .text("500.0 36.0")])
    #expect(layer.hasNote("2 rows have a place that cannot be read (first: row 2"))
    #expect(layer.hasNote("1 row has coordinates outside"))
  }

  @Test func shapesThatAreNoneAreKeptAside() throws {
    let layer = try read(
      "t.geojson",
      collection([
        (point(117, 36), #"{"n":1}"#), (#"{"type":"Pint","coordinates":[1,2]}"#, #"{"n":2}"#), ("null", #"{"n":3}"#),
        (#"{"type":"Point","coordinates":["a",2]}"#, #"{"n":4}"#),
      ]))
    #expect(layer.values("n") == [.integer(1), .integer(3)])
    #expect(column(layer, "n") == [.integer(2), .integer(4)])
    #expect(column(layer, "reason") == [.text("the type “Pint”"), .text("coordinates that are no numbers")])
    #expect(column(layer, "original")[0] == .text(#"{"type":"Pint","coordinates":[1,2]}"#))
    #expect(try read("w.csv", "wkt\nPOINT(117 36)\nPOINT(117\n").rejected?.table.rowCount == 1)
  }

  @Test func aLayerOfBadRowsIsAnError() throws {
    #expect(failure { _ = try read("t.csv", "lng,lat\na,b\nc,d\n") }?.code == .noGeometry)
    #expect(failure { _ = try read("t.csv", "lng,lat\n500,36\n600,37\n") }?.code == .outOfRange)
  }

  @Test func aGoodLayerKeepsNothingAside() throws {
    #expect(try read("t.csv", "lng,lat\n117,36\n").rejected == nil)
  }

  @Test func numbersAreThoseOfTheFile() throws {
    var options = ImportOptions()
    options.rows.limit = 3
    options.rows.condition = EvenRows()
    let layer = try read("t.csv", "n,lng,lat\n0,117,36\n1,117,36\n2,x,36\n3,117,36\n4,117,36\n6,117,36\n", options)
    #expect(layer.values("n") == [.integer(0), .integer(4)])
    #expect(column(layer, "row") == [.integer(3)])
  }
}

/// Rows whose `n` is even.
struct EvenRows: RowCondition {
  func comparisons(over schema: Schema) throws -> [ColumnComparison] { [] }

  func rows(of table: Table) throws -> [Int32] {
    guard let column = table["n"] else { return [] }
    return (0..<table.rowCount).filter { if case .integer(let n) = column.value(at: $0) { n % 2 == 0 } else { false } }
      .map(Int32.init)
  }
}
