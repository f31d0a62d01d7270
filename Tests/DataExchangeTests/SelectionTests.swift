import FeatureTables
import GeometryKernel
import Projections
import TestSupport
import Testing

@testable import DataExchange

/// Which rows are read.
@Suite struct SelectionTests {
  static let seed: UInt64 = 20_261_121

  /// `kind == "park" and pop > 500`, as a driver and as we ask it.
  private struct Parks: RowCondition {
    func comparisons(over schema: Schema) throws -> [ColumnComparison] {
      [
        ColumnComparison("kind", .equal, [.text("park"), .text("公园")]),
        ColumnComparison("pop", .greater, [.integer(500)]),
      ]
    }

    func columns(over schema: Schema) throws -> Set<String> { ["kind", "pop"] }

    func rows(of table: Table) throws -> [Int32] {
      guard let kind = table["kind"], let pop = table["pop"] else { return [] }
      return (0..<table.rowCount).filter { row in
        guard case .integer(let pop) = pop.value(at: row) else { return false }
        return pop > 500 && [.text("park"), .text("公园")].contains(kind.value(at: row))
      }.map(Int32.init)
    }
  }

  /// Points with a kind, in small and capital letters, and a number.
  private func layer(rows: Int, in system: ReferenceSystem) throws -> ExportLayer {
    var random = SplitMix64(seed: Self.seed)
    var (kinds, pops, xs, ys) = ([String](), [Int64](), [Double](), [Double]())
    for _ in 0..<rows {
      kinds.append(["park", "PARK", "公园", "school", "o'hara"].randomElement(using: &random) ?? "")
      pops.append(Int64.random(in: 0...1000, using: &random))
      xs.append(Double.random(in: 116.5...117.5, using: &random))
      ys.append(Double.random(in: 36...37, using: &random))
    }
    let degrees = GeometryArray(pointsX: xs, y: ys)
    let geometry = try CoordinateTransform(from: .wgs84, to: system).apply(to: degrees).geometry
    let table = Table(
      schema: Schema([Field("kind", .text), Field("pop", .integer), Field("geometry", .geometry)]),
      columns: [Column(.text(TextArray(kinds))), Column(.integer(pops)), Column(.geometry(geometry))], rowCount: rows)
    return ExportLayer(name: "s", table: table, referenceSystem: system)
  }

  @Test(arguments: ["gpkg", "shp", "fgb", "geojson", "geojsonl", "csv", "xlsx"], ["EPSG:4326", "EPSG:4548"])
  func allFormatsGiveTheSameRows(format: String, system: String) throws {
    // These are written in degrees whatever the layer is in.
    if system != "EPSG:4326", ["csv", "geojson", "geojsonl", "xlsx"].contains(format) { return }
    let folder = try TemporaryFolder()
    let path = folder["s." + format]
    try FileWriter.write([try layer(rows: 400, in: ReferenceSystem(parsing: system))], to: path)
    let whole = try FileReader.read(path)
    let box = Box(minX: 116.8, minY: 36.2, maxX: 117.2, maxY: 36.7)
    let degrees = try CoordinateTransform(from: whole.referenceSystem, to: .wgs84).apply(
      to: try #require(whole.table.geometry)
    ).geometry
    let inBox = (0..<400).filter { box.contains(x: degrees.xs[$0], y: degrees.ys[$0]) }
    let parks = Set(try Parks().rows(of: whole.table).map(Int.init))
    #expect(inBox.count > 20 && parks.count > 20)
    for (condition, box, limit) in [
      (Parks(), nil, nil), (nil, box, nil), (Parks(), box, nil), (Parks(), nil, 7), (nil, box, 5), (nil, nil, 3),
      (Parks(), box, 4),
    ] as [(Parks?, Box?, Int?)] {
      var options = ImportOptions()
      options.rows = RowSelection(condition: condition, box: box, limit: limit)
      var wanted = Array(0..<400)
      if condition != nil { wanted.removeAll { !parks.contains($0) } }
      if box != nil { wanted.removeAll { !inBox.contains($0) } }
      wanted = Array(wanted.prefix(limit ?? 400))
      let read = try FileReader.read(path, options)
      let pops = whole.values("pop")
      #expect(
        read.values("pop") == wanted.map { pops[$0] },
        "seed \(Self.seed), \(format), \(condition != nil), \(box != nil), \(limit ?? 0)")
    }
  }

  @Test(arguments: ["fgb", "shp", "geojson", "geojsonl", "csv", "xlsx"]) func pieceAfterPieceIsRead(format: String)
    throws
  {
    let folder = try TemporaryFolder()
    let path = folder["s." + format]
    try FileWriter.write([try layer(rows: 40_000, in: .wgs84)], to: path)
    var options = ImportOptions()
    options.rows.condition = Parks()
    let whole = try FileReader.read(path)
    let read = try FileReader.read(path, options)
    let wanted = try Parks().rows(of: whole.table)
    #expect(read.table.rowCount == wanted.count && wanted.count > 1000)
    #expect(read.table.geometry?.xs == whole.table.geometry?.gather(wanted).xs)
    for column in ["kind", "pop"] {
      let values = whole.values(column)
      #expect(read.values(column) == wanted.map { values[Int($0)] })
    }
  }
}
