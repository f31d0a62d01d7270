import Foundation
import GRDB
import Projections
import StreetNetworks

extension Store {
  /// The street network of a layer, opened without making it again; `nil` for a layer that has none. O(its bytes).
  ///
  /// - Throws: `StoreError.damaged` for one that is not as it was written.
  func network(of name: String) throws(StoreError) -> LayerNetwork? {
    try perform { database in
      guard try database.hasTable("catchment_networks"),
        let row = try Row.fetchOne(
          database, sql: "SELECT reference_system, record, graph FROM catchment_networks WHERE layer_name = ?",
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
      guard let bytes = try row.withUnsafeData(atIndex: 2, { $0 }) else { throw damaged("no graph") }
      do throws(StreetNetworkError) {
        let graph = try Self.graph(bytes)
        return LayerNetwork(network: TravelNetwork(graph), referenceSystem: system, record: record)
      } catch {
        if case .damaged(let what) = error { throw damaged(what) }
        throw damaged(error.description)
      }
    }
  }

  private static func graph(_ bytes: Data) throws(StreetNetworkError) -> StreetGraph {
    let result: Result<StreetGraph, StreetNetworkError> = bytes.withUnsafeBytes { bytes in
      do throws(StreetNetworkError) { return .success(try StreetGraph(decoding: bytes)) } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}

extension Database {
  /// Puts the network of a layer beside it, within the transaction that writes the layer.
  func write(_ network: LayerNetwork, of layer: String) throws {
    try execute(
      sql: "INSERT INTO catchment_networks VALUES (?, ?, ?, ?)",
      arguments: [
        layer, network.referenceSystem.identifier, try StoreJSON.text(network.record),
        Data(network.network.graph.encoded()),
      ])
  }

  func dropNetwork(of layer: String) throws {
    guard try hasTable("catchment_networks") else { return }
    try execute(sql: "DELETE FROM catchment_networks WHERE layer_name = ?", arguments: [layer])
  }
}
