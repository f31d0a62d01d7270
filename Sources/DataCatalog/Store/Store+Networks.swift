import GRDB
import GRDBSQLite
import Projections
import StreetNetworks
import WorkControl

extension Store {
  /// The street network of a layer, opened without making it again; `nil` for a layer that has none. O(its bytes).
  ///
  /// - Throws: `StoreError.damaged` for one that is not as it was written.
  func network(of name: String) throws(StoreError) -> LayerNetwork? {
    try perform { database in
      guard try database.hasTable("catchment_networks"),
        let row = try Row.fetchOne(
          database, sql: "SELECT reference_system, record FROM catchment_networks WHERE layer_name = ?",
          arguments: [name])
      else { return nil }
      func damaged(_ what: String) -> StoreError {
        StoreError(
          .damaged, "the street network of \(name) in \(path) is damaged (\(what))",
          fix: "import its file again: import \"…\" as \(name) network")
      }
      guard let system = row.text(0).flatMap({ try? ReferenceSystem(parsing: $0) }) else {
        throw damaged("reference system")
      }
      guard let record = row.text(1).flatMap({ StoreJSON.value(NetworkRecord.self, from: $0) }) else {
        throw damaged("record")
      }
      guard let bytes = try database.graph(of: name) else { throw damaged("no graph") }
      do throws(StreetNetworkError) {
        let graph = try StreetGraph(decoding: bytes)
        return LayerNetwork(network: TravelNetwork(graph), referenceSystem: system, record: record)
      } catch {
        if case .damaged(let what) = error { throw damaged(what) }
        throw damaged(error.description)
      }
    }
  }
}

extension Database {
  fileprivate func graph(of layer: String) throws -> [UInt8]? {
    guard try hasTable("catchment_graphs") else { return nil }
    let pieces = try Row.fetchAll(
      self, sql: "SELECT id, length(bytes) FROM catchment_graphs WHERE layer_name = ? ORDER BY id", arguments: [layer])
    return try BlobPieces.read(pieces, of: "catchment_graphs", as: UInt8.self, in: self)
  }

  /// Puts the network of a layer beside it, within the transaction that writes the layer.
  ///
  /// - Throws: GRDB's `DatabaseError`, `Cancelled`.
  func write(_ network: LayerNetwork, of layer: String, monitor: WorkMonitor) throws {
    try execute(
      sql: "INSERT INTO catchment_networks VALUES (?, ?, ?)",
      arguments: [layer, network.referenceSystem.identifier, try StoreJSON.text(network.record)])
    let insert = try SQLStatement(
      "INSERT INTO catchment_graphs (layer_name, bytes) VALUES (\(layer.quotedText), ?)", in: self)
    try network.network.graph.encoded().withUnsafeBytes {
      try BlobPieces.write($0, with: insert, parameter: 1, monitor: monitor)
    }
  }

  func dropNetwork(of layer: String) throws {
    for table in ["catchment_networks", "catchment_graphs"] where try hasTable(table) {
      try execute(sql: "DELETE FROM \(table) WHERE layer_name = ?", arguments: [layer])
    }
  }
}
