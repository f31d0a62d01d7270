/// Numbers as text for files: locale-free, the same on every machine.
enum DecimalText {
  static func append(_ value: Int64, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    append(magnitude: value.magnitude, minimumDigits: 1, to: &bytes)
  }

  /// The shortest digits that read back as the same number (`Double.description`): `0.1`, `5.0`, `1e-07`.
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: value.description.utf8)
  }

  /// Degrees with at most seven decimals, without trailing zeros: `117.1`, `36`, `-0.0000001`.
  static func appendDegrees(_ value: Double, to bytes: inout [UInt8]) {
    guard value.magnitude < 1e9 else { return append(value, to: &bytes) }
    let scaled = Int64((value * 1e7).rounded())
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
    append(magnitude: whole, minimumDigits: 1, to: &bytes)
    guard fraction > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    append(magnitude: fraction, minimumDigits: 7, to: &bytes)
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }

  private static func append(magnitude: UInt64, minimumDigits: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = magnitude
    repeat {
      bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    while bytes.count - start < minimumDigits { bytes.append(UInt8(ascii: "0")) }
    bytes[start...].reverse()
  }
}
