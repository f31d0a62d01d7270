import DataCatalog
import FeatureTables
import GeometryKernel
import Projections
import QueryLanguage
import QueryPlanning

/// What `layers` and `describe` show.
extension Session {
  func layersPage() throws -> Page {
    var rows: [[String]] = []
    for layer in try diagnosing({ try relations.catalog.summaries() }) {
      let title = (language == "zh" ? layer.titleChinese : layer.titleEnglish) ?? ""
      rows.append([
        layer.name, title, String(layer.rowCount), layer.accuracy?.rawValue ?? "", layer.place.rawValue,
      ])
    }
    for name in relations.resultNames {
      rows.append([name, "", "", "", "result"])
    }
    return Page([.table(headings: ["layer", "title", "rows", "accuracy", "where"], rows: rows)])
  }

  func describe(_ name: Identifier) throws -> Page {
    if let definition = relations.definition(named: name.text) { return describe(definition) }
    guard let layer = try diagnosing(at: name.range, { try relations.catalog.layer(named: name.text) }) else {
      if name.text == "modes" { return modesPage() }
      if let mode = relations.modes.named(name.text) { return describe(mode) }
      let similar = nearestNames(to: name.text, in: relations.relationNames)
      throw Diagnostic(
        .unknownLayer, at: name.range, "no layer \"\(name.text)\"",
        fix: (similar.first.map { "did you mean \"\($0)\"? " } ?? "")
          + "layers: \(relations.relationNames.joined(separator: ", "))")
    }
    let metadata = layer.metadata
    var facts: [[String]] = []
    func fact(_ key: String, _ value: String?) {
      if let value, !value.isEmpty { facts.append([key, value]) }
    }
    fact("title", [metadata.titleChinese, metadata.titleEnglish].compactMap { $0 }.joined(separator: " · "))
    fact("about", metadata.description)
    fact("rows", String(layer.rowCount))
    fact("geometry", layer.description.kinds.map(\.name).joined(separator: ", "))
    fact("stored in", layer.referenceSystem.map { "\($0.identifier), \($0.name)" })
    if let working = relations.forcedSystem ?? layer.workingSystem, layer.schema.hasGeometry {
      let why = relations.forcedSystem == nil ? "chosen by the place of the data" : "set by `set crs`"
      fact("measured in", "\(working.identifier), \(working.name) (\(why))")
      if layer.place != .embedded { fact("brought there by", way(of: layer, to: working)) }
    }
    fact(
      "extent",
      layer.description.extent.isEmpty
        ? nil : extentText(layer.description.extent, degrees: layer.referenceSystem?.isGeographic ?? false))
    fact("accuracy", [metadata.accuracy?.rawValue, metadata.uncertainty].compactMap { $0 }.joined(separator: ", "))
    fact("source", metadata.source)
    fact("licence", metadata.licence)
    fact("origin", metadata.origin)
    fact("texts", metadata.encoding)
    if let system = metadata.originalReferenceSystem, let basis = metadata.referenceSystemBasis {
      fact("came in", "\(system), \(basis)")
    }
    fact("imported", metadata.importedAt)
    var tables: [Page.Block] = []
    if layer.isNetwork {
      let network = try diagnosing(at: name.range) {
        try relations.catalog.network(named: name.text, monitor: monitor)
      }
      let summary = NetworkSummary(network)
      facts += summary.facts()
      tables = summary.blocks().map { .table(headings: $0.headings, rows: $0.rows) }
    }
    var blocks: [Page.Block] = [.heading(name.text), .table(headings: [], rows: facts)] + tables
    blocks.append(columnsTable(layer.schema, layer.description.columnDescriptions))
    blocks += metadata.notes.map { .text($0) }
    return Page(blocks)
  }

  /// What is done to the coordinates of a layer before anything is measured, in PROJ's words, with its accuracy.
  private func way(of layer: CatalogLayer, to working: ReferenceSystem) -> String? {
    guard let system = layer.referenceSystem, let transform = try? CoordinateTransform(from: system, to: working) else {
      return nil
    }
    let extent = layer.description.extent
    let middle = extent.isEmpty ? nil : (x: extent.centerX, y: extent.centerY)
    return (try? transform.operation(at: middle))?.description
  }

  private func describe(_ definition: Relations.Definition) -> Page {
    let plan = definition.plan
    var facts = [["result of", definition.source[plan.range]]]
    facts.append(["rows", definition.table.map { String($0.rowCount) } ?? "not evaluated yet"])
    if let system = plan.referenceSystem { facts.append(["measured in", system]) }
    if let note = relations.provenance(of: plan).note { facts.append(["accuracy", note]) }
    return Page([.heading(definition.name), .table(headings: [], rows: facts), columnsTable(plan.schema, [:])])
  }

  private func columnsTable(_ schema: Schema, _ descriptions: [String: String]) -> Page.Block {
    .table(
      headings: ["column", "type", "about"],
      rows: schema.attributes.map { [$0.name, $0.type.description, descriptions[$0.name] ?? ""] })
  }

  private func extentText(_ box: Box, degrees: Bool) -> String {
    func text(_ value: Double) -> String {
      let scale = degrees ? 1e5 : 1
      let rounded = (value * scale).rounded() / scale
      return rounded == rounded.rounded() && abs(rounded) < 1e15 ? "\(Int64(rounded))" : "\(rounded)"
    }
    return "\(text(box.minX)) … \(text(box.maxX)), \(text(box.minY)) … \(text(box.maxY))"
  }
}
