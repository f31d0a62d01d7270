/// The values of a DWG drawing, which begin at any bit, the highest bit of a byte first (Open Design Specification for
/// .dwg files, chapter 2).
struct BitReader {
  private let bytes: [UInt8]
  /// In bits from the beginning of the file.
  private(set) var position: Int
  private let end: Int

  /// The bits are no value, or end before it does.
  struct Malformed: Error {}

  /// - Parameter range: bits of the file.
  /// - Throws: `Malformed` for a range that reaches beyond the file.
  init(_ bytes: [UInt8], _ range: Range<Int>) throws(Malformed) {
    guard range.lowerBound >= 0, range.upperBound <= bytes.count * 8 else { throw Malformed() }
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  /// In bits.
  var rest: Int { end - position }

  // MARK: Raw values

  mutating func bit() throws(Malformed) -> Bool { try bits(1) == 1 }

  /// A few bits, at most eight.
  mutating func bits(_ count: Int) throws(Malformed) -> Int {
    guard rest >= count else { throw Malformed() }
    var value = 0
    for _ in 0..<count {
      value = value << 1 | Int(bytes[position >> 3] >> (7 - position & 7) & 1)
      position += 1
    }
    return value
  }

  /// RC.
  mutating func byte() throws(Malformed) -> UInt8 {
    guard rest >= 8 else { throw Malformed() }
    let (index, shift) = (position >> 3, position & 7)
    position += 8
    return shift == 0 ? bytes[index] : bytes[index] << shift | bytes[index + 1] >> (8 - shift)
  }

  mutating func skip(bytes count: Int) throws(Malformed) {
    guard count >= 0, count <= rest / 8 else { throw Malformed() }
    position += count * 8
  }

  /// RS, RL and RD: so many bytes, the least first.
  private mutating func raw(_ count: Int) throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<count { value |= UInt64(try byte()) << (8 * index) }
    return value
  }

  /// RS.
  mutating func rawShort() throws(Malformed) -> Int { Int(try raw(2)) }

  /// RL, without a sign.
  mutating func rawLong() throws(Malformed) -> Int { Int(try raw(4)) }

  /// RD.
  mutating func rawNumber() throws(Malformed) -> Double { Double(bitPattern: try raw(8)) }

  // MARK: Packed values

  /// BS, without a sign.
  mutating func short() throws(Malformed) -> Int {
    switch try bits(2) {
    case 0: Int(try raw(2))
    case 1: Int(try byte())
    case 2: 0
    default: 256
    }
  }

  /// BL.
  mutating func long() throws(Malformed) -> Int {
    switch try bits(2) {
    case 0: Int(Int32(truncatingIfNeeded: try raw(4)))
    case 1: Int(try byte())
    case 2: 0
    default: throw Malformed()
    }
  }

  /// BL that counts what follows.
  ///
  /// - Parameter bits: that one of them takes at least.
  /// - Throws: `Malformed` for more than there is room for.
  mutating func count(ofAtLeast bits: Int) throws(Malformed) -> Int {
    let count = try long()
    guard count >= 0, count <= rest / bits else { throw Malformed() }
    return count
  }

  /// BD.
  mutating func number() throws(Malformed) -> Double {
    switch try bits(2) {
    case 0: try rawNumber()
    case 1: 1
    case 2: 0
    default: throw Malformed()
    }
  }

  /// DD: a number of which what it shares with another one is left out.
  mutating func number(near other: Double) throws(Malformed) -> Double {
    let pattern = other.bitPattern
    switch try bits(2) {
    case 0: return other
    case 1: return Double(bitPattern: pattern & 0xFFFF_FFFF_0000_0000 | (try raw(4)))
    case 2:
      let middle = try raw(2)
      return Double(bitPattern: pattern & 0xFFFF_0000_0000_0000 | middle << 32 | (try raw(4)))
    default: return try rawNumber()
    }
  }

  /// MC without a sign: seven bits a byte, the lowest first.
  mutating func modular() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 63, by: 7) {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }

  /// MC, whose last byte holds the sign.
  mutating func signedModular() throws(Malformed) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      let byte = try byte()
      if byte < 0x80 {
        value |= Int(byte & 0x3F) << shift
        return byte & 0x40 == 0 ? value : -value
      }
      value |= Int(byte & 0x7F) << shift
    }
    throw Malformed()
  }

  /// MS: fifteen bits two bytes, the lowest first.
  mutating func modularShort() throws(Malformed) -> Int {
    let low = try rawShort()
    guard low & 0x8000 != 0 else { return low }
    let high = try rawShort()
    guard high & 0x8000 == 0 else { throw Malformed() }
    return low & 0x7FFF | high << 15
  }

  /// TV: in the code page of the drawing.
  mutating func text() throws(Malformed) -> [UInt8] {
    let count = try short()
    guard count <= rest / 8 else { throw Malformed() }
    var text: [UInt8] = []
    text.reserveCapacity(count)
    for _ in 0..<count { text.append(try byte()) }
    return text
  }

  /// H, which may be told by its distance from the handle of the object that holds it.
  mutating func handle(from own: UInt64 = 0) throws(Malformed) -> UInt64 {
    let head = try byte()
    guard head & 0x0F <= 8 else { throw Malformed() }
    var value: UInt64 = 0
    for _ in 0..<head & 0x0F { value = value << 8 | UInt64(try byte()) }
    return switch head >> 4 {
    case 0x6: own &+ 1
    case 0x8: own &- 1
    case 0xA: own &+ value
    case 0xC: own &- value
    default: value
    }
  }

  // MARK: Points

  /// 3BD.
  mutating func point() throws(Malformed) -> SIMD3<Double> { [try number(), try number(), try number()] }

  /// 2RD.
  mutating func rawPoint() throws(Malformed) -> SIMD3<Double> { [try rawNumber(), try rawNumber(), 0] }

  /// BT: 0 in one bit.
  mutating func thickness() throws(Malformed) -> Double { try bit() ? 0 : try number() }

  /// BE: straight up in one bit.
  mutating func extrusion() throws(Malformed) -> SIMD3<Double> { try bit() ? [0, 0, 1] : try point() }
}
