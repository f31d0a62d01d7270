import CatchmentEngine
import Foundation
import QueryLanguage
import TestSupport
import Testing

extension TemporaryFolder {
  func bytes(of name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: self[name]))) }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: self[name], withIntermediateDirectories: true)
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: self[name]) }

  /// Cuts a file off behind a part of its bytes.
  func cut(_ name: String, to part: Double) throws {
    let whole = try bytes(of: name)
    try write(name, Array(whole[..<Int(Double(whole.count) * part)]))
  }

  /// Features in GeoJSON, each given as its geometry; their `id` counts from 1.
  func geoJSON(_ name: String, _ geometries: [String]) throws {
    let features = geometries.enumerated().map {
      #"{"type":"Feature","properties":{"id":\#($0 + 1)},"geometry":\#($1)}"#
    }
    try write(name, #"{"type":"FeatureCollection","features":["# + features.joined(separator: ",\n") + "]}\n")
  }

  /// Runs statements that must succeed, to make a file or a store.
  func make(_ text: String, store: String? = nil) throws {
    let source = SourceText(text, name: "fixture")
    let session = try Session(options: Session.Options(storePath: store.map { self[$0] }, folder: path))
    var failures: [Diagnostic] = []
    let status = session.run(source, stopAtFailure: true) { report in
      if case .failed(let list) = report.outcome { failures += list }
    }
    try #require(status == 0, "\(DiagnosticRenderer(source).render(failures))")
  }
}
