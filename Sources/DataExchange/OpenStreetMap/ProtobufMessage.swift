/// The fields of one message of Protocol Buffers, one after another.
///
/// As protobuf.dev/programming-guides/encoding has it: a field is a number and a wire type, then a varint, eight or four
/// bytes, or a length and as many bytes.
struct ProtobufMessage {
  private let bytes: UnsafeRawBufferPointer
  private var offset = 0
  private var wireType: UInt64 = 0

  /// The bytes are no message, or not the one that is expected.
  struct Malformed: Error {}

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  /// The number of the next field; `nil` at the end.
  mutating func nextField() throws(Malformed) -> UInt64? {
    if isAtEnd { return nil }
    let key = try packed()
    wireType = key & 7
    return key >> 3
  }

  /// The field's value as a number.
  mutating func number() throws(Malformed) -> UInt64 {
    guard wireType == 0 else { throw Malformed() }
    return try packed()
  }

  /// The field's value as a number that may be negative, in zigzag.
  mutating func signed() throws(Malformed) -> Int64 { Self.zigzag(try number()) }

  /// The field's bytes: a text, a message of its own, or packed numbers.
  mutating func content() throws(Malformed) -> UnsafeRawBufferPointer {
    guard wireType == 2 else { throw Malformed() }
    let length = try packed()
    guard length <= UInt64(bytes.count - offset) else { throw Malformed() }
    let start = offset
    offset += Int(length)
    return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
  }

  mutating func skip() throws(Malformed) {
    switch wireType {
    case 0: _ = try packed()
    case 2: _ = try content()
    case 1, 5:
      let length = wireType == 1 ? 8 : 4
      guard bytes.count - offset >= length else { throw Malformed() }
      offset += length
    default: throw Malformed()
    }
  }

  /// The next of packed numbers.
  @inline(__always)
  mutating func packed() throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw Malformed()
  }

  /// The next of packed numbers that may be negative.
  @inline(__always)
  mutating func packedSigned() throws(Malformed) -> Int64 { Self.zigzag(try packed()) }

  private static func zigzag(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
