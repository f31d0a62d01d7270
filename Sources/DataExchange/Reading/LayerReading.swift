import CGDAL
import FeatureTables
import Projections
import WorkControl

/// Reads the features of one GDAL layer into columns, all at once or some thousand at a time.
struct LayerReading {
  /// How the texts are read of a file that GDAL hands out as it stands.
  struct Decoding {
    /// By the user.
    var stated: TextEncoding?
  }

  private let layer: OGRLayerH
  private let file: SourceFile
  private let driver: String
  private let definitions: [(wanted: String, index: Int32, definition: OGRFieldDefnH)]
  /// How many rows the file says the layer has; -1 where it does not say.
  let promised: Int
  /// `nil` where texts are UTF-8.
  var decoding: Decoding?
  private(set) var repeatsRows = false
  /// The driver left rows out and does not say which.
  private(set) var isCountedAmongTaken = false
  private(set) var notes: [String] = []
  /// Of the texts, once they are read.
  private(set) var encoding: String?
  private var drawing: DrawingFeatures?

  /// Rows between two looks at which of them are wanted.
  private static let piece = 1 << 14
  private static let mostFields = 4096

  /// - Parameter curveTolerance: Of drawings, in units of the coordinates.
  /// - Throws: `ExchangeError` for a layer of too many columns.
  init(
    _ layer: OGRLayerH, of file: SourceFile, _ driver: String, curveTolerance: Double? = nil
  ) throws(ExchangeError) {
    self.layer = layer
    self.file = file
    self.driver = driver
    promised = Int(OGR_L_GetFeatureCount(layer, 0))
    let definition = OGR_L_GetLayerDefn(layer)
    let count = definition.map { OGR_FD_GetFieldCount($0) } ?? 0
    guard count <= Self.mostFields else {
      throw ExchangeError(
        .tooLarge, "“\(file.name)” has \(count) columns; at most \(Self.mostFields) can be read.",
        fix: "Export those that are needed.")
    }
    drawing = driver == "DXF" ? DrawingFeatures(curveTolerance: curveTolerance) : nil
    var definitions: [(wanted: String, index: Int32, definition: OGRFieldDefnH)] = []
    for index in 0..<count {
      guard let field = OGR_FD_GetFieldDefn(definition, index) else { continue }
      let written = OGR_Fld_GetNameRef(field).map { String(cString: $0) } ?? ""
      if written == "PaperSpace" { drawing?.paperField = index }
      if written == "SubClasses" { drawing?.kindField = index }
      guard let wanted = driver == "DXF" ? Self.drawingNames[written] ?? written : written else { continue }
      guard OGR_Fld_GetType(field) != OFTBinary else {
        notes.append("the binary column “\(wanted)” was left out.")
        continue
      }
      definitions.append((wanted, index, field))
    }
    self.definitions = definitions
  }

  /// What the columns of a drawing are called here; `nil` for those that say nothing.
  private static let drawingNames: [String: String?] = [
    "Layer": "layer", "PaperSpace": nil, "SubClasses": nil, "Linetype": "linetype", "EntityHandle": "handle",
    "Text": "text",
  ]

  // MARK: Names

  /// The names that the columns get, each of its own, and what is to be said of them.
  private func names(_ wanted: (Int) -> String) -> (names: [String], notes: [String]) {
    var names = ColumnNames()
    let taken = definitions.indices.map { names.take(wanted($0), position: Int(definitions[$0].index) + 1) }
    return (taken, names.notes)
  }

  /// As `where` takes them.
  var columnNames: [String] {
    guard let decoding, let definition = OGR_L_GetLayerDefn(layer) else {
      return names { definitions[$0].wanted }.names
    }
    var none: [Column] = []
    let texts = try? DatasetTexts(of: layer, definition, &none, stated: decoding.stated, file)
    return names { texts?.name(ofField: Int(definitions[$0].index)) ?? definitions[$0].wanted }.names
  }

  private func newRows(_ count: Int) -> FeatureRows {
    FeatureRows(
      definitions.compactMap { FieldColumn(index: $0.index, definition: $0.definition, reservingRows: count) },
      reservingRows: count, drawing: drawing)
  }

  // MARK: Rows

  /// Appends the rows that were asked for.
  mutating func run(
    _ selection: RowSelection, saying system: ReferenceSystem?, _ picker: inout RowPicker,
    into collector: inout LayerCollector, activity: String, monitor: WorkMonitor
  ) throws {
    let promised = promised
    let onRows = { rows in
      try monitor.report(
        activity, fraction: promised > 0 ? Double(rows) / Double(promised) : nil, done: rows)
    }
    if let decoding {
      try runDecoding(decoding, selection, saying: system, &picker, into: &collector, onRows: onRows)
    } else if selection.isWhole {
      var features = newRows(min(max(promised, 0), 20_000_000))
      // Other drivers make their batches out of features, which gains nothing.
      let isInBatches = try driver == "GPKG" && features.readBatches(layer, onRows: onRows)
      if !isInBatches { try features.readFeatures(layer, onRows: onRows) }
      repeatsRows = features.repeatsRows
      collector.append(try RowPiece(features, names: settledNames()))
    } else {
      try runInPieces(selection, saying: system, &picker, into: &collector, onRows: onRows)
    }
  }

  private mutating func settledNames() -> [String] {
    let (names, notes) = names { definitions[$0].wanted }
    self.notes += notes
    return names
  }

  private mutating func runInPieces(
    _ selection: RowSelection, saying system: ReferenceSystem?, _ picker: inout RowPicker,
    into collector: inout LayerCollector, onRows: (Int) throws -> Void
  ) throws {
    let names = settledNames()
    let schema = Schema(zip(names, newRows(0).fields).map { Field($0, $1.type) })
    let filter = DriverFilter(layer, driver, zip(names, definitions).map { ($0, $1.definition) })
    let isFiltered = try filter.apply(selection, over: schema, in: system)
    defer { filter.remove() }
    OGR_L_ResetReading(layer)
    var read = 0
    var isAtEnd = false
    while !isAtEnd, !picker.isDone {
      var features = newRows(0)
      features.keepsIDs = isFiltered
      isAtEnd = features.readMore(layer, most: Self.piece)
      read += features.count
      try onRows(read)
      let numbers = numbers(features, isFiltered)
      var piece = try RowPiece(features, names: names)
      piece.numbers = numbers
      collector.append(piece, keeping: try pick(piece, &picker))
    }
  }

  /// What texts mean is decided over all of them, and only then can a condition be asked.
  private mutating func runDecoding(
    _ decoding: Decoding, _ selection: RowSelection, saying system: ReferenceSystem?, _ picker: inout RowPicker,
    into collector: inout LayerCollector, onRows: (Int) throws -> Void
  ) throws {
    guard let definition = OGR_L_GetLayerDefn(layer) else { return }
    let filter = DriverFilter(layer, driver, [])
    let isFiltered = try filter.apply(RowSelection(box: selection.box), over: Schema([]), in: system)
    defer { filter.remove() }
    var features = newRows(min(max(promised, 0), 20_000_000))
    features.keepsIDs = isFiltered
    try features.readFeatures(layer, onRows: onRows)
    let numbers = numbers(features, isFiltered)
    var notes: [String] = []
    var encoding: String?
    let (layer, file) = (layer, file)
    let reading = self
    var piece = try RowPiece(features, names: []) { (columns) throws(ExchangeError) in
      let texts = try DatasetTexts(of: layer, definition, &columns, stated: decoding.stated, file)
      let found = reading.names { texts.name(ofField: Int(reading.definitions[$0].index)) }
      notes = texts.notes + found.notes
      encoding = texts.encoding
      return found.names
    }
    piece.numbers = numbers
    self.notes += notes
    self.encoding = encoding
    collector.append(piece, keeping: selection.isWhole ? nil : try pick(piece, &picker))
  }

  /// The first number that a driver gives a feature, where it counts them as they are in the file.
  private static let firstIDs: [String: Int64] = [
    "ESRI Shapefile": 0, "FlatGeobuf": 0, "GPKG": 1, "SQLite": 1, "OpenFileGDB": 1,
  ]

  /// Where in the file rows are, from 0; `nil` where all rows are handed out, or nobody says which.
  private mutating func numbers(_ features: borrowing FeatureRows, _ isFiltered: Bool) -> [Int64]? {
    guard isFiltered else { return nil }
    guard let first = Self.firstIDs[driver] else {
      isCountedAmongTaken = true
      return nil
    }
    return features.ids.map { $0 - first }
  }

  private func pick(_ piece: RowPiece, _ picker: inout RowPicker) throws -> [Int32] {
    try picker.pick(piece.fields, piece.columns, piece.geometry, unreadable: piece.unreadable.map(\.row))
  }
}
