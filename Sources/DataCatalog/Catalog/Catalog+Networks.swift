import Projections
import WorkControl

extension Catalog {
  /// The names of the user's layers that are street networks, sorted.
  ///
  /// - Throws: `StoreError` when the store cannot be read.
  public func networkNames() throws(StoreError) -> [String] {
    try summaries().filter { $0.isNetwork && $0.place != .embedded }.map(\.name).sorted()
  }

  /// The street network of a layer, drawn in a reference system; kept for the next time.
  ///
  /// - Parameter system: `nil` for the one that it was made in.
  /// - Throws: `NetworkError.noNetwork` for a layer that is none, `StoreError` for one that cannot be read,
  ///   `ReferenceSystemError`, `Cancelled`.
  public func network(
    named name: String, in system: ReferenceSystem? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> LayerNetwork {
    guard let (description, place) = try find(name) else { throw noLayer(name) }
    var known = networks[name] ?? []
    if known.isEmpty {
      guard description.networkState != .none, let own = try ownNetwork(name, place, monitor) else {
        throw NetworkError(
          .noNetwork, "\(name) is no street network", fix: "import its file again: import \"…\" as \(name) network")
      }
      known = [own]
    }
    defer { networks[name] = known }
    guard let system else { return known[0] }
    if let found = known.first(where: { $0.referenceSystem == system }) { return found }
    let moved = try known[0].moved(to: system, workers: Workers(workers, monitor: monitor))
    // One system beside its own: scripts ask in one.
    known = [known[0], moved]
    return moved
  }

  private func ownNetwork(_ name: String, _ place: LayerPlace, _ monitor: WorkMonitor) throws -> LayerNetwork? {
    switch place {
    case .session: return session[name]?.layer.network
    case .store: return try store?.network(of: name)
    case .embedded: return try embedded.network(name, workers: Workers(workers, monitor: monitor))
    }
  }
}
