import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

@Suite struct SQLTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A store with two layers, in a catalog.
  private func catalog() throws -> Catalog {
    let catalog = Catalog(store: try Store.open(folder.store))
    try catalog.add(pointLayer("demand", rows: 10))
    try catalog.add(plainLayer("a\"b", [4, 5]))
    return catalog
  }

  private func error(_ sql: String, _ catalog: Catalog) -> StoreError? {
    do {
      _ = try catalog.query(sql)
      return nil
    } catch {
      return error as? StoreError
    }
  }

  @Test func typesComeFromValues() throws {
    let answer = try catalog().query(
      """
      select 1 as i, 1.5 as n, 'x' as t, null as no, fid = 1 as truth, fid, weight, name, geometry from demand
      order by fid limit 2
      """)
    let types = answer.table.schema.fields.map(\.type)
    #expect(
      types == [
        .integer, .plainNumber, .text, .text, .integer, .integer, .plainNumber, .text, .geometry,
      ])
    #expect(answer.referenceSystem?.identifier == "EPSG:4548")
    #expect(answer.table["name"]?.value(at: 1) == .text("点 1"))
    #expect(answer.table["no"]?.nullCount == 2)
    #expect(answer.table.geometry?.signature(1) == "Point point[500010.0 4060000.0;]")
  }

  @Test func mixedValuesKeepTheirMeaning() throws {
    let answer = try catalog().query(
      "select column1 as a, column2 as b, column3 as c from (values (1, null, 1), (2.5, 7, 'x'), (null, 8, 2.5))")
    #expect(
      answer.table.rows == [
        ["number(1.0)", "null", "text(\"1\")"], ["number(2.5)", "integer(7)", "text(\"x\")"],
        ["null", "integer(8)", "text(\"2.5\")"],
      ])
  }

  @Test func datesAndTruthComeFromDeclarations() throws {
    let table = Table(
      schema: Schema([Field("d", .date), Field("b", .boolean)]),
      columns: [Column(.date([0, 365]), validity: [true, false]), Column(.boolean([true, false]))], rowCount: 2)
    let catalog = try catalog()
    try catalog.add(StoredLayer(name: "days", table: table, referenceSystem: nil))
    let answer = try catalog.query("select d, b, d || '' as text from days order by fid")
    #expect(answer.table.schema.fields.map(\.type) == [.date, .boolean, .text])
    #expect(answer.table.rows[1] == ["null", "boolean(false)", "null"])
  }

  @Test func namesOfColumnsAreUniqueAndGeometryIsTheGeometry() throws {
    let answer = try catalog().query(
      "select 1 as a, 2 as a, astext(geometry) as geometry, centroid(geometry), geometry as g from demand limit 1")
    #expect(
      answer.table.schema.fields.map(\.name) == ["a", "a_2", "geometry_2", "geometry", "g"])
    #expect(answer.table.schema.fields.map(\.type) == [.integer, .integer, .text, .geometry, .geometry])
  }

  @Test func spatialFunctionsWork() throws {
    let catalog = try catalog()
    // 36.7° N on the central meridian; the easting is the false easting of the zone.
    let answer = try catalog.query("select st_transform(makepoint(117, 36.7, 4326), 4548) as p")
    #expect(answer.referenceSystem?.identifier == "EPSG:4548")
    #expect(abs((answer.table.geometry?.xs.first ?? 0) - 500_000) < 1e-3)
    #expect(try catalog.query("select st_transform(geometry, 32650) from demand").referenceSystem == system(32650))
    #expect(try catalog.query("select geometry from demand where 0").table.schema.hasGeometry)
  }

  @Test func embeddedAndSessionLayersAreThere() throws {
    let catalog = Catalog(store: nil)
    try catalog.add(plainLayer("mine", [1, 2, 3]))
    let parks = try catalog.table(named: "parks").table
    let answer = try catalog.query("SELECT count(*) AS n, sum(id) AS s FROM Parks -- all of them")
    #expect(answer.table.rows == [["integer(\(parks.rowCount))", "integer(\((1...parks.rowCount).reduce(0, +)))"]])
    #expect(try catalog.query("select sum(n) from mine").table.rows == [["integer(6)"]])
    #expect(try catalog.query("select geometry from parks").referenceSystem == .wgs84)
    // The session's layer hides the embedded one here too.
    try catalog.add(plainLayer("parks", [7]))
    #expect(try catalog.query("select * from parks").table.rows == [["integer(1)", "integer(7)"]])
  }

  @Test func namesAreFoundWhateverTheirCase() throws {
    let catalog = try catalog()
    try catalog.add(plainLayer("Parks", [5]))
    #expect(try catalog.query("select n from PARKS").table.rows == [["integer(5)"]])
    #expect(try catalog.query("select count(*) from Districts").table.rows == [["integer(12)"]])
  }

  @Test func embeddedLayersJoinThoseOfTheStore() throws {
    let catalog = try catalog()
    let answer = try catalog.query(
      "select count(*) from demand d join districts p on st_intersects(st_transform(d.geometry, 4326), p.geometry)")
    #expect(answer.table.rows.count == 1)
    #expect(try catalog.query("select sum(n) from \"a\"\"b\"").table.rows == [["integer(9)"]])
    #expect(try catalog.store?.names() == ["a\"b", "demand"])
  }

  /// Statements that would change a file, a table or the connection.
  static let changes = [
    "delete from demand", "update demand set name = 'x'", "insert into demand(name) values ('x')", "drop table demand",
    "create table x(a)", "create temp table x(a)", "attach 'other.sqlite' as o", "pragma journal_mode = wal",
    "pragma query_only = 0", "pragma writable_schema = 1", "vacuum", "vacuum into 'copy.sqlite'", "reindex", "analyze",
    "begin", "commit", "savepoint s", "alter table demand add column x", "select load_extension('x')",
    "create virtual table v using fts5(a)", "detach main", "replace into demand(name) values ('x')",
    "with x as (select 1) delete from demand", "explain delete from demand",
    "select AddGeometryColumn('demand', 'g2', 4548, 'POINT', 'XY')", "select DropTable(null, 'demand')",
    "select CreateSpatialIndex('demand', 'geometry')", "select InitSpatialMetadata()",
    "select CloneTable('main', 'demand', 'x')",
    "select SqlProc_SetLogfile('x.log')", "select ExportGeoJSON2('demand', 'geometry', 'x.json')",
    "select * from pragma_journal_mode", "insert into catchment_layers(name) values ('x')",
    "delete from geometry_columns", "update sqlite_master set sql = 'x'", "delete from sqlite_master",
    "update spatial_ref_sys set srtext = ''", "select BlobToFile(geometry, 'x') from demand",
    "select EnableGpkgMode()", "drop table if exists temp.spatial_ref_sys",
    "create trigger t after insert on demand begin select 1; end",
  ]

  @Test func nothingCanBeChanged() throws {
    let catalog = try catalog()
    let inMemory = Catalog(store: nil)
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.store))
    for sql in Self.changes {
      #expect(error(sql, catalog) != nil, "\(sql)")
      #expect(error(sql, inMemory) != nil, "\(sql)")
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.store)) == before, "\(sql)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plan.sqlite"], "\(sql)")
      #expect(try catalog.query("select count(*) from demand").table.rows == [["integer(10)"]], "\(sql)")
    }
  }

  @Test func refusalsSayWhatWasRefused() throws {
    let catalog = try catalog()
    #expect(error("delete from demand", catalog)?.message.contains("DELETE on demand") == true)
    #expect(error("attach 'x' as y", catalog)?.message.contains("ATTACH") == true)
    #expect(error("pragma user_version = 3", catalog)?.message.contains("PRAGMA user_version") == true)
    #expect(error("select load_extension('x')", catalog)?.code == .notAllowed)
    #expect(error("delete from demand", catalog)?.code == .notAllowed)
  }

  @Test func mistakesHaveSQLitesMessageAndPlace() throws {
    let catalog = try catalog()
    let unknown = error("select nme from demand", catalog)
    #expect(unknown?.code == .sql && unknown?.message == "no such column: nme" && unknown?.sqlOffset == 7)
    #expect(error("select * from nowhere", catalog)?.message.contains("no such table: nowhere") == true)
    #expect(error("selec 1", catalog)?.sqlOffset == 0)
    #expect(error("", catalog)?.code == .sql)
    #expect(error("  -- nothing\n", catalog)?.code == .sql)
    #expect(error("select 1; select 2", catalog)?.message.contains("more than one") == true)
    #expect(error("select 1; delete from demand", catalog) != nil)
    #expect(error("select ?", catalog)?.message.contains("parameter") == true)
    #expect(error("select 1\0", catalog)?.code == .sql)
    #expect(error("select name == \"x\" from demand", catalog)?.fix?.contains("single quotes") == true)
    #expect(error("select geometry from demand union all select makepoint(1, 2, 4326)", catalog)?.code == .sql)
    #expect(error("select 1 ; -- the end", catalog) == nil)
    #expect(error("select name from pragma_table_info('demand')", catalog) == nil)
    let search = "select rowid from SpatialIndex where f_table_name = 'demand' and search_frame = makepoint(1, 2)"
    #expect(error(search, catalog) == nil)
  }

  @Test func endlessQueriesCanBeCancelled() throws {
    let catalog = try catalog()
    let monitor = WorkMonitor()
    let thread = Thread { monitor.cancel() }
    thread.start()
    #expect(throws: Cancelled.self) {
      try catalog.query(
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n", monitor: monitor)
    }
    monitor.reset()
    #expect(try catalog.query("select 1", monitor: monitor).table.rows == [["integer(1)"]])
  }

  @Test func identifiersAreFoundOutsideTextsAndComments() {
    let sql = """
      select "Park s", [b c], `d`, 数据, e.f, 'no' /* no2 */ from Parks -- no3
      where x = 'it''s no4' and "a""b" > 4548
      """
    let found = SQLText.identifiers(in: sql)
    #expect(found.isSuperset(of: ["park s", "b c", "d", "数据", "e", "f", "parks", "x", "a\"b"]))
    #expect(found.isDisjoint(with: ["no", "no2", "no3", "no4", "it", "it's no4"]))
    #expect(SQLText.numbers(in: sql) == [4548])
    for broken in ["'", "\"", "[", "`", "/*", "--", "/", "-", "x'", "\"a", "[a", "1e", ""] {
      _ = SQLText.identifiers(in: broken)
    }
  }
}
