import DataExchange
import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// The layers of a session, from three places: the session's memory, the store, and those that ship with the
/// executable. A name is looked up in that order, so a layer of the user's hides an embedded one of its name.
///
/// Nothing is read before it is asked for, and what was read is kept. One catalog a session, used from one thread.
public final class Catalog {
  public let store: Store?
  /// Threads that read and transform rows; what is read does not depend on it. As many as processors when `nil`.
  public var workers: Int?

  let embedded: EmbeddedSource
  /// With what is known of each layer: finding it out goes through all rows.
  private(set) var session: [String: (layer: StoredLayer, description: LayerDescription)] = [:]
  private var index: StoreIndex?
  private var caches: [String: TableCache] = [:]
  /// The networks in use, as they are kept first, then as they were brought to other systems.
  var networks: [String: [LayerNetwork]] = [:]
  private lazy var sql = SQLSource(path: store?.path)

  public init(store: Store?) {
    self.store = store
    embedded = EmbeddedSource()
  }

  // MARK: What there is

  /// Every name, sorted, each once.
  ///
  /// - Throws: `StoreError` when the store cannot be read.
  public func names() throws(StoreError) -> [String] {
    Set(session.keys).union(try storeIndex()?.names ?? []).union(embedded.names).sorted()
  }

  /// Every layer that a name stands for: embedded ones first, then those of the store, then the session's, each sorted
  /// by name.
  ///
  /// - Throws: `StoreError` when the store cannot be read.
  public func summaries() throws(StoreError) -> [LayerSummary] {
    var summaries: [LayerSummary] = []
    for name in try names() {
      guard let (description, place) = try find(name) else { continue }
      summaries.append(LayerSummary(description, place: place, hidesEmbedded: hidesEmbedded(name, place)))
    }
    return summaries.sorted { ($1.place, $0.name) < ($0.place, $1.name) }
  }

  /// What a name stands for; `nil` when there is no such layer. No row is read.
  ///
  /// - Throws: `StoreError` when the store cannot be read, `ReferenceSystemError` when PROJ cannot place the layer.
  public func layer(named name: String) throws -> CatalogLayer? {
    guard let (description, place) = try find(name) else { return nil }
    var working: ReferenceSystem?
    var notes: [String] = []
    if hidesEmbedded(name, place) {
      notes.append("\(name) is a layer of your own and hides the embedded one of that name")
    }
    if description.schema.hasGeometry {
      if let system = description.referenceSystem {
        working = try place == .embedded ? embedded.working() : system.working(forExtent: description.middle)
      } else {
        notes.append("nobody knows the reference system of \(name): import it again and say it with crs")
      }
    }
    if description.networkState == .outdated {
      notes.append(
        "the lines of \(name) were changed by another program after its street network was made: import it again")
    }
    return CatalogLayer(description: description, place: place, workingSystem: working, notes: notes)
  }

  /// Imports and results in memory, which leaving loses, sorted.
  public var unsavedLayers: [String] { session.keys.sorted() }

  /// Why the embedded layers are not to be had; `nil` when all is well.
  public var embeddedProblem: String? { embedded.problem }

  func find(_ name: String) throws(StoreError) -> (description: LayerDescription, place: LayerPlace)? {
    if let (_, description) = session[name] { return (description, .session) }
    if let description = try storeIndex()?.description(of: name) { return (description, .store) }
    return embedded.description(of: name).map { ($0, .embedded) }
  }

  private func hidesEmbedded(_ name: String, _ place: LayerPlace) -> Bool {
    place != .embedded && embedded.names.contains(name)
  }

  // MARK: Rows

  /// The features of a layer, with geometry brought to a reference system in bulk; kept for the next time.
  ///
  /// - Parameter system: `nil` for the layer's own.
  /// - Returns: the table, and sentences about what was met: values that did not fit, coordinates without an image.
  /// - Throws: `StoreError`, `ExchangeError`, `ReferenceSystemError`, `Cancelled`.
  public func table(
    named name: String, in system: ReferenceSystem? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> (table: Table, notes: [String]) {
    guard let (description, place) = try find(name) else { throw noLayer(name) }
    let own = description.schema.hasGeometry ? description.referenceSystem : nil
    let wanted = description.schema.hasGeometry ? system ?? own : nil
    if let cached = caches[name, default: TableCache()].find(wanted) { return cached }
    if wanted != nil && own == nil {
      throw StoreError(
        .noReferenceSystem, "nobody knows the reference system of \(name)", fix: "import it again and say it with crs")
    }
    let (table, notes) = try ownTable(name, place, own, monitor)
    guard let own, let wanted, wanted != own else { return (table, notes) }
    let activity = "bringing \(name) to \(wanted.identifier)"
    try monitor.report(activity, fraction: nil, done: 0)
    let moved = try table.transformed(
      by: CoordinateTransform(from: own, to: wanted), workers: Workers(workers, monitor: monitor), activity: activity)
    let allNotes = notes + moved.notes.map { "\(name): \($0)" }
    caches[name, default: TableCache()].insert(moved.table, wanted, notes: allNotes)
    return (moved.table, allNotes)
  }

  private func ownTable(
    _ name: String, _ place: LayerPlace, _ own: ReferenceSystem?, _ monitor: WorkMonitor
  ) throws -> (table: Table, notes: [String]) {
    if let cached = caches[name, default: TableCache()].find(own) { return cached }
    let layer: StoredLayer?
    switch place {
    case .session: layer = session[name]?.layer
    case .store: layer = try store?.read(name, workers: workers, monitor: monitor)
    case .embedded: layer = try embedded.read(name, monitor: monitor)
    }
    guard let layer else { throw noLayer(name) }
    let notes = place == .store ? layer.readingNotes : []
    caches[name, default: TableCache()].insert(layer.table, own, notes: notes)
    return (layer.table, notes)
  }

  func noLayer(_ name: String) -> StoreError {
    let names = (try? names()) ?? []
    return StoreError(.noSuchLayer, "no layer \"\(name)\"", fix: "layers: \(names.joined(separator: ", "))")
  }

  /// Runs one statement of SQL on the store, or on an empty database where there is none, without a chance to change
  /// anything. Layers from elsewhere that it names are copied in for its time, in their own reference systems.
  ///
  /// - Throws: `StoreError` with SQLite's message, `Cancelled`, and what reading a layer throws.
  public func query(_ text: String, monitor: WorkMonitor = WorkMonitor()) throws -> SQLAnswer {
    let identifiers = SQLText.identifiers(in: text)
    var layers: [StoredLayer] = []
    let ofStore = Set((try storeIndex()?.names ?? []).map(\.foldedName))
    for name in try names() where identifiers.contains(name.foldedName) {
      // SQL knows no case: `parks` is the store's `Parks` before it is an embedded layer.
      guard let (description, place) = try find(name), place == .session || !ofStore.contains(name.foldedName) else {
        continue
      }
      layers.append(
        StoredLayer(
          name: name, table: try table(named: name, monitor: monitor).table,
          referenceSystem: description.referenceSystem))
    }
    return try sql.query(text, layers: layers, monitor: monitor)
  }

  // MARK: Changes

  /// Puts a layer into the store, or into the session's memory where there is none.
  ///
  /// - Returns: where it is now.
  /// - Throws: `StoreError` when the name is taken and `replacing` is false, when the name is not allowed, and when the
  ///   store cannot be written; then nothing has changed. `Cancelled`.
  @discardableResult
  public func add(
    _ layer: StoredLayer, replacing: Bool = false, monitor: WorkMonitor = WorkMonitor()
  ) throws -> LayerPlace {
    try add([layer], replacing: replacing ? [layer.name] : [], monitor: monitor)
  }

  /// Puts several layers into the store, or into the session's memory where there is none: all of them or none.
  ///
  /// - Parameter replaced: layers of the same place that give way, those of the names added and others.
  /// - Returns: where they are now.
  /// - Throws: as for one layer; then nothing has changed.
  @discardableResult
  public func add(
    _ layers: [StoredLayer], replacing replaced: Set<String>, monitor: WorkMonitor = WorkMonitor()
  ) throws -> LayerPlace {
    let layers = layers.map { $0.withoutNaN() }
    for layer in layers { try SQLNames.check(layer: layer.name) }
    if let store {
      try store.write(layers, replacing: replaced, monitor: monitor)
      index = nil
    } else {
      var names = Set(session.keys).subtracting(replaced)
      for layer in layers where !names.insert(layer.name).inserted {
        throw StoreError(
          .layerExists, "there is a layer \"\(layer.name)\" already", fix: "choose another name")
      }
      for name in replaced { session[name] = nil }
      for layer in layers { session[layer.name] = (layer, layer.description) }
    }
    for name in replaced {
      caches[name] = nil
      networks[name] = nil
    }
    for layer in layers {
      networks[layer.name] = layer.network.map { [$0] }
      let own = layer.table.schema.hasGeometry ? layer.referenceSystem : nil
      caches[layer.name] = TableCache()
      caches[layer.name, default: TableCache()].insert(layer.table, own)
    }
    return store == nil ? .session : .store
  }

  /// Puts an imported layer into the store, or into the session's memory where there is none.
  @discardableResult
  public func add(
    _ imported: ImportedLayer, named name: String, replacing: Bool = false, monitor: WorkMonitor = WorkMonitor()
  ) throws -> LayerPlace {
    let layer = StoredLayer(
      name: name, table: imported.table, referenceSystem: imported.referenceSystem, metadata: imported.metadata)
    return try add(layer, replacing: replacing, monitor: monitor)
  }

  /// Removes a layer of the user's; an embedded one that it hid comes back.
  ///
  /// - Throws: `StoreError`.
  public func remove(_ name: String) throws(StoreError) {
    guard let (_, place) = try find(name) else { throw noLayer(name) }
    switch place {
    case .session: session[name] = nil
    case .store:
      try store?.remove(name)
      index = nil
    case .embedded:
      throw StoreError(.nameNotAllowed, "\(name) is an embedded layer, which stays", fix: "leave it")
    }
    caches[name] = nil
    networks[name] = nil
  }

  // MARK: The store's content

  /// What the store holds, asked for again once another program has changed the file.
  private func storeIndex() throws(StoreError) -> StoreIndex? {
    guard let store else { return nil }
    let version = try store.dataVersion()
    if let index, index.dataVersion == version { return index }
    let fresh = StoreIndex(store, names: try store.names(), dataVersion: version)
    for name in (index?.names ?? []) + fresh.names where session[name] == nil && index != nil {
      caches[name] = nil
      networks[name] = nil
    }
    index = fresh
    return fresh
  }
}

/// The names in a store, with the descriptions of those that were asked for.
private final class StoreIndex {
  let names: [String]
  let dataVersion: Int
  private let store: Store
  private var descriptions: [String: LayerDescription] = [:]

  init(_ store: Store, names: [String], dataVersion: Int) {
    self.store = store
    self.names = names
    self.dataVersion = dataVersion
  }

  func description(of name: String) throws(StoreError) -> LayerDescription? {
    if let known = descriptions[name] { return known }
    guard names.contains(name) else { return nil }
    let description = try store.description(of: name)
    descriptions[name] = description
    return description
  }
}

extension Table {
  /// The table with every geometry column in another system; attributes are shared. O(vertices).
  fileprivate func transformed(
    by transform: CoordinateTransform, workers: Workers, activity: String
  ) throws -> (table: Table, notes: [String]) {
    var columns = columns
    var notes: [String] = []
    for (i, column) in columns.enumerated() {
      guard let geometry = column.geometry else { continue }
      let moved = try transform.apply(to: geometry, workers: workers, activity: activity)
      columns[i] = Column(.geometry(moved.geometry))
      if let note = moved.note { notes.append(note) }
    }
    return (Table(schema: schema, columns: columns, rowCount: rowCount), notes)
  }
}
