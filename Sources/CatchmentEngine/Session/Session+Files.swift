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
    return .done("\(target.text): \(answer.table.rowCount) rows \(replaced ? "replaced" : "saved")\(place)")
  }

  /// `export a, b to "file"`
  func export(_ names: [Identifier], to target: ExportTarget, _ notes: inout [Diagnostic]) throws -> Outcome {
    var layers: [(String, Answer)] = []
    for name in names {
      let source = Pipeline(source: Source(.named(name), range: name.range), steps: [], range: name.range)
      layers.append((name.text, try evaluate(binding(&notes) { $0.bind(source) }, &notes)))
    }
    return try write(layers, to: target)
  }

  /// The layer name inside a file that a pipeline is exported to: the file's.
  func targetLayerName(_ target: ExportTarget, _ pipeline: Pipeline) -> String {
    let name = URL(fileURLWithPath: target.path).deletingPathExtension().lastPathComponent
    return name.isEmpty ? "result" : name
  }

  func write(_ layers: [(String, Answer)], to target: ExportTarget) throws -> Outcome {
    let format = try target.format.map { name -> ExportFormat in
      guard let format = ExportFormat(name: name.text) else {
        throw Diagnostic(
          DiagnosticCode("file.format-unknown", .query), at: name.range, "no format \"\(name.text)\" to write",
          fix: "formats: \(ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      return format
    }
    let system = try target.referenceSystem.map { system in
      try diagnosing(at: system.range) { try ReferenceSystem(parsing: system.text) }
    }
    let path = resolved(target.path)
    try refuseLosses(at: path, of: layers.map(\.0), target)
    let isReplaced = FileManager.default.fileExists(atPath: path)
    let report = try diagnosing(at: target.pathRange) {
      try FileWriter.write(
        try layers.map { name, answer in try exportLayer(name, answer) }, to: path, format: format,
        in: system, monitor: monitor)
    }
    report.notes.forEach(relations.note)
    return .exported(
      Exported(
        path: target.path,
        layers: report.files.flatMap(\.layers).map { Exported.Layer(name: $0.name, rows: $0.rows) },
        format: report.format.title, isReplaced: isReplaced && report.files.count == 1))
  }

  /// An export may replace an older one of itself, but not the file of an import, nor a file with further layers.
  private func refuseLosses(at path: String, of names: [String], _ target: ExportTarget) throws {
    let place = URL(fileURLWithPath: path).standardizedFileURL.path
    for summary in try diagnosing({ try relations.catalog.summaries() }) where summary.place != .embedded {
      let origin = try relations.catalog.layer(named: summary.name)?.metadata.origin
      if let origin, URL(fileURLWithPath: origin).standardizedFileURL.path == place {
        throw Diagnostic(
          .overwritesSource, at: target.pathRange, "\(summary.name) was imported from this file, which would be lost",
          fix: "export to another file")
      }
    }
    guard ExportFormat(name: URL(fileURLWithPath: path).pathExtension)?.holdsSeveralLayers == true,
      let there = try? FileReader.layerNames(path)
    else { return }
    let lost = there.filter { !names.contains($0) }
    if !lost.isEmpty {
      throw Diagnostic(
        .overwritesSource, at: target.pathRange,
        "the file holds layers that would be lost: \(lost.joined(separator: ", "))",
        fix: "export to another file, or delete this one first")
    }
  }

  func exportLayer(_ name: String, _ answer: Answer) throws -> ExportLayer {
    var metadata = LayerMetadata()
    metadata.accuracy = answer.accuracy
    return ExportLayer(
      name: name, table: answer.table.withoutOtherGeometries.stating(answer.accuracy, others: answer.accuracyOfOthers),
      referenceSystem: try answer.referenceSystem.map { try ReferenceSystem(parsing: $0) }, metadata: metadata)
  }

  /// A path as the process sees it.
  func resolved(_ path: String) -> String {
    if path.hasPrefix("~/") { return NSString(string: path).expandingTildeInPath }
    guard let folder = options.folder, !path.hasPrefix("/") else { return path }
    return folder + "/" + path
  }
}

extension Table {
  /// With the accuracy said on every row, so that whoever opens the file in another program sees it: a row is known as
  /// poorly as its own place and as the layers that it was compared with.
  func stating(_ accuracy: Accuracy?, others: Accuracy?) -> Table {
    guard let accuracy, accuracy > .located else { return self }
    let name = "accuracy"
    guard let index = schema.index(of: name) else {
      let column = Column.constant(.text(accuracy.rawValue), type: .text, count: rowCount)
      return Table(
        schema: Schema(schema.fields + [Field(name, .text)]), columns: columns + [column], rowCount: rowCount)
    }
    guard let others, case .text(let own) = columns[index].storage else { return self }
    var said = ColumnBuilder(.text)
    for row in 0..<rowCount {
      let rowAccuracy = columns[index].isNull(at: row) ? nil : Accuracy(rawValue: own[row])
      said.append(max(rowAccuracy ?? others, others).rawValue)
    }
    var columns = columns
    columns[index] = said.finish()
    return Table(schema: schema, columns: columns, rowCount: rowCount)
  }

  /// Without the geometries of joined layers: a file's feature has one.
  var withoutOtherGeometries: Table {
    let kept = schema.fields.indices.filter {
      schema.fields[$0].type != .geometry || schema.fields[$0].name == Field.geometryName
    }
    guard kept.count < schema.fields.count else { return self }
    return Table(schema: Schema(kept.map { schema.fields[$0] }), columns: kept.map { columns[$0] }, rowCount: rowCount)
  }
}
