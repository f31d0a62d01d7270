import WorkControl

/// All checks over a layer.
public enum Checkup {
  /// So many rows of each finding are told one by one.
  static let exampleCount = 3

  /// What is wrong with a layer, the same at any number of workers.
  ///
  /// - Parameters:
  ///   - references: areas whose names a column of the layer may tell.
  ///   - asCoverage: the layer's areas should tile.
  /// - Throws: `Cancelled`; `GeometryError` when GEOS fails.
  public static func run(
    _ layer: CheckedLayer, references: [ReferenceAreas] = [], asCoverage: Bool = false, workers: Workers = .one
  ) throws -> QualityReport {
    var found = try symptoms(of: layer, references, workers)
    if asCoverage {
      let invalid = Set(found.first { $0.kind == .invalidArea }?.rows ?? [])
      found += try Coverage.symptoms(of: layer, invalid: invalid, workers)
    }
    return QualityReport(
      subject: layer.name, rowCount: layer.rowCount, referenceSystem: layer.referenceSystem?.identifier,
      findings: inOrder(found).map { finding($0, layer) })
  }

  /// What one row or column has by itself, in the order of the kinds.
  static func symptoms(
    of layer: CheckedLayer, _ references: [ReferenceAreas], _ workers: Workers
  ) throws -> [Symptom] {
    var found = try AbsentGeometry.symptoms(of: layer, workers.monitor)
    found += try Duplicates.symptoms(of: layer, workers)
    found += try InvalidGeometry.symptoms(of: layer, workers)
    found += try ShortLines.symptoms(of: layer, workers.monitor)
    found += try Shapes.symptoms(of: layer, workers)
    let misplaced = try Positions.symptoms(of: layer, workers)
    found += misplaced
    found += try CoarseCoordinates.symptoms(of: layer, workers.monitor)
    found += try NamedDistricts.symptoms(of: layer, references, but: Set(misplaced.flatMap(\.rows)), workers)
    found += try TextValues.symptoms(of: layer, workers)
    found += try MeasuredUnits.symptoms(of: layer, workers.monitor)
    return inOrder(found)
  }

  private static func inOrder(_ found: [Symptom]) -> [Symptom] {
    ProblemKind.allCases.flatMap { kind in found.filter { $0.kind == kind && $0.count > 0 } }
  }

  private static func finding(_ symptom: Symptom, _ layer: CheckedLayer) -> Finding {
    let rows = symptom.rows.prefix(exampleCount).map { number in
      let row = Int(number)
      let place = symptom.place?(row) ?? (layer.xs[row], layer.ys[row])
      return Finding.Example(
        row: row, label: layer.label(of: row), x: place.0, y: place.1, detail: symptom.detail(row))
    }
    let sites = symptom.sites.prefix(exampleCount).map { site in
      Finding.Example(
        row: site.row, label: site.row.map(layer.label) ?? "", x: site.x, y: site.y, detail: site.detail)
    }
    return Finding(
      kind: symptom.kind, count: symptom.count, rows: symptom.rows, column: symptom.column, examples: rows + sites,
      next: NextStatement.of(symptom, in: layer))
  }
}
