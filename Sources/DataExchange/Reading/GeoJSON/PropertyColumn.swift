import FeatureTables

/// The values of one property as the features go by.
///
/// Each value keeps its own form, because only the whole column tells the type: nothing is lost to a guess from the
/// first rows, and pieces of a file that were read apart come together as if they had been read at once.
struct PropertyColumn {
  private enum Form {
    static let null: UInt8 = 0
    static let no: UInt8 = 1
    static let yes: UInt8 = 2
    static let integer: UInt8 = 3
    static let number: UInt8 = 4
    static let text: UInt8 = 5
    /// An array or object.
    static let json: UInt8 = 6
  }

  private var forms: [UInt8] = []
  /// The whole number, the bits of the number, or where the texts of the rows up to this one end.
  private var payloads: [Int] = []
  private var texts: [UInt8] = []
  /// A bit for each form that occurs.
  private var seen: UInt8 = 0
  /// Whole numbers beyond 64 bits, which are kept to 16 digits.
  private(set) var wideNumbers = 0
  /// Whether rows that were given up have a text that is no date.
  private var hasOtherText = false

  /// Makes the value at a place of the tape that of row `row`, the next or a later one; rows between are null. The last
  /// of several values for the same row counts.
  mutating func set(_ tape: JSONTape, _ i: Int, row: Int) {
    if row != forms.count { skip(to: row) }
    switch tape.mark(i) {
    case JSONTape.Mark.integer: append(Form.integer, Int(tape.integer(i)))
    case JSONTape.Mark.number: append(Form.number, Int(truncatingIfNeeded: tape.words[i + 1]))
    case JSONTape.Mark.text:
      texts.append(contentsOf: tape.text(i))
      append(Form.text, texts.count)
    case JSONTape.Mark.null: append(Form.null, texts.count)
    case JSONTape.Mark.yes: append(Form.yes, texts.count)
    case JSONTape.Mark.no: append(Form.no, texts.count)
    case JSONTape.Mark.wideInteger:
      wideNumbers += 1
      append(Form.number, Int(truncatingIfNeeded: Double(tape.words[i + 1]).bitPattern))
    default:
      var json = JSONText()
      tape.write(i, to: &json)
      texts += json.bytes
      append(Form.json, texts.count)
    }
  }

  @inline(__always)
  private mutating func append(_ form: UInt8, _ payload: Int) {
    forms.append(form)
    payloads.append(payload)
    seen |= 1 << form
  }

  /// Makes the column that long: with nulls, or without its last value.
  mutating func skip(to row: Int) {
    if row < forms.count {
      forms.removeLast(forms.count - row)
      // What is gone must not decide the type; a value given twice is rare enough to look at all others again.
      seen = forms.reduce(0) { $0 | 1 << $1 }
      payloads.removeLast(payloads.count - row)
      let before = forms.lastIndex { $0 != Form.integer && $0 != Form.number }
      texts.removeLast(texts.count - (before.map { payloads[$0] } ?? 0))
    } else if row > forms.count {
      seen |= 1 << Form.null
      let missing = row - forms.count
      forms.append(contentsOf: repeatElement(Form.null, count: missing))
      payloads.append(contentsOf: repeatElement(texts.count, count: missing))
    }
  }

  mutating func reserveCapacity(_ rows: Int) {
    forms.reserveCapacity(rows)
    payloads.reserveCapacity(rows)
  }

  /// A column without rows that knows what types those of this one can be.
  var withoutRows: PropertyColumn {
    var column = PropertyColumn()
    (column.seen, column.hasOtherText) = (seen, hasOtherText)
    return column
  }

  /// Keeps some rows, ascending; the others decide the type all the same. O(rows and bytes).
  mutating func keep(_ rows: [Int32]) {
    var kept = withoutRows
    kept.wideNumbers = wideNumbers
    if !hasOtherText, seen & 1 << Form.text != 0 { kept.hasOtherText = days() == nil }
    var start = 0
    var next = rows.makeIterator()
    var wanted = next.next()
    for (row, (form, payload)) in zip(forms, payloads).enumerated() {
      let isNumber = form == Form.integer || form == Form.number
      if let known = wanted, known == row {
        if !isNumber { kept.texts += texts[start..<payload] }
        kept.forms.append(form)
        kept.payloads.append(isNumber ? payload : kept.texts.count)
        wanted = next.next()
      }
      if !isNumber { start = payload }
    }
    self = kept
  }

  /// Appends the rows of another column. O(its rows and bytes).
  mutating func append(_ other: PropertyColumn) {
    let shift = texts.count
    let start = payloads.count
    forms += other.forms
    payloads += other.payloads
    if shift > 0 {
      forms.withUnsafeBufferPointer { forms in
        payloads.withUnsafeMutableBufferPointer { payloads in
          for i in start..<payloads.count where forms[i] != Form.integer && forms[i] != Form.number {
            payloads[i] += shift
          }
        }
      }
    }
    texts += other.texts
    seen |= other.seen
    hasOtherText = hasOtherText || other.hasOtherText
    wideNumbers += other.wideNumbers
  }

  // MARK: The whole column

  /// The typed column, which the values are given up for. O(rows and bytes).
  ///
  /// As in GDAL, whole numbers among numbers are numbers, and true and false among them 1 and 0; a column is of dates
  /// if every text is one; whatever else is mixed becomes text, each value as JSON writes it.
  consuming func finish() -> (type: ValueType, column: Column) {
    let has = { [seen] (form: UInt8) in seen & 1 << form != 0 }
    let validity = has(Form.null) ? forms.map { $0 != Form.null } : []
    let hasText = has(Form.text) || has(Form.json)
    let hasBoolean = has(Form.yes) || has(Form.no)
    if !hasText {
      if has(Form.number) { return (.plainNumber, Column(.number(numbers()), validity: validity)) }
      if has(Form.integer) { return (.integer, Column(.integer(integers()), validity: validity)) }
      if hasBoolean { return (.boolean, Column(.boolean(forms.map { $0 == Form.yes }), validity: validity)) }
      return (.text, Column(.text(takeTexts()), validity: validity))
    }
    if hasBoolean || has(Form.integer) || has(Form.number) {
      return (.text, Column(.text(mixedTexts()), validity: validity))
    }
    if !has(Form.json), !hasOtherText, let days = days() { return (.date, Column(.date(days), validity: validity)) }
    return (.text, Column(.text(takeTexts()), validity: validity))
  }

  /// True when some row is not null.
  var hasValue: Bool { seen & ~(1 << Form.null) != 0 }

  /// Where the values count the rows, from which number on: of this column, behind so many rows before; `nil` where they
  /// say more than the order of the rows does.
  func countsFrom(behind rows: Int) -> Int? {
    guard seen == 1 << Form.integer, let first = payloads.first?.subtractingReportingOverflow(rows), !first.overflow,
      payloads.indices.allSatisfy({ payloads[$0] &- $0 == first.partialValue &+ rows })
    else { return nil }
    return first.partialValue
  }

  private func integers() -> [Int64] {
    zip(forms, payloads).map { $0 == Form.integer ? Int64($1) : $0 == Form.yes ? 1 : 0 }
  }

  private func numbers() -> [Double] {
    zip(forms, payloads).map { form, payload in
      switch form {
      case Form.number: Double(bitPattern: UInt64(bitPattern: Int64(payload)))
      case Form.integer: Double(payload)
      default: form == Form.yes ? 1 : 0
      }
    }
  }

  /// The texts without a copy of their bytes.
  private consuming func takeTexts() -> TextArray {
    payloads.insert(0, at: 0)
    return TextArray(bytes: texts, starts: payloads)
  }

  private func mixedTexts() -> TextArray {
    var result = TextArray()
    result.reserveCapacity(rows: forms.count)
    var start = 0
    for (form, payload) in zip(forms, payloads) {
      switch form {
      case Form.integer: result.append(payload.description)
      case Form.number: result.append(Double(bitPattern: UInt64(bitPattern: Int64(payload))).description)
      case Form.yes: result.append("true")
      case Form.no: result.append("false")
      default:
        result.append(utf8: texts[start..<payload])
        start = payload
      }
    }
    return result
  }

  /// The days of a column in which every text is a date; `nil` for another. Usually decided by the first row.
  private func days() -> [Int32]? {
    var days: [Int32] = []
    var start = 0
    for (form, end) in zip(forms, payloads) {
      guard form != Form.null else {
        days.append(0)
        continue
      }
      guard form == Form.text, (8...10).contains(end - start),
        let date = CalendarDate(String(decoding: texts[start..<end], as: UTF8.self))
      else { return nil }
      days.append(date.daysSince1970)
      start = end
    }
    return days
  }
}
