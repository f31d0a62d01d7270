import FeatureTables

/// What the format of a cell makes of its number: a number, or a day, a time, or both (ECMA-376, 18.8.30 and 18.8.31).
enum ExcelFormat: Equatable {
  case number, date, time, dateTime

  /// Of the formats that need no code; those of Chinese and Japanese dates among them.
  init(builtIn id: Int) {
    switch id {
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
    case 18...21, 32...35, 45...47, 55, 56: self = .time
    case 22: self = .dateTime
    default: self = .number
    }
  }

  /// By the letters of a code that stand outside quotes and brackets: years and days tell dates, hours and seconds
  /// times; a month is written as minutes are.
  init(code: String) {
    var letters: Set<Character> = []
    var bracket: String?
    var isQuoted = false
    var isEscaped = false
    // Codes for negative numbers and zero follow the first.
    for character in code.lowercased().replacing("general", with: "0").prefix(while: { $0 != ";" }) {
      if isEscaped {
        isEscaped = false
      } else if isQuoted || character == "\"" {
        isQuoted = !isQuoted || character != "\""
      } else if let inside = bracket {
        bracket = character == "]" ? nil : inside + String(character)
        // [h] counts hours beyond a day.
        if character == "]", Set(inside).isSubset(of: ["h", "m", "s"]) { letters.formUnion(inside) }
      } else if character == "[" {
        bracket = ""
      } else if "\\_*".contains(character) {
        isEscaped = true
      } else {
        letters.insert(character)
      }
    }
    let isTime = !letters.isDisjoint(with: ["h", "s"])
    let isDate = !letters.isDisjoint(with: ["y", "d", "e"]) && letters.isDisjoint(with: ["0", "#"])
    self = isDate ? (isTime ? .dateTime : .date) : isTime ? .time : letters.contains("m") ? .date : .number
  }

  /// The day, the time or both of a number of days, as `2024-05-01`, `12:30:00` or `2024-05-01T12:30:00`; `nil` for a
  /// number that is none.
  ///
  /// - Parameter daysTo1970: From the day before the workbook's first: Excel takes 1900 for a leap year, so that numbers
  ///   before March of it are one less.
  func text(_ serial: Double, daysTo1970: Int) -> String? {
    guard serial.isFinite, serial >= 0, serial < 2_958_466 else { return nil }
    let milliseconds = Int((serial * 86_400_000).rounded())
    let (days, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    if self == .time && days == 0 { return Self.clock(rest) }
    let leap = daysTo1970 == 25_569 && days < 60 ? 1 : 0
    guard let day = Int32(exactly: days - daysTo1970 + leap).map({ CalendarDate(daysSince1970: $0).text }) else {
      return nil
    }
    return self == .date && rest == 0 ? day : day + "T" + Self.clock(rest)
  }

  private static func clock(_ milliseconds: Int) -> String {
    let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    return rest == 0 ? clock : clock + "." + String(1000 + rest).dropFirst()
  }
}
