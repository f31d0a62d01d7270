import DataCatalog
import DataExchange
import FeatureTables
import Foundation
import Projections
import QueryLanguage

extension Session {
  /// `save name [as layer]`
  func save(_ name: Identifier, as layer: Identifier?, _ notes: inout [Diagnostic]) throws -> Outcome {
    let source = Pipeline(source: Source(.named(name), range: name.range), steps: [], range: name.range)
    let answer = try evaluate(binding(&notes) { $0.bind(source) }, &notes)
    let target = layer ?? name
    var metadata = LayerMetadata()
    metadata.accuracy = answer.accuracy
    metadata.origin = "result \(name.text)"
    metadata.notes = answer.accuracyNote.map { [$0] } ?? []
    let layer = StoredLayer(
      name: target.text, table: answer.table.withoutOtherGeometries,
      referenceSystem: try answer.referenceSystem.map { try ReferenceSystem(parsing: $0) }, metadata: metadata)
    let replaced = try diagnosing(at: target.range) {
      let isSame = try comesFrom(metadata.origin, layer.name)
      try relations.catalog.add(layer, replacing: isSame, monitor: monitor)
      return isSame
    }
    let place = options.storePath.map { " in \($0)" } ?? " in memory; start with --store FILE to keep it"
    let hadNetwork = try diagnosing { try relations.catalog.summaries() }
      .contains { $0.isNetwork && $0.name == name.text }
    let network = hadNetwork ? "; the lines only, the street network stays with \(name.text)" : ""
    return .done("\(target.text): \(answer.table.rowCount) rows \(replaced ? "replaced" : "saved")\(place)\(network)")
  }

  /// A path as the process sees it.
  func resolved(_ path: String) -> String {
    if DatabaseAddress.isOne(path) { return path }
    if path.hasPrefix("~/") { return NSString(string: path).expandingTildeInPath }
    guard let folder = options.folder, !path.hasPrefix("/") else { return path }
    return folder + "/" + path
  }
}
