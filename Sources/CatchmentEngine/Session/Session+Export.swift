import DataCatalog
import DataExchange
import FeatureTables
import Foundation
import Projections
import QueryLanguage

extension Session {
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
    if DatabaseAddress.isOne(target.path) { return pipeline.source.layerName ?? "result" }
    let name = URL(fileURLWithPath: target.path).deletingPathExtension().lastPathComponent
    return name.isEmpty ? "result" : name
  }

  func write(_ layers: [(String, Answer)], to target: ExportTarget) throws -> Outcome {
    let layers = try named(layers, target)
    let system = try target.referenceSystem.map { system in
      try diagnosing(at: system.range) { try ReferenceSystem(parsing: system.text) }
    }
    let encoding = try self.encoding(target)
    let format = try self.format(target)
    if DatabaseAddress.isOne(target.path) { return try write(layers, toDatabase: target, system) }
    let path = resolved(target.path)
    try refuseLosses(at: path, of: layers.map(\.0), target)
    let isReplaced = FileManager.default.fileExists(atPath: path)
    let report = try diagnosing(at: target.pathRange) {
      try FileWriter.write(
        try layers.map { name, answer in try exportLayer(name, answer) }, to: path, format: format, in: system,
        encoding: encoding, monitor: monitor)
    }
    return exported(report, target.path, isReplaced: isReplaced && report.files.count == 1)
  }

  /// Tables of a database, all of them or none.
  private func write(
    _ layers: [(String, Answer)], toDatabase target: ExportTarget, _ system: ReferenceSystem?
  ) throws -> Outcome {
    for (word, range) in [("as", target.format?.range), ("encoding", target.encodingRange)] where range != nil {
      throw Diagnostic(
        .misplacedOption, at: range ?? target.pathRange, "a database has no choice of `\(word)`", fix: "leave it out")
    }
    let report = try diagnosing(at: target.pathRange) {
      try DatabaseWriter.write(
        try layers.map { name, answer in try exportLayer(name, answer) }, to: target.path, in: system, monitor: monitor)
    }
    return exported(report, report.files.first?.path ?? "", isReplaced: report.isReplaced)
  }

  private func exported(_ report: ExportReport, _ path: String, isReplaced: Bool) -> Outcome {
    report.notes.forEach(relations.note)
    return .exported(
      Exported(
        path: path, layers: report.files.flatMap(\.layers).map { Exported.Layer(name: $0.name, rows: $0.rows) },
        format: report.format.title, isReplaced: isReplaced,
        renamings: report.renamings.map { ($0.layer, $0.from, $0.to) }))
  }

  /// `layer "x"` names the layer in the file.
  private func named(_ layers: [(String, Answer)], _ target: ExportTarget) throws -> [(String, Answer)] {
    guard let name = target.layer else { return layers }
    guard layers.count == 1 else {
      throw Diagnostic(
        .misplacedOption, at: target.layerRange ?? target.pathRange,
        "`layer` names one layer, and \(layers.count) are exported", fix: "leave it out: each keeps its own name")
    }
    return [(name, layers[0].1)]
  }

  private func format(_ target: ExportTarget) throws -> ExportFormat? {
    guard let name = target.format else { return nil }
    guard let format = ExportFormat(name: name.text) else {
      throw Diagnostic(
        DiagnosticCode("file.format-unknown", .query), at: name.range, "no format \"\(name.text)\" to write",
        fix: "formats: \(ExportFormat.files.map(\.rawValue).joined(separator: ", "))")
    }
    return format
  }

  private func encoding(_ target: ExportTarget) throws -> OutputEncoding? {
    guard let name = target.encoding else { return nil }
    guard let encoding = OutputEncoding(name: name) else {
      throw Diagnostic(
        .unknownEncoding, at: target.encodingRange ?? target.pathRange, "no encoding \"\(name)\" to write",
        fix: "encodings: \(OutputEncoding.allCases.map { $0.rawValue.lowercased() }.joined(separator: ", "))")
    }
    return encoding
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
    guard let format = ExportFormat(name: URL(fileURLWithPath: path).pathExtension), format.holdsSeveralLayers,
      let there = try? FileReader.layerNames(path)
    else { return }
    let written = format.layerNames(names)
    let lost = there.filter { !written.contains($0) }
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

extension Source {
  /// The layer or result that the source is, if it is one.
  fileprivate var layerName: String? {
    if case .named(let name) = kind { return name.text }
    return nil
  }
}
