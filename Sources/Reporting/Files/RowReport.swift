import CatchmentEngine
import DataExchange
import FeatureTables
import Projections

/// Answers as documents of a file format, the same bytes as an export has.
enum RowReport {
  /// A header and the attributes of all rows.
  static func csv(_ answer: Answer) throws -> [UInt8] {
    let table = answer.table
    let attributes = table.schema.fields.indices.filter { table.schema.fields[$0].type != .geometry }
    let plain = Table(
      schema: Schema(attributes.map { table.schema.fields[$0] }), columns: attributes.map { table.columns[$0] },
      rowCount: table.rowCount)
    return try FileWriter.csv(ExportLayer(name: "answer", table: plain, referenceSystem: nil))
  }

  /// A feature collection in WGS 84 with a line for each feature.
  static func geoJSON(_ answer: Answer) throws -> [UInt8] {
    let system = try answer.referenceSystem.map { try ReferenceSystem(parsing: $0) }
    let metadata = LayerMetadata(accuracy: answer.accuracy)
    return try FileWriter.geoJSON(
      ExportLayer(name: "answer", table: answer.table, referenceSystem: system, metadata: metadata))
  }
}
