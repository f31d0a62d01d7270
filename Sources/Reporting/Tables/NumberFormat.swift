import FeatureTables
import Glibc

/// How the numbers of one column are written: one count of decimals for all, so that points align.
///
/// Digits are chosen from the values: none that only repeat rounding noise, none missing that tell rows apart. Digits
/// are not grouped, so that a number can be copied into a query.
struct NumberFormat {
  let unit: Unit
  /// `nil` writes powers of ten.
  let decimals: Int?

  /// - Parameters:
  ///   - values: in base units; what is not finite is left out of account.
  ///   - isJudged: whether the values failed a condition, and must not read as if they met it.
  init(unit: Unit, values: some Sequence<Double>, isJudged: Bool = false) {
    self.unit = unit
    let shown = values.lazy.filter(\.isFinite).map { abs($0 / unit.factor) }
    decimals = Self.decimals(for: Array(shown), unit: unit, isJudged: isJudged)
  }

  /// The text of a value in base units.
  func text(_ value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-∞" : "∞" }
    let shown = value / unit.factor
    let digits = decimals.map { Self.fixed(shown, decimals: $0) } ?? Self.scientific(shown)
    return unit == .percent ? digits + " %" : digits
  }

  /// Where the unit is said: shares carry it in each cell, other quantities in the heading.
  var headingUnit: String? { unit == .percent || unit.symbol.isEmpty ? nil : unit.symbol }

  // MARK: Choosing the decimals

  private static func decimals(for values: [Double], unit: Unit, isJudged: Bool) -> Int? {
    let largest = values.max() ?? 0
    if largest == 0 { return 0 }
    if largest >= 1e15 || largest < 1e-4 { return nil }
    let most = mostDecimals(unit, largest: largest)
    let exact = (0...most).first { decimals in values.allSatisfy { isExact($0, decimals: decimals) } }
    if let exact { return exact }
    // Lengths and times are compared with thresholds: 1000.4 m must not read as 1000 m because a longer one stands by.
    if ["m", "s", "min"].contains(unit.symbol) { return most }
    // Rounding noise and outliers far below the largest value do not ask for digits of their own.
    let smallest = values.filter { $0 >= largest * 1e-4 }.min() ?? largest
    let wanted = max(significantDigits(unit) - 1 - exponent(largest), 1 - exponent(smallest))
    let decimals = min(max(wanted, 0), most)
    return unit == .percent ? resolvingMarks(values, from: decimals, every: isJudged ? 5 : 100) : decimals
  }

  private static func mostDecimals(_ unit: Unit, largest: Double) -> Int {
    switch unit.symbol {
    case "": 7
    case "%": 1
    case "m", "m²", "s", "min": largest < 1 ? 3 : 1
    case "km": 3
    default: 6
    }
  }

  private static func significantDigits(_ unit: Unit) -> Int { unit == .one ? 6 : 4 }

  /// A share of 99.98 % must not read as all, nor 0.02 % as none; in a judgement, nor 79.98 % as the 80 % that a rule
  /// asks for: rules name multiples of 5 %.
  private static func resolvingMarks(_ values: [Double], from decimals: Int, every distance: Double) -> Int {
    func hidesADifference(_ decimals: Int) -> Bool {
      values.contains { value in
        let mark = (value / distance).rounded() * distance
        return value != mark && fixed(value, decimals: decimals) == fixed(mark, decimals: decimals)
      }
    }
    return (decimals...4).first { !hidesADifference($0) } ?? decimals
  }

  private static func isExact(_ value: Double, decimals: Int) -> Bool {
    let scaled = value * powersOfTen[decimals]
    return abs(scaled - scaled.rounded()) <= scaled * 1e-11
  }

  private static func exponent(_ value: Double) -> Int { value == 0 ? 0 : Int(log10(value).rounded(.down)) }

  // MARK: Writing

  private static let powersOfTen: [Double] = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]

  /// Rounds half away from zero; whatever the locale, the point is a point. Values too large for it get powers of ten.
  static func fixed(_ value: Double, decimals: Int) -> String {
    let scaled = (abs(value) * powersOfTen[decimals]).rounded()
    guard scaled < 1e18 else { return scientific(value) }
    var digits = String(UInt64(scaled))
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return decimals == 0 ? sign + digits : "\(sign)\(digits.dropLast(decimals)).\(digits.suffix(decimals))"
  }

  static func scientific(_ value: Double) -> String {
    if value == 0 { return "0" }
    var power = exponent(abs(value))
    var mantissa = fixed(value / pow(10, Double(power)), decimals: 3)
    if mantissa.hasPrefix("10.") || mantissa.hasPrefix("-10.") {
      power += 1
      mantissa = fixed(value / pow(10, Double(power)), decimals: 3)
    }
    return "\(mantissa)e\(power)"
  }
}
