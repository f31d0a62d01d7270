import Foundation

/// The layers of Jinan that ship with the executable, as the manifest beside them describes them.
///
/// Nothing is read before it is asked for: `open()` reads the manifest (some 30 kB) and no layer. The folder is found
/// from the executable's own place, never from the current folder.
public struct EmbeddedLayers: Sendable {
  /// In the manifest's order.
  public let all: [EmbeddedLayer]
  /// The code of the metric system in which the layers are measured: EPSG:4548.
  public let workingSystem: String
  /// What each source code (S0, S2, …) stands for, in the manifest's order.
  public let sources: [Source]

  /// A printed source, or the drawing itself.
  public struct Source: Sendable, Hashable, Decodable {
    public let code: String
    public let description: String
  }

  /// Reads the manifest of the layers that came with this executable.
  ///
  /// - Throws: `EmbeddedLayersError.missing` when neither place holds the layers, `.unreadable` when the manifest is
  ///   there and cannot be read or understood.
  public static func open() throws(EmbeddedLayersError) -> EmbeddedLayers {
    try EmbeddedLayers(firstOf: folders)
  }

  /// Reads the manifest in the first of the folders that has one.
  init(firstOf folders: [URL]) throws(EmbeddedLayersError) {
    for folder in folders {
      let file = folder.appendingPathComponent("manifest.json")
      guard FileManager.default.fileExists(atPath: file.path) else { continue }
      let manifest: Manifest
      do {
        manifest = try JSONDecoder().decode(Manifest.self, from: Data(contentsOf: file))
      } catch {
        throw .unreadable(file: file.path, reason: "\(error)")
      }
      all = manifest.layers.map { EmbeddedLayer($0, in: folder) }
      workingSystem = manifest.workingSystem
      sources = manifest.sources
      return
    }
    throw .missing(searched: folders.map(\.path))
  }

  /// The layer of that exact name. O(layers).
  public subscript(name: String) -> EmbeddedLayer? { all.first { $0.name == name } }

  /// Where the layers may lie: beside the executable (symbolic links followed), then in the sources that it was built
  /// from. The accessor that the package manager generates looks in like places, but traps when it finds none.
  private static var folders: [URL] {
    var folders: [URL] = []
    let bundle = "Catchment_GeoData.resources/layers"
    if let executable = Bundle.main.executableURL?.resolvingSymlinksInPath() {
      folders.append(executable.deletingLastPathComponent().appendingPathComponent(bundle))
    }
    folders.append(URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("layers"))
    return folders
  }
}

/// One layer as the manifest describes it, and the way to its bytes.
public struct EmbeddedLayer: Sendable, Hashable {
  /// The name that queries use: `parks`.
  public let name: String
  public let titleChinese: String
  public let titleEnglish: String
  public let description: String
  /// Where its figures were printed and who drew what was not.
  public let source: String
  /// An SPDX expression: `CC0-1.0`.
  public let licence: String
  /// The poorest accuracy among its features.
  public let accuracy: Accuracy
  /// How far a place may be off, in words: `±3 km`.
  public let uncertainty: String
  public let geometry: Geometry
  /// The number of features.
  public let count: Int
  /// The file's name inside the folder of layers.
  public let file: String
  /// The attributes in the order in which the features hold them.
  public let columns: [Column]
  /// What its lines mean as a network of streets; `nil` for a layer that is none.
  public let network: Network?
  /// The layer's GeoJSON file (RFC 7946, WGS 84, one feature a line).
  public let url: URL

  /// How well a feature's place is known, best first.
  public enum Accuracy: String, Sendable, Hashable, Decodable, CaseIterable {
    /// Measured on the ground.
    case surveyed
    /// Coordinates that a public source gives for the very place.
    case located
    /// A named place without printed coordinates, put where that place is.
    case approximate
    /// Drawn by hand from printed limits and general knowledge.
    case sketch
    /// Made up by a program so that totals and densities are right.
    case synthetic
  }

  public enum Geometry: String, Sendable, Hashable, Decodable {
    case point
    case line
    case area
  }

  /// The columns of a street network that say how its lines may be used. Lines join where they share a vertex.
  public struct Network: Sendable, Hashable, Decodable {
    /// The class of each street, as OpenStreetMap's values of `highway`.
    public let classColumn: String
    /// `yes` where wheels go in the direction of the line only.
    public let onewayColumn: String

    enum CodingKeys: String, CodingKey {
      case classColumn = "class"
      case onewayColumn = "oneway"
    }
  }

  /// An attribute of the layer's features.
  public struct Column: Sendable, Hashable, Decodable {
    public let name: String
    public let type: ValueType
    /// The unit of a number, spelled as in queries (`mu`, `km2`); `nil` for a plain number.
    public let unit: String?
    public let description: String

    public enum ValueType: String, Sendable, Hashable, Decodable {
      case text
      case integer
      case number
      case boolean
      /// ISO 8601: `2021-05-11`.
      case date
    }
  }

  /// The bytes of the layer's GeoJSON. O(file).
  ///
  /// - Throws: `EmbeddedLayersError.unreadable`.
  public func data() throws(EmbeddedLayersError) -> Data {
    do {
      return try Data(contentsOf: url)
    } catch {
      throw .unreadable(file: url.path, reason: "\(error)")
    }
  }
}

/// Why the embedded layers are not to be had.
public enum EmbeddedLayersError: Error, Hashable, CustomStringConvertible {
  /// No folder of layers in any of the places where it may lie.
  case missing(searched: [String])
  /// A file is there but cannot be read, or does not hold what it should.
  case unreadable(file: String, reason: String)

  public var description: String {
    switch self {
    case .missing(let searched):
      let places = searched.joined(separator: ", ")
      return
        "the embedded layers are missing: keep Catchment_GeoData.resources beside the executable (looked in \(places))"
    case .unreadable(let file, let reason):
      return "cannot read the embedded \(file): \(reason)"
    }
  }
}

/// The manifest as it is written.
private struct Manifest: Decodable {
  let workingSystem: String
  let sources: [EmbeddedLayers.Source]
  let layers: [Layer]

  enum CodingKeys: String, CodingKey {
    case workingSystem = "working_system"
    case sources, layers
  }

  struct Layer: Decodable {
    let name: String
    let titleChinese: String
    let titleEnglish: String
    let description: String
    let source: String
    let licence: String
    let accuracy: EmbeddedLayer.Accuracy
    let uncertainty: String
    let geometry: EmbeddedLayer.Geometry
    let count: Int
    let file: String
    let columns: [EmbeddedLayer.Column]
    let network: EmbeddedLayer.Network?

    enum CodingKeys: String, CodingKey {
      case titleChinese = "title_zh"
      case titleEnglish = "title_en"
      case name, description, source, licence, accuracy, uncertainty, geometry, count, file, columns, network
    }
  }
}

extension EmbeddedLayer {
  fileprivate init(_ layer: Manifest.Layer, in folder: URL) {
    name = layer.name
    titleChinese = layer.titleChinese
    titleEnglish = layer.titleEnglish
    description = layer.description
    source = layer.source
    licence = layer.licence
    accuracy = layer.accuracy
    uncertainty = layer.uncertainty
    geometry = layer.geometry
    count = layer.count
    file = layer.file
    columns = layer.columns
    network = layer.network
    url = folder.appendingPathComponent(layer.file)
  }
}
