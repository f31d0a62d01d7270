/// One object of a drawing: an entity, or a row of one of its tables (Open Design Specification for .dwg files, chapter
/// 20).
struct DrawingObject {
  let type: Int
  let handle: UInt64
  /// In bytes, with its head and its checksum.
  let size: Int
  /// What follows that all objects begin with.
  fileprivate(set) var data: BitReader
  /// The handles behind the data.
  fileprivate(set) var references: BitReader

  /// - Parameter offset: where it begins, in bytes.
  /// - Throws: `Malformed` for what is no object, or not as it was written.
  init(_ file: DrawingFile, at offset: Int) throws(BitReader.Malformed) {
    guard file.bytes.indices.contains(offset) else { throw BitReader.Malformed() }
    var head = try BitReader(file.bytes, offset * 8..<file.bytes.count * 8)
    let length = try head.modularShort()
    let start = head.position
    var tail = try BitReader(file.bytes, start + length * 8..<start + (length + 2) * 8)
    size = tail.position / 8 + 2 - offset
    guard DrawingFile.checksum(file.bytes[offset..<offset + size - 2]) == (try tail.rawShort()) else {
      throw BitReader.Malformed()
    }
    var data = try BitReader(file.bytes, start..<start + length * 8)
    type = try data.short()
    let bits = try data.rawLong()
    guard start + bits >= data.position, bits <= length * 8 else { throw BitReader.Malformed() }
    references = try BitReader(file.bytes, start + bits..<start + length * 8)
    data = try BitReader(file.bytes, data.position..<start + bits)
    handle = try data.handle()
    // What programs hang on objects for themselves.
    while case let size = try data.short(), size > 0 {
      _ = try data.handle()
      try data.skip(bytes: size)
    }
    self.data = data
  }

  /// A row of a table: its name, and the data behind it.
  ///
  /// - Throws: `Malformed`.
  func named() throws(BitReader.Malformed) -> (name: [UInt8], data: BitReader) {
    var data = data
    _ = try data.long()
    return (try data.text(), data)
  }
}

/// Something drawn.
struct DrawingEntity {
  enum Space {
    case model, paper
    /// A block, or the polyline or the insertion that it is a part of.
    case owner(UInt64)
  }

  let type: Int
  let handle: UInt64
  let space: Space
  /// The handle of a layer.
  let layer: UInt64
  let lineType: LineType
  /// The handle of the next entity of the same owner.
  let next: UInt64
  var data: BitReader
  var references: BitReader

  enum LineType {
    case byLayer, byBlock, continuous
    case handle(UInt64)
  }

  /// - Throws: `Malformed`.
  init(_ object: DrawingObject) throws(BitReader.Malformed) {
    type = object.type
    let handle = object.handle
    self.handle = handle
    var (data, references) = (object.data, object.references)
    if try data.bit() { try data.skip(bytes: try data.rawLong()) }
    let mode = try data.bits(2)
    let reactors = try data.long()
    guard reactors >= 0, reactors <= references.rest / 8 else { throw BitReader.Malformed() }
    let isWithoutLinks = try data.bit()
    _ = try data.short()
    _ = try data.number()
    let lineTypeFlags = try data.bits(2)
    let plotStyleFlags = try data.bits(2)
    _ = try data.short()
    _ = try data.byte()
    switch mode {
    case 0: space = .owner(try references.handle(from: handle))
    case 1: space = .paper
    case 2: space = .model
    default: throw BitReader.Malformed()
    }
    for _ in 0...reactors { _ = try references.handle() }
    if isWithoutLinks {
      next = handle &+ 1
    } else {
      _ = try references.handle()
      next = try references.handle(from: handle)
    }
    layer = try references.handle(from: handle)
    switch lineTypeFlags {
    case 0: lineType = .byLayer
    case 1: lineType = .byBlock
    case 2: lineType = .continuous
    default: lineType = .handle(try references.handle(from: handle))
    }
    if plotStyleFlags == 3 { _ = try references.handle() }
    self.data = data
    self.references = references
  }
}
