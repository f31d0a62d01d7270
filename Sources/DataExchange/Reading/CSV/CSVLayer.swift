import FeatureTables
import Foundation
import GeometryKernel
import Projections
import WorkControl

/// Reads a text table whose columns say where its rows are.
struct CSVLayer {
  private let file: SourceFile
  private let text: TableText
  private let monitor: WorkMonitor
  private var notes: [String]
  private var systemBasis: String?

  /// - Parameter encoding: as stated by the user; decided from the bytes otherwise.
  init(file: SourceFile, encoding: TextEncoding?, monitor: WorkMonitor) throws {
    self.file = file
    self.monitor = monitor
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: file.path), options: .mappedIfSafe)
    } catch {
      throw ExchangeError(.unreadable, "“\(file.name)” cannot be read: \(error.localizedDescription).")
    }
    text = try TableText(data, file, stated: encoding)
    notes = text.notes
  }

  /// - Parameter said: the reference system that the user stated, if so.
  consuming func read(saying said: ReferenceSystem?) throws -> RawLayer {
    let rows = try text.text.withUnsafeBytes { try CSVRows($0.assumingMemoryBound(to: UInt8.self), file, monitor) }
    guard
      let places = CoordinateColumns(names: rows.names, isWellKnownText: { WellKnownText.isHeld(by: rows.columns[$0]) })
    else {
      throw ExchangeError(
        .noCoordinateColumns,
        "“\(file.name)” has no longitude and latitude columns; its columns are \(rows.names.joined(separator: ", ")).",
        fix: "Call them longitude and latitude (lng, lon, x, 经度 and lat, y, 纬度 do as well), or wkt for well-known text."
      )
    }
    notes += rows.notes
    let cells = places.geometry(rows.columns)
    notes += cells.notes
    let system = try referenceSystem(places, rows, said: said, cells.geometry)
    var names = ColumnNames()
    var fields: [Field] = []
    var columns: [Column] = []
    let quotesMeanText = rows.hasUnquotedCell
    for (index, column) in rows.columns.enumerated() where !places.columns.contains(index) {
      let typed = column.finish(quotesMeanText: quotesMeanText)
      fields.append(Field(names.take(rows.names[index], position: index + 1), typed.type))
      columns.append(typed.column)
    }
    notes += names.notes
    return RawLayer(
      name: file.baseName, fields: fields, columns: columns, geometry: cells.geometry, referenceSystem: system,
      referenceSystemBasis: systemBasis, description: nil, unreadableRows: cells.unreadable, notes: notes,
      encoding: text.encoding)
  }

  private mutating func referenceSystem(
    _ places: CoordinateColumns, _ rows: CSVRows, said: ReferenceSystem?, _ geometry: GeometryArray
  ) throws -> ReferenceSystem? {
    if said != nil { return nil }
    let named = places.columns.map { "“\(rows.names[$0])”" }.joined(separator: " and ")
    if case .position(_, _, let system?) = places {
      notes.append("\(named) are read as \(system), as their names say.")
      systemBasis = "as the names of its columns say"
      return system
    }
    let survey = PositionSurvey(geometry)
    guard survey.fitsDegrees || survey.looksSwapped || isDegrees(places, rows) else { return nil }
    notes.append(
      "a table does not say its reference system: \(named) \(places.columns.count > 1 ? "are" : "is") read as WGS 84 "
        + "(write crs gcj02 for points of Amap or Tencent, crs bd09 for Baidu's).")
    systemBasis = "taken for it, since a table does not say"
    return .wgs84
  }

  /// True when the names leave no doubt, whatever the numbers are.
  private func isDegrees(_ places: CoordinateColumns, _ rows: CSVRows) -> Bool {
    guard case .position(let x, _, _) = places else { return false }
    return ["longitude", "lng", "lon", "long", "经度", "东经"].contains(rows.names[x].lowercased())
  }
}

extension CoordinateColumns {
  /// The geometry of the rows.
  fileprivate func geometry(_ columns: [CellColumn]) -> CellGeometry {
    switch self {
    case .position(let x, let y, _):
      var xs = columns[x].numbers()
      var ys = columns[y].numbers()
      var unreadable: [Int] = []
      for row in xs.indices where !(xs[row].isFinite && ys[row].isFinite) {
        if columns[x].validity[row] || columns[y].validity[row] { unreadable.append(row) }
        xs[row] = .nan
        ys[row] = .nan
      }
      return CellGeometry(geometry: GeometryArray(pointsX: xs, y: ys), unreadable: unreadable)
    case .wellKnownText(let column): return WellKnownText.geometry(columns[column])
    }
  }
}
