import FeatureTables
import Foundation
import GeometryKernel
import Projections

@testable import DataExchange

/// A folder of its own for one test, removed with it.
final class ScratchFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "exchange-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = self[name]
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  subscript(name: String) -> String { path + "/" + name }

  /// All names inside, hidden ones too, sorted.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

func bytes(of path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

/// Features in GeoJSON, each given as its geometry and its properties.
func collection(_ features: [(geometry: String, properties: String)], crs: String? = nil) -> String {
  let lines = features.map { #"{"type":"Feature","properties":\#($0.properties),"geometry":\#($0.geometry)}"# }
  let system = crs.map { #""crs":{"type":"name","properties":{"name":"\#($0)"}},"# } ?? ""
  return #"{"type":"FeatureCollection",\#(system)"features":["# + lines.joined(separator: ",\n") + "]}\n"
}

func point(_ x: Double, _ y: Double) -> String { #"{"type":"Point","coordinates":[\#(x),\#(y)]}"# }

/// The error of an exchange that must fail; `nil` when it does not fail or with another type.
func failure(_ body: () throws -> Void) -> ExchangeError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ExchangeError
  }
}

extension ImportedLayer {
  /// For writing it again.
  func exported(as name: String) -> ExportLayer {
    ExportLayer(name: name, table: table, referenceSystem: referenceSystem, metadata: metadata)
  }

  func values(_ column: String) -> [Value] {
    guard let column = table[column] else { return [] }
    return (0..<column.count).map { column.value(at: $0) }
  }

  func hasNote(_ words: String) -> Bool { report.notes.contains { $0.contains(words) } }
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seedable, the same everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Real files beside the checkout, which are no part of the project.
enum SharedData {
  static let folder: String = {
    if let said = ProcessInfo.processInfo.environment["CATCHMENT_TEST_DATA"] { return said }
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { package.deleteLastPathComponent() }
    return package.deletingLastPathComponent().appendingPathComponent("shared/data").path
  }()

  static var isThere: Bool { FileManager.default.fileExists(atPath: folder + "/wuhan_streets.gpkg") }

  static func path(_ name: String) -> String { folder + "/" + name }
}
