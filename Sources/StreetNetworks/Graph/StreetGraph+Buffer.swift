/// The network as bytes, for the store: a heading, then the buffers one after another, all little-endian.
///
/// | bytes | |
/// |---|---|
/// | 8 | `CATCHNET` |
/// | 4, 4 | version, number of buffers |
/// | 8 | checksum of all that follows |
/// | 8 each | length of each buffer in bytes |
/// | … | the buffers, each at a multiple of 8 |
extension StreetGraph {
  private static let magic = Array("CATCHNET".utf8)
  private static let version: UInt32 = 3
  private static let headingLength = 24

  /// O(size).
  public func encoded() -> [UInt8] {
    var writer = BufferWriter()
    writer.append(nodeXs)
    writer.append(nodeYs)
    writer.append(nodeComponents)
    writer.append(arcStarts)
    writer.append(arcs)
    writer.append(fromNodes)
    writer.append(toNodes)
    writer.append(lengths)
    writer.append(classes)
    writer.append(access.map { $0.rawValue })
    writer.append(speeds)
    writer.append(forwardPaces)
    writer.append(backwardPaces)
    writer.append(rows)
    writer.append(vertexStarts)
    writer.append(vertexXs)
    writer.append(vertexYs)
    writer.append(Array(classNames.map { $0 + "\0" }.joined().utf8))
    writer.append(components.flatMap { [Int64($0.nodeCount), Int64($0.edgeCount), Int64($0.length)] })

    var body: [UInt8] = []
    body.reserveCapacity(writer.lengths.count * 8 + writer.bytes.count)
    for length in writer.lengths { appendLittleEndian(UInt64(length), to: &body) }
    body += writer.bytes
    var result = Self.magic
    result.reserveCapacity(Self.headingLength + body.count)
    appendLittleEndian(Self.version, to: &result)
    appendLittleEndian(UInt32(writer.lengths.count), to: &result)
    appendLittleEndian(body.withUnsafeBytes { checksum($0) }, to: &result)
    return result + body
  }

  /// Opens what `encoded` made: copies the buffers and checks them, builds nothing. O(size).
  ///
  /// - Throws: `StreetNetworkError.damaged` for anything else.
  public init(decoding bytes: UnsafeRawBufferPointer) throws(StreetNetworkError) {
    guard bytes.count >= Self.headingLength, bytes.prefix(8).elementsEqual(Self.magic) else {
      throw .damaged("not a street network")
    }
    guard littleEndian(bytes, at: 8, as: UInt32.self) == Self.version else { throw .damaged("another version") }
    let body = UnsafeRawBufferPointer(rebasing: bytes[Self.headingLength...])
    guard littleEndian(bytes, at: 16, as: UInt64.self) == checksum(body) else { throw .damaged("checksum") }
    var reader = try BufferReader(body, buffers: Int(littleEndian(bytes, at: 12, as: UInt32.self)))
    self.init()
    nodeXs = try reader.next()
    nodeYs = try reader.next()
    nodeComponents = try reader.next()
    arcStarts = try reader.next()
    arcs = try reader.next()
    fromNodes = try reader.next()
    toNodes = try reader.next()
    lengths = try reader.next()
    classes = try reader.next()
    access = try reader.next()
    speeds = try reader.next()
    forwardPaces = try reader.next()
    backwardPaces = try reader.next()
    rows = try reader.next()
    vertexStarts = try reader.next()
    vertexXs = try reader.next()
    vertexYs = try reader.next()
    let names: [UInt8] = try reader.next()
    classNames = names.split(separator: 0, omittingEmptySubsequences: false).dropLast()
      .map { String(decoding: $0, as: UTF8.self) }
    let sizes: [Int64] = try reader.next()
    guard sizes.count % 3 == 0 else { throw .damaged("components") }
    components = stride(from: 0, to: sizes.count, by: 3).map {
      Component(nodeCount: Int(sizes[$0]), edgeCount: Int(sizes[$0 + 1]), length: Int(sizes[$0 + 2]))
    }
    if let violation = invariantViolation() { throw .damaged(violation) }
  }

  /// As above.
  public init(decoding bytes: [UInt8]) throws(StreetNetworkError) {
    let result: Result<StreetGraph, StreetNetworkError> = bytes.withUnsafeBytes { bytes in
      do throws(StreetNetworkError) { return .success(try StreetGraph(decoding: bytes)) } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }
}
