/// Buffers laid one after another, each at a multiple of 8 bytes.
struct BufferWriter {
  private(set) var bytes: [UInt8] = []
  private(set) var lengths: [Int] = []

  /// Numbers as they lie in memory, which is little-endian on every machine that Swift runs on.
  mutating func append<Element: BitwiseCopyable>(_ buffer: [Element]) {
    buffer.withUnsafeBytes { bytes += $0 }
    lengths.append(buffer.count * MemoryLayout<Element>.stride)
    while bytes.count % 8 != 0 { bytes.append(0) }
  }
}

/// Gives back the buffers that `BufferWriter` laid, in the same order.
struct BufferReader {
  private let bytes: UnsafeRawBufferPointer
  private var lengths: [Int] = []
  private var offset: Int
  private var position = 0

  /// - Throws: `StreetNetworkError.damaged` where the lengths do not add up to the whole.
  init(_ bytes: UnsafeRawBufferPointer, buffers: Int) throws(StreetNetworkError) {
    self.bytes = bytes
    guard buffers <= bytes.count / 8 else { throw .damaged("cut short") }
    offset = buffers * 8
    var end = offset
    for i in 0..<buffers {
      let length = littleEndian(bytes, at: i * 8, as: UInt64.self)
      guard length <= UInt64(bytes.count - end) else { throw .damaged("cut short") }
      lengths.append(Int(length))
      end += (Int(length) + 7) / 8 * 8
      guard end <= bytes.count else { throw .damaged("cut short") }
    }
    guard end == bytes.count else { throw .damaged("too long") }
  }

  mutating func next<Element: BitwiseCopyable>() throws(StreetNetworkError) -> [Element] {
    guard position < lengths.count else { throw .damaged("a buffer is missing") }
    let length = lengths[position]
    let stride = MemoryLayout<Element>.stride
    guard length % stride == 0 else { throw .damaged("a buffer of half numbers") }
    let run = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
    position += 1
    offset += (length + 7) / 8 * 8
    return [Element](unsafeUninitializedCapacity: length / stride) { target, count in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: run)
      count = length / stride
    }
  }
}

func appendLittleEndian<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
  withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
}

func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
  _ bytes: UnsafeRawBufferPointer, at offset: Int, as type: Number.Type
) -> Number {
  Number(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
}

/// A 64-bit mix over words in four lanes, to notice damage, not malice: each step is a bijection of the lane, so that
/// any single altered word alters the sum.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var lanes: (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  let prime: UInt64 = 0x9E37_79B9_7F4A_7C15
  func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* prime
    return product ^ product >> 29
  }
  func word(_ offset: Int) -> UInt64 { littleEndian(bytes, at: offset, as: UInt64.self) }
  var offset = 0
  while offset + 32 <= bytes.count {
    lanes.0 = mix(lanes.0, word(offset))
    lanes.1 = mix(lanes.1, word(offset + 8))
    lanes.2 = mix(lanes.2, word(offset + 16))
    lanes.3 = mix(lanes.3, word(offset + 24))
    offset += 32
  }
  var sum = mix(mix(mix(lanes.0, lanes.1), lanes.2), lanes.3)
  for byte in bytes[offset...] { sum = mix(sum, UInt64(byte)) }
  return mix(sum, UInt64(bytes.count))
}
