import FeatureTables
import GRDBSQLite
import GeometryKernel

/// One column of an SQL answer, whose type is known only when its values are: SQL types values, not columns.
///
/// Whole numbers stay whole until a fraction comes among them; numbers become text when a text comes. A column declared
/// DATE or BOOLEAN is one when all its values are.
struct ResultReader {
  private enum Form {
    /// Nothing but nulls so far.
    case nothing
    case integers, numbers, texts, geometry
  }

  let name: String
  /// The SRID of the geometries, once there is one, and a second one.
  private(set) var srid: Int?
  private(set) var otherSRID: Int?

  private let index: Int32
  /// As the table's column was declared, in capitals; empty for an expression.
  private let declaration: String
  private var form = Form.nothing
  private var integers: [Int64] = []
  private var numbers: [Double] = []
  private var texts = TextBuffer()
  private var geometry = GeometryArrayBuilder()
  private var validity: [Bool] = []

  init(_ statement: OpaquePointer, index: Int32) {
    self.index = index
    name = sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "column \(index + 1)"
    declaration = sqlite3_column_decltype(statement, index).map { String(cString: $0).uppercased() } ?? ""
  }

  /// - Throws: `MalformedGeometry` for bytes that begin as a geometry and break off.
  mutating func read(_ statement: OpaquePointer) throws(MalformedGeometry) {
    guard let value = sqlite3_column_value(statement, index) else { return appendNull() }
    switch sqlite3_value_type(value) {
    case SQLITE_NULL: return appendNull()
    case SQLITE_INTEGER: append(sqlite3_value_int64(value))
    case SQLITE_FLOAT: append(sqlite3_value_double(value))
    case SQLITE_TEXT:
      becomeTexts()
      texts.append(CellReader.text(value))
    default: try append(CellReader.blob(value))
    }
    validity.append(true)
  }

  // MARK: Appending, with room for what comes

  private mutating func appendNull() {
    validity.append(false)
    switch form {
    case .nothing: break
    case .integers: integers.append(0)
    case .numbers: numbers.append(0)
    case .texts: texts.appendEmpty()
    case .geometry: geometry.appendNull()
    }
  }

  private mutating func append(_ value: Int64) {
    switch form {
    case .nothing:
      form = .integers
      integers = Array(repeating: 0, count: validity.count)
      integers.append(value)
    case .integers: integers.append(value)
    case .numbers: numbers.append(Double(value))
    case .texts, .geometry:
      becomeTexts()
      texts.append("\(value)")
    }
  }

  private mutating func append(_ value: Double) {
    switch form {
    case .nothing, .integers:
      numbers = form == .nothing ? Array(repeating: 0, count: validity.count) : integers.map(Double.init)
      integers = []
      form = .numbers
      numbers.append(value)
    case .numbers: numbers.append(value)
    case .texts, .geometry:
      becomeTexts()
      texts.append("\(value)")
    }
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) throws(MalformedGeometry) {
    guard form == .nothing || form == .geometry, SpatiaLiteDecoder.isGeometry(bytes) else {
      becomeTexts()
      texts.append("(\(bytes.count) bytes)")
      return
    }
    if form == .nothing {
      form = .geometry
      for _ in validity { geometry.appendNull() }
    }
    try SpatiaLiteDecoder.append(bytes, to: &geometry)
    let found = SpatiaLiteDecoder.srid(bytes)
    if let srid, srid != found, otherSRID == nil { otherSRID = found }
    srid = srid ?? found
  }

  /// Makes a text of all that came before.
  private mutating func becomeTexts() {
    guard form != .texts else { return }
    for (row, valid) in validity.enumerated() {
      switch form {
      case .integers where valid: texts.append("\(integers[row])")
      case .numbers where valid: texts.append("\(numbers[row])")
      case .geometry where valid: texts.append("(geometry)")
      default: texts.appendEmpty()
      }
    }
    (integers, numbers, geometry) = ([], [], GeometryArrayBuilder())
    form = .texts
  }

  // MARK: The column

  /// The column, once all rows have been read.
  mutating func finish() -> (type: ValueType, column: Column) {
    let mask = validity.contains(false) ? validity : []
    switch form {
    case .geometry: return (.geometry, Column(.geometry(geometry.finish())))
    case .numbers: return (.plainNumber, Column(.number(numbers), validity: mask))
    case .integers:
      if declaration.contains("BOOL") && integers.allSatisfy({ $0 == 0 || $0 == 1 }) {
        return (.boolean, Column(.boolean(integers.map { $0 == 1 }), validity: mask))
      }
      return (.integer, Column(.integer(integers), validity: mask))
    case .texts:
      let values = texts.array()
      if declaration == "DATE", let days = dates(values) { return (.date, Column(.date(days), validity: mask)) }
      return (.text, Column(.text(values), validity: mask))
    case .nothing:
      let type = declaredType
      return (type, Column.nulls(type: type, count: validity.count))
    }
  }

  /// The days of texts that are all dates.
  private func dates(_ texts: TextArray) -> [Int32]? {
    var days: [Int32] = []
    days.reserveCapacity(texts.count)
    for (row, valid) in validity.enumerated() {
      guard valid else {
        days.append(0)
        continue
      }
      let date = texts.bytes.withUnsafeBufferPointer {
        CellReader.date(UnsafeBufferPointer(rebasing: $0[texts.range(at: row)]))
      }
      guard let date else { return nil }
      days.append(date.daysSince1970)
    }
    return days
  }

  private var declaredType: ValueType {
    if ColumnRecord.isGeometry(declaration: declaration) { return .geometry }
    return switch ColumnRecord.readableType(declaration: declaration) {
    case "boolean": .boolean
    case "date": .date
    case "integer": .integer
    case "number": .plainNumber
    default: .text
    }
  }
}
