import DataCatalog
import DataExchange
import FeatureTables
import Foundation
import Projections
import QueryLanguage

extension Session {
  /// `import "file" as name`
  func bring(_ clause: ImportClause, _ notices: inout [Diagnostic]) throws -> Outcome {
    let options = try importOptions(clause, &notices)
    if clause.takesAll || !clause.layers.isEmpty { return try bringSeveral(clause, options) }
    let streets = try diagnosing(at: clause.pathRange) {
      try clause.network.map { try readStreets(clause, $0, options) } ?? ReadStreets(layer: readLayer(clause, options))
    }
    let name = layerNames(of: clause)[0]
    var layers = Brought(streets.layer, as: name, asideAs: rejectedName(of: name))
    if let network = clause.network { try attachNetwork(to: &layers.layer, streets, network, &notices) }
    let isReplaced = try keep([layers], at: clause.name?.range ?? clause.pathRange)[0]
    var outcome = layers.outcome(isReplaced: isReplaced, store: self.options.storePath)
    if let network = layers.layer.network {
      outcome.notes += NetworkSummary(network).notes()
      if streets.ways == nil, clause.network?.classField == nil,
        let note = NetworkSummary.unusedClassNote(layers.layer.table)
      {
        outcome.notes.append(note)
      }
    }
    return .imported(outcome)
  }

  /// `import "file" layers "a", "b"` and `import "file" all`
  private func bringSeveral(_ clause: ImportClause, _ options: ImportOptions) throws -> Outcome {
    let layers = try diagnosing(at: clause.pathRange) {
      let file = try LayerSource(resolved(clause.path))
      var names = UniqueNames()
      return try (clause.takesAll ? file.layerNames() : clause.layers).map { wanted in
        var options = options
        options.layer = wanted
        let imported = try file.read(options, workers: execution.workers, monitor: monitor)
        let name = names.take(Self.plainName(wanted))
        return Brought(imported, as: name, asideAs: rejectedName(of: name))
      }
    }
    let replaced = try keep(layers, at: clause.pathRange)
    var outcomes = zip(layers, replaced).map { $0.outcome(isReplaced: $1, store: self.options.storePath) }
    guard !outcomes.isEmpty else {
      throw Diagnostic(.expected, at: clause.pathRange, "the file holds no layer", fix: "import another file")
    }
    var first = outcomes.removeFirst()
    first.others = outcomes
    return .imported(first)
  }

  private func importOptions(_ clause: ImportClause, _ notices: inout [Diagnostic]) throws -> ImportOptions {
    var options = ImportOptions()
    options.layer = clause.layer
    options.encoding = clause.encoding
    options.repair = clause.repair
    options.closesAreas = clause.closesAreas
    if let system = clause.referenceSystem {
      options.referenceSystem = try diagnosing(at: system.range) { try ReferenceSystem(parsing: system.text) }
    }
    let bounds = try binding(&notices) { ImportBounds(clause, &$0) }
    guard bounds.mistakes.isEmpty else { throw Diagnostics(bounds.mistakes) }
    options.curveTolerance = bounds.tolerance
    options.rows = RowSelection(
      condition: clause.condition.map {
        ImportCondition(expression: $0, parameters: parameters, settings: execution)
      }, box: bounds.box, limit: bounds.limit)
    return options
  }

  /// Reads a layer; of a street map that holds several, what its reader most likely wants are the streets.
  private func readLayer(_ clause: ImportClause, _ options: ImportOptions) throws -> ImportedLayer {
    let path = resolved(clause.path)
    do {
      return try FileReader.read(path, options, workers: execution.workers, monitor: monitor)
    } catch let error as ExchangeError where error.code == .layerNotNamed && FileReader.isStreetMap(path) {
      let name = clause.name.map { " as \($0.text)" } ?? ""
      throw ExchangeError(
        error.code, error.message,
        fix: "for its streets write import \"\(clause.path)\"\(name) network, for another layer its name: "
          + "import \"\(clause.path)\" layer \"points\"\(name)")
    }
  }

  /// `layers of "file"`
  func fileLayers(_ clause: FileClause) throws -> Outcome {
    let layers = try diagnosing(at: clause.pathRange) {
      try LayerSource(resolved(clause.path)).layers(
        encoding: clause.encoding, workers: execution.workers, monitor: monitor)
    }
    let table = Table(
      schema: Schema([
        Field("layer", .text), Field("geometry_kind", .text), Field("rows", .integer), Field("crs", .text),
        Field("columns", .text),
      ]),
      columns: [
        Column(.text(TextArray(layers.map(\.name)))), Column(.text(TextArray(layers.map(\.kinds)))),
        Column(.integer(layers.map { Int64($0.rows ?? 0) }), validity: layers.map { $0.rows != nil }),
        Column(
          .text(TextArray(layers.map { $0.referenceSystem ?? "" })), validity: layers.map { $0.referenceSystem != nil }),
        Column(.text(TextArray(layers.map { $0.columns.joined(separator: ", ") }))),
      ], rowCount: layers.count)
    return .answer(Answer(table: table, referenceSystem: nil, accuracy: nil, accuracyNote: nil, planSummary: ""))
  }

  // MARK: Names

  /// The names that the layers of an import get: as written, or the file's own; none for `all`, before it is read.
  func layerNames(of clause: ImportClause) -> [String] {
    if clause.takesAll { return [] }
    if !clause.layers.isEmpty {
      var names = UniqueNames()
      return clause.layers.map { names.take(Self.plainName($0)) }
    }
    if let name = clause.name { return [name.text] }
    if DatabaseAddress.isOne(clause.path), let table = clause.layer { return [Self.plainName(table)] }
    return [Self.plainName(URL(fileURLWithPath: clause.path).deletingPathExtension().lastPathComponent)]
  }

  /// The layer of rows whose place could not be read.
  func rejectedName(of name: String) -> String { "\(name)_rejected" }

  private static func plainName(_ name: String) -> String {
    let cleaned = name.unicodeScalars.map {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) ? Character($0) : "_"
    }
    return String(cleaned)
  }

  // MARK: Keeping

  /// Adds layers, or replaces those that came from the same place before; all of them or none. Says which are replaced.
  private func keep(_ brought: [Brought], at range: Range<Int>) throws -> [Bool] {
    try diagnosing(at: range) {
      var replaced: Set<String> = []
      let isReplaced = try brought.map { layers in
        let isSame = try comesFrom(layers.layer.metadata.origin, layers.layer.name)
        if isSame { replaced.insert(layers.layer.name) }
        // Rows kept aside the last time may be mended now.
        let aside = rejectedName(of: layers.layer.name)
        if try comesFrom(layers.layer.metadata.origin, aside) { replaced.insert(aside) }
        return isSame
      }
      try relations.catalog.add(
        brought.flatMap { [$0.layer] + ($0.aside.map { [$0] } ?? []) }, replacing: replaced, monitor: monitor)
      return isReplaced
    }
  }

  /// Whether a layer of that name came from there.
  func comesFrom(_ origin: String?, _ name: String) throws -> Bool {
    guard let earlier = try relations.catalog.layer(named: name), earlier.place != .embedded else { return false }
    return earlier.metadata.origin == origin
  }
}

/// A layer that was read, and the rows of it that were kept aside.
private struct Brought {
  var layer: StoredLayer
  var aside: StoredLayer?
  private let report: ImportReport

  init(_ imported: ImportedLayer, as name: String, asideAs asideName: String) {
    layer = StoredLayer(
      name: name, table: imported.table, referenceSystem: imported.referenceSystem, metadata: imported.metadata)
    aside = imported.rejected.map { rejected in
      var metadata = LayerMetadata()
      metadata.origin = imported.metadata.origin
      metadata.description =
        "rows of \(name) whose place could not be read"
        + (rejected.isCountedAmongTaken ? ", numbered among those that were asked for" : "")
      return StoredLayer(name: asideName, table: rejected.table, referenceSystem: nil, metadata: metadata)
    }
    report = imported.report
  }

  func outcome(isReplaced: Bool, store: String?) -> Imported {
    var notes = report.notes
    if let aside {
      let count = aside.table.rowCount
      notes.append(
        "\(count) \(count == 1 ? "row is" : "rows are") in \(aside.name), with the reason and the original text; "
          + "to see why, write: \(aside.name) | summarize n = count() by reason")
    }
    if isReplaced { notes.append("it replaces the layer that was imported from the same file before") }
    return Imported(
      name: layer.name, rows: report.rows, kinds: report.kindsText,
      referenceSystem: layer.referenceSystem?.identifier ?? "", notes: notes, store: store)
  }
}
