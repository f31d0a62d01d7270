import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import Testing
import WorkControl

@testable import DataExchange

/// Against a real PostgreSQL with PostGIS, which the suite starts.
@Suite(.serialized, .enabled(if: PostgresServer.isInstalled, "PostgreSQL with PostGIS is not installed"))
struct DatabaseTests {
  private let server: PostgresServer

  init() throws { server = try #require(PostgresServer.shared) }

  private func layer(_ name: String, rows: Int = 2) -> ExportLayer {
    let table = Table(
      schema: Schema([Field("n", .integer), Field("geometry", .geometry)]),
      columns: [
        Column(.integer((0..<Int64(rows)).map { $0 })),
        Column(
          .geometry(GeometryArray(pointsX: Array(repeating: 117, count: rows), y: Array(repeating: 36, count: rows)))),
      ], rowCount: rows)
    return ExportLayer(name: name, table: table, referenceSystem: .wgs84)
  }

  @Test func whatIsReadIsWhatWasWritten() throws {
    for kinds in Trip.kinds(of: .postgis) {
      let trip = try Trip(kinds, .postgis)
      var layer = trip.layer
      layer.name = "planning.往返 \"\(kinds.name)\""
      let report = try DatabaseWriter.write([layer], to: server.address())
      let read = try FileReader.read(server.address(), ImportOptions(layer: layer.name))
      #expect(read.referenceSystem == .wgs84)
      trip.expected(.postgis).expectSame(read.table, mayHaveMore: false, "\(kinds.name)")
      #expect(report.notes.isEmpty, "\(report.notes)")
    }
  }

  @Test func otherProgramsFindTypesSystemAndIndex() throws {
    let trip = try Trip(.areas, .postgis)
    var layer = trip.layer
    layer.name = "checked"
    try DatabaseWriter.write([layer], to: server.address(), in: ReferenceSystem(parsing: "EPSG:4548"))
    #expect(try server.sql("select distinct st_srid(geom) from checked where geom is not null") == "4548")
    #expect(
      try server.sql(
        "select pg_typeof(big), pg_typeof(\"开放\"), pg_typeof(since), pg_typeof(share) from checked limit 1")
        == "bigint|boolean|date|double precision")
    #expect(
      try server.sql("select count(*) from pg_indexes where tablename = 'checked' and indexdef like '%gist%'") == "1")
    #expect(try server.sql("select max(big) from checked") == "9223372036854775807")
  }

  @Test func anExportReplacesAnExportAndNothingElse() throws {
    try DatabaseWriter.write([layer("mine")], to: server.address())
    let report = try DatabaseWriter.write([layer("mine", rows: 3)], to: server.address())
    #expect(report.isReplaced)
    #expect(try server.sql("select count(*) from mine") == "3")
    try server.sql("create table yours (a int)")
    let error = failure { try DatabaseWriter.write([layer("other"), layer("yours")], to: server.address()) }
    #expect(error?.code == .overwrites)
    #expect(try server.sql("select to_regclass('other') is null") == "t", "one of two layers arrived")
    try server.sql("create view v as select * from mine")
    #expect(failure { try DatabaseWriter.write([layer("mine")], to: server.address()) }?.code == .notWritable)
    #expect(try server.sql("select count(*) from mine") == "3")
  }

  @Test func whatIsCancelledOrRefusedHalfWayLeavesTheDatabaseAsItWas() throws {
    try DatabaseWriter.write([layer("kept")], to: server.address())
    let monitor = WorkMonitor()
    monitor.cancel()
    #expect(throws: Cancelled.self) {
      try DatabaseWriter.write([layer("fresh"), layer("kept", rows: 5000)], to: server.address(), monitor: monitor)
    }
    #expect(try server.sql("select count(*) from kept") == "2")
    #expect(try server.sql("select to_regclass('fresh') is null") == "t")
    // The second of two tables cannot be made.
    let layers = [layer("kept", rows: 9), layer("nowhere.bad")]
    let error = failure { try DatabaseWriter.write(layers, to: server.address()) }
    #expect(error != nil)
    #expect(try server.sql("select count(*) from kept") == "2")
  }

  @Test func whatIsWrongIsSaidWithoutThePassword() throws {
    func message(_ body: () throws -> Void) -> ExchangeError? {
      let error = failure(body)
      let text = error?.description ?? ""
      #expect(!text.contains(PostgresServer.password) && !text.contains("wörd") && !text.contains("sesame"), "\(text)")
      return error
    }
    let options = ImportOptions(layer: "nowhere")
    let closed = "postgres://planner:sesame@127.0.0.1:1/plan"
    #expect(message { _ = try FileReader.read(closed) }?.code == .serverMissing)
    let wrong = "postgres://planner:sesame@127.0.0.1:\(server.port)/plan"
    #expect(message { _ = try FileReader.read(wrong) }?.code == .loginFailed)
    #expect(message { try DatabaseWriter.write([layer("x")], to: wrong) }?.code == .loginFailed)
    let stranger = "postgres://nobody:sesame@127.0.0.1:\(server.port)/plan"
    #expect(message { _ = try FileReader.read(stranger) }?.code == .loginFailed)
    #expect(message { _ = try FileReader.read(server.address("missing")) }?.code == .fileMissing)
    #expect(message { _ = try FileReader.read(server.address(), options) }?.code == .layerMissing)
    #expect(message { _ = try FileReader.read("postgres://127.0.0.1") }?.code == .fileMissing)
    #expect(message { _ = try FileReader.read("postgres://u:sesame@h/d?sslkey=/etc/x") }?.code == .fileMissing)
    try server.sql("create table flat (a int)")
    #expect(message { _ = try FileReader.read(server.address(), ImportOptions(layer: "flat")) }?.code == .noGeometry)
    #expect(message { try DatabaseWriter.write([layer("x")], to: server.address("bare")) }?.code == .doesNotFit)
    let guest = "postgres://guest:guest@127.0.0.1:\(server.port)/plan"
    #expect(message { try DatabaseWriter.write([layer("planning.x")], to: guest) }?.code == .notWritable)
    let long = String(repeating: "济", count: 22)
    #expect(message { try DatabaseWriter.write([layer(long)], to: server.address()) }?.code == .doesNotFit)
  }

  @Test func whereATableCameFromIsKeptWithoutThePassword() throws {
    try DatabaseWriter.write([layer("origin")], to: server.address())
    let read = try FileReader.read(server.address(), ImportOptions(layer: "origin"))
    #expect(read.metadata.origin == "postgres://planner@127.0.0.1:\(server.port)/plan layer origin")
  }

  @Test func readingChangesNothing() throws {
    try server.sql(
      "create table counted (n int); create or replace function counting() returns geometry language sql as "
        + "$$ insert into counted values (1); select st_point(117, 36) $$; "
        + "create view sly as select 1 as id, st_setsrid(counting(), 4326)::geometry(Point, 4326) as geom")
    _ = failure { _ = try FileReader.read(server.address(), ImportOptions(layer: "sly")) }
    #expect(try server.sql("select count(*) from counted") == "0")
  }
}

@Suite struct DatabaseAddressTests {
  @Test func partsAreTakenAsTheManualHasThem() throws {
    let address = try DatabaseAddress("postgresql://ann:a%3Ab@db.example:5433/plan?sslmode=require")
    #expect(address.shown == "postgres://ann@db.example:5433/plan")
    #expect(
      address.connection(isReadOnly: false)
        == "PG:sslmode='require' user='ann' password='a:b' dbname='plan' host='db.example' port='5433' connect_timeout='10'"
    )
    #expect(try DatabaseAddress("postgres://h/d").shown == "postgres://h:5432/d")
    #expect(try DatabaseAddress("postgres://u:p@ss/w:rd@[::1]:1/d").shown == "postgres://u@::1:1/d")
    #expect(
      try DatabaseAddress("postgres://u:it's\\@h/d").connection(isReadOnly: true).contains("password='it\\'s\\\\'"))
    #expect(!DatabaseAddress.isOne("out/postgres.gpkg"))
  }
}
