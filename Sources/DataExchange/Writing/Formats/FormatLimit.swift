import FeatureTables
import GeometryKernel

/// A layer that a format cannot take at all: it is refused, with what to do instead.
public enum FormatLimit: Hashable, Sendable {
  /// Points, lines or areas in one file, not several of them.
  case oneKind
  /// A table without geometry has nothing to show.
  case geometry
  /// No row without a place.
  case places
  /// At least one row.
  case rows
  case mostColumns(Int)
  case mostRows(Int)
  /// Of the text of a place in one cell.
  case mostCharacters(Int)
  /// Bytes of each of a shapefile's parts.
  case mostBytes(Int)

  public func sentence(in format: ExportFormat) -> String {
    switch self {
    case .oneKind: "points, lines or areas, not several of them"
    case .geometry: "no tables without geometry"
    case .places: "no rows without a place"
    case .rows: "no layers without rows"
    case .mostColumns(let count): "at most \(count) columns"
    case .mostRows(let count): "at most \(count) rows"
    case .mostCharacters(let count): "places of at most \(count) characters as text"
    case .mostBytes: "files of at most 2 GB"
    }
  }

  /// - Throws: `ExchangeError` for a layer beyond the limit.
  func check(_ layer: PreparedLayer, in format: ExportFormat) throws(ExchangeError) {
    switch self {
    case .oneKind: try Self.checkKinds(layer, format)
    case .geometry:
      if layer.geometry == nil {
        throw refusal(layer, format, "has rows without geometry", fix: "Export to .csv, .xlsx or .gpkg.")
      }
    case .rows:
      if layer.rowCount == 0 { throw refusal(layer, format, "has none", fix: "Export to .gpkg or .geojson.") }
    case .places:
      guard let geometry = layer.geometry else { return }
      if let row = (0..<geometry.count).first(where: { geometry.isNullOrEmpty(at: $0) }) {
        throw refusal(
          layer, format, "has none in row \(row + 1)",
          fix: "Leave them out (`| where geometry is not null`), or export to .gpkg or .geojson.")
      }
    case .mostColumns(let most):
      let count = layer.attributes.count
      if count > most {
        throw refusal(
          layer, format, "has \(count)", fix: "Choose the columns (`| select a, b, …`), or export to .geojson or .csv.")
      }
    case .mostRows(let most):
      if layer.rowCount > most {
        throw refusal(
          layer, format, "has \(layer.rowCount)", fix: "Export fewer of them (`| where …`), or export to .csv or .gpkg."
        )
      }
    case .mostCharacters(let most):
      if let (row, count) = SheetText.longPlace(of: layer, beyond: most) {
        throw refusal(
          layer, format, "has one of \(count) in row \(row + 1)",
          fix: "Export to .gpkg or .csv, or draw with fewer vertices (`| simplify 10 m`).")
      }
    case .mostBytes(let most):
      let table = layer.rowCount * DBFWidths.recordBytes(of: layer)
      let shapes = (layer.geometry?.coordinateCount ?? 0) * 16 + layer.rowCount * 60
      if max(table, shapes) > most {
        throw refusal(
          layer, format, "needs \(max(table, shapes) >> 20) MB",
          fix: "Export fewer rows or columns (`| where …`, `| select …`), or export to .gpkg.")
      }
    }
  }

  private func refusal(
    _ layer: PreparedLayer, _ format: ExportFormat, _ what: String, fix: String
  ) -> ExchangeError {
    ExchangeError(
      .doesNotFit, "\(format.article) holds \(sentence(in: format)), and “\(layer.name)” \(what).", fix: fix)
  }

  private static func checkKinds(_ layer: PreparedLayer, _ format: ExportFormat) throws(ExchangeError) {
    guard let geometry = layer.geometry else { return }
    var rows: [PartDimension: Int] = [:]
    for row in 0..<geometry.count {
      for dimension in Set(geometry.parts(at: row).map { geometry.dimension(ofPart: $0) }) {
        rows[dimension, default: 0] += 1
      }
    }
    guard rows.count > 1 else { return }
    let kinds: [(PartDimension, name: String, condition: String)] = [
      (.point, "points", "length() == 0 m"), (.line, "lines", "area() == 0 m2 and length() > 0 m"),
      (.area, "areas", "area() > 0 m2"),
    ]
    let found = kinds.filter { rows[$0.0] != nil }
    let counts = found.map { "\($0.name) in \(rowsText(rows[$0.0] ?? 0))" }.joined(separator: ", ")
    let ways = found.map { "the \($0.name) with `| where \($0.condition)`" }.joined(separator: ", ")
    throw ExchangeError(
      .doesNotFit, "\(format.article) holds points, lines or areas, and “\(layer.name)” has \(counts).",
      fix: "Export all to .gpkg or .geojson, or each kind to a file of its own: \(ways).")
  }
}

extension ExportFormat {
  public var limits: [FormatLimit] {
    switch self {
    case .shp: [.geometry, .oneKind, .mostColumns(255), .mostBytes(Int(Int32.max))]
    case .fgb: [.rows, .places, .mostColumns(65_535)]
    case .gpkg: [.mostColumns(1_998)]
    case .postgis: [.mostColumns(1_598)]
    case .dxf: [.geometry]
    // One row is the heading.
    case .xlsx: [.mostRows(1_048_575), .mostColumns(16_384), .mostCharacters(SheetText.longestText)]
    case .geojson, .geojsonseq, .kml, .csv: []
    }
  }
}
