import DataCatalog
import DataQuality
import FeatureTables
import GeometryKernel
import Projections
import QueryLanguage
import QueryPlanning
import WorkControl

/// `check L [as coverage] [against R]`
extension Session {
  func check(_ clause: CheckClause, in source: SourceText, _ notes: inout [Diagnostic]) throws -> Outcome {
    let layer = try examined(clause.subject, in: source, &notes)
    let reference = try clause.reference.map { try examined($0, in: source, &notes) }
    return try diagnosing(at: clause.subject.range) {
      let workers = Workers(relations.catalog.workers, monitor: monitor)
      let areas = try reference.map { try namedAreas($0, of: layer, workers) } ?? usualAreas(of: layer)
      var report = try Checkup.run(layer, references: areas, asCoverage: clause.asCoverage, workers: workers)
      if let reference {
        try compare(layer, with: reference, into: &report, workers)
      } else {
        try compareWithKnownPlaces(layer, into: &report, workers)
      }
      return .checked(report)
    }
  }

  /// The areas of a reference layer, in the system of the layer that is checked.
  private func namedAreas(
    _ reference: CheckedLayer, of layer: CheckedLayer, _ workers: Workers
  ) throws -> [ReferenceAreas] {
    guard let geometry = reference.geometry, let from = reference.referenceSystem, let to = layer.referenceSystem else {
      return []
    }
    let moved = try CoordinateTransform(from: from, to: to).apply(to: geometry, workers: workers).geometry
    let known = try relations.catalog.layer(named: reference.name)
    return [
      ReferenceAreas(
        name: reference.name, table: reference.table.replacingGeometry(moved),
        uncertainty: ReferenceAreas.uncertainty(in: known?.metadata.uncertainty))
    ].compactMap { $0 }
  }

  /// What a reference layer tells of the whole of a layer, besides the names of its areas.
  func compare(
    _ layer: CheckedLayer, with reference: CheckedLayer, into report: inout QualityReport, _ workers: Workers
  ) throws {
    let districts = ReferenceAreas(name: reference.name, table: reference.table, uncertainty: 0)
    let areNamed = try districts?.areNamed(by: layer, monitor: monitor) ?? false
    // Points that name their districts are compared with these for what they lie in; nobody expects more of them.
    let isAboutDistricts = areNamed && layer.geometry?.maximumDimension == .point
    if let datum = try DatumComparison.of(layer, with: reference, workers: workers), datum.isFound || !isAboutDistricts
    {
      report.remarks.append(datum.sentence)
    } else if districts == nil {
      report.remarks.append(
        "\(reference.name) has no areas with names, so that no row's district could be compared with it")
    } else if !areNamed {
      report.remarks.append(
        "no column of \(layer.name) names areas of \(reference.name), so that no row's district could be compared with it"
      )
    }
  }

  private func usualAreas(of layer: CheckedLayer) throws -> [ReferenceAreas] {
    try layer.referenceSystem.map { try relations.namedAreas(in: $0.identifier) }?.filter { $0.name != layer.name }
      ?? []
  }

  /// Judges the datum of a layer by the names it shares with the embedded layers whose places are published; in silence
  /// where these can say nothing.
  private func compareWithKnownPlaces(
    _ layer: CheckedLayer, into report: inout QualityReport, _ workers: Workers
  ) throws {
    for name in Self.knownPlaces where name != layer.name {
      guard let known = try relations.catalog.layer(named: name), known.place == .embedded else { continue }
      let table = try relations.catalog.table(named: name, monitor: monitor).table
      let reference = CheckedLayer(name: name, table: table, referenceSystem: known.referenceSystem)
      let datum = try DatumComparison.of(layer, with: reference, byNamesOnly: true, workers: workers)
      guard let datum, datum.isFound else { continue }
      report.remarks.append(datum.sentence)
      return
    }
  }

  private static let knownPlaces = ["metro_stations", "places"]

  /// A layer as it is kept, in its own reference system; what a query made, in the system of the query.
  private func examined(_ subject: Source, in source: SourceText, _ notes: inout [Diagnostic]) throws -> CheckedLayer {
    let text = source[subject.range]
    if case .named(let name) = subject.kind, relations.definition(named: name.text) == nil,
      let layer = try diagnosing(at: name.range, { try relations.catalog.layer(named: name.text) })
    {
      let table = try diagnosing(at: name.range) {
        try relations.catalog.table(named: name.text, monitor: monitor).table
      }
      return CheckedLayer(name: text, table: table, referenceSystem: layer.referenceSystem)
    }
    let pipeline = Pipeline(source: subject, steps: [], range: subject.range)
    let answer = try evaluate(try binding(&notes) { $0.bind(pipeline) }, &notes)
    let system = try diagnosing { try answer.referenceSystem.map { try ReferenceSystem(parsing: $0) } }
    return CheckedLayer(name: text, table: answer.table, referenceSystem: system)
  }
}
