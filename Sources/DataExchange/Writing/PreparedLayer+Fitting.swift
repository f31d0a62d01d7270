import FeatureTables
import GeometryKernel

/// What becomes of values that a format cannot hold: the deeds of `FormatLoss`, each told once.
extension PreparedLayer {
  mutating func fit(_ format: ExportFormat) {
    if format == .shp { replaceMissingCharacters() }
    for loss in format.losses {
      switch loss {
      case .shortNames, .positions, .decimals: break  // Done by `rename` and the writers.
      case .shortTexts: cutTexts(format)
      case .emptyTexts: tell(loss, format, emptyTexts)
      case .dates: datesToText(format)
      case .moments: tell(loss, format) { $0.type == .date ? $0.column.count - $0.column.nullCount : 0 }
      case .booleans: tell(loss, format) { $0.type == .boolean ? $0.column.count - $0.column.nullCount : 0 }
      case .wholeNumbers: wideIntegersToText(format)
      case .numbers: wideNumbersToText(format)
      case .emptyPlaces: dropEmptyPlaces(format)
      case .singleParts: tellSingleParts(format)
      case .placelessRows: dropPlacelessRows(format)
      case .parts, .areas: tellShapes(loss, format)
      case .columns: keepDrawingColumns(format)
      case .symbols: drawingSymbols(format)
      }
    }
  }

  /// Says in which columns something happens, and how often.
  private mutating func tell(_ loss: FormatLoss, _ format: ExportFormat, _ rows: (Attribute) -> Int) {
    let columns = attributes.compactMap { attribute in
      let count = rows(attribute)
      return count == 0 ? nil : "“\(attribute.name)” (\(rowsText(count)))"
    }
    if !columns.isEmpty { notes.append(loss.note(in: format, Self.list(columns))) }
  }

  private func emptyTexts(_ attribute: Attribute) -> Int {
    guard case .text(let texts) = attribute.column.storage else { return 0 }
    return (0..<texts.count).count { texts.utf8(at: $0).isEmpty && !attribute.column.isNull(at: $0) }
  }

  private static func list(_ items: [String]) -> String {
    items.prefix(12).joined(separator: ", ") + (items.count > 12 ? " and \(items.count - 12) more" : "")
  }

  // MARK: Values

  private mutating func cutTexts(_ format: ExportFormat) {
    var columns: [String] = []
    for index in attributes.indices {
      guard case .text(let texts) = attributes[index].column.storage else { continue }
      var cut: [Int: String] = [:]
      for row in 0..<texts.count {
        let text = texts.utf8(at: row)
        // No text has more characters than bytes, and in no encoding more than twice its bytes in UTF-8.
        if text.count * 2 <= DBFWidths.widestText { continue }
        cut[row] =
          format == .shp ? encoding.cut(text, to: DBFWidths.widestText) : SheetText.cut(text)
      }
      guard let first = cut.keys.min() else { continue }
      var kept = TextArray()
      for row in 0..<texts.count {
        if let text = cut[row] { kept.append(text) } else { kept.append(utf8: texts.utf8(at: row)) }
      }
      attributes[index].column.storage = .text(kept)
      columns.append("“\(attributes[index].name)” (\(rowsText(cut.count)), first: row \(first + 1))")
    }
    if !columns.isEmpty { notes.append(FormatLoss.shortTexts.note(in: format, Self.list(columns))) }
  }

  /// A driver would leave them out. O(texts).
  private mutating func replaceMissingCharacters() {
    guard encoding != .utf8 else { return }
    var lost = 0
    for index in attributes.indices {
      guard case .text(let texts) = attributes[index].column.storage else { continue }
      var replaced = TextArray()
      for row in 0..<texts.count {
        let text = texts.utf8(at: row)
        if let kept = encoding.withoutMissing(text, lost: &lost) {
          replaced.append(kept)
        } else {
          replaced.append(utf8: text)
        }
      }
      attributes[index].column.storage = .text(replaced)
    }
    if lost > 0 { notes.append(Self.missingNote(lost, encoding)) }
  }

  /// What is said of characters that an encoding has not.
  static func missingNote(_ count: Int, _ encoding: OutputEncoding) -> String {
    "\(count == 1 ? "1 character" : "\(count) characters") that \(encoding.rawValue) has not \(count == 1 ? "is" : "are") written as “?”."
  }

  private mutating func toText(_ index: Int, _ text: (Int) -> String) {
    let column = attributes[index].column
    var texts = TextArray()
    for row in 0..<column.count { texts.append(column.isNull(at: row) ? "" : text(row)) }
    attributes[index].column = Column(.text(texts), validity: column.validity)
    attributes[index].type = .text
    attributes[index].factor = 1
  }

  private mutating func datesToText(_ format: ExportFormat) {
    func mustBeText(_ attribute: Attribute) -> Bool {
      guard case .date(let days) = attribute.column.storage else { return false }
      if format != .xlsx { return true }
      return days.indices.contains { !attribute.column.isNull(at: $0) && days[$0] < SheetText.firstDate }
    }
    tell(.dates, format) { mustBeText($0) ? $0.column.count - $0.column.nullCount : 0 }
    for index in attributes.indices where mustBeText(attributes[index]) {
      guard case .date(let days) = attributes[index].column.storage else { continue }
      toText(index) { CalendarDate(daysSince1970: days[$0]).text }
    }
  }

  private mutating func wideIntegersToText(_ format: ExportFormat) {
    let range = format.wholeNumbers.range
    var columns: [String] = []
    for index in attributes.indices {
      let column = attributes[index].column
      guard case .integer(let values) = column.storage,
        let row = (0..<values.count).first(where: { !column.isNull(at: $0) && !range.contains(values[$0]) })
      else { continue }
      columns.append("“\(attributes[index].name)” (first: row \(row + 1), \(values[row]))")
      toText(index) { values[$0].description }
    }
    if !columns.isEmpty { notes.append(FormatLoss.wholeNumbers.note(in: format, Self.list(columns))) }
  }

  private mutating func wideNumbersToText(_ format: ExportFormat) {
    var columns: [String] = []
    for index in attributes.indices {
      let (column, factor) = (attributes[index].column, attributes[index].factor)
      guard case .number(let values) = column.storage else { continue }
      let there = (0..<values.count).filter { !column.isNull(at: $0) }.map { values[$0] }
      guard DBFWidths.precision(there, factor) == nil else { continue }
      columns.append("“\(attributes[index].name)”")
      toText(index) { (values[$0] / factor).isFinite ? (values[$0] / factor).description : "" }
    }
    if !columns.isEmpty { notes.append(FormatLoss.numbers.note(in: format, Self.list(columns))) }
  }

  // MARK: Places

  private mutating func dropEmptyPlaces(_ format: ExportFormat) {
    guard let geometry else { return }
    let rows = (0..<Int32(geometry.count)).filter {
      geometry.isNullOrEmpty(at: Int($0)) && !geometry.isNull(at: Int($0))
    }
    guard let first = rows.first else { return }
    self.geometry = geometry.makingNull(rows)
    notes.append(FormatLoss.emptyPlaces.note(in: format, "\(rowsText(rows.count)), first: row \(first + 1)"))
  }

  private mutating func tellSingleParts(_ format: ExportFormat) {
    guard let geometry else { return }
    let kinds = Set((0..<geometry.count).map { geometry.kind(at: $0) })
    let isOfMultiPoints = kinds.contains(.multiPoint)
    let rows = (0..<geometry.count).count { row in
      switch geometry.kind(at: row) {
      case .point: isOfMultiPoints
      case .multiLineString, .multiPolygon, .collection: geometry.parts(at: row).count == 1
      default: false
      }
    }
    if rows > 0 { notes.append(FormatLoss.singleParts.note(in: format, rowsText(rows))) }
  }

  // MARK: Drawings

  private mutating func dropPlacelessRows(_ format: ExportFormat) {
    guard let geometry else { return }
    let rows = (0..<Int32(geometry.count)).filter { !geometry.isNullOrEmpty(at: Int($0)) }
    let left = geometry.count - rows.count
    guard left > 0 else { return }
    keep(rows)
    notes.append(FormatLoss.placelessRows.note(in: format, rowsText(left)))
  }

  private mutating func tellShapes(_ loss: FormatLoss, _ format: ExportFormat) {
    guard let geometry else { return }
    let rows = (0..<geometry.count).count { row in
      let parts = geometry.parts(at: row)
      return loss == .parts ? parts.count > 1 : parts.contains { geometry.dimension(ofPart: $0) == .area }
    }
    if rows > 0 { notes.append(loss.note(in: format, rowsText(rows))) }
  }

  private mutating func keepDrawingColumns(_ format: ExportFormat) {
    let left = attributes.filter {
      !DrawingText.layerNames.contains($0.name) && !DrawingText.textNames.contains($0.name)
    }
    if !left.isEmpty {
      notes.append(FormatLoss.columns.note(in: format, "left out: \(Self.list(left.map(\.name)))"))
    }
  }

  private mutating func drawingSymbols(_ format: ExportFormat) {
    tell(.symbols, format) { attribute in
      let change =
        DrawingText.layerNames.contains(attribute.name)
        ? DrawingText.symbol : DrawingText.textNames.contains(attribute.name) ? DrawingText.line : { $0 }
      guard case .text(let texts) = attribute.column.storage else { return 0 }
      return (0..<texts.count).count { !attribute.column.isNull(at: $0) && change(texts[$0]) != texts[$0] }
    }
  }
}
