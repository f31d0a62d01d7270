extension Lexer {
  // MARK: Numbers and dates

  /// Digits at `position`, ASCII or full-width, without separators; `next` is the place after them.
  private func digits(at position: Int) -> (text: [UInt8], next: Int) {
    var text: [UInt8] = []
    var next = position
    while let (ascii, length) = sign(at: next), isASCIIDigit(ascii) {
      text.append(ascii)
      next += length
    }
    return (text, next)
  }

  private func isSign(_ character: Unicode.Scalar, at position: Int) -> Bool {
    sign(at: position)?.ascii == UInt8(ascii: character)
  }

  private func isDigit(at position: Int) -> Bool { sign(at: position).map { isASCIIDigit($0.ascii) } ?? false }

  /// `1`, `1_000`, `1.5`, `1e5`, or a date `2021-05-11`.
  mutating func lexNumber() {
    let start = index
    var (text, next) = digits(at: index)
    if lexDate(year: text, after: next) { return }
    while isSign("_", at: next), isDigit(at: next + 1) {
      let more = digits(at: next + 1)
      text += more.text
      next = more.next
    }
    var isWhole = true
    let pointIsLeading = text.isEmpty
    if let (ascii, length) = sign(at: next), ascii == UInt8(ascii: "."), isDigit(at: next + length) {
      isWhole = false
      let fraction = digits(at: next + length)
      text += (pointIsLeading ? [0x30] : []) + [UInt8(ascii: ".")] + fraction.text
      next = fraction.next
    }
    if next < bytes.count, bytes[next] | 0x20 == UInt8(ascii: "e") {
      var exponent = next + 1
      var mark: [UInt8] = [UInt8(ascii: "e")]
      if let (ascii, length) = sign(at: exponent), ascii == UInt8(ascii: "+") || ascii == UInt8(ascii: "-") {
        mark.append(ascii)
        exponent += length
      }
      let power = digits(at: exponent)
      if !power.text.isEmpty {
        isWhole = false
        text += mark + power.text
        next = power.next
      }
    }
    index = next
    finishNumber(from: start, text: text, isWhole: isWhole, pointIsLeading: pointIsLeading)
  }

  private mutating func finishNumber(from start: Int, text: [UInt8], isWhole: Bool, pointIsLeading: Bool) {
    if isSign("_", at: index) || (isSign(".", at: index) && isDigit(at: index + 1)) {
      while isDigit(at: index) || isSign("_", at: index) || isSign(".", at: index) {
        index += sign(at: index)?.length ?? 1
      }
      report(
        .malformedNumber, start..<index, "these digits make no number",
        fix: "write a number such as 1000, 1_000, 1.5 or 1e5")
      return emit(.invalid, from: start)
    }
    guard let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else {
      report(.malformedNumber, start..<index, "this number is too large", fix: "write a number below 1e308")
      return emit(.invalid, from: start)
    }
    if pointIsLeading {
      let written = String(decoding: text.prefix(40), as: UTF8.self)
      report(.malformedNumber, start..<index, "a number begins with a digit", fix: "write \(written)")
    }
    lexed.numbers.append((value, isWhole ? Int64(String(decoding: text, as: UTF8.self)) : nil))
    emit(isWhole ? .wholeNumber : .number, from: start, payload: lexed.numbers.count - 1)
  }

  private mutating func lexDate(year: [UInt8], after next: Int) -> Bool {
    let start = index
    guard let dash = sign(at: next), dash.ascii == UInt8(ascii: "-") else { return false }
    let month = digits(at: next + dash.length)
    guard !month.text.isEmpty, let second = sign(at: month.next), second.ascii == UInt8(ascii: "-") else {
      return false
    }
    let day = digits(at: month.next + second.length)
    guard !year.isEmpty, !day.text.isEmpty else { return false }
    index = day.next
    func value(_ text: [UInt8]) -> Int { text.count > 4 ? Int.max : text.reduce(0) { $0 * 10 + Int($1 - 0x30) } }
    let (y, m, d) = (value(year), value(month.text), value(day.text))
    let isLeap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard year.count == 4, y >= 1, (1...12).contains(m), d >= 1, d <= lengths[m - 1] else {
      let written = String(decoding: bytes[start..<min(index, start + 40)], as: UTF8.self)
      report(
        .noSuchDate, start..<index, "the calendar has no day \(written)",
        fix: "write a date as 2021-05-11; to subtract, put spaces around -")
      emit(.invalid, from: start)
      return true
    }
    emit(.date, from: start, payload: y * 10_000 + m * 100 + d)
    return true
  }

  // MARK: Text and quoted names

  enum Quote {
    case double, curly, single

    func closes(_ scalar: UInt32) -> Bool {
      switch self {
      case .double: scalar == 0x22 || scalar == 0xFF02
      case .curly: scalar == 0x201C || scalar == 0x201D
      case .single: scalar == 0x27 || scalar == 0x2018 || scalar == 0x2019 || scalar == 0xFF07
      }
    }
  }

  /// A string, to its closing quote on the same line; only the text of `sql` may run over several lines, so that a
  /// forgotten quote hides no more than its own line.
  mutating func lexText(closedBy quote: Quote) {
    let start = index
    let spansLines = lexed.tokens.last?.word == .sql
    index += decodeScalar(bytes, at: index)?.length ?? 1
    var value: [UInt8] = []
    var isClosed = false
    var hasMistake = false
    scan: while index < bytes.count {
      guard let (scalar, length) = decodeScalar(bytes, at: index) else {
        let bad = index
        while index < bytes.count, decodeScalar(bytes, at: index) == nil { index += 1 }
        report(.invalidUTF8, bad..<index, "these bytes are not UTF-8 text", fix: "save the text as UTF-8")
        hasMistake = true
        continue
      }
      if quote.closes(scalar) {
        index += length
        isClosed = true
        break
      }
      switch scalar {
      case 0:
        report(
          .strayCharacter, index..<(index + 1), "an invisible character (U+0000) has no meaning here", fix: "delete it")
        hasMistake = true
        index += 1
      case 0x0A, 0x0D:
        guard spansLines else { break scan }
        if scalar == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { index += 1 }
        value.append(0x0A)
        index += 1
      case 0x5C: lexEscape(in: quote, into: &value)
      default:
        value += bytes[index..<(index + length)]
        index += length
      }
    }
    finishText(from: start, quote: quote, value: value, isClosed: isClosed, hasMistake: hasMistake)
    if !isClosed, spansLines { lexed.endsInsideText = true }
  }

  private mutating func lexEscape(in quote: Quote, into value: inout [UInt8]) {
    let start = index
    index += 1
    guard index < bytes.count, let (scalar, length) = decodeScalar(bytes, at: index), scalar != 0x0A, scalar != 0x0D
    else { return }
    index += length
    switch scalar {
    case 0x6E: value.append(0x0A)
    case 0x74: value.append(0x09)
    case 0x5C, 0x22, 0x27: value.append(UInt8(scalar))
    case _ where quote.closes(scalar): value += bytes[(start + 1)..<index]
    default:
      value += bytes[(start + 1)..<index]
      let shown = String(decoding: bytes[start..<index], as: UTF8.self)
      report(
        .unknownEscape, start..<index, "`\(shown)` has no meaning in a string",
        fix: "write \\\\ for a backslash, and / in the path of a file")
    }
  }

  private mutating func finishText(from start: Int, quote: Quote, value: [UInt8], isClosed: Bool, hasMistake: Bool) {
    guard isClosed else {
      let opening = decodeScalar(bytes, at: start)?.length ?? 1
      report(
        .unterminatedString, start..<(start + opening), "this string has no closing quote",
        fix: quote == .curly ? "close it with ”" : "close it with \"")
      return emit(.brokenText, from: start)
    }
    let text = String(decoding: value, as: UTF8.self)
    if quote == .single {
      let shown = text.utf8.count <= 40 ? "write \"\(text)\"" : "write double quotes"
      report(.singleQuotes, start..<index, "text stands in double quotes", fix: shown)
    }
    if hasMistake { return emit(.invalid, from: start) }
    lexed.texts.append(text)
    emit(.text, from: start, payload: lexed.texts.count - 1)
  }

  /// A name between backticks on one line; two backticks inside stand for one.
  mutating func lexQuotedName() {
    let start = index
    index += sign(at: index)?.length ?? 1
    var value: [UInt8] = []
    while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D {
      guard let (scalar, length) = decodeScalar(bytes, at: index), scalar != 0 else { break }
      index += length
      if scalar == 0x60 || scalar == 0xFF40 {
        if index < bytes.count, bytes[index] == 0x60 {
          value.append(0x60)
          index += 1
          continue
        }
        guard !value.isEmpty else {
          report(.malformedName, start..<index, "there is no name between these backticks", fix: "write a name")
          return emit(.invalid, from: start)
        }
        lexed.texts.append(String(decoding: value, as: UTF8.self))
        return emit(.quotedName, from: start, payload: lexed.texts.count - 1)
      }
      value += bytes[(index - length)..<index]
    }
    report(.malformedName, start..<(start + 1), "this name has no closing backtick", fix: "close it with `")
    emit(.invalid, from: start)
  }
}
