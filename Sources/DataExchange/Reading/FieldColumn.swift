import CGDAL
import FeatureTables
import Glibc

/// One field of a GDAL layer, collected into a column as its features go by.
struct FieldColumn {
  private enum Form {
    case boolean, integer, number, text, date, time, dateTime, integerList, numberList, textList
  }

  /// Among the fields of the file, from 1.
  let position: Int
  /// As the file has it.
  let sourceName: String
  /// Numbers that were NaN or infinite, which are null here.
  private(set) var notFinite = 0

  private let index: Int32
  private let form: Form
  private var booleans: [Bool] = []
  private var integers: [Int64] = []
  private var numbers: [Double] = []
  private var days: [Int32] = []
  private var texts = TextArray()
  private var validity: [Bool] = []
  private var hasNull = false

  /// `nil` for binary fields, which no column can hold.
  init?(index: Int32, definition: OGRFieldDefnH, reservingRows rows: Int) {
    position = Int(index) + 1
    sourceName = OGR_Fld_GetNameRef(definition).map { String(cString: $0) } ?? ""
    self.index = index
    switch OGR_Fld_GetType(definition) {
    case OFTInteger: form = OGR_Fld_GetSubType(definition) == OFSTBoolean ? .boolean : .integer
    case OFTInteger64: form = .integer
    case OFTReal: form = .number
    case OFTDate: form = .date
    case OFTTime: form = .time
    case OFTDateTime: form = .dateTime
    case OFTIntegerList, OFTInteger64List: form = .integerList
    case OFTRealList: form = .numberList
    case OFTStringList: form = .textList
    case OFTBinary: return nil
    default: form = .text
    }
    validity.reserveCapacity(rows)
    switch form {
    case .boolean: booleans.reserveCapacity(rows)
    case .integer: integers.reserveCapacity(rows)
    case .number: numbers.reserveCapacity(rows)
    case .date: days.reserveCapacity(rows)
    default: texts.reserveCapacity(rows: rows)
    }
  }

  var type: ValueType {
    switch form {
    case .boolean: .boolean
    case .integer: .integer
    case .number: .plainNumber
    case .date: .date
    default: .text
    }
  }

  mutating func finish() -> Column {
    let validity = hasNull ? validity : []
    switch form {
    case .boolean: return Column(.boolean(booleans), validity: validity)
    case .integer: return Column(.integer(integers), validity: validity)
    case .number: return Column(.number(numbers), validity: validity)
    case .date: return Column(.date(days), validity: validity)
    default: return Column(.text(texts), validity: validity)
    }
  }

  /// Appends the feature's value, null where it has none.
  mutating func append(_ feature: OGRFeatureH) {
    guard OGR_F_IsFieldSetAndNotNull(feature, index) != 0 else { return appendNull() }
    switch form {
    case .boolean: booleans.append(OGR_F_GetFieldAsInteger(feature, index) != 0)
    case .integer: integers.append(OGR_F_GetFieldAsInteger64(feature, index))
    case .number:
      let value = OGR_F_GetFieldAsDouble(feature, index)
      guard value.isFinite else {
        notFinite += 1
        return appendNull()
      }
      numbers.append(value)
    case .text:
      guard let text = OGR_F_GetFieldAsString(feature, index) else { return appendNull() }
      texts.append(utf8: UnsafeRawBufferPointer(start: text, count: strlen(text)))
    case .date:
      guard let time = DateTimeField(feature, index),
        let date = CalendarDate(year: time.year, month: time.month, day: time.day)
      else { return appendNull() }
      days.append(date.daysSince1970)
    case .time, .dateTime:
      guard let time = DateTimeField(feature, index) else { return appendNull() }
      texts.append(form == .time ? time.timeText : time.text)
    case .integerList, .numberList, .textList: texts.append(utf8: listText(feature))
    }
    validity.append(true)
  }

  /// True when `append(_:format:)` gives what `append(_:)` does for a column of an Arrow format: moments lose their
  /// zones there, and GDAL 3.6 loses all bits of truth values but one.
  func takes(format: String) -> Bool {
    switch form {
    case .integer: ["s", "i", "l"].contains(format)
    case .number: ["f", "g"].contains(format)
    case .text: format == "u"
    default: false
    }
  }

  /// Appends rows at once, in a format that `takes` allows. O(bytes).
  mutating func append(_ rows: ArrowArray, format: String) {
    switch format {
    case "s": append(rows, of: Int16.self)
    case "i": append(rows, of: Int32.self)
    case "l": append(rows, of: Int64.self)
    case "f": append(rows, of: Float.self)
    case "g": append(rows, of: Double.self)
    default: appendEach(rows) { $0.texts.append(utf8: rows.bytes($1)) }
    }
  }

  private mutating func append<Number: BinaryInteger>(_ rows: ArrowArray, of type: Number.Type) {
    guard let values = rows.values(type) else { return }
    appendEach(rows) { $0.integers.append(Int64(truncatingIfNeeded: values[$1])) }
  }

  private mutating func append<Number: BinaryFloatingPoint>(_ rows: ArrowArray, of type: Number.Type) {
    guard let values = rows.values(type) else { return }
    for row in 0..<Int(rows.length) {
      let isThere = rows.isValid(row)
      guard isThere && values[row].isFinite else {
        if isThere { notFinite += 1 }
        appendNull()
        continue
      }
      numbers.append(Double(values[row]))
      validity.append(true)
    }
  }

  private mutating func appendEach(_ rows: ArrowArray, _ append: (inout FieldColumn, Int) -> Void) {
    for row in 0..<Int(rows.length) {
      guard rows.isValid(row) else {
        appendNull()
        continue
      }
      append(&self, row)
      validity.append(true)
    }
  }

  private mutating func appendNull() {
    hasNull = true
    validity.append(false)
    switch form {
    case .boolean: booleans.append(false)
    case .integer: integers.append(0)
    case .number: numbers.append(0)
    case .date: days.append(0)
    default: texts.append(utf8: EmptyCollection<UInt8>())
    }
  }

  /// A list as a JSON array: GDAL's own text of lists is made for people.
  private func listText(_ feature: OGRFeatureH) -> [UInt8] {
    var json = JSONText()
    var count: Int32 = 0
    json.beginArray()
    switch form {
    case .integerList where OGR_F_GetFieldAsInteger64List(feature, index, &count) != nil:
      let values = OGR_F_GetFieldAsInteger64List(feature, index, &count)
      for i in 0..<Int(count) { if let values { json.append(Int64(values[i])) } }
    case .integerList:
      let values = OGR_F_GetFieldAsIntegerList(feature, index, &count)
      for i in 0..<Int(count) { if let values { json.append(Int64(values[i])) } }
    case .numberList:
      let values = OGR_F_GetFieldAsDoubleList(feature, index, &count)
      for i in 0..<Int(count) { if let values { json.append(values[i]) } }
    default:
      let values = OGR_F_GetFieldAsStringList(feature, index)
      for i in 0..<Int(CSLCount(values)) {
        if let text = values?[i] { json.append(String(cString: text)) }
      }
    }
    json.endArray()
    return json.bytes
  }
}

/// A moment as GDAL gives it, written in ISO 8601.
private struct DateTimeField {
  private(set) var year = 0
  private(set) var month = 0
  private(set) var day = 0
  private var hour = 0
  private var minute = 0
  private var second = 0.0
  private var zone = 0

  init?(_ feature: OGRFeatureH, _ index: Int32) {
    var parts: (Int32, Int32, Int32, Int32, Int32, Int32) = (0, 0, 0, 0, 0, 0)
    var seconds: Float = 0
    guard
      OGR_F_GetFieldAsDateTimeEx(
        feature, index, &parts.0, &parts.1, &parts.2, &parts.3, &parts.4, &seconds, &parts.5) != 0
    else { return nil }
    (year, month, day) = (Int(parts.0), Int(parts.1), Int(parts.2))
    (hour, minute, zone) = (Int(parts.3), Int(parts.4), Int(parts.5))
    // GDAL keeps milliseconds in a float.
    second = (Double(seconds) * 1000).rounded() / 1000
  }

  var timeText: String {
    let whole = Int(second)
    let milliseconds = Int(((second - Double(whole)) * 1000).rounded())
    let fraction = milliseconds == 0 ? "" : "." + padded(milliseconds, 3)
    return "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(whole, 2))\(fraction)"
  }

  var text: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(timeText)\(zoneText)" }

  /// 0 and 1 are unknown and local time, 100 is UTC, and steps are quarters of an hour.
  private var zoneText: String {
    guard zone > 1 else { return "" }
    if zone == 100 { return "Z" }
    let minutes = abs(zone - 100) * 15
    return "\(zone < 100 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  private func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
