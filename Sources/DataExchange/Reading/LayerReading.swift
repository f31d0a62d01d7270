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
    let texts = try? DatasetTexts(of: layer, definition, stated: decoding.stated) { _ in }
    return (texts.map(names(in:)) ?? names { definitions[$0].wanted }).names
  }

  private func names(in texts: DatasetTexts) -> (names: [String], notes: [String]) {
    names { texts.name(ofField: Int(definitions[$0].index)) }
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
      if selection.isWhole {
        try runDecoding(decoding, into: &collector, onRows: onRows)
      } else {
        try runDecodingInPieces(decoding, selection, saying: system, &picker, into: &collector, onRows: onRows)
      }
    } else if selection.isWhole {
      var features = newRows(min(max(promised, 0), 20_000_000))
      // Other drivers make their batches out of features, which gains nothing.
      let isInBatches = try driver == "GPKG" && features.readBatches(layer, onRows: onRows)
      if !isInBatches { try features.readFeatures(layer, onRows: onRows) }
      repeatsRows = features.repeatsRows
      collector.append(try RowPiece(features, names: settledNames()))
    } else {
      let names = settledNames()
      try runInPieces(selection, names, saying: system, &picker, into: &collector, onRows: onRows)
    }
  }

  private mutating func settledNames() -> [String] {
    let (names, notes) = names { definitions[$0].wanted }
    self.notes += notes
    return names
  }

  /// - Parameter decode: Brings the texts of a piece to UTF-8, told the numbers of its rows in the file, from 0.
  private mutating func runInPieces(
    _ selection: RowSelection, _ names: [String], saying system: ReferenceSystem?, _ picker: inout RowPicker,
    into collector: inout LayerCollector, onRows: (Int) throws -> Void,
    decode: (inout [Column], (Int) -> Int) -> Void = { _, _ in }
  ) throws {
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
      isAtEnd = features.readMore(layer, most: min(Self.piece, picker.rest))
      read += features.count
      try onRows(read)
      let numbers = numbers(features, isFiltered)
      let before = read - features.count
      var piece = try RowPiece(features, names: names) { columns in
        decode(&columns) { row in numbers.map { Int($0[row]) } ?? before + row }
        return nil
      }
      piece.numbers = numbers
      collector.append(piece, keeping: try pick(piece, &picker))
    }
  }

  // MARK: Texts in other encodings

  private mutating func runDecoding(
    _ decoding: Decoding, into collector: inout LayerCollector, onRows: (Int) throws -> Void
  ) throws {
    guard let definition = OGR_L_GetLayerDefn(layer) else { return }
    var features = newRows(min(max(promised, 0), 20_000_000))
    try features.readFeatures(layer, onRows: onRows)
    let reading = self
    var decoded: DatasetTexts?
    let piece = try RowPiece(features, names: []) { columns in
      var texts = try DatasetTexts(of: reading.layer, definition, stated: decoding.stated) { $0.add(columns) }
      texts.decode(&columns)
      decoded = texts
      return reading.names(in: texts).names
    }
    collector.append(piece)
    if let decoded { try settle(decoded) }
  }

  /// What texts mean is decided over all of them before the first row is judged.
  private mutating func runDecodingInPieces(
    _ decoding: Decoding, _ selection: RowSelection, saying system: ReferenceSystem?, _ picker: inout RowPicker,
    into collector: inout LayerCollector, onRows: (Int) throws -> Void
  ) throws {
    guard let definition = OGR_L_GetLayerDefn(layer) else { return }
    let most = picker.rest
    var texts = try DatasetTexts(of: layer, definition, stated: decoding.stated) {
      try addTexts(to: &$0, most: most, onRows: onRows)
    }
    let names = names(in: texts).names
    try runInPieces(selection, names, saying: system, &picker, into: &collector, onRows: onRows) {
      texts.decode(&$0, $1)
    }
    try settle(texts)
  }

  /// Adds the texts of the first rows as they stand in the file, without a look at their geometry. O(bytes).
  ///
  /// - Throws: `Cancelled`.
  private func addTexts(to sample: inout TextSample, most: Int, onRows: (Int) throws -> Void) throws {
    let fields = definitions.filter { OGR_Fld_GetType($0.definition) == OFTString }.map(\.index)
    guard !fields.isEmpty else { return }
    _ = GDALLibrary.withStrings(["OGR_GEOMETRY"]) { OGR_L_SetIgnoredFields(layer, UnsafeMutablePointer(mutating: $0)) }
    defer { OGR_L_SetIgnoredFields(layer, nil) }
    OGR_L_ResetReading(layer)
    var count = 0
    while count < most, let feature = OGR_L_GetNextFeature(layer) {
      defer { OGR_F_Destroy(feature) }
      for field in fields {
        guard let text = OGR_F_GetFieldAsString(feature, field) else { continue }
        sample.add(UnsafeRawBufferPointer(start: text, count: strlen(text)))
      }
      count += 1
      if count & 0xFFF == 0 { try onRows(count) }
    }
  }

  private mutating func settle(_ texts: DatasetTexts) throws {
    try texts.check(file)
    notes += texts.notes + names(in: texts).notes
    encoding = texts.encoding
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
