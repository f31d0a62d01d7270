import FeatureTables
import GeometryKernel
import SpatialIndexes
import WorkControl

/// Rows outside the district that a column of theirs names: a wrong place, or a wrong name.
///
/// Suspected, because either may be wrong, and because the reference has an accuracy of its own: a row has to be farther
/// outside than that. A column names districts when half of its values or more are names of the reference, and means these
/// very areas when at most a third of its rows are outside of theirs. O(rows × name) and an index look-up a row.
enum NamedDistricts {
  /// Rows outside whose digits are tried.
  private static let mostSlips = 1000

  /// - Parameter misplaced: rows of which is known already why they are elsewhere.
  static func symptoms(
    of layer: CheckedLayer, _ references: [ReferenceAreas], but misplaced: Set<Int32>, _ workers: Workers
  ) throws -> [Symptom] {
    guard layer.geometry != nil else { return [] }
    var symptoms: [Symptom] = []
    for reference in references {
      for (field, column) in zip(layer.table.schema.fields, layer.table.columns) {
        guard case .text(let texts) = column.storage else { continue }
        symptoms += try self.symptoms(layer, field.name, column, texts, reference, misplaced, workers)
      }
    }
    return symptoms
  }

  private static func symptoms(
    _ layer: CheckedLayer, _ name: String, _ column: Column, _ texts: TextArray, _ reference: ReferenceAreas,
    _ misplaced: Set<Int32>, _ workers: Workers
  ) throws -> [Symptom] {
    guard let named = try namedAreas(column, texts, reference, workers.monitor) else { return [] }
    let known = named.count { $0 >= 0 }
    let index = try SpatialIndex(reference.geometry, workers: workers)
    try index.prepareAreas(workers: workers)
    let names = reference.names
    let points = GeometryArray(pointsX: layer.xs, y: layer.ys)
    let runs = workers.runs(of: layer.rowCount, atLeast: 4096)
    let found = try workers.map(pieces: runs.count) { piece in
      try workers.monitor.report("comparing places with \(reference.name)", fraction: nil, done: runs[piece].lowerBound)
      let holding = index.containing(points.slice(runs[piece]))
      return runs[piece].filter { row in
        guard named[row] >= 0, layer.hasPlace(row) else { return false }
        let areas = names[Int(named[row])].rows
        let holders = holding.rows[holding.range(of: row - runs[piece].lowerBound)]
        return !holders.contains(where: areas.contains) && isFar(layer, row, from: areas, of: reference)
      }.map { Int32($0) }
    }
    let outside = found.flatMap { $0 }.filter { !misplaced.contains($0) }
    // Where most are outside, the column means something else by these names.
    guard 3 * outside.count <= known else { return [] }
    var slips: [Int: MistypedDigit] = [:]
    for row in outside.prefix(mostSlips).map(Int.init) where layer.isSinglePoint(row) {
      try workers.monitor.check()
      let areas = names[Int(named[row])].rows
      slips[row] = MistypedDigit(layer.xs[row], layer.ys[row]) { x, y in
        let holders = index.containing(GeometryArray(pointsX: [x], y: [y])).rows
        return holders.contains(where: areas.contains)
      }
    }
    let digits = slips
    let mistyped = Symptom(
      kind: .mistypedDigit, rows: digits.keys.sorted().map { Int32($0) }, column: name,
      detail: { digits[$0]?.text ?? "" })
    let wrong = Symptom(
      kind: .wrongDistrict, rows: outside, column: name, reference: reference,
      detail: { row in
        let holders = index.containing(points.slice(row..<(row + 1))).rows
        let place = holders.first.flatMap { holder in names.first { $0.rows.contains(holder) } }?.name
        return "says \(texts[row]), lies in \(place ?? "none of \(reference.name)")"
      })
    return [wrong, mistyped]
  }

  /// For each row the number of its name in the reference, −1 for another name, −2 for none; `nil` for a column that does
  /// not name its areas.
  fileprivate static func namedAreas(
    _ column: Column, _ texts: TextArray, _ reference: ReferenceAreas, _ monitor: WorkMonitor
  ) throws -> [Int32]? {
    try monitor.report("comparing names with \(reference.name)", fraction: nil, done: 0)
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    for (number, name) in reference.names.enumerated() { numbers[Array(name.name.utf8)[...]] = Int32(number) }
    // Rows in sequence often tell the same name.
    var last = ArraySlice<UInt8>()
    var lastNumber: Int32 = -2
    let named = try (0..<column.count).map { row -> Int32 in
      try monitor.check(atRow: row)
      if column.isNull(at: row) { return -2 }
      let text = texts.utf8(at: row)
      if text.isEmpty { return -2 }
      if text != last { (last, lastNumber) = (text, numbers[text] ?? -1) }
      return lastNumber
    }
    let known = named.count { $0 >= 0 }
    return known >= 2 && 2 * known >= named.count { $0 >= -1 } ? named : nil
  }

  private static func isFar(
    _ layer: CheckedLayer, _ row: Int, from areas: [Int32], of reference: ReferenceAreas
  ) -> Bool {
    // A line or an area has to lie outside as a whole.
    if let geometry = layer.geometry, !layer.isSinglePoint(row) {
      if areas.contains(where: { geometry.intersects(at: row, reference.geometry, row: Int($0)) }) { return false }
    }
    guard reference.uncertainty > 0 else { return true }
    let point = GeometryArray(pointsX: [layer.xs[row]], y: [layer.ys[row]])
    let scale = layer.metresPerUnit(atY: layer.ys[row])
    // The shorter unit keeps a row that is near from being called far.
    let metres = min(scale.x, scale.y)
    return areas.allSatisfy { area in
      (point.distance(at: 0, to: reference.geometry, row: Int(area)) ?? .infinity) * metres > reference.uncertainty
    }
  }
}

extension ReferenceAreas {
  /// Whether a column of a layer names these areas, so that `check` looks whether its rows lie in them.
  ///
  /// - Throws: `Cancelled`.
  public func areNamed(by layer: CheckedLayer, monitor: WorkMonitor) throws -> Bool {
    try layer.table.columns.contains { column in
      guard case .text(let texts) = column.storage else { return false }
      return try NamedDistricts.namedAreas(column, texts, self, monitor) != nil
    }
  }
}
