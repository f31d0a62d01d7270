import WorkControl

/// All checks over a layer.
public enum Checkup {
  /// So many rows of each finding are told one by one.
  static let exampleCount = 3

  /// What is wrong with a layer, the same at any number of workers.
  ///
  /// - Parameter references: areas whose names a column of the layer may tell.
  /// - Throws: `Cancelled`; `GeometryError` when GEOS fails.
  public static func run(
    _ layer: CheckedLayer, references: [ReferenceAreas] = [], workers: Workers = .one
  ) throws -> QualityReport {
    let findings = try symptoms(of: layer, references, workers).map { finding($0, layer) }
    return QualityReport(
      subject: layer.name, rowCount: layer.rowCount, referenceSystem: layer.referenceSystem?.identifier,
      findings: findings)
  }

  /// What has rows, in the order of the kinds.
  static func symptoms(
    of layer: CheckedLayer, _ references: [ReferenceAreas], _ workers: Workers
  ) throws -> [Symptom] {
    var found = AbsentGeometry.symptoms(of: layer)
    found += try InvalidGeometry.symptoms(of: layer, workers)
    found += ShortLines.symptoms(of: layer)
    found += try NamedDistricts.symptoms(of: layer, references, workers)
    return ProblemKind.allCases.flatMap { kind in found.filter { $0.kind == kind && !$0.rows.isEmpty } }
  }

  private static func finding(_ symptom: Symptom, _ layer: CheckedLayer) -> Finding {
    let examples = symptom.rows.prefix(exampleCount).map { number in
      let row = Int(number)
      let place = symptom.place?(row) ?? (layer.xs[row], layer.ys[row])
      return Finding.Example(
        row: row, label: layer.label(of: row), x: place.0, y: place.1, detail: symptom.detail(row))
    }
    return Finding(
      kind: symptom.kind, rows: symptom.rows, column: symptom.column, examples: examples,
      next: NextStatement.of(symptom, in: layer))
  }
}
