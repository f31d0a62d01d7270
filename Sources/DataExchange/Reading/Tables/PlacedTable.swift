import FeatureTables
import GeometryKernel
import Projections

/// A table some of whose columns say where its rows are.
struct PlacedTable {
  private let table: CellTable
  private let fileName: String

  init(_ table: CellTable, of fileName: String) {
    self.table = table
    self.fileName = fileName
  }

  /// Where the rows are, and how that is known.
  struct Placing: Equatable {
    let columns: CoordinateColumns
    /// Whether the columns are found by their names.
    let isNamed: Bool
    let referenceSystem: ReferenceSystem?
    let basis: String?
    let notes: [String]
  }

  /// The rows as a layer; those that were kept where a sieve left others out.
  ///
  /// - Parameter said: the reference system that the user stated, if so.
  /// - Throws: `ExchangeError` for a table without places, or with decimal commas; `RowSieve.Changed`.
  func layer(named name: String, saying said: ReferenceSystem?, notes: [String] = []) throws -> RawLayer {
    var layer: RawLayer
    if let known = table.sieve?.placing {
      layer = self.layer(named: name, known, try geometry(known.columns))
    } else {
      let (placing, cells) = try placing(saying: said)
      layer = self.layer(named: name, placing, cells)
    }
    layer.notes = notes + layer.notes
    try table.sieve?.rows.settle(&layer)
    return layer
  }

  func layer(named name: String, _ placing: Placing, _ cells: CellGeometry) -> RawLayer {
    var names = ColumnNames()
    var fields: [Field] = []
    var columns: [Column] = []
    for (index, column) in table.columns.enumerated() where !placing.columns.columns.contains(index) {
      let typed = column.finish(table.textsAre)
      fields.append(Field(names.take(table.names[index], position: index + 1), typed.type))
      columns.append(typed.column)
    }
    return RawLayer(
      name: name, fields: fields, columns: columns, geometry: cells.geometry,
      referenceSystem: placing.referenceSystem, referenceSystemBasis: placing.basis, unreadable: cells.unreadable,
      notes: table.notes + placing.notes + cells.notes + names.notes)
  }

  // MARK: Where

  /// - Throws: `ExchangeError` for a table without places, or with decimal commas.
  func placing(saying said: ReferenceSystem?) throws(ExchangeError) -> (Placing, CellGeometry) {
    let (places, finding) = try places()
    let cells = try geometry(places)
    let meaning = referenceSystem(places, said: said, cells.geometry)
    let placing = Placing(
      columns: places, isNamed: finding == nil, referenceSystem: meaning?.system, basis: meaning?.basis,
      notes: [finding, meaning?.note].compactMap { $0 })
    return (placing, cells)
  }

  private func places() throws(ExchangeError) -> (CoordinateColumns, finding: String?) {
    if let named = CoordinateColumns(
      names: table.names, isWellKnownText: { WellKnownText.isHeld(by: table.columns[$0]) })
    {
      return (named, nil)
    }
    if let found = CoordinateColumns(contentOf: table) {
      let names = found.columns.map { "“\(table.names[$0])”" }.joined(separator: " and ")
      return (
        found,
        "no column is called longitude or latitude; \(names) are taken for them because of their values. "
          + "Call them longitude and latitude (经度, 纬度) if that is right."
      )
    }
    throw ExchangeError(
      .noCoordinateColumns,
      "“\(fileName)” has no longitude and latitude columns; its columns are \(SourceFile.list(table.names)).",
      fix: "Call them longitude and latitude (lng, lon, x, 经度 and lat, y, 纬度 do as well), or wkt for well-known text.")
  }

  private func geometry(_ places: CoordinateColumns) throws(ExchangeError) -> CellGeometry {
    switch places {
    case .wellKnownText(let column): return WellKnownText.geometry(table.columns[column])
    case .position(let x, let y, _):
      var (xs, ys) = (table.columns[x].numbers(), table.columns[y].numbers())
      var unreadable: [UnreadableRow] = []
      for row in xs.indices where !(xs[row].isFinite && ys[row].isFinite) {
        (xs[row], ys[row]) = (.nan, .nan)
        let (cellX, cellY) = (cell(x, row), cell(y, row))
        guard cellX != nil || cellY != nil else { continue }
        try refuseDecimalComma(cellX, cellY, x, y, row)
        unreadable.append(
          UnreadableRow(
            row: row,
            reason: reason(cellX, table.names[x]) ?? reason(cellY, table.names[y]) ?? "its place is not whole",
            original: "\(cellX ?? ""), \(cellY ?? "")"))
      }
      return CellGeometry(geometry: GeometryArray(pointsX: xs, y: ys), unreadable: unreadable)
    }
  }

  private func cell(_ column: Int, _ row: Int) -> String? {
    table.columns[column].validity[row] ? table.columns[column].texts[row] : nil
  }

  /// What keeps a cell from being a coordinate; `nil` when nothing does.
  private func reason(_ cell: String?, _ name: String) -> String? {
    guard let cell else { return "“\(name)” is empty" }
    if let number = Double(cell), number.isFinite { return nil }
    if Angle.degrees(in: cell) != nil { return nil }
    return "“\(name)” is no number: “\(cell.prefix(40))”"
  }

  /// `117,05` may be 117.05 or two numbers: nobody but the writer knows.
  private func refuseDecimalComma(_ cellX: String?, _ cellY: String?, _ x: Int, _ y: Int, _ row: Int)
    throws(ExchangeError)
  {
    for (cell, column) in [(cellX, x), (cellY, y)] {
      guard let cell, cell.contains(","), Double(cell.replacing(",", with: ".")) != nil else { continue }
      throw ExchangeError(
        .decimalComma,
        "“\(table.names[column])” of “\(fileName)” has decimal commas (first: row \(row + 1), “\(cell)”).",
        fix:
          "Write decimal points: replace the commas of the two columns, or save the table with English number formats.")
    }
  }

  // MARK: What it means

  private func referenceSystem(
    _ places: CoordinateColumns, said: ReferenceSystem?, _ geometry: GeometryArray
  ) -> (system: ReferenceSystem, basis: String, note: String)? {
    if said != nil { return nil }
    let named = places.columns.map { "“\(table.names[$0])”" }.joined(separator: " and ")
    if case .position(_, _, let system?) = places {
      return (
        system, "as the names of its columns say", "\(named) are read as \(system), as their names say."
      )
    }
    let survey = PositionSurvey(geometry)
    guard survey.fitsDegrees || survey.looksSwapped || isDegrees(places) else { return nil }
    return (
      .wgs84, "taken for it, since a table does not say",
      "a table does not say its reference system: \(named) \(places.columns.count > 1 ? "are" : "is") read as WGS 84 "
        + "(write crs gcj02 for points of Amap or Tencent, crs bd09 for Baidu's)."
    )
  }

  /// True when the names leave no doubt, whatever the numbers are.
  private func isDegrees(_ places: CoordinateColumns) -> Bool {
    guard case .position(let x, _, _) = places else { return false }
    return CoordinateColumns.meansDegrees(table.names[x])
  }
}
