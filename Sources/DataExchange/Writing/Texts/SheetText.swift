import FeatureTables
import GeometryKernel
import WorkControl

/// One sheet of a workbook (ECMA-376, 18.3): a bold heading that stays in sight, attributes, then places as in a text table.
///
/// Texts are texts, whatever they begin with: nothing that a file says becomes a formula.
struct SheetText {
  private let layer: PreparedLayer
  private let letters: [[UInt8]]
  private var bytes: [UInt8] = []

  static let longestText = 32_767

  /// Places of `WorkbookFile`'s styles.
  enum Style: Int { case plain, date, heading }

  init(_ layer: PreparedLayer) {
    self.layer = layer
    letters = (0..<layer.attributes.count + (layer.placeNames?.count ?? 0)).map { Array(Self.letters($0).utf8) }
  }

  /// O(vertices + cells).
  mutating func write(to sink: inout some ByteSink, monitor: WorkMonitor) throws {
    bytes += "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".utf8
    bytes +=
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetViews><sheetView ".utf8
    bytes += "workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" ".utf8
    bytes += "state=\"frozen\"/></sheetView></sheetViews><sheetData>\n".utf8
    bytes += "<row r=\"1\">".utf8
    for (column, name) in (layer.attributes.map(\.name) + (layer.placeNames ?? [])).enumerated() {
      text(Array(name.utf8)[...], column, 0, .heading)
    }
    bytes += "</row>\n".utf8
    for row in 0..<layer.rowCount {
      writeRow(row)
      if sink.takes(bytes) {
        try sink.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      try layer.reportWritten(row, monitor)
    }
    bytes += "</sheetData></worksheet>\n".utf8
    try sink.write(bytes)
  }

  private mutating func writeRow(_ row: Int) {
    bytes += "<row r=\"\(row + 2)\">".utf8
    for (index, attribute) in layer.attributes.enumerated() where !attribute.column.isNull(at: row) {
      switch attribute.column.storage {
      case .boolean(let values):
        open(index, row + 1, .plain, " t=\"b\"")
        bytes += (values[row] ? "<v>1</v></c>" : "<v>0</v></c>").utf8
      case .integer(let values): number(values[row].description, index, row + 1, .plain)
      case .number(let values):
        let value = values[row] / attribute.factor
        if value.isFinite { number(value.description, index, row + 1, .plain) }
      case .date(let values): number(String(Self.serial(values[row])), index, row + 1, .date)
      case .text(let values): text(values.utf8(at: row), index, row + 1, .plain)
      case .geometry: break
      }
    }
    if let geometry = layer.geometry { writePlace(geometry, row) }
    bytes += "</row>\n".utf8
  }

  private mutating func writePlace(_ geometry: GeometryArray, _ row: Int) {
    guard !geometry.isNull(at: row) else { return }
    let first = layer.attributes.count
    var digits: [UInt8] = []
    if letters.count == first + 1 {
      geometry.appendWKT(at: row, decimals: layer.decimals, to: &digits)
      return text(digits[...], first, row + 1, .plain)
    }
    guard let i = geometry.coordinates(at: row).first else { return }
    for (column, value) in [(first, geometry.xs[i]), (first + 1, geometry.ys[i])] {
      digits.removeAll(keepingCapacity: true)
      appendDecimal(value, decimals: layer.decimals, to: &digits)
      number(String(decoding: digits, as: UTF8.self), column, row + 1, .plain)
    }
  }

  /// The first row whose place has a longer text, and how long it is. O(vertices).
  static func longPlace(of layer: PreparedLayer, beyond most: Int) -> (row: Int, count: Int)? {
    guard let geometry = layer.geometry, layer.placeNames?.count == 1 else { return nil }
    var text: [UInt8] = []
    // No vertex takes less than four characters, and few take more than forty.
    for row in 0..<geometry.count where geometry.coordinates(at: row).count > most / 64 {
      text.removeAll(keepingCapacity: true)
      geometry.appendWKT(at: row, decimals: layer.decimals, to: &text)
      if text.count > most { return (row, text.count) }
    }
    return nil
  }

  // MARK: Cells

  private mutating func open(_ column: Int, _ row: Int, _ style: Style, _ type: String = "") {
    bytes += "<c r=\"".utf8
    bytes += letters[column]
    bytes += "\(row + 1)\"\(style == .plain ? "" : " s=\"\(style.rawValue)\"")\(type)>".utf8
  }

  private mutating func number(_ digits: String, _ column: Int, _ row: Int, _ style: Style) {
    open(column, row, style)
    bytes += "<v>\(digits)</v></c>".utf8
  }

  private mutating func text(_ text: ArraySlice<UInt8>, _ column: Int, _ row: Int, _ style: Style) {
    open(column, row, style, " t=\"inlineStr\"")
    bytes += "<is><t xml:space=\"preserve\">".utf8
    XMLText.append(text, to: &bytes)
    bytes += "</t></is></c>".utf8
  }

  /// `A`, `B`, … `Z`, `AA`
  private static func letters(_ column: Int) -> String {
    var rest = column + 1
    var result = ""
    while rest > 0 {
      rest -= 1
      result = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + result
      rest /= 26
    }
    return result
  }

  /// Excel counts days from the end of 1899 and takes 1900 for a leap year, so that only dates from March 1900 are sure.
  static let firstDate = CalendarDate(year: 1900, month: 3, day: 1)?.daysSince1970 ?? 0

  private static func serial(_ days: Int32) -> Int { Int(days) + 25_569 }

  /// The longest beginning that a cell holds, counted in UTF-16 and cut between two characters; `nil` when all fits.
  static func cut(_ text: ArraySlice<UInt8>) -> String? {
    guard text.count > longestText else { return nil }
    let whole = String(decoding: text, as: UTF8.self)
    guard whole.utf16.count > longestText else { return nil }
    var kept = ""
    var count = 0
    for character in whole {
      count += character.utf16.count
      if count > longestText { break }
      kept.append(character)
    }
    return kept
  }
}
