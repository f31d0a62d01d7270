import FeatureTables
import GeometryKernel
import Projections

/// Rows as they were read.
struct RowPiece {
  var fields: [Field]
  var columns: [Column]
  let geometry: GeometryArray
  let unreadable: [UnreadableRow]
  let losses: GeometryLosses
  let paperRows: Int
  /// How many values of each column were no finite numbers.
  let notFinite: [(name: String, values: Int)]
  /// Where in the file the rows are, from 0, where a driver left some out.
  var numbers: [Int64]?

  /// - Parameters:
  ///   - names: of the columns.
  ///   - decode: brings texts to UTF-8, and gives the names that the columns then have.
  /// - Throws: What `decode` throws.
  init(
    _ features: consuming FeatureRows, names: [String],
    decode: (inout [Column]) throws -> [String]? = { _ in nil }
  ) throws {
    var features = features
    var values = features.fields.indices.map { features.fields[$0].finish() }
    let names = try decode(&values) ?? names
    columns = values
    fields = zip(names, features.fields).map { Field($0, $1.type) }
    notFinite = zip(names, features.fields).filter { $1.notFinite > 0 }.map { ($0, $1.notFinite) }
    unreadable = features.geometry.unreadable
    losses = features.geometry.losses
    paperRows = features.paperRows
    geometry = features.geometry.finish()
  }
}

/// Puts the rows of a layer together from the pieces in which they are read, all of the same columns.
struct LayerCollector {
  private var fields: [Field] = []
  private var columns: [ColumnBuilder] = []
  private var geometry = ColumnBuilder(.geometry)
  private var unreadable: [UnreadableRow] = []
  private var rowNumbers: [Int64] = []
  private var losses = GeometryLosses()
  private var paperRows = 0
  private var notFinite: [String: Int] = [:]
  private var isPicked = false
  /// Rows that were looked at, kept or not.
  private(set) var rowsRead = 0
  private var rowsKept = 0

  /// Appends the rows of a piece, or those of them that are named, ascending.
  mutating func append(_ piece: RowPiece, keeping rows: [Int32]? = nil) {
    let count = piece.geometry.count
    for (name, values) in piece.notFinite { notFinite[name, default: 0] += values }
    losses.add(piece.losses)
    paperRows += piece.paperRows
    if rows != nil { isPicked = true }
    let kept = rows.flatMap { $0.count < count ? $0 : nil }
    if fields.isEmpty {
      fields = piece.fields
      columns = fields.map { ColumnBuilder($0.type) }
    }
    for (index, column) in piece.columns.enumerated() {
      columns[index].append(contentsOf: kept.map { column.gather($0) } ?? column)
    }
    geometry.append(contentsOf: Column(.geometry(kept.map { piece.geometry.gather($0) } ?? piece.geometry)))
    let places = kept ?? [Int32](0..<Int32(count))
    unreadable += piece.unreadable.keeping(places).map {
      UnreadableRow(row: rowsKept + $0.row, reason: $0.reason, original: $0.original)
    }
    if isPicked { rowNumbers += places.map { piece.numbers?[Int($0)] ?? Int64($0) + Int64(rowsRead) } }
    rowsRead += count
    rowsKept += places.count
  }

  mutating func finish(name: String, _ system: ReferenceSystem?, description: String?) -> RawLayer {
    var notes = fields.compactMap { field in
      notFinite[field.name].map { "\($0) values of “\(field.name)” are not finite numbers; they are null." }
    }
    notes += losses.notes
    if paperRows > 0 { notes.append("\(rowsText(paperRows)) of print layouts (paper space) were left out.") }
    var geometry = geometry
    return RawLayer(
      name: name, fields: fields,
      columns: columns.map {
        var builder = $0; return builder.finish()
      },
      geometry: geometry.finish().geometry ?? GeometryArray(pointsX: [], y: []), referenceSystem: system,
      description: description, unreadable: unreadable, notes: notes, rowNumbers: isPicked ? rowNumbers : nil)
  }
}
