import FeatureTables

/// The cells of one column of a text table, and the type that all of them agree on.
///
/// The type is decided over the whole column, so that no later row is lost to a guess: whole numbers, numbers, dates,
/// true and false; anything else is text. Codes keep their zeros: `007` makes a column text, and so do numbers too long
/// for 64 bits.
struct CellColumn {
  private(set) var texts = TextArray()
  private(set) var validity: [Bool] = []
  private(set) var hasNull = false
  /// Cells with content, and those of them that the file marks as texts.
  private(set) var filledCells = 0
  private(set) var textCells = 0
  /// The first of these and its row.
  private(set) var firstText: (row: Int, text: String)?
  private var couldBe = Candidates()
  /// Rows that were given up, or stand in the column that this one goes on from.
  private var rowsBefore = 0

  private struct Candidates {
    var integer = true
    var number = true
    var boolean = true
    var date = true
  }

  var count: Int { texts.count }

  /// - Parameter rows: That were given up before.
  init(nulls count: Int = 0, behind rows: Int = 0) {
    rowsBefore = rows
    for _ in 0..<count { appendNull() }
  }

  /// A column for the rows behind those of another, of which it knows what types they can be.
  init(behind other: CellColumn) {
    (filledCells, textCells, firstText, couldBe) = (other.filledCells, other.textCells, other.firstText, other.couldBe)
    rowsBefore = other.rowsBefore + other.count
  }

  /// Appends some rows of the column that goes on from this one; the others decide its type all the same. O(bytes).
  mutating func append(_ rows: [Int32], of next: CellColumn) {
    for row in rows.lazy.map(Int.init) {
      if next.validity[row] {
        texts.append(utf8: next.texts.utf8(at: row))
        validity.append(true)
      } else {
        appendNull()
      }
    }
    (filledCells, textCells, firstText, couldBe) = (next.filledCells, next.textCells, next.firstText, next.couldBe)
  }

  /// Appends a cell; an empty one that is not marked as a text is null.
  mutating func append(_ cell: ArraySlice<UInt8>, isText: Bool) {
    let trimmed = isText ? cell : Self.trimmed(cell)
    if trimmed.isEmpty && !isText { return appendNull() }
    filledCells += 1
    if isText {
      textCells += 1
      if firstText == nil { firstText = (rowsBefore + count, String(decoding: trimmed, as: UTF8.self)) }
    }
    texts.append(utf8: trimmed)
    validity.append(true)
    consider(trimmed)
  }

  mutating func appendNull() {
    hasNull = true
    texts.append(utf8: EmptyCollection<UInt8>())
    validity.append(false)
  }

  /// The typed column, which the cells are given up for. O(bytes).
  ///
  /// - Parameter textsAre: How the file tells texts from numbers.
  consuming func finish(_ textsAre: CellTable.Texts) -> (type: ValueType, column: Column) {
    let validity = hasNull ? validity : []
    let isText =
      switch textsAre {
      case .unmarked: false
      case .quoted: textCells == filledCells
      case .marked: textCells > 0
      }
    guard filledCells > 0, !isText else { return (.text, Column(.text(texts), validity: validity)) }
    if couldBe.integer { return (.integer, Column(.integer(values(0) { Int64($0) ?? 0 }), validity: validity)) }
    if couldBe.number { return (.plainNumber, Column(.number(values(0) { Double($0) ?? 0 }), validity: validity)) }
    if couldBe.boolean {
      return (.boolean, Column(.boolean(values(false) { $0.lowercased() == "true" }), validity: validity))
    }
    if couldBe.date {
      return (.date, Column(.date(values(0) { CalendarDate($0)?.daysSince1970 ?? 0 }), validity: validity))
    }
    return (.text, Column(.text(texts), validity: validity))
  }

  /// The numbers of the column, NaN where a cell is null or no number; degrees, minutes and seconds are told in degrees.
  func numbers() -> [Double] {
    (0..<texts.count).map { row in
      guard validity[row] else { return .nan }
      let cell = Self.trimmed(texts.utf8(at: row))
      let text = String(decoding: cell, as: UTF8.self)
      return Double(text) ?? Angle.degrees(in: text) ?? .nan
    }
  }

  private func values<Element>(_ missing: Element, _ read: (String) -> Element) -> [Element] {
    (0..<texts.count).map { validity[$0] ? read(texts[$0]) : missing }
  }

  private mutating func consider(_ cell: ArraySlice<UInt8>) {
    if couldBe.integer || couldBe.number {
      let form = NumberForm(cell)
      if form != .integer { couldBe.integer = false }
      if form == .none { couldBe.number = false }
    }
    if couldBe.boolean { couldBe.boolean = Self.isBoolean(cell) }
    if couldBe.date { couldBe.date = Self.isDate(cell) }
  }

  private static func isBoolean(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count == 4 || cell.count == 5 else { return false }
    let text = String(decoding: cell, as: UTF8.self).lowercased()
    return text == "true" || text == "false"
  }

  private static func isDate(_ cell: ArraySlice<UInt8>) -> Bool {
    guard (8...10).contains(cell.count) else { return false }
    return CalendarDate(String(decoding: cell, as: UTF8.self)) != nil
  }

  /// True for a cell that, outside quotes, would not be taken for text.
  static func looksTyped(_ cell: ArraySlice<UInt8>) -> Bool {
    NumberForm(cell) != .none || isBoolean(cell) || isDate(cell)
  }

  static func trimmed(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    while let first = cell.first, first == 0x20 || first == 0x09 { cell.removeFirst() }
    while let last = cell.last, last == 0x20 || last == 0x09 { cell.removeLast() }
    return cell
  }
}

/// What a cell looks like as a number.
enum NumberForm {
  case none, integer, decimal

  /// `-12`, `3.5`, `.5`, `1e-7`; no leading zeros, plus signs, blanks or digits beyond 64 bits.
  init(_ cell: ArraySlice<UInt8>) {
    self = .none
    var digits = cell
    if digits.first == UInt8(ascii: "-") { digits.removeFirst() }
    let whole = digits.prefix { Self.isDigit($0) }
    if whole.count > 1 && whole.first == UInt8(ascii: "0") { return }
    var rest = digits.dropFirst(whole.count)
    if rest.isEmpty {
      if !whole.isEmpty && (whole.count <= 18 || Int64(String(decoding: cell, as: UTF8.self)) != nil) {
        self = .integer
      }
      return
    }
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.prefix { Self.isDigit($0) }
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
      let exponent = rest.prefix { Self.isDigit($0) }
      guard !exponent.isEmpty else { return }
      rest = rest.dropFirst(exponent.count)
      // 1e999 is a code, not a number.
      guard Double(String(decoding: cell, as: UTF8.self))?.isFinite == true else { return }
    }
    if rest.isEmpty { self = .decimal }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
