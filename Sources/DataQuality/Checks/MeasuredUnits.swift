import FeatureTables
import GeometryKernel
import WorkControl

/// Columns of areas and lengths in another unit than they say.
///
/// A column of numbers is an area (a length) of the geometry when the ratio of the two hardly varies: the median of its
/// distance from its median is below 5 %. The unit is then the known one nearest to the ratio: m², hectares, km², mu (亩),
/// square degrees. The column is suspected when its name or its type says another one, when it is in degrees at all (a
/// program measured longitudes and latitudes), and a single row when it fits another unit than the column does.
/// O(rows × columns of numbers).
enum MeasuredUnits {
  private static let tightness = 0.05

  private struct KnownUnit {
    let name: String
    /// Square metres or metres in one.
    let factor: Double
    /// What the name of a column may end in, in small letters.
    let suffixes: [String]
  }

  private static let areaUnits = [
    KnownUnit(name: "m²", factor: 1, suffixes: ["m2", "m²", "sqm", "平方米", "平米"]),
    KnownUnit(name: "mu", factor: 1e6 / 1500, suffixes: ["mu", "亩"]),
    KnownUnit(name: "ha", factor: 1e4, suffixes: ["ha", "hectares", "公顷"]),
    KnownUnit(name: "km²", factor: 1e6, suffixes: ["km2", "km²", "sqkm", "平方公里", "平方千米"]),
  ]
  private static let lengthUnits = [
    KnownUnit(name: "m", factor: 1, suffixes: ["_m", "米"]),
    KnownUnit(name: "km", factor: 1000, suffixes: ["km", "公里", "千米"]),
  ]

  static func symptoms(of layer: CheckedLayer, _ monitor: WorkMonitor) throws -> [Symptom] {
    guard let geometry = layer.geometry, let dimension = geometry.maximumDimension, dimension != .point,
      layer.referenceSystem != nil
    else { return [] }
    let isArea = dimension == .area
    try monitor.report("measuring units", fraction: nil, done: 0)
    let measures = try (0..<layer.rowCount).map { row in
      try monitor.check(atRow: row)
      return isArea ? layer.size(of: geometry, row)?.area ?? 0 : layer.length(of: geometry, row)
    }
    var units = isArea ? areaUnits : lengthUnits
    if layer.isInDegrees, let row = (0..<layer.rowCount).first(where: { layer.hasPlace($0) }) {
      let scale = layer.metresPerUnit(atY: layer.ys[row])
      let factor = isArea ? scale.x * scale.y : (scale.x * scale.y).squareRoot()
      units.append(KnownUnit(name: isArea ? "square degrees" : "degrees", factor: factor, suffixes: []))
    }
    return try zip(layer.table.schema.fields, layer.table.columns).flatMap { field, column in
      try monitor.check()
      return symptoms(field, column, measures, units)
    }
  }

  private static func symptoms(
    _ field: Field, _ column: Column, _ measures: [Double], _ units: [KnownUnit]
  ) -> [Symptom] {
    guard field.type.dimension == .one, let values = numbers(column), !CheckedLayer.isNumber(field) else { return [] }
    let rows = measures.indices.filter { !column.isNull(at: $0) && values[$0] > 0 && measures[$0] > 0 }
    guard rows.count >= 5 else { return [] }
    // Measure per number: the size of the unit.
    let ratios = rows.map { measures[$0] / values[$0] }
    let middle = Bulk.median(ratios)
    guard Bulk.median(ratios.map { abs($0 / middle - 1) }) < tightness,
      let unit = units.first(where: { abs(middle / $0.factor - 1) < 0.15 })
    else { return [] }
    let said = saidUnit(field, units)
    if let said, said.name != unit.name {
      return [
        Symptom(
          kind: .wrongUnit, rows: rows.map { Int32($0) }, column: field.name,
          detail: { _ in "agrees with the geometry in \(unit.name), not in \(said.name)" })
      ]
    }
    if unit.suffixes.isEmpty {
      return [
        Symptom(
          kind: .wrongUnit, rows: rows.map { Int32($0) }, column: field.name,
          detail: { _ in "was measured in \(unit.name)" })
      ]
    }
    var others: [Int: String] = [:]
    for (row, ratio) in zip(rows, ratios) where abs(ratio / middle - 1) > 0.3 {
      if let other = units.first(where: { $0.name != unit.name && abs(ratio / $0.factor - 1) < tightness }) {
        others[row] = other.name
      }
    }
    let odd = others
    return [
      Symptom(
        kind: .wrongUnit, rows: odd.keys.sorted().map { Int32($0) }, column: field.name,
        detail: { "agrees in \(odd[$0] ?? ""), the others in \(unit.name)" })
    ]
  }

  /// The unit that a column's type or name tells.
  private static func saidUnit(_ field: Field, _ units: [KnownUnit]) -> KnownUnit? {
    let name = field.name.lowercased().filter { $0 != ")" && $0 != "）" }
    return units.max { a, b in fit(a, name) < fit(b, name) }.flatMap { fit($0, name) > 0 ? $0 : nil }
  }

  /// The length of the longest suffix that a name has: `km2` is no `m2`.
  private static func fit(_ unit: KnownUnit, _ name: String) -> Int {
    unit.suffixes.filter(name.hasSuffix).map(\.count).max() ?? 0
  }

  private static func numbers(_ column: Column) -> [Double]? {
    switch column.storage {
    case .number(let values): values
    case .integer(let values): values.map(Double.init)
    default: nil
    }
  }
}

extension CheckedLayer {
  /// Metres of a row's lines.
  fileprivate func length(of geometry: GeometryArray, _ row: Int) -> Double {
    geometry.withView { view in
      var sum = 0.0
      for part in view.parts(at: row) where view.dimension(ofPart: part) == .line {
        let run = view.coordinates(ofPart: part)
        guard let first = run.first else { continue }
        let scale = metresPerUnit(atY: view.ys[first])
        for i in run.dropLast() {
          let dx = (view.xs[i + 1] - view.xs[i]) * scale.x
          let dy = (view.ys[i + 1] - view.ys[i]) * scale.y
          sum += (dx * dx + dy * dy).squareRoot()
        }
      }
      return sum
    }
  }

  /// A column that numbers rows.
  static func isNumber(_ field: Field) -> Bool { idNames.contains(field.name.lowercased()) }
}
