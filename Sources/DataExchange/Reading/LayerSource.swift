import WorkControl

/// Where layers come from: a file, or a PostGIS database.
public enum LayerSource {
  case file(DataFile)
  case database(DatabaseAddress)

  /// - Parameter text: a path, or an address that begins with `postgres://`.
  /// - Throws: `ExchangeError` for a file that is not there, not what its name says, or cut off, and for an address that
  ///   is none; `Cancelled`.
  public init(_ text: String) throws {
    self = DatabaseAddress.isOne(text) ? .database(try DatabaseAddress(text)) : .file(try DataFile(text))
  }

  /// The names of the layers that can be imported, in the source's order; no row is read.
  ///
  /// - Throws: `ExchangeError` when the source cannot be opened.
  public func layerNames() throws -> [String] {
    switch self {
    case .file(let file): try file.layerNames()
    case .database(let address): try DatabaseReader.layerNames(address)
    }
  }

  /// What the layers are, see `FileLayer`.
  ///
  /// - Throws: `ExchangeError`; `Cancelled`.
  public func layers(
    encoding: String? = nil, workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> [FileLayer] {
    switch self {
    case .file(let file): try file.layers(encoding: encoding, workers: workers, monitor: monitor)
    case .database(let address): try DatabaseReader.layers(address)
    }
  }

  /// Reads one layer whole, or nothing: `FileReader.read`.
  public func read(
    _ options: ImportOptions = ImportOptions(), workers: Int? = nil, monitor: WorkMonitor = WorkMonitor()
  ) throws -> ImportedLayer {
    switch self {
    case .file(let file): try file.read(options, workers: workers, monitor: monitor)
    case .database(let address): try DatabaseReader.read(address, options, monitor: monitor)
    }
  }
}
