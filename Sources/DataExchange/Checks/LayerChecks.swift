import FeatureTables
import GeometryKernel
import Projections
import WorkControl

/// The questions that every imported layer is asked before it is handed out.
struct LayerChecks {
  let fileName: String
  let options: ImportOptions
  private(set) var notes: [String] = []
  private(set) var report = ImportReport()

  init(fileName: String, options: ImportOptions) {
    self.fileName = fileName
    self.options = options
  }

  /// Settles what the coordinates mean and whether they can be.
  ///
  /// - Returns: the layer with what was found; rows with impossible coordinates have no geometry any more.
  /// - Throws: `ExchangeError` when there is no reference system, or most coordinates cannot be in it.
  mutating func apply(to raw: RawLayer, path: String, monitor: WorkMonitor) throws -> ImportedLayer {
    var raw = raw
    if options.closesAreas { raw.closeLines() }
    notes += raw.notes
    raw.columns = try restoringGarbled(raw)
    if let selection = raw.unasked { try raw.pick(selection, saying: options.referenceSystem) }
    let survey = PositionSurvey(raw.geometry)
    var unreadable = raw.unreadable + unreadableRows(survey.notFiniteRows, raw, "coordinates that are no numbers")
    if options.rows.isWhole { try refuseHopeless(unreadable, raw) }
    noteUnreadable(unreadable.sorted { $0.row < $1.row }, raw)
    let (system, basis) = try referenceSystem(raw, survey)
    if system.isGeographic {
      unreadable += unreadableRows(try outOfRange(survey, system, raw), raw, "coordinates outside ±180°, ±90°")
    }
    if let row = survey.firstZeroRow {
      notes.append(
        "\(rowsText(survey.zeroRows)) \(survey.zeroRows == 1 ? "has" : "have") the coordinate 0, 0, which often stands "
          + "for an unknown place (first: \(raw.label(ofRow: row))); filter them out if so.")
    }
    noteAreaOfUse(survey, system)
    let rejected = setAside(unreadable.sorted { $0.row < $1.row }, &raw)
    var geometry = raw.geometry
    try checkAreas(&geometry, of: raw, monitor: monitor)
    count(geometry)
    report.rows = geometry.count
    if geometry.isEmpty, rejected == nil {
      notes.append(options.rows.isWhole ? "the layer has no features." : "none of its rows is what was asked for.")
    }
    noteMissing()
    report.notes = notes
    return ImportedLayer(
      table: Table(
        schema: Schema(raw.fields + [Field(Field.geometryName, .geometry)]),
        columns: raw.columns + [Column(.geometry(geometry))], rowCount: geometry.count),
      referenceSystem: system,
      metadata: LayerMetadata(
        description: raw.description, origin: path, originalReferenceSystem: system.description,
        referenceSystemBasis: basis, importedAt: Timestamp.now(), encoding: raw.encoding, notes: notes),
      report: report, rejected: rejected)
  }

  // MARK: Rows without a place that can be

  private func unreadableRows(_ rows: [Int32], _ raw: RawLayer, _ reason: String) -> [UnreadableRow] {
    rows.map { row in
      let run = raw.geometry.coordinates(at: Int(row))
      let shown = run.prefix(4).map { "\(raw.geometry.xs[$0]) \(raw.geometry.ys[$0])" }
      return UnreadableRow(
        row: Int(row), reason: reason, original: shown.joined(separator: ", ") + (run.count > 4 ? " …" : ""))
    }
  }

  /// A layer none of whose places can be read is no layer.
  private func refuseHopeless(_ unreadable: [UnreadableRow], _ raw: RawLayer) throws(ExchangeError) {
    guard unreadable.count == raw.geometry.count, let first = unreadable.first else { return }
    throw ExchangeError(
      .noGeometry,
      "none of the \(rowsText(unreadable.count)) of “\(fileName)” has a place that can be read (first: \(first.reason)).",
      fix: "Check which columns hold the coordinates, and how they are written.")
  }

  /// Takes the rows out of the layer, ascending by row. O(vertices).
  private func setAside(_ unreadable: [UnreadableRow], _ raw: inout RawLayer) -> RejectedRows? {
    guard !unreadable.isEmpty else { return nil }
    let rejected = RejectedRows(
      unreadable, of: raw.fields, raw.columns, numbers: raw.rowNumbers, isCountedAmongTaken: raw.isCountedAmongTaken)
    let places = Set(unreadable.map(\.row))
    raw.unreadable = []
    raw.keep((0..<Int32(raw.geometry.count)).filter { !places.contains(Int($0)) })
    return rejected
  }

  // MARK: Texts

  /// The columns, with texts restored that another program garbled if that was asked for; otherwise they are reported.
  private mutating func restoringGarbled(_ raw: RawLayer) throws(ExchangeError) -> [Column] {
    let isAsked = try StatedEncoding(options.encoding).undoesGarbling
    var garbled = GarbledTexts()
    var columns = raw.columns
    for (index, column) in columns.enumerated() {
      guard case .text(let texts) = column.storage,
        let restored = garbled.restored(texts, column: raw.fields[index].name), isAsked
      else { continue }
      columns[index] = Column(.text(restored), validity: column.validity)
    }
    notes += garbled.notes(isMended: isAsked)
    return columns
  }

  // MARK: Reference system

  /// The layer's reference system, and how it is known.
  private mutating func referenceSystem(_ raw: RawLayer, _ survey: PositionSurvey) throws(ExchangeError)
    -> (system: ReferenceSystem, basis: String)
  {
    if let said = options.referenceSystem {
      guard let own = raw.referenceSystem, own != said else { return (said, "as written on import") }
      notes.append("the file says \(own); it is read as \(said), as you wrote.")
      return (said, "as written on import, though the file says \(own)")
    }
    if let told = Self.systemOfRows(raw),
      raw.referenceSystem == nil || (raw.referenceSystem == .wgs84 && told.isShifted)
    {
      return (told, "as the column crs says on every row")
    }
    if let own = raw.referenceSystem { return (own, raw.referenceSystemBasis ?? "as the file says") }
    // Nothing can be misplaced in a layer without a coordinate.
    if survey.coordinates == 0 { return (.wgs84, "no coordinate needs one") }
    throw ExchangeError(
      .referenceSystemMissing, "“\(fileName)” does not say what its coordinates mean.",
      fix: ReferenceSystemProposal.sentence(for: survey))
  }

  /// What a column `crs` says on every row, as exports write it where a format has no other place for it.
  private static func systemOfRows(_ raw: RawLayer) -> ReferenceSystem? {
    guard let index = raw.fields.firstIndex(where: { $0.name.lowercased() == "crs" }),
      case .text(let texts) = raw.columns[index].storage, texts.count > 0
    else { return nil }
    let first = texts[0]
    guard (0..<texts.count).allSatisfy({ texts[$0] == first }) else { return nil }
    return try? ReferenceSystem(parsing: first)
  }

  // MARK: Coordinates

  private mutating func noteUnreadable(_ rows: [UnreadableRow], _ raw: RawLayer) {
    guard let first = rows.first else { return }
    notes.append(
      "\(rowsText(rows.count)) \(rows.count == 1 ? "has" : "have") a place that cannot be read "
        + "(first: \(raw.label(ofRow: first.row)), \(first.reason)); kept aside.")
  }

  /// Rows whose longitude or latitude cannot be; an error when they are most of the layer. Some of its rows, chosen in
  /// whatever way, say less of it.
  private mutating func outOfRange(
    _ survey: PositionSurvey, _ system: ReferenceSystem, _ raw: RawLayer
  ) throws(ExchangeError) -> [Int32] {
    if options.rows.isWhole, survey.looksSwapped, let first = survey.firstOutOfRange {
      throw ExchangeError(
        .axesSwapped,
        "longitude and latitude of “\(fileName)” look swapped: \(raw.label(ofRow: first.row)) has "
          + "longitude \(first.x) and latitude \(first.y).",
        fix: "Longitude comes first here. Exchange the two in the file (in a CSV file, exchange the column names).")
    }
    guard let first = survey.firstOutOfRange else {
      if survey.mayBeSwapped {
        notes.append(
          "all places lie in the Arctic, but with longitude and latitude exchanged they would lie in China: "
            + "check whether the axes are swapped.")
      }
      return []
    }
    let rows = survey.outOfRangeRows
    let exchanged = survey.exchangedRows
    let areMost = (rows.count + exchanged.count) * 2 > survey.rowsWithCoordinates
    if options.rows.isWhole, areMost {
      throw ExchangeError(
        .outOfRange,
        "\(raw.label(ofRow: first.row)) of “\(fileName)” has the coordinate (\(first.x), \(first.y)), which "
          + "is no longitude and latitude, as \(system) would have it.",
        fix: ReferenceSystemProposal.sentence(for: survey))
    }
    if let row = exchanged.first {
      notes.append(
        "longitude and latitude of \(rowsText(exchanged.count)) look exchanged (first: \(raw.label(ofRow: Int(row)))); "
          + "kept, but without a place until `repair` exchanges them, as check shows.")
    }
    if let row = rows.first {
      notes.append(
        "\(rowsText(rows.count)) \(rows.count == 1 ? "has" : "have") coordinates outside ±180°, ±90° "
          + "(first: \(raw.label(ofRow: Int(row)))); kept aside."
          + (areMost ? " If those of the other rows are such: \(ReferenceSystemProposal.sentence(for: survey))" : ""))
    }
    return rows
  }

  /// A warning where a layer lies far outside the region that its system is made for.
  private mutating func noteAreaOfUse(_ survey: PositionSurvey, _ system: ReferenceSystem) {
    guard survey.coordinates > 0, let area = system.areaOfUse else { return }
    let (x, y) = (survey.extent.centerX, survey.extent.centerY)
    let center = position(x, y, in: system)
    if isNear(center, area) { return }
    let place =
      center.map { "around \(ReferenceSystemProposal.degrees($0.x))°E, \(ReferenceSystemProposal.degrees($0.y))°N" }
      ?? "outside what it can express"
    var sentence = "the coordinates lie \(place), far from the area of use of \(system); "
    if let correction = ReferenceSystemProposal.correction(of: system, for: survey) {
      sentence += correction
    } else if isNear(position(y, x, in: system), area) {
      sentence += "with northing and easting exchanged they would lie within: check whether the axes are swapped."
    } else {
      sentence += "if that is wrong, say the right one on import: crs epsg:…"
    }
    notes.append(sentence)
  }

  private func position(_ x: Double, _ y: Double, in system: ReferenceSystem) -> (x: Double, y: Double)? {
    try? CoordinateTransform(from: system, to: .wgs84).apply(x: x, y: y)
  }

  private func isNear(_ position: (x: Double, y: Double)?, _ area: Box) -> Bool {
    guard let position else { return false }
    let (dx, dy) = (area.width / 2, area.height / 2)
    let wide = Box(minX: area.minX - dx, minY: area.minY - dy, maxX: area.maxX + dx, maxY: area.maxY + dy)
    return wide.contains(x: position.x, y: position.y) || wide.contains(x: position.x + 360, y: position.y)
  }

  // MARK: Counts

  private mutating func count(_ geometry: GeometryArray) {
    var counts = [Int](repeating: 0, count: GeometryKind.allCases.count)
    for row in 0..<geometry.count {
      let kind = geometry.kind(at: row)
      counts[Int(kind.rawValue)] += 1
      if kind != .null && geometry.parts(at: row).isEmpty { report.emptyGeometries += 1 }
    }
    report.nullGeometries = counts[0]
    report.kinds = GeometryKind.allCases.dropFirst().compactMap { kind in
      let rows = counts[Int(kind.rawValue)]
      return rows > 0 ? ImportReport.KindCount(kind: kind, rows: rows) : nil
    }
  }

  private mutating func noteMissing() {
    if report.nullGeometries > 0 {
      notes.append("\(rowsText(report.nullGeometries)) without geometry; kept, but they answer no question of place.")
    }
    if report.emptyGeometries > 0 {
      notes.append("\(rowsText(report.emptyGeometries)) with an empty geometry; kept, but without a place.")
    }
  }

  // MARK: Areas

  /// Counts invalid areas and lines, and repairs them if that was asked for.
  private mutating func checkAreas(_ geometry: inout GeometryArray, of raw: RawLayer, monitor: WorkMonitor) throws {
    let validity = try LayerValidity(geometry, repair: options.repair, activity: "checking \(fileName)", monitor)
    geometry = validity.geometry
    guard let first = validity.defects.first else { return }
    report.invalid = validity.defects.count
    let isPlaceKnown = first.x.isFinite && first.y.isFinite
    report.firstInvalid = ImportReport.InvalidPlace(
      row: first.row + 1, reason: first.reason, x: isPlaceKnown ? first.x : nil, y: isPlaceKnown ? first.y : nil)
    let place = isPlaceKnown ? " at \(first.x), \(first.y)" : ""
    let found =
      "\(rowsText(report.invalid)) with an invalid geometry "
      + "(first: \(raw.label(ofRow: first.row)), \(first.reason)\(place))"
    guard options.repair else {
      notes.append(
        "\(found); kept as they are. `check` shows them, and `| repair` mends what is certain; repair behind the import makes all of them valid, whatever area that gives."
      )
      return
    }
    report.repaired = report.invalid - validity.lostRows
    notes.append("\(found); \(report.repaired) repaired.")
    if validity.lostRows > 0 {
      notes.append("of \(rowsText(validity.lostRows)) nothing was left after repair; they have no geometry now.")
    }
  }
}
