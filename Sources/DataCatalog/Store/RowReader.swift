import FeatureTables
import GRDBSQLite
import GeometryKernel

/// Texts on their way into a `TextArray`, appended here without crossing a module for each.
struct TextBuffer {
  var bytes: [UInt8] = []
  var starts = [0]

  mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
    starts.append(bytes.count)
  }

  mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    starts.append(bytes.count)
  }

  mutating func appendEmpty() { starts.append(bytes.count) }

  mutating func append(_ other: TextBuffer) {
    let shift = bytes.count
    bytes += other.bytes
    starts.reserveCapacity(starts.count + other.starts.count - 1)
    for start in other.starts.dropFirst() { starts.append(start + shift) }
  }

  func array() -> TextArray { TextArray(bytes: bytes, starts: starts) }
}

/// One column on its way out of SQLite: a typed buffer that a statement's rows are appended to.
struct CellReader: Sendable {
  /// A type without what its unit holds, so that a cell costs no reference count.
  private enum Form {
    case boolean, integer, number, date, text, geometry
  }

  let type: ValueType
  private let form: Form
  private let index: Int32
  private var booleans: [Bool] = []
  private var integers: [Int64] = []
  private var numbers: [Double] = []
  private var days: [Int32] = []
  private var texts = TextBuffer()
  private var geometry = GeometryBuffer()
  private var validity: [Bool] = []
  private(set) var count = 0
  /// Values of another type than the column's, which became null: SQLite lets any value into any column.
  private(set) var misfits = 0
  private(set) var firstMisfit = 0

  /// - Parameter index: the column of the statement.
  init(_ type: ValueType, index: Int, reservingRows rows: Int) {
    self.type = type
    self.index = Int32(index)
    switch type {
    case .boolean:
      form = .boolean
      booleans.reserveCapacity(rows)
    case .integer:
      form = .integer
      integers.reserveCapacity(rows)
    case .number:
      form = .number
      numbers.reserveCapacity(rows)
    case .date:
      form = .date
      days.reserveCapacity(rows)
    case .text:
      form = .text
      texts.starts.reserveCapacity(rows + 1)
    case .geometry:
      form = .geometry
      geometry.reserve(rows: rows)
    }
  }

  /// - Throws: `MalformedGeometry` for bytes in a geometry column that are none.
  mutating func read(_ statement: OpaquePointer) throws(MalformedGeometry) {
    // One look at the row a cell: the calls on columns look each time. A value is good until the next step, because a
    // connection is used by one thread at a time (sqlite.org/c3ref/value.html, "protected").
    guard let value = sqlite3_column_value(statement, index) else { return appendNull() }
    let found = sqlite3_value_type(value)
    if found == SQLITE_NULL { return appendNull() }
    switch form {
    case .boolean:
      let number = sqlite3_value_int64(value)
      guard found == SQLITE_INTEGER, number == 0 || number == 1 else { return appendMisfit() }
      booleans.append(number == 1)
    case .integer:
      guard found == SQLITE_INTEGER else { return appendMisfit() }
      integers.append(sqlite3_value_int64(value))
    case .number:
      guard found == SQLITE_FLOAT || found == SQLITE_INTEGER else { return appendMisfit() }
      numbers.append(sqlite3_value_double(value))
    case .date:
      guard found == SQLITE_TEXT, let date = Self.date(Self.text(value)) else { return appendMisfit() }
      days.append(date.daysSince1970)
    case .text:
      guard found != SQLITE_BLOB else { return appendMisfit() }
      texts.append(Self.text(value))
    case .geometry:
      guard found == SQLITE_BLOB else { throw MalformedGeometry() }
      try geometry.append(Self.blob(value))
    }
    if !validity.isEmpty { validity.append(true) }
    count += 1
  }

  /// Appends the rows of the next piece of the same column. O(its rows).
  mutating func append(_ other: CellReader) {
    if count == 0 {
      self = other
      return
    }
    if other.misfits > 0 {
      if misfits == 0 { firstMisfit = count + other.firstMisfit }
      misfits += other.misfits
    }
    if !validity.isEmpty || !other.validity.isEmpty {
      if validity.isEmpty { validity = Array(repeating: true, count: count) }
      validity += other.validity.isEmpty ? Array(repeating: true, count: other.count) : other.validity
    }
    booleans += other.booleans
    integers += other.integers
    numbers += other.numbers
    days += other.days
    texts.append(other.texts)
    geometry.append(other.geometry)
    count += other.count
  }

  /// The column, once all rows have been read.
  mutating func column() -> Column {
    switch form {
    case .boolean: Column(.boolean(booleans), validity: validity)
    case .integer: Column(.integer(integers), validity: validity)
    case .number: Column(.number(numbers), validity: validity)
    case .date: Column(.date(days), validity: validity)
    case .text: Column(.text(texts.array()), validity: validity)
    case .geometry: Column(.geometry(geometry.finish()))
    }
  }

  private mutating func appendMisfit() {
    if misfits == 0 { firstMisfit = count }
    misfits += 1
    appendNull()
  }

  private mutating func appendNull() {
    defer { count += 1 }
    switch form {
    case .boolean: booleans.append(false)
    case .integer: integers.append(0)
    case .number: numbers.append(0)
    case .date: days.append(0)
    case .text: texts.appendEmpty()
    case .geometry: return geometry.appendNull()
    }
    if validity.isEmpty { validity = Array(repeating: true, count: count) }
    validity.append(false)
  }

  /// The bytes of a blob, until the statement steps on.
  static func blob(_ value: OpaquePointer) -> UnsafeRawBufferPointer {
    let start = sqlite3_value_blob(value)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  /// The UTF-8 of a value, until the statement steps on.
  static func text(_ value: OpaquePointer) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_value_text(value)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  /// `2021-05-11`
  static func date(_ text: UnsafeBufferPointer<UInt8>) -> CalendarDate? {
    guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for i in range {
        guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= text[i] else { return nil }
        value = value * 10 + Int(text[i] - UInt8(ascii: "0"))
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }
}
