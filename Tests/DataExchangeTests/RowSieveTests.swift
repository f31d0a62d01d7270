import FeatureTables
import Foundation
import GeometryKernel
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

/// Rows that are left out while a text is read are those that would be left out once all are read, and columns are the
/// same.
@Suite struct RowSieveTests {
  /// Rows in which the text of a column's value has an even sum of bytes, whatever the type is.
  private struct EvenTexts: RowCondition {
    struct NoColumn: Error {}
    let column: String

    func comparisons(over schema: Schema) throws -> [ColumnComparison] { [] }

    func columns(over schema: Schema) throws -> Set<String> { [column] }

    func rows(of table: Table) throws -> [Int32] {
      guard let column = table[column] else { throw NoColumn() }
      return (0..<table.rowCount).filter { row in
        "\(column.value(at: row))".utf8.reduce(0) { $0 + Int($1) } % 2 == 0
      }.map(Int32.init)
    }
  }

  private func selecting(_ column: String? = nil, box: Box? = nil, limit: Int? = nil) -> ImportOptions {
    var options = ImportOptions()
    options.rows = RowSelection(condition: column.map { EvenTexts(column: $0) }, box: box, limit: limit)
    return options
  }

  /// Any features, in blocks of any size, by any of their properties: either as all rows read and then picked, or the
  /// sieve says itself that what it went by has changed.
  @Test func anyFeaturesAreSievedAsTheyArePicked() throws {
    let folder = try TemporaryFolder()
    var (sieved, changed) = (0, 0)
    for seed in 300...330 as ClosedRange<UInt64> {
      var random = RandomGeoJSON(seed: seed)
      let path = try folder.write("random.geojson", random.collection(40))
      let whole = try readGeoJSON(path)
      for column in whole.fields.map(\.name) {
        for size in [333, 2000, 1 << 19] {
          let options = selecting(column)
          var picked = whole
          try picked.pick(options.rows, saying: nil)
          do {
            let read = try readGeoJSON(path, blockSize: size, workers: 2, RowSieve(options))
            #expect(isSame(read, picked), "seed \(seed), “\(column)”, blocks of \(size)")
            sieved += 1
          } catch is RowSieve.Changed {
            changed += 1
          }
        }
      }
    }
    // In blocks of a few features their types change often; in one block never.
    #expect(sieved > changed && changed > 10, "\(sieved) and \(changed)")
  }

  /// 40 000 rows: a number that is a text in row 30 000, a date that is none in row 20 001, which is left out.
  private static let late = """
    lng,lat,n,day,code
    \((1...40_000).map { row in
      "117.\(row % 900 + 100),36.5,\(row),\(row == 20_001 ? "soon" : "2026-01-0\(row % 9 + 1)"),"
        + (row == 30_000 ? "x" : "7")
    }.joined(separator: "\n"))

    """

  @Test func rowsLeftOutDecideTypesAllTheSame() throws {
    let folder = try TemporaryFolder()
    var options = ImportOptions()
    options.rows.condition = EvenRows()
    let read = try FileReader.read(try folder.write("late.csv", Self.late), options)
    #expect(read.table.rowCount == 20_000)
    #expect(read.values("n").first == .integer(2) && read.values("n").last == .integer(40_000))
    #expect(read.values("day").first == .text("2026-01-03"))
    #expect(read.values("code").first == .text("7"))
  }

  @Test func whereTheConditionsColumnBecomesAnotherAllIsReadFirst() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("late.csv", Self.late)
    let options = selecting("code")
    let file = try SourceFile(path)
    let sieve = RowSieve(options).map { TableSieve($0) }
    #expect(throws: RowSieve.Changed.self) {
      try Self.late.utf8.withContiguousStorageIfAvailable {
        _ = try PlacedTable(try CSVRows.table(of: $0, file, sieve, WorkMonitor()), of: "late.csv").layer(
          named: "late", saying: nil)
      }
    }
    // 7 is 55 in ASCII, x is 120; around both stand the same signs.
    let whole = try FileReader.read(path)
    let read = try FileReader.read(path, options)
    let wanted = try EvenTexts(column: "code").rows(of: whole.table)
    #expect(read.values("n") == wanted.map { .integer(Int64($0) + 1) })
    #expect([1, 39_999].contains(read.table.rowCount))
  }

  /// Behind the limit nothing is looked at.
  @Test func aLimitEndsTheReading() throws {
    let folder = try TemporaryFolder()
    let rows = try FileReader.read(
      try folder.write("cut.csv", Self.late + "117,36,\"never closed"), selecting(limit: 5))
    #expect(rows.values("n") == (1...5).map { .integer($0) })
    let feature = #"{"type":"Feature","properties":{"n":1},"geometry":null}"#
    let lines = String(repeating: feature + "\n", count: 20_000)
    let broken = try folder.write("broken.geojsonl", lines + "{]}\n" + lines)
    #expect(failure { _ = try FileReader.read(broken) } != nil)
    let features = try FileReader.read(broken, selecting(limit: 3))
    #expect(features.table.rowCount == 3)
  }

  /// What a collection says of itself behind its features counts, though no more of them are wanted.
  @Test func aSystemBehindTheFeaturesIsHeard() throws {
    let folder = try TemporaryFolder()
    let features = (1...9000).map { (point(500_000 + Double($0), 4_070_000), #"{"n":\#($0),"text":"so many bytes"}"#) }
    let text = collection(features).dropLast(2) + #","crs":{"type":"name","properties":{"name":"EPSG:4548"}}}"#
    let path = try folder.write("late.geojson", String(text))
    let few = try FileReader.read(path, selecting(limit: 4))
    #expect(few.referenceSystem.description.contains("4548") && few.table.rowCount == 4)
    let box = Box(minX: 116, minY: 36, maxX: 117.02, maxY: 37)
    let inBox = try FileReader.read(path, selecting(box: box))
    var whole = try readGeoJSON(path)
    try whole.pick(RowSelection(box: box), saying: nil)
    #expect(whole.geometry.count > 100 && inBox.table.rowCount == whole.geometry.count)
  }

  /// Features that a column of texts would be read out of wrongly: an integer before a text, a date before −0.
  @Test(
    arguments: [#"9"#, #""2026-01-01""#, #"-0.0"#, "1.5", "true", "[1]"], [#""x""#, #""2026-01-01""#, "-0.0", "9"])
  func mixedValuesAreSieved(first: String, second: String) throws {
    let folder = try TemporaryFolder()
    let text = collection(
      (1...4).map { (point(117, 36), #"{"n":\#($0),"v":\#($0 % 2 == 0 ? second : first)}"#) })
    let path = try folder.write("mixed.geojson", text)
    let whole = try readGeoJSON(path)
    for options in [selecting("n"), selecting("v"), selecting(limit: 3)] {
      var picked = whole
      try picked.pick(options.rows, saying: nil)
      #expect(isSame(try readGeoJSON(path, RowSieve(options)), picked))
    }
  }

  /// A column that was that of the features' own ids may become one of their properties.
  @Test func aPropertyInPlaceOfTheIdsIsNoticed() throws {
    let folder = try TemporaryFolder()
    let features = (0..<12_000).map { row in
      #"{"type":"Feature","id":\#(1000 + 7 * row),"properties":{\#(row < 9000 ? "" : #""id":\#(row)"#)},"geometry":null}"#
    }
    let text = #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    let path = try folder.write("ids.geojson", text)
    #expect(throws: RowSieve.Changed.self) {
      try readGeoJSON(path, blockSize: 1 << 16, RowSieve(selecting("id")))
    }
    let counting = features.enumerated().map { #"{"type":"Feature","id":\#($0.offset),"geometry":null}"# }
    let twice = #"{"type":"FeatureCollection","features":[],"features":["# + counting.joined(separator: ",") + "]}"
    let read = try readGeoJSON(try folder.write("twice.geojson", twice), RowSieve(selecting(limit: 9)))
    #expect(read.fields.isEmpty && read.geometry.count == 9)
  }

  /// A condition on a table of no rows is looked at as well.
  @Test func aTableWithoutRowsIsAskedToo() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("empty.csv", "lng,lat,name\n")
    #expect(throws: EvenTexts.NoColumn.self) { try FileReader.read(path, selecting("other")) }
    #expect(try FileReader.read(path, selecting("name")).table.rowCount == 0)
  }

  /// Ids that count the features are no column, however many of them are left out; others are.
  @Test func idsThatCountAreNoColumn() throws {
    let folder = try TemporaryFolder()
    func text(_ id: (Int) -> Int) -> String {
      let features = (0..<20_000).map {
        #"{"type":"Feature","id":\#(id($0)),"properties":{"n":\#($0)},"geometry":\#(point(117, 36))}"#
      }
      return #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",") + "]}"
    }
    var options = ImportOptions()
    options.rows.condition = EvenRows()
    let counting = try FileReader.read(try folder.write("a.geojson", text { $0 + 1 }), options)
    #expect(counting.table["id"] == nil && counting.table.rowCount == 10_000)
    let others = try FileReader.read(try folder.write("b.geojson", text { $0 < 19_999 ? $0 : 7 }), options)
    #expect(others.values("id").last == .integer(19_998))
  }
}
