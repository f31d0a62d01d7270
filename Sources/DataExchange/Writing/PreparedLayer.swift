import FeatureTables
import GeometryKernel
import Projections

/// A layer as a file wants it: names without dots, numbers in their units, coordinates in the file's system.
struct PreparedLayer {
  struct Attribute {
    let name: String
    let column: Column
    /// What stored numbers are divided by.
    let factor: Double
    let type: ValueType
  }

  let name: String
  let rowCount: Int
  private(set) var attributes: [Attribute] = []
  /// `nil` for a table without geometry.
  private(set) var geometry: GeometryArray?
  private(set) var referenceSystem: ReferenceSystem?
  let metadata: LayerMetadata
  private(set) var notes: [String] = []

  /// - Parameter reserved: names that the format needs for itself.
  /// - Throws: `ReferenceSystemError` when the coordinates cannot be brought to `target`.
  init(_ layer: ExportLayer, in target: ReferenceSystem?, reserved: Set<String> = []) throws {
    name = layer.name
    rowCount = layer.table.rowCount
    metadata = layer.metadata
    try prepareGeometry(layer, in: target)
    var names = FileColumnNames(reserved: reserved)
    for (field, column) in zip(layer.table.schema.fields, layer.table.columns) {
      if field.type == .geometry {
        if field.name != Field.geometryName { notes.append("the second geometry “\(field.name)” was left out.") }
        continue
      }
      var factor = 1.0
      var suffix: String?
      if case .number(let unit) = field.type {
        factor = unit.fileFactor
        suffix = unit.fileSuffix
      }
      attributes.append(
        Attribute(name: names.take(field.name, suffix: suffix), column: column, factor: factor, type: field.type))
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
}
