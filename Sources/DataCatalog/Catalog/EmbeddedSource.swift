import DataExchange
import FeatureTables
import GeoData
import GeometryKernel
import Projections
import WorkControl

/// The layers that ship with the executable: described by their manifest, read when first used.
final class EmbeddedSource {
  /// What is wrong with the folder of layers, when it cannot be used.
  let problem: String?
  private let layers: [EmbeddedLayer]
  private let workingSystem: String

  init() {
    do {
      let embedded = try EmbeddedLayers.open()
      layers = embedded.all
      workingSystem = embedded.workingSystem
      problem = nil
    } catch {
      layers = []
      workingSystem = ""
      problem = error.description
    }
  }

  var names: [String] { layers.map(\.name) }

  /// The layer as the manifest describes it; nothing is read.
  func description(of name: String) -> LayerDescription? {
    guard let layer = layers.first(where: { $0.name == name }) else { return nil }
    var descriptions: [String: String] = [:]
    for column in layer.columns { descriptions[column.name] = column.description }
    let metadata = LayerMetadata(
      titleChinese: layer.titleChinese, titleEnglish: layer.titleEnglish, description: layer.description,
      source: layer.source, licence: layer.licence, accuracy: Accuracy(rawValue: layer.accuracy.rawValue),
      uncertainty: layer.uncertainty, origin: "embedded", originalReferenceSystem: ReferenceSystem.wgs84.identifier)
    return LayerDescription(
      name: name, schema: schema(of: layer), referenceSystem: .wgs84, metadata: metadata,
      columnDescriptions: descriptions, rowCount: layer.count, extent: .empty, middle: .empty,
      kinds: [Self.kind(layer.geometry)], networkState: layer.network == nil ? .none : .current)
  }

  /// The system in which the embedded layers are measured, as the manifest says.
  func working() throws(ReferenceSystemError) -> ReferenceSystem { try ReferenceSystem(parsing: workingSystem) }

  /// Reads a layer; its columns are those that the manifest declares.
  func read(_ name: String, monitor: WorkMonitor) throws -> StoredLayer? {
    guard let layer = layers.first(where: { $0.name == name }), let description = description(of: name) else {
      return nil
    }
    let imported = try FileReader.read(
      layer.url.path, ImportOptions(referenceSystem: .wgs84), monitor: monitor)
    let fields = description.schema.fields
    let columns = fields.map { Self.column($0, in: imported.table) }
    return StoredLayer(
      name: name, table: Table(schema: description.schema, columns: columns, rowCount: imported.table.rowCount),
      referenceSystem: .wgs84, metadata: description.metadata, columnDescriptions: description.columnDescriptions)
  }

  /// The street network of a layer, made of its lines; `nil` for a layer that is none.
  func network(_ name: String, workers: Workers) throws -> LayerNetwork? {
    guard let columns = layers.first(where: { $0.name == name })?.network,
      var layer = try read(name, monitor: workers.monitor)
    else { return nil }
    try layer.attachNetwork(
      NetworkJoining(classField: columns.classColumn, onewayField: columns.onewayColumn), in: working(),
      workers: workers)
    return layer.network
  }

  /// The features' `id`, the columns of the manifest, the geometry.
  private func schema(of layer: EmbeddedLayer) -> Schema {
    var fields = layer.columns.map { Field($0.name, Self.type($0)) }
    if !layer.columns.contains(where: { $0.name == Self.idName }) { fields.insert(Field(Self.idName, .integer), at: 0) }
    fields.append(Field(Field.geometryName, .geometry))
    return Schema(fields)
  }

  private static let idName = "id"

  private static func kind(_ geometry: EmbeddedLayer.Geometry) -> GeometryKind {
    switch geometry {
    case .point: .point
    case .line: .lineString
    case .area: .polygon
    }
  }

  private static func type(_ column: EmbeddedLayer.Column) -> ValueType {
    switch column.type {
    case .text: .text
    case .integer: .integer
    case .number: .number(column.unit.flatMap(Unit.named) ?? .one)
    case .boolean: .boolean
    case .date: .date
    }
  }

  /// A column of the file as the manifest declares it: a reader sees only values, and a column without any, or of whole
  /// numbers, may be more than it shows.
  private static func column(_ field: Field, in table: Table) -> Column {
    let rows = table.rowCount
    guard let column = table[field.name] else {
      // Ids that only count the features are not worth a column to the reader.
      if field.name == idName { return Column(.integer((0..<rows).map { Int64($0) + 1 })) }
      return Column.nulls(type: field.type, count: rows)
    }
    switch (field.type, column.storage) {
    case (.boolean, .boolean), (.integer, .integer), (.text, .text), (.date, .date), (.geometry, .geometry):
      return column
    case (.number(let unit), .number(let values)):
      return unit.factor == 1 ? column : Column(.number(values.map { $0 * unit.factor }), validity: column.validity)
    case (.number(let unit), .integer(let values)):
      return Column(.number(values.map { Double($0) * unit.factor }), validity: column.validity)
    default:
      var builder = ColumnBuilder(field.type, reservingRows: rows)
      for row in 0..<rows { builder.append(convert(column.value(at: row), to: field.type)) }
      return builder.finish()
    }
  }

  private static func convert(_ value: Value, to type: ValueType) -> Value {
    switch (type, value) {
    case (.date, .text(let text)): CalendarDate(text).map(Value.date) ?? .null
    case (.text, .integer(let number)): .text("\(number)")
    case (.text, .number(let number)): .text("\(number)")
    case (.text, .boolean(let truth)): .text("\(truth)")
    case (.text, .date(let date)): .text(date.text)
    case (.boolean, .integer(let number)): .boolean(number != 0)
    default: .null
    }
  }
}
