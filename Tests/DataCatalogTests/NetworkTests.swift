import DataExchange
import FeatureTables
import Foundation
import GRDB
import GeometryKernel
import Projections
import StreetNetworks
import TestSupport
import Testing
import WorkControl

@testable import DataCatalog

/// Street networks made of layers, and kept with them.
@Suite struct NetworkTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A cross of two streets of 200 m that meet at their middle, and one of 100 m that ends 0.5 m before it.
  private func streets(_ name: String = "roads", _ joining: NetworkJoining = NetworkJoining()) throws -> StoredLayer {
    let lines = geometries([
      "LINESTRING (500000 4060000, 500100 4060000, 500200 4060000)",
      "LINESTRING (500100 4059900, 500100 4060000, 500100 4060100)",
      "LINESTRING (500300 4060000, 500200.5 4060000)", nil,
    ])
    let table = Table(
      schema: Schema([
        Field("class", .text), Field("oneway", .text), Field("speed", .integer), Field("geometry", .geometry),
      ]),
      columns: [
        Column(.text(TextArray(["primary", "steps", "primary", ""]))),
        Column(.text(TextArray(["yes", "no", "-1", "maybe"]))), Column(.integer([36, 0, 72, 0])),
        Column(.geometry(lines)),
      ], rowCount: 4)
    var layer = StoredLayer(name: name, table: table, referenceSystem: try system(4548))
    try layer.attachNetwork(joining, in: nil, workers: .one)
    return layer
  }

  @Test func madeOfLines() throws {
    let layer = try streets(
      "roads", NetworkJoining(classField: "class", onewayField: "oneway", speedField: "speed"))
    let network = try #require(layer.network)
    let graph = network.network.graph
    // Four arms of 100 m, and the street of 99.5 m.
    #expect(graph.edgeCount == 5)
    #expect(graph.totalLength == 499.5)
    #expect(graph.classNames == ["", "primary", "steps"])
    #expect(graph.lengthsByClass == [0, 299.5, 200])
    let ofRow = { (row: Int32) in graph.rows.indices.filter { graph.rows[$0] == row } }
    #expect(ofRow(0).allSatisfy { graph.access[$0] == .oneWay && graph.speeds[$0] == 1000 })
    #expect(ofRow(1).allSatisfy { graph.access[$0] == .all && graph.speeds[$0] == 0 })
    #expect(ofRow(2).allSatisfy { graph.access[$0] == .oneWayReversed && graph.speeds[$0] == 2000 })
    #expect(network.referenceSystem == (try system(4548)))
    #expect(network.record.nearMissCount == 1)
    #expect(network.record.report.skippedRowCount == 1)
    #expect(network.record.notes.count == 2)
    let gap = try #require(network.record.report.nearMisses.first)
    #expect(abs(gap.width - 0.5) < 1e-6)
    #expect((116..<118).contains(gap.x) && (36..<37).contains(gap.y))
  }

  @Test func gapsAreClosedWhenAsked() throws {
    let network = try #require(try streets("roads", NetworkJoining(bridging: 1)).network)
    #expect(network.record.bridgedCount == 1)
    #expect(network.network.graph.components.count == 1)
    let wide = try #require(try streets("roads", NetworkJoining(tolerance: 0.6)).network)
    #expect(wide.network.graph.components.count == 1)
    #expect(wide.record.report.joinedCount == 1)
  }

  @Test(arguments: [
    NetworkJoining(classField: "highway"), NetworkJoining(classField: "geometry"), NetworkJoining(speedField: "class"),
    NetworkJoining(tolerance: -1), NetworkJoining(bridging: .nan),
  ])
  func wrongJoinings(_ joining: NetworkJoining) {
    #expect(throws: NetworkError.self) { try streets("roads", joining) }
  }

  @Test func movedToAnotherSystem() throws {
    let catalog = Catalog(store: nil)
    try catalog.add(streets())
    let own = try catalog.network(named: "roads")
    let moved = try catalog.network(named: "roads", in: system(32650))
    #expect(moved.network !== own.network)
    #expect(moved.network === (try catalog.network(named: "roads", in: system(32650)).network))
    #expect(own.network === (try catalog.network(named: "roads", in: system(4548)).network))
    // Lengths are kept, positions are not.
    #expect(moved.network.graph.lengths == own.network.graph.lengths)
    #expect(moved.network.graph.nodeXs != own.network.graph.nodeXs)
  }

  // MARK: In a store

  @Test func keptAndGivenBack() throws {
    let layer = try streets("街道", NetworkJoining(classField: "class", isPlanar: true))
    try Store.open(folder.store).write(layer, replacing: false)
    let catalog = Catalog(store: try Store.open(folder.store))
    #expect(try catalog.networkNames() == ["街道"])
    #expect(try catalog.layer(named: "街道")?.description.networkState == .current)
    let network = try catalog.network(named: "街道")
    #expect(network.network.graph == layer.network?.network.graph)
    #expect(network.record == layer.network?.record)
    #expect(network.referenceSystem == layer.network?.referenceSystem)
    #expect(network.network === (try catalog.network(named: "街道").network))
  }

  @Test func goesWithItsLayer() throws {
    let store = try Store.open(folder.store)
    let catalog = Catalog(store: store)
    try catalog.add(streets("mine"))
    _ = try catalog.network(named: "mine")
    var plain = try streets("mine")
    plain.network = nil
    try catalog.add(plain, replacing: true)
    #expect(try catalog.networkNames() == [])
    #expect(throws: NetworkError.self) { try catalog.network(named: "mine") }
    try catalog.add(streets("mine"), replacing: true)
    #expect(try catalog.networkNames() == ["mine"])
    try catalog.remove("mine")
    #expect(try store.network(of: "mine") == nil)
    #expect(throws: StoreError.self) { try catalog.network(named: "mine") }
  }

  /// A file from before there were networks opens, and takes one.
  @Test func storesWithoutTheirTable() throws {
    let store = try Store.open(folder.store)
    try store.write(pointLayer("points", rows: 3), replacing: false)
    try store.connection.transaction { try $0.execute(sql: "DROP TABLE catchment_networks") }
    let again = try Store.open(folder.store)
    #expect(try again.description(of: "points").networkState == .none)
    #expect(try again.network(of: "points") == nil)
    try again.write(pointLayer("points", rows: 4), replacing: true)
    try again.write(streets(), replacing: false)
    #expect(try again.network(of: "roads")?.network.graph.edgeCount == 5)
  }

  @Test func changedByOthers() throws {
    let store = try Store.open(folder.store)
    try store.write(streets(), replacing: false)
    try store.connection.transaction { try $0.execute(sql: "UPDATE roads SET class = 'steps' WHERE class = 'primary'") }
    let layer = try #require(try Catalog(store: Store.open(folder.store)).layer(named: "roads"))
    #expect(layer.description.networkState == .outdated)
    #expect(layer.notes.contains { $0.contains("import it again") })
  }

  @Test func damage() throws {
    let store = try Store.open(folder.store)
    try store.write(streets(), replacing: false)
    let whole = try #require(
      try store.perform { try Data.fetchOne($0, sql: "SELECT bytes FROM catchment_graphs") })
    let seed: UInt64 = 7
    var random = SplitMix64(seed: seed)
    for round in 0..<60 {
      var bytes = whole
      if round % 2 == 0 {
        bytes = bytes.prefix(Int.random(in: 0..<bytes.count, using: &random))
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
      }
      try store.connection.transaction {
        try $0.execute(sql: "UPDATE catchment_graphs SET bytes = ?", arguments: [bytes])
      }
      #expect {
        try store.network(of: "roads")
      } throws: { error in
        let error = error as? StoreError
        return error?.code == .damaged && error?.fix?.contains("import") == true
      }
    }
    for statement in [
      "UPDATE catchment_graphs SET bytes = 5", "DELETE FROM catchment_graphs",
      "UPDATE catchment_networks SET record = '{}'",
      "UPDATE catchment_networks SET reference_system = 'EPSG:0'",
    ] {
      try store.write(streets(), replacing: true)
      try store.connection.transaction { try $0.execute(sql: statement) }
      #expect(throws: StoreError.self, "\(statement)") { try store.network(of: "roads") }
    }
  }
}
