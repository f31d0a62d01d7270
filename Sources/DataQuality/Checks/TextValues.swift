import FeatureTables
import WorkControl

/// Numbers and dates kept as text.
///
/// - A column of text is one of numbers when nine in ten of its values read as numbers. Codes are none: values of four or
///   more digits that are all as long, and values with a leading zero (区划代码, 0531, 007). Suspected, and so are the
///   values in it that are no numbers.
/// - It is one of dates when eight in ten of its values have the form of a date (2021-05-11, 2021/5/11, 2021.5.11,
///   20210511, 2021年5月11日). A value in it of that form whose day does not exist (2021-02-30) is certainly wrong; one of
///   another form is suspected.
///
/// O(bytes).
enum TextValues {
  static let shareOfNumbers = 0.9
  static let shareOfDates = 0.8
  /// A column of fewer values tells nothing.
  private static let fewest = 5

  static func symptoms(of layer: CheckedLayer, _ workers: Workers) throws -> [Symptom] {
    var symptoms: [Symptom] = []
    for (field, column) in zip(layer.table.schema.fields, layer.table.columns) {
      guard case .text(let texts) = column.storage, looksPromising(texts) else { continue }
      try workers.monitor.report("reading \(field.name)", fraction: nil, done: 0)
      symptoms += try self.symptoms(field.name, column, texts, workers)
    }
    return symptoms
  }

  /// Most columns of text are words: the first values tell.
  private static func looksPromising(_ texts: TextArray) -> Bool {
    let step = max(1, texts.count / 512)
    let sample = stride(from: 0, to: texts.count, by: step).map { texts.utf8(at: $0) }.filter { !$0.isEmpty }
    return 2 * sample.count { TextForm($0) != .words } > sample.count
  }

  private static func symptoms(
    _ name: String, _ column: Column, _ texts: TextArray, _ workers: Workers
  ) throws -> [Symptom] {
    let runs = workers.runs(of: texts.count, atLeast: 8192)
    let pieces = try workers.map(pieces: runs.count) { piece in
      try runs[piece].map { row in
        try workers.monitor.check(atRow: row)
        return column.isNull(at: row) ? TextForm.empty : TextForm(texts.utf8(at: row))
      }
    }
    let forms = pieces.flatMap { $0 }
    let told = forms.count { $0 != .empty }
    let numbers = forms.count { $0.isNumber }
    let dates = forms.count { $0 == .date || $0 == .impossibleDate }
    guard told >= fewest else { return [] }
    func rows(where isMeant: (TextForm) -> Bool) -> [Int32] {
      forms.indices.filter { isMeant(forms[$0]) }.map { Int32($0) }
    }
    let quoted: (Int) -> String = { "“\(texts[$0])”" }
    if Double(dates) >= shareOfDates * Double(told) {
      return [
        Symptom(kind: .impossibleDate, rows: rows { $0 == .impossibleDate }, column: name, detail: quoted),
        Symptom(
          kind: .notADate, rows: rows { $0 != .date && $0 != .impossibleDate && $0 != .empty }, column: name,
          detail: quoted),
      ]
    }
    guard Double(numbers) >= shareOfNumbers * Double(told), !areCodes(texts, forms) else { return [] }
    return [
      Symptom(kind: .numberAsText, rows: rows(where: \.isNumber), column: name, detail: quoted),
      Symptom(kind: .notANumber, rows: rows { !$0.isNumber && $0 != .empty }, column: name, detail: quoted),
    ]
  }

  private static func areCodes(_ texts: TextArray, _ forms: [TextForm]) -> Bool {
    if forms.contains(.code) { return true }
    var length: Int?
    for row in forms.indices where forms[row].isNumber {
      let bytes = texts.utf8(at: row)
      if bytes.contains(0x2E) { return false }
      if let length, length != bytes.count { return false }
      length = bytes.count
    }
    return (length ?? 0) >= 4
  }
}

/// What a text reads as.
enum TextForm: Equatable, Sendable {
  case empty
  case number
  /// Digits with a zero in front.
  case code
  case date
  /// The form of a date, and no such day.
  case impossibleDate
  case words

  var isNumber: Bool { self == .number || self == .code }

  init(_ text: ArraySlice<UInt8>) {
    var text = text
    while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    guard let first = text.first else {
      self = .empty
      return
    }
    guard text.count <= 40, (0x30...0x39).contains(first) || first == 0x2D || first == 0x2B || first == 0x2E else {
      self = .words
      return
    }
    self = Self.date(text) ?? Self.number(text) ?? .words
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Digits with one point, a sign, and commas between thousands.
  private static func number(_ text: ArraySlice<UInt8>) -> TextForm? {
    let body = text.first == 0x2D || text.first == 0x2B ? text.dropFirst() : text
    var digits = 0
    var points = 0
    var sinceComma: Int?
    for byte in body {
      switch byte {
      case 0x30...0x39:
        if points == 0, let run = sinceComma { sinceComma = run + 1 }
        digits += 1
      case 0x2E:
        points += 1
        if let run = sinceComma, run != 3 { return nil }
        sinceComma = nil
      case 0x2C:
        if points > 0 || digits == 0 || digits > 3 && sinceComma == nil || (sinceComma ?? 3) != 3 { return nil }
        sinceComma = 0
      default: return nil
      }
    }
    guard digits > 0, points <= 1, (sinceComma ?? 3) == 3 else { return nil }
    let hasLeadingZero = body.first == 0x30 && body.dropFirst().first.map(isDigit) ?? false
    return hasLeadingZero ? .code : .number
  }

  /// Year, month and day, whatever stands between them; a time of the day may follow.
  private static func date(_ text: ArraySlice<UInt8>) -> TextForm? {
    var runs: [Int] = []
    var lengths: [Int] = []
    var separators: [ArraySlice<UInt8>] = []
    var i = text.startIndex
    while i < text.endIndex, runs.count < 3 {
      let start = i
      var value = 0
      while i < text.endIndex, isDigit(text[i]), i - start < 9 {
        value = value * 10 + Int(text[i] - 0x30)
        i += 1
      }
      guard i > start else { return nil }
      runs.append(value)
      lengths.append(i - start)
      let end = i
      while i < text.endIndex, !isDigit(text[i]) { i += 1 }
      separators.append(text[end..<i])
    }
    if runs.count == 1, lengths == [8], separators[0].isEmpty {
      let (year, month, day) = (runs[0] / 10_000, runs[0] / 100 % 100, runs[0] % 100)
      // Eight digits are a date only where they are one of our times: many codes have eight.
      guard (1900...2100).contains(year), month <= 12, day <= 31 else { return nil }
      return CalendarDate(year: year, month: month, day: day) == nil ? .impossibleDate : .date
    }
    guard runs.count == 3, lengths[0] == 4, lengths[1] <= 2, lengths[2] <= 2 else { return nil }
    let isChinese = separators[0].elementsEqual("年".utf8) && separators[1].elementsEqual("月".utf8)
    let isPlain =
      separators[0].count == 1 && separators[0].elementsEqual(separators[1])
      && (separators[0].first.map { [0x2D, 0x2F, 0x2E].contains($0) } ?? false)
    guard isChinese || isPlain else { return nil }
    return CalendarDate(year: runs[0], month: runs[1], day: runs[2]) == nil ? .impossibleDate : .date
  }
}
