import Foundation

/// Writes ZIP archives byte by byte, with names in any encoding.
struct ZipWriter {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// Adds a file that is stored as it is.
  ///
  /// - Parameters:
  ///   - promisedSize: what the directory says, where that is not the truth.
  ///   - flags: bit 0 for a locked file.
  mutating func add(_ name: [UInt8], _ content: [UInt8], promisedSize: Int? = nil, flags: UInt16 = 0) {
    let start = body.count
    let sizes = little(UInt32(content.count)) + little(UInt32(promisedSize ?? content.count))
    var common = little(UInt16(20))
    common += little(flags)
    common += [0, 0, 0, 0, 0, 0]
    common += little(Self.crc(content))
    common += sizes
    common += little(UInt16(name.count))
    body += little(0x0403_4B50 as UInt32)
    body += common
    body += [0, 0]
    body += name
    body += content
    directory += little(0x0201_4B50 as UInt32)
    directory += [20, 0]
    directory += common
    directory += [UInt8](repeating: 0, count: 12)
    directory += little(UInt32(start))
    directory += name
    count += 1
  }

  mutating func add(_ name: String, _ content: [UInt8]) { add(Array(name.utf8), content) }

  var bytes: [UInt8] {
    let counts = little(UInt16(count)) + little(UInt16(count))
    let end = little(0x0605_4B50 as UInt32) + [0, 0, 0, 0] + counts
    return body + directory + end + little(UInt32(directory.count)) + little(UInt32(body.count)) + [0, 0]
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }

  /// ISO 3309, bit by bit.
  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc = ~UInt32(0)
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
