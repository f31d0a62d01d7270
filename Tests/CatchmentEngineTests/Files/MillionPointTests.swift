import Foundation
import GRDB
import Testing

@testable import DataCatalog

/// A million points keep to a small memory: no object per feature, no copy too many.
@Suite struct MillionPointTests {
  private static let count = 1_000_000
  /// What the whole process may hold.
  private static let mostMegabytes = 400

  /// The same places as the SQL below makes.
  private static func place(_ i: Int) -> Place {
    Place(x: Double(490_000 + i * 7_368_787 % 40_000), y: Double(4_060_000 + i * 104_729 % 39_989))
  }

  /// Made by SpatiaLite, in C, so that the test is quick and the file is another program's.
  private func writeGeoPackage(to file: URL) throws {
    try SpatialConnection(path: file.path, access: .readWrite, busySeconds: 1).access { database in
      for function in ["gpkgCreateBaseTables()", "gpkgInsertEpsgSRID(4548)"] {
        _ = try Row.fetchAll(database, sql: "SELECT \(function)")
      }
      try database.execute(
        sql: """
          CREATE TABLE million (id INTEGER PRIMARY KEY, number INTEGER, pop INTEGER, geom POINT);
          INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
            VALUES ('million', 'features', 'million', 4548);
          INSERT INTO gpkg_geometry_columns VALUES ('million', 'geom', 'POINT', 4548, 0, 0);
          BEGIN;
          INSERT INTO million
            WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < \(Self.count))
            SELECT i, i, i * 7919 % 101, AsGPB(MakePoint(490000 + i * 7368787 % 40000, 4060000 + i * 104729 % 39989, 4548))
            FROM c;
          COMMIT;
          """)
    }
  }

  @Test func countNearestAround() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("million.gpkg")
    try writeGeoPackage(to: file)
    let process = try MeasuredProcess(
      script: """
        import "\(file.path)" as million
        million | summarize n = count(), s = sum(pop)
        parks | take 3 | count million as n | select n
        places | take 3 | nearest 1 million as m | select m.number, m.distance
        places | take 3 | around 400 m million as m (n = count(), s = sum(pop)) | select m.n, m.s
        districts | where false | select name
        """, in: folder)
    #expect(process.peakMegabytes > 50, "the memory was asked for while the program ran")
    #expect(process.status == 0, "\(process.messages)")
    #expect(process.peakMegabytes < Self.mostMegabytes, "\(process.peakMegabytes) MB at the peak")
    let rows = process.output.split(separator: "\n").map { $0.split(separator: ",").compactMap { Double($0) } }
      .filter { !$0.isEmpty }

    let parks = try PlainLayer("parks").shapes.prefix(3)
    let asked = try PlainLayer("places").places.prefix(3)
    let boxes = parks.map { shape in
      (
        minX: shape.corners.map(\.x).min() ?? 0, maxX: shape.corners.map(\.x).max() ?? 0,
        minY: shape.corners.map(\.y).min() ?? 0, maxY: shape.corners.map(\.y).max() ?? 0
      )
    }
    var people = 0
    var inParks = [0, 0, 0]
    var nearest = Array(repeating: (distance: Double.infinity, id: 0), count: 3)
    var near = Array(repeating: (count: 0, people: 0), count: 3)
    for i in 1...Self.count {
      let place = Self.place(i)
      let pop = i * 7919 % 101
      people += pop
      for (number, box) in boxes.enumerated()
      where box.minX <= place.x && place.x <= box.maxX && box.minY <= place.y && place.y <= box.maxY {
        if parks[number].holds(place) { inParks[number] += 1 }
      }
      for (number, centre) in asked.enumerated() {
        let distance = centre.distance(to: place)
        if distance < nearest[number].distance { nearest[number] = (distance, i) }
        if distance <= 400 { near[number] = (near[number].count + 1, near[number].people + pop) }
      }
    }
    try #require(rows.count == 10, "\(process.output)")
    #expect(rows[0] == [Double(Self.count), Double(people)])
    #expect(rows[1...3].map { $0[0] } == inParks.map(Double.init))
    #expect(rows[4...6].map { $0[0] } == nearest.map { Double($0.id) })
    for (row, expected) in zip(rows[4...6], nearest) { #expect(abs(row[1] - expected.distance) < 0.01) }
    #expect(Array(rows[7...9]) == near.map { [Double($0.count), Double($0.people)] })
    #expect(inParks[0] > 0 && near[0].count > 0)
  }
}
