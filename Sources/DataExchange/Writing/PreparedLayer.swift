import FeatureTables
import GeometryKernel
import Projections

/// A layer as a file wants it: names without dots, numbers in their units, coordinates in the file's system, and nothing
/// that the format cannot hold.
struct PreparedLayer {
  struct Attribute {
    var name: String
    var column: Column
    /// What stored numbers are divided by.
    var factor = 1.0
    var type: ValueType
  }

  let name: String
  private(set) var rowCount: Int
  var attributes: [Attribute] = []
  /// `nil` for a table without geometry.
  var geometry: GeometryArray?
  private(set) var referenceSystem: ReferenceSystem?
  let metadata: LayerMetadata
  let encoding: OutputEncoding
  private(set) var renamings: [ExportReport.Renaming] = []
  var notes: [String] = []

  /// - Parameter target: the file's system as it was asked for; the format's or the layer's own when `nil`.
  /// - Throws: `ReferenceSystemError` when the coordinates cannot be brought to `target`; `ExchangeError` for a layer
  ///   that the format cannot take.
  init(
    _ layer: ExportLayer, for format: ExportFormat, in target: ReferenceSystem? = nil,
    encoding: OutputEncoding = .utf8
  ) throws {
    name = layer.name
    rowCount = layer.table.rowCount
    metadata = layer.metadata
    self.encoding = encoding
    try prepareGeometry(layer, in: target ?? (format.namesItsSystem || format == .dxf ? nil : .wgs84))
    prepareAttributes(layer)
    labelSystem(format)
    rename(for: format)
    fit(format)
    for limit in format.limits { try limit.check(self, in: format) }
  }

  private mutating func prepareAttributes(_ layer: ExportLayer) {
    for (field, column) in zip(layer.table.schema.fields, layer.table.columns) {
      if field.type == .geometry {
        if field.name != Field.geometryName { notes.append("the second geometry “\(field.name)” was left out.") }
        continue
      }
      var factor = 1.0
      if case .number(let unit) = field.type { factor = unit.fileFactor }
      attributes.append(Attribute(name: field.name, column: column, factor: factor, type: field.type))
    }
  }

  /// After the columns are complete: names say their units, and no two are the same.
  private mutating func rename(for format: ExportFormat) {
    var names = FileColumnNames(reserved: reservedNames(format))
    var short = ShortNames(format, encoding)
    for index in attributes.indices {
      var suffix: String?
      if case .number(let unit) = attributes[index].type { suffix = unit.fileSuffix }
      let name = names.take(attributes[index].name, suffix: suffix)
      attributes[index].name = name
      guard format.longestName != nil else { continue }
      let cut = short.take(name)
      if cut != name { renamings.append(.init(layer: self.name, from: name, to: cut)) }
      attributes[index].name = cut
    }
    if !renamings.isEmpty {
      notes.append(
        FormatLoss.shortNames.note(in: format, "\(renamings.count) of “\(self.name)”, listed with the export"))
    }
  }

  private mutating func prepareGeometry(_ layer: ExportLayer, in target: ReferenceSystem?) throws {
    guard var geometry = layer.table.geometry else { return }
    let nowhere = PositionSurvey(geometry).notFiniteRows
    if let first = nowhere.first {
      geometry = geometry.makingNull(nowhere)
      notes.append(
        "\(rowsText(nowhere.count)) written without geometry, because a coordinate is no number (first: row \(first + 1))."
      )
    }
    self.geometry = geometry
    referenceSystem = layer.referenceSystem
    guard let source = layer.referenceSystem else { return }
    var goal = target ?? source
    if target == nil && source.isShifted {
      goal = .wgs84
      notes.append("the file is in WGS 84, because no file can say \(source.identifier).")
    }
    let transformed = try CoordinateTransform(from: source, to: goal).apply(to: geometry)
    self.geometry = transformed.geometry
    referenceSystem = goal
    if let note = transformed.note { notes.append(note + ".") }
  }

  /// Only these rows, in this order.
  mutating func keep(_ rows: [Int32]) {
    for index in attributes.indices { attributes[index].column = attributes[index].column.gather(rows) }
    geometry = geometry?.gather(rows)
    rowCount = rows.count
  }
}
