import FeatureTables
import GeometryKernel
import GeometryOperations
import WorkControl

/// Mends what is certain in a layer, says so row by row, and marks what is left.
///
/// x and y that were exchanged are exchanged back, invalid areas are made valid where that leaves their area as it is,
/// rings are turned the right way round, and rows that are there twice are removed. Everything else stays as it is.
public enum Repair {
  /// The columns that are added, before the geometry.
  public static let columns = [Field("repaired", .text), Field("problem", .text)]

  /// The fields of what `run` gives for rows of a schema.
  public static func schema(of schema: Schema) -> Schema {
    let own = schema.fields.filter { field in !columns.contains { $0.name == field.name } }
    return Schema(own.filter { $0.name != Field.geometryName } + columns + own.filter { $0.name == Field.geometryName })
  }

  /// The mended rows, and a sentence for each kind of change with the rows that it touched.
  ///
  /// - Throws: `Cancelled`; `GeometryError` when GEOS fails.
  public static func run(
    _ layer: CheckedLayer, references: [ReferenceAreas] = [], workers: Workers = .one
  ) throws -> (table: Table, notes: [String]) {
    let found = try Checkup.symptoms(of: layer, references, workers)
    try workers.monitor.report("repairing", fraction: nil, done: 0)
    var changes = Changes(layer)
    var geometry = layer.geometry
    if let own = geometry { geometry = try mend(own, found, &changes, layer, workers.monitor) }
    var removed: Set<Int32> = []
    for symptom in found where symptom.kind == .duplicateFeature {
      for row in symptom.rows {
        removed.insert(row)
        changes.note(
          .duplicateFeature, row, "removed its duplicate \(layer.label(of: Int(row)))", on: symptom.twin(row))
      }
    }
    let kept = (0..<layer.rowCount).map { Int32($0) }.filter { !removed.contains($0) }
    var table = geometry.map(layer.table.replacingGeometry) ?? layer.table
    if !removed.isEmpty {
      table = Table(schema: table.schema, columns: table.columns.map { $0.gather(kept) }, rowCount: kept.count)
    }
    try workers.monitor.check()
    // What is left is told of the rows as they are now.
    let mended = CheckedLayer(name: layer.name, table: table, referenceSystem: layer.referenceSystem)
    let left = changes.isEmpty ? found : try Checkup.symptoms(of: mended, references, workers)
    let marks = problems(left, rowCount: table.rowCount)
    let texts = kept.map { changes.text(of: $0) }
    let target = schema(of: table.schema)
    let columns = target.fields.map { field -> Column in
      switch field.name {
      case "repaired": column(texts)
      case "problem": column(marks)
      default: table[field.name] ?? Column.nulls(type: field.type, count: table.rowCount)
      }
    }
    return (Table(schema: target, columns: columns, rowCount: table.rowCount), changes.sentences)
  }

  private static func mend(
    _ geometry: GeometryArray, _ found: [Symptom], _ changes: inout Changes, _ layer: CheckedLayer,
    _ monitor: WorkMonitor
  ) throws -> GeometryArray {
    var mended = geometry
    for symptom in found {
      try monitor.check()
      switch symptom.kind {
      case .swappedAxes:
        mended = mended.exchangingAxes(ofRows: symptom.rows)
        for row in symptom.rows { changes.note(.swappedAxes, row, "exchanged x and y") }
      case .invalidArea:
        let valid = try validRows(mended, symptom.rows)
        mended = mended.replacing(symptom.rows, by: valid)
        for (number, row) in symptom.rows.enumerated() where !valid.isNull(at: number) {
          changes.note(.invalidArea, row, "made valid: \(symptom.detail(Int(row)))")
        }
      case .ringOrder:
        for row in symptom.rows { changes.note(.ringOrder, row, "turned rings round") }
      default: continue
      }
    }
    return mended.rightHanded()
  }

  /// The rows made valid; null where that changes their area.
  private static func validRows(_ geometry: GeometryArray, _ rows: [Int32]) throws -> GeometryArray {
    let wrong = geometry.gather(rows)
    let valid: GeometryArray
    do {
      valid = try GEOSContext().makeValid(wrong).geometry
    } catch {
      if error == .cancelled { throw Cancelled() }
      throw error
    }
    // Rings that cross enclose some of their area twice or the other way round; then nobody knows which was meant.
    let certain = (0..<wrong.count).map { row -> Int32 in
      guard let area = valid.area(at: row), area > 0 else { return -1 }
      let before = wrong.netArea(at: row)
      return abs(area - before) <= 1e-9 * area ? Int32(row) : -1
    }
    return valid.gather(certain)
  }

  /// The problems of each row that are left: their codes with what there is to say.
  private static func problems(_ left: [Symptom], rowCount: Int) -> [String?] {
    var texts = [String?](repeating: nil, count: rowCount)
    for symptom in left where symptom.kind.declaration.isOfRows {
      // What half of the rows have is the column's.
      if symptom.column != nil, 2 * symptom.rows.count > rowCount { continue }
      for number in symptom.rows {
        let row = Int(number)
        let detail = symptom.detail(row)
        let text = detail.isEmpty ? symptom.kind.code : "\(symptom.kind.code): \(detail)"
        texts[row] = texts[row].map { "\($0); \(text)" } ?? text
      }
    }
    return texts
  }

  private static func column(_ texts: [String?]) -> Column {
    let validity = texts.map { $0 != nil }
    return Column(.text(TextArray(texts.map { $0 ?? "" })), validity: validity.contains(false) ? validity : [])
  }
}

/// What was done to rows.
private struct Changes {
  private let layer: CheckedLayer
  private var texts: [Int32: String] = [:]
  private var rows: [ProblemKind: [Int32]] = [:]

  init(_ layer: CheckedLayer) { self.layer = layer }

  var isEmpty: Bool { rows.isEmpty }

  /// - Parameter other: the row that tells it, where it is not this one.
  mutating func note(_ kind: ProblemKind, _ row: Int32, _ text: String, on other: Int32? = nil) {
    rows[kind, default: []].append(row)
    let teller = other ?? row
    texts[teller] = texts[teller].map { "\($0); \(text)" } ?? text
  }

  func text(of row: Int32) -> String? { texts[row] }

  /// One for each kind of change, with the first of its rows.
  var sentences: [String] {
    ProblemKind.allCases.compactMap { kind in
      guard let rows = rows[kind] else { return nil }
      let shown = rows.prefix(10).map { layer.label(of: Int($0)) }.joined(separator: ", ")
      let verb = kind == .duplicateFeature ? "removed" : "mended"
      return "repair \(verb) \(rows.count) × \(kind.code): \(shown)\(rows.count > 10 ? " …" : "")"
    }
  }
}

extension GeometryArray {
  /// The same with x and y of some rows exchanged. O(vertices).
  fileprivate func exchangingAxes(ofRows rows: [Int32]) -> GeometryArray {
    var (newXs, newYs) = (xs, ys)
    for row in rows {
      for i in coordinates(at: Int(row)) { (newXs[i], newYs[i]) = (ys[i], xs[i]) }
    }
    return replacingCoordinates(xs: newXs, ys: newYs)
  }

  /// The same with some rows replaced by the rows of another array, where these are not null. O(vertices).
  fileprivate func replacing(_ rows: [Int32], by others: GeometryArray) -> GeometryArray {
    var builder = GeometryArrayBuilder(reservingRows: count)
    var next = 0
    for row in 0..<count {
      let isNamed = next < rows.count && Int(rows[next]) == row
      if isNamed, !others.isNull(at: next) {
        builder.append(others, row: next)
      } else {
        builder.append(self, row: row)
      }
      if isNamed { next += 1 }
    }
    return builder.finish()
  }

  /// The area by the directions of the rings: what is run round twice counts twice, the other way round less.
  fileprivate func netArea(at row: Int) -> Double {
    parts(at: row).reduce(0) { sum, part in
      let rings = rings(ofPart: part).map { doubleSignedArea(ofRing: $0) / 2 }
      guard let outer = rings.first else { return sum }
      return sum + abs(outer) - rings.dropFirst().reduce(0) { $0 + abs($1) }
    }
  }
}
