private let powersOfTen: [Double] = [
  1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
]

/// Appends a number as ASCII text rounded to at most `decimals` places (0 to 15), zeros at the end trimmed: `117.1`,
/// `-0.5`, `12`; never `-0`.
///
/// Numbers too large to have that many places, and those that are not finite, are written as Swift prints them. O(digits).
public func appendDecimal(_ value: Double, decimals: Int, to text: inout [UInt8]) {
  var places = min(max(decimals, 0), 15)
  let scaled = (value * powersOfTen[places]).rounded(.toNearestOrAwayFromZero)
  guard scaled.magnitude < 0x1p53 else {
    text.append(contentsOf: value.description.utf8)
    return
  }
  var digits = UInt64(scaled.magnitude)
  if digits == 0 {
    text.append(UInt8(ascii: "0"))
    return
  }
  if scaled < 0 { text.append(UInt8(ascii: "-")) }
  while places > 0, digits % 10 == 0 {
    digits /= 10
    places -= 1
  }
  // 16 digits at the most, the zeros before them up to 15, and the point.
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 34) { buffer in
    var start = 34
    var written = 0
    while digits > 0 || written <= places {
      if written == places, places > 0 {
        start -= 1
        buffer.initializeElement(at: start, to: UInt8(ascii: "."))
      }
      start -= 1
      buffer.initializeElement(at: start, to: UInt8(ascii: "0") + UInt8(digits % 10))
      digits /= 10
      written += 1
    }
    text.append(contentsOf: buffer[start...])
  }
}
