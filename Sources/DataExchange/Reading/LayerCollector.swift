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
  ///   - layerName: a value of the column `layer`, where the file keeps its layers apart.
  ///   - decode: brings texts to UTF-8, and gives the names that the columns then have.
  /// - Throws: `ExchangeError` when the texts are nothing in their encoding.
  init(
    _ features: consuming FeatureRows, names: [String], layerName: String?,
    decode: (inout [Column]) throws(ExchangeError) -> [String]? = { _ throws(ExchangeError) in nil }
  ) throws(ExchangeError) {
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
    guard let layerName else { return }
    if let index = fields.firstIndex(where: { $0.name == "layer" }) {
      fields.remove(at: index)
      columns.remove(at: index)
    }
    fields.insert(Field("layer", .text), at: 0)
    columns.insert(Column.constant(.text(layerName), type: .text, count: geometry.count), at: 0)
  }
}

/// Puts the rows of a file together from the pieces in which they are read.
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
    unite(
      piece.fields, kept.map { rows in piece.columns.map { $0.gather(rows) } } ?? piece.columns, kept?.count ?? count)
    geometry.append(contentsOf: Column(.geometry(kept.map { piece.geometry.gather($0) } ?? piece.geometry)))
    let places = kept ?? [Int32](0..<Int32(count))
    unreadable += piece.unreadable.keeping(places).map {
      UnreadableRow(row: rowsKept + $0.row, reason: $0.reason, original: $0.original)
    }
    if isPicked { rowNumbers += places.map { piece.numbers?[Int($0)] ?? Int64($0) + Int64(rowsRead) } }
    rowsRead += count
    rowsKept += places.count
  }

  /// Columns of one name are one; where a piece lacks one its rows are null.
  private mutating func unite(_ newFields: [Field], _ newColumns: [Column], _ count: Int) {
    for (field, column) in zip(newFields, newColumns) {
      if let index = fields.firstIndex(where: { $0.name == field.name }) {
        columns[index].append(contentsOf: column.storable(as: fields[index].type))
      } else {
        var builder = ColumnBuilder(field.type)
        if rowsKept > 0 { builder.append(contentsOf: Column.nulls(type: field.type, count: rowsKept)) }
        builder.append(contentsOf: column)
        fields.append(field)
        columns.append(builder)
      }
    }
    for index in columns.indices where columns[index].count < rowsKept + count {
      columns[index].append(contentsOf: Column.nulls(type: fields[index].type, count: count))
    }
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

extension Column {
  /// The column where one of that type is continued: layers of one file may differ in the type of a column.
  fileprivate func storable(as type: ValueType) -> Column {
    let own: ValueType? =
      switch storage {
      case .boolean: .boolean
      case .integer: .integer
      case .number: .plainNumber
      case .text: .text
      case .date: .date
      case .geometry: nil
      }
    if own == type || (type == .plainNumber && own == .integer) { return self }
    return Column.nulls(type: type, count: count)
  }
}
