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

  /// Ten points, the eighth of them nowhere on the earth.
  private func points() -> ExportLayer {
    let xs = (0..<10).map { $0 == 7 ? 500 : 117 + Double($0) / 100 }
    let table = Table(
      schema: Schema([Field("n", .integer), Field("geometry", .geometry)]),
      columns: [
        Column(.integer((0..<10).map { Int64($0) })),
        Column(.geometry(GeometryArray(pointsX: xs, y: xs.map { _ in 36 }))),
      ], rowCount: 10)
    return ExportLayer(name: "t", table: table, referenceSystem: .wgs84)
  }

  /// A driver hands out only what a condition takes; the rows are numbered as they are in the file all the same.
  @Test(arguments: [ExportFormat.gpkg, .shp, .fgb, .geojson, .csv])
  func numbersAreThoseOfTheFileWhateverTheDriverLeavesOut(format: ExportFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder["t." + format.fileExtension]
    try FileWriter.write([points()], to: path)
    let whole = try FileReader.read(path)
    var options = ImportOptions()
    options.rows.condition = LastRows()
    let some = try FileReader.read(path, options)
    #expect(some.table.rowCount == 4)
    #expect(column(some, "n") == [.integer(7)] && column(some, "row") == column(whole, "row"))
    guard case .integer(let row)? = column(some, "row").first else { return }
    #expect(format == .fgb || row == 8)
    #expect(some.hasNote("1 row has coordinates outside ±180°, ±90° (first: row \(row));"), "\(some.report.notes)")
  }

  /// What cannot be read among a few chosen rows says nothing of the others.
  @Test(arguments: ["geojson", "csv"]) func chosenRowsWithoutAPlaceAreKeptAsideToo(format: String) throws {
    let folder = try TemporaryFolder()
    let path =
      format == "csv"
      ? try folder.write("t.csv", "lng,lat,n\n117,36,1\nx,36,6\n500,100,8\n117.1,36,2\n117.2,36,3\n")
      : try folder.write(
        "t.geojson",
        collection([
          (point(117, 36), #"{"n":1}"#), (#"{"type":"Point","coordinates":["x",36]}"#, #"{"n":6}"#),
          (point(500, 100), #"{"n":8}"#), (point(117.1, 36), #"{"n":2}"#), (point(117.2, 36), #"{"n":3}"#),
        ]))
    var options = ImportOptions()
    options.rows.condition = LastRows()
    let some = try FileReader.read(path, options)
    #expect(some.table.rowCount == 0 && column(some, "row") == [.integer(2), .integer(3)])
    options.rows = RowSelection(box: Box(minX: 0, minY: 0, maxX: 1, maxY: 1))
    #expect(column(try FileReader.read(path, options), "row") == [.integer(2)])
    options.rows = RowSelection(limit: 1)
    #expect(try FileReader.read(path, options).rejected == nil)
    options.rows = RowSelection(box: Box(minX: 0, minY: 0, maxX: 1, maxY: 1))
    let none = try FileReader.read(try folder.write("none.csv", "lng,lat\n117,36\n"), options)
    #expect(none.hasNote("none of its rows is what was asked for"))
  }

  /// Where nobody says which rows they are, they are counted among those that were asked for, and that is said.
  @Test func whereNumbersAreNotKnownThatIsSaid() throws {
    let folder = try TemporaryFolder()
    try FileWriter.write([points()], to: folder["t.kml"])
    var options = ImportOptions()
    options.rows.condition = LastRows()
    let some = try FileReader.read(folder["t.kml"], options)
    #expect(some.rejected?.isCountedAmongTaken == true)
    #expect(column(some, "n") == [.integer(7)] && column(some, "row") == [.integer(3)])
    #expect(some.hasNote("(first: row 3 of those that were asked for)"), "\(some.report.notes)")
  }
}

/// `n >= 5`, as drivers are asked it.
private struct LastRows: RowCondition {
  func comparisons(over schema: Schema) throws -> [ColumnComparison] {
    [ColumnComparison("n", .greaterOrEqual, [.integer(5)])]
  }

  func columns(over schema: Schema) throws -> Set<String> { ["n"] }

  func rows(of table: Table) throws -> [Int32] {
    guard let column = table["n"] else { return [] }
    return (0..<table.rowCount).filter { if case .integer(let n) = column.value(at: $0) { n >= 5 } else { false } }
      .map(Int32.init)
  }
}

/// Rows whose `n` is even.
struct EvenRows: RowCondition {
  func comparisons(over schema: Schema) throws -> [ColumnComparison] { [] }

  func columns(over schema: Schema) throws -> Set<String> { ["n"] }

  func rows(of table: Table) throws -> [Int32] {
    guard let column = table["n"] else { return [] }
    return (0..<table.rowCount).filter { if case .integer(let n) = column.value(at: $0) { n % 2 == 0 } else { false } }
      .map(Int32.init)
  }
}
