import FeatureTables
import Foundation
import GeometryKernel

/// A column as `catchment_layers.columns` describes it, in JSON.
struct ColumnRecord: Codable {
  /// The name in the language, and the column of the SQL table that holds it: they differ only where SQL cannot have
  /// two names that differ in case, or SpatiaLite no quotes.
  var name: String
  var sqlName: String
  var type: String
  var unit: UnitRecord?
  var description: String?

  struct UnitRecord: Codable {
    var symbol: String
    var length: Int8
    var time: Int8
    var mass: Int8
    var factor: Double
    var fileSuffix: String?
  }

  init(_ field: Field, sqlName: String, description: String?) {
    name = field.name
    self.sqlName = sqlName
    self.description = description
    switch field.type {
    case .boolean: type = "boolean"
    case .integer: type = "integer"
    case .text: type = "text"
    case .date: type = "date"
    case .geometry: type = "geometry"
    case .number(let unit):
      type = "number"
      guard unit != .one else { return }
      self.unit = UnitRecord(
        symbol: unit.symbol, length: unit.dimension.length, time: unit.dimension.time, mass: unit.dimension.mass,
        factor: unit.factor, fileSuffix: unit.fileSuffix)
    }
  }

  /// A column that a file made elsewhere declares.
  init(name: String, sqlName: String, type: String) {
    self.name = name
    self.sqlName = sqlName
    self.type = type
  }

  /// `nil` for a type that this version does not know.
  var valueType: ValueType? {
    switch type {
    case "boolean": .boolean
    case "integer": .integer
    case "text": .text
    case "date": .date
    case "geometry": .geometry
    case "number": .number(unit?.unit ?? .one)
    default: nil
    }
  }

  /// Our type for SQLite's declared one, in capitals (sqlite.org/datatype3.html, 3.1); `nil` for bytes.
  static func readableType(declaration: String) -> String? {
    // Before the integers: POINT has an INT in it.
    if isGeometry(declaration: declaration) || declaration.contains("BLOB") { return nil }
    if declaration.contains("BOOL") { return "boolean" }
    if declaration == "DATE" { return "date" }
    if declaration.contains("INT") { return "integer" }
    return ["REAL", "FLOA", "DOUB", "NUMERIC", "DECIMAL"].contains(where: declaration.contains) ? "number" : "text"
  }

  /// `POINT`, `MULTIPOLYGON`, `GEOMETRY` …, with or without Z and M.
  static func isGeometry(declaration: String) -> Bool {
    ["POINT", "LINESTRING", "POLYGON", "GEOMETRY"].contains(where: declaration.contains)
  }

  /// What the SQL table declares. Numbers are kept in base units, dates as ISO text, truth as 0 and 1.
  static func sqlType(_ type: ValueType) -> String {
    switch type {
    case .boolean: "BOOLEAN"
    case .integer: "INTEGER"
    case .number: "REAL"
    case .text: "TEXT"
    case .date: "DATE"
    case .geometry: "GEOMETRY"
    }
  }
}

extension ColumnRecord.UnitRecord {
  fileprivate var unit: FeatureTables.Unit {
    FeatureTables.Unit(
      symbol: symbol, dimension: Dimension(length: length, time: time, mass: mass), factor: factor,
      fileSuffix: fileSuffix)
  }
}

/// `LayerMetadata` as `catchment_layers.metadata` holds it, in JSON.
struct MetadataRecord: Codable {
  var titleChinese: String?
  var titleEnglish: String?
  var description: String?
  var source: String?
  var licence: String?
  var accuracy: String?
  var uncertainty: String?
  var origin: String?
  var originalReferenceSystem: String?
  var referenceSystemBasis: String?
  var encoding: String?
  var importedAt: String?
  var notes: [String]?
  /// Of `LayerDescription.middle` the least x and y and the largest.
  var middle: [Double]?

  /// - Parameter middle: `LayerDescription.middle`.
  init(_ metadata: LayerMetadata, middle: Box) {
    self.middle = middle.isEmpty ? nil : [middle.minX, middle.minY, middle.maxX, middle.maxY]
    titleChinese = metadata.titleChinese
    titleEnglish = metadata.titleEnglish
    description = metadata.description
    source = metadata.source
    licence = metadata.licence
    accuracy = metadata.accuracy?.rawValue
    uncertainty = metadata.uncertainty
    origin = metadata.origin
    originalReferenceSystem = metadata.originalReferenceSystem
    referenceSystemBasis = metadata.referenceSystemBasis
    encoding = metadata.encoding
    importedAt = metadata.importedAt
    notes = metadata.notes
  }

  /// `nil` where none was written.
  var middleBox: Box? {
    guard let middle, middle.count == 4 else { return nil }
    return Box(minX: middle[0], minY: middle[1], maxX: middle[2], maxY: middle[3])
  }

  var metadata: LayerMetadata {
    LayerMetadata(
      titleChinese: titleChinese, titleEnglish: titleEnglish, description: description, source: source,
      licence: licence, accuracy: accuracy.flatMap(Accuracy.init(rawValue:)), uncertainty: uncertainty, origin: origin,
      originalReferenceSystem: originalReferenceSystem, referenceSystemBasis: referenceSystemBasis,
      importedAt: importedAt, encoding: encoding, notes: notes ?? [])
  }
}

/// JSON for the store's own columns: keys in order, so that equal layers give equal bytes.
enum StoreJSON {
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func value<Value: Decodable>(_ type: Value.Type, from text: String) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
