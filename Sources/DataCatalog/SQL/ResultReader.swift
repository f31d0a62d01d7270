import FeatureTables
import GRDBSQLite
import GeometryKernel

/// One column of an SQL answer, whose type is known only when its values are: SQL types values, not columns.
///
/// Whole numbers stay whole until a fraction comes among them; numbers become text when a text comes. A column declared
/// DATE or BOOLEAN is one when all its values are.
struct ResultReader {
  private enum Content {
    /// Nothing but nulls so far.
    case nothing
    case integers([Int64])
    case numbers([Double])
    case texts(TextArray)
    case geometry(GeometryArrayBuilder)
  }

  let name: String
  private let index: Int32
  /// As the table's column was declared, in capitals; empty for an expression.
  private let declaration: String
  private var content = Content.nothing
  private var validity: [Bool] = []
  /// The SRID of the geometries, once there is one.
  private(set) var srid: Int?
  private(set) var otherSRID: Int?

  init(_ statement: OpaquePointer, index: Int32) {
    self.index = index
    name = sqlite3_column_name(statement, index).map { String(cString: $0) } ?? "column \(index + 1)"
    declaration = sqlite3_column_decltype(statement, index).map { String(cString: $0).uppercased() } ?? ""
  }

  /// - Throws: `MalformedGeometry` for bytes that begin as a geometry and break off.
  mutating func read(_ statement: OpaquePointer) throws(MalformedGeometry) {
    switch sqlite3_column_type(statement, index) {
    case SQLITE_NULL: appendNull()
    case SQLITE_INTEGER: append(sqlite3_column_int64(statement, index))
    case SQLITE_FLOAT: append(sqlite3_column_double(statement, index))
    case SQLITE_TEXT: append(CellReader.text(statement, index))
    default:
      let bytes = CellReader.blob(statement, index)
      if SpatiaLiteDecoder.isGeometry(bytes), try append(geometry: bytes) { return }
      append(text: "(\(bytes.count) bytes)")
    }
  }

  // MARK: Appending, with room for what comes

  private mutating func appendNull() {
    validity.append(false)
    switch content {
    case .nothing: break
    case .integers(var values): content = .nothing; values.append(0); content = .integers(values)
    case .numbers(var values): content = .nothing; values.append(0); content = .numbers(values)
    case .texts(var values):
      content = .nothing; values.append(utf8: EmptyCollection<UInt8>()); content = .texts(values)
    case .geometry(var builder): content = .nothing; builder.appendNull(); content = .geometry(builder)
    }
  }

  private mutating func append(_ value: Int64) {
    switch content {
    case .nothing: content = .integers(Array(repeating: 0, count: validity.count) + [value])
    case .integers(var values): content = .nothing; values.append(value); content = .integers(values)
    case .numbers(var values): content = .nothing; values.append(Double(value)); content = .numbers(values)
    case .texts, .geometry: return append(text: String(value))
    }
    validity.append(true)
  }

  private mutating func append(_ value: Double) {
    switch content {
    case .nothing: content = .numbers(Array(repeating: 0, count: validity.count) + [value])
    case .integers(let values): content = .numbers(values.map(Double.init) + [value])
    case .numbers(var values): content = .nothing; values.append(value); content = .numbers(values)
    case .texts, .geometry: return append(text: "\(value)")
    }
    validity.append(true)
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) {
    guard case .texts(var values) = content else { return append(text: String(decoding: text, as: UTF8.self)) }
    content = .nothing
    values.append(utf8: text)
    content = .texts(values)
    validity.append(true)
  }

  /// Appends a text, after what came before has become text too.
  private mutating func append(text: String) {
    var texts = TextArray()
    switch content {
    case .texts(let values): texts = values
    case .nothing: for _ in validity { texts.append("") }
    case .integers(let values): for (i, value) in values.enumerated() { texts.append(validity[i] ? "\(value)" : "") }
    case .numbers(let values): for (i, value) in values.enumerated() { texts.append(validity[i] ? "\(value)" : "") }
    case .geometry: for valid in validity { texts.append(valid ? "(geometry)" : "") }
    }
    content = .nothing
    texts.append(text)
    content = .texts(texts)
    validity.append(true)
  }

  /// False when the column holds other things already.
  private mutating func append(geometry bytes: UnsafeRawBufferPointer) throws(MalformedGeometry) -> Bool {
    var builder: GeometryArrayBuilder
    switch content {
    case .geometry(let found): builder = found
    case .nothing:
      builder = GeometryArrayBuilder(reservingRows: 1024)
      for _ in validity { builder.appendNull() }
    default: return false
    }
    content = .nothing
    try SpatiaLiteDecoder.append(bytes, to: &builder)
    content = .geometry(builder)
    validity.append(true)
    let found = SpatiaLiteDecoder.srid(bytes)
    if let srid, srid != found, otherSRID == nil { otherSRID = found }
    srid = srid ?? found
    return true
  }

  // MARK: The column

  var isGeometry: Bool {
    if case .geometry = content { return true }
    return false
  }

  func finish() -> (type: ValueType, column: Column) {
    let mask = validity.contains(false) ? validity : []
    switch content {
    case .geometry(var builder): return (.geometry, Column(.geometry(builder.finish())))
    case .numbers(let values): return (.plainNumber, Column(.number(values), validity: mask))
    case .integers(let values):
      let truths = zip(values, validity).allSatisfy { $0 == 0 || $0 == 1 || !$1 }
      if declaration.contains("BOOL") && truths {
        return (.boolean, Column(.boolean(values.map { $0 == 1 }), validity: mask))
      }
      return (.integer, Column(.integer(values), validity: mask))
    case .texts(let values):
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
