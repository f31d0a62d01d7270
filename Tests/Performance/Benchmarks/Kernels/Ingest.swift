import DataCatalog
import DataExchange
import FeatureTables
import Foundation
import GeometryKernel
import Projections
import TestSupport
import WorkControl

/// Reading, projecting, storing. Expected: what was written; and PROJ through pyproj.
func ingest() {
  kernel("200 000 GeoJSON points read") {
    try GeoJSONFile(rows: 200_000)
  } work: {
    try FileReader.read($0.path).table
  } check: { table in
    differs(table.rowCount, from: 200_000) ?? differs(sum(table["pop"]), from: GeoJSONFile.people(200_000))
  }

  kernel("1 000 000 points projected") {
    (
      try CoordinateTransform(from: ReferenceSystem(parsing: "EPSG:4548"), to: .wgs84),
      GeometryArray(pointsX: City.demand.xs.map { 500_000 + $0 }, y: City.demand.ys.map { 4_065_000 + $0 })
    )
  } work: { transform, points in
    try transform.apply(to: points).geometry
  } check: {
    differs($0.xs.reduce(0, +) + $0.ys.reduce(0, +), from: 154_006_357.328067, byMore: 1e-12)
  }

  kernel("1 000 000 points written to a store") {
    (try TemporaryFolder(), try million())
  } work: { folder, layer in
    let store = try Store.open(folder.url.appendingPathComponent("written.sqlite").path)
    try store.write(layer, replacing: true)
    return store
  } check: {
    // The values are read back by the next one.
    differs(try? $0.description(of: "demand").rowCount, from: 1_000_000)
  }

  kernel("1 000 000 points read from a store") {
    let folder = try TemporaryFolder()
    let path = folder.url.appendingPathComponent("read.sqlite").path
    try Store.open(path).write(million(), replacing: false)
    return (folder, path)
  } work: { folder, path in
    try Store.open(path).read("demand").table
  } check: { table in
    differs(sum(table["pop"]), from: (0..<1_000_000).reduce(0) { $0 + Int64($1 % 59) })
      ?? differs(table.geometry?.xs == City.demand.xs && table.geometry?.ys == City.demand.ys, from: true)
  }
}

/// The demand with a column of people.
private func million() throws -> StoredLayer {
  let people = (0..<Int64(City.demand.count)).map { $0 % 59 }
  let table = Table(
    schema: Schema([Field("pop", .integer), Field("geometry", .geometry)]),
    columns: [Column(.integer(people)), Column(.geometry(City.demand))], rowCount: people.count)
  return StoredLayer(name: "demand", table: table, referenceSystem: try ReferenceSystem(parsing: "EPSG:4548"))
}

private func sum(_ column: Column?) -> Int64 {
  guard case .integer(let values) = column?.storage else { return -1 }
  return values.reduce(0, +)
}

/// A file as other programs write it: a feature a line, degrees to seven decimals.
private final class GeoJSONFile {
  let folder: TemporaryFolder
  let path: String

  static func people(_ rows: Int) -> Int64 { (0..<Int64(rows)).reduce(0) { $0 + $1 % 59 } }

  init(rows: Int) throws {
    folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("points.geojson")
    path = url.path
    var text = "{\"type\": \"FeatureCollection\", \"features\": [\n"
    for row in 0..<rows {
      let (x, y) = (City.demand.xs[row] / 80_000, City.demand.ys[row] / 110_000)
      let place = "\(((117 + x) * 1e7).rounded() / 1e7), \(((36 + y) * 1e7).rounded() / 1e7)"
      text +=
        "{\"type\": \"Feature\", \"properties\": {\"id\": \(row), \"pop\": \(row % 59), \"name\": \"place \(row)\"}, "
      text += "\"geometry\": {\"type\": \"Point\", \"coordinates\": [\(place)]}}\(row + 1 < rows ? "," : "")\n"
    }
    try Data((text + "]}\n").utf8).write(to: url)
  }
}
