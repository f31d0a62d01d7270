/// Angles as people write them.
enum Angle {
  /// The degrees of `117°10′30″E`, `117 10 30`, `E117°10.5'`, `北纬36度40分12.5秒`, `36-40-12N`; `nil` for other texts.
  ///
  /// Two or three numbers are degrees, minutes and seconds; one alone needs a sign of degrees or a letter of the compass.
  /// Minutes and seconds are below 60, and only the last number has a fraction. South and west are negative.
  static func degrees(in text: String) -> Double? {
    var parser = AngleText(text)
    return parser.degrees()
  }
}

private struct AngleText {
  private var numbers: [Double] = []
  private var hasFraction = false
  private var sign: Double?
  private var hasMark = false
  private var isBroken = false
  private var digits = ""
  private var isNegative = false

  init(_ text: String) {
    guard text.utf8.count <= 48 else {
      isBroken = true
      return
    }
    for scalar in text.unicodeScalars { take(scalar) }
    endNumber()
  }

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "0"..."9": digits.unicodeScalars.append(scalar)
    case ".": digits.unicodeScalars.append(scalar)
    case "-" where numbers.isEmpty && digits.isEmpty && !isNegative: isNegative = true
    case "°", "º", "度", "′", "'", "’", "‘", "分", "″", "\"", "”", "“", "秒", "d", "m", "s", ":", "：":
      // A letter without a number before it, as the second mark of ′′, says nothing new.
      endNumber()
      hasMark = true
    case " ", "\u{A0}", "\u{3000}", "-": endNumber()
    case "N", "n", "北", "E", "e", "东", "東": turn(1)
    case "S", "南", "W", "w", "西": turn(-1)
    case "经", "纬", "經", "緯": break
    default: isBroken = true
    }
  }

  private mutating func turn(_ direction: Double) {
    endNumber()
    if sign != nil { isBroken = true }
    sign = direction
  }

  private mutating func endNumber() {
    guard !digits.isEmpty else { return }
    defer { digits = "" }
    guard !hasFraction, let number = Double(digits) else {
      isBroken = true
      return
    }
    hasFraction = digits.contains(".")
    numbers.append(number)
  }

  mutating func degrees() -> Double? {
    guard !isBroken, (1...3).contains(numbers.count), numbers.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
    guard numbers.count > 1 || hasMark || sign != nil, !(isNegative && sign != nil) else { return nil }
    // Whole seconds first: one division rounds once.
    var seconds = 0.0
    for (place, number) in numbers.enumerated() { seconds += number * [3600, 60, 1][place] }
    let value = numbers.count == 1 ? numbers[0] : seconds / 3600
    guard value <= 180 else { return nil }
    return value * (isNegative ? -1 : sign ?? 1)
  }
}
