@testable import DataExchange

/// Writes the values of a DWG drawing bit by bit (Open Design Specification for .dwg files, chapter 2), each in its longest
/// form.
struct BitWriter {
  fileprivate var values: [Bool] = []

  mutating func bits(_ value: Int, _ count: Int) {
    for shift in (0..<count).reversed() { values.append(value >> shift & 1 == 1) }
  }

  mutating func bit(_ value: Bool) { values.append(value) }

  private mutating func raw(_ value: UInt64, _ count: Int) {
    for index in 0..<count { bits(Int(value >> (8 * index) & 0xFF), 8) }
  }

  mutating func byte(_ value: Int) { raw(UInt64(value), 1) }

  mutating func rawLong(_ value: Int) { raw(UInt64(value), 4) }

  mutating func rawNumber(_ value: Double) { raw(value.bitPattern, 8) }

  mutating func short(_ value: Int) {
    bits(0, 2)
    raw(UInt64(value), 2)
  }

  mutating func long(_ value: Int) {
    bits(0, 2)
    raw(UInt64(UInt32(bitPattern: Int32(value))), 4)
  }

  mutating func number(_ value: Double) {
    bits(0, 2)
    rawNumber(value)
  }

  mutating func point(_ x: Double, _ y: Double, _ z: Double = 0) { for value in [x, y, z] { number(value) } }

  mutating func text(_ bytes: [UInt8]) {
    short(bytes.count)
    for byte in bytes { self.byte(Int(byte)) }
  }

  mutating func handle(_ value: UInt64, code: Int = 5) {
    bits(code, 4)
    bits(4, 4)
    for shift in [24, 16, 8, 0] { byte(Int(value >> UInt64(shift) & 0xFF)) }
  }
}

/// A DWG drawing of AutoCAD 2000 made object by object, so that it holds whatever a test wants.
///
/// It has one layer, `0`, and a header for model space; its handles are those that are given.
struct HandmadeDrawing {
  static let layer: UInt64 = 0x10
  static let modelSpace: UInt64 = 0x1F

  var codePage = 30
  /// Handles that are in the list of objects, and places where nothing is.
  var nowhere: [(handle: UInt64, offset: Int)] = []
  private var objects: [(handle: UInt64, bytes: [UInt8])] = []

  init() {
    addNamed(51, Self.layer, Array("0".utf8))
    addBlock(Self.modelSpace, "*MODEL_SPACE")
  }

  // MARK: Objects

  /// - Parameter references: the handles behind the data.
  mutating func add(
    _ type: Int, _ handle: UInt64, _ data: (inout BitWriter) -> Void, references: (inout BitWriter) -> Void = { _ in }
  ) {
    var body = BitWriter()
    body.handle(handle, code: 0)
    body.short(0)
    data(&body)
    var whole = BitWriter()
    whole.short(type)
    whole.rawLong(whole.values.count + 32 + body.values.count)
    whole.values += body.values
    references(&whole)
    let content = Self.packed(whole.values)
    precondition(content.count < 0x8000)
    var bytes = [UInt8(content.count & 0xFF), UInt8(content.count >> 8)] + content
    let sum = DrawingFile.checksum(bytes[...])
    bytes += [UInt8(sum & 0xFF), UInt8(sum >> 8)]
    objects.append((handle, bytes))
  }

  /// A row of a table.
  mutating func addNamed(_ type: Int, _ handle: UInt64, _ name: [UInt8], _ rest: (inout BitWriter) -> Void = { _ in }) {
    add(type, handle) { data in
      data.long(0)
      data.text(name)
      rest(&data)
    }
  }

  mutating func addBlock(
    _ handle: UInt64, _ name: String, base: (x: Double, y: Double) = (0, 0), isExternal: Bool = false
  ) {
    addNamed(49, handle, Array(name.utf8)) { data in
      data.bit(false)
      data.short(0)
      data.bits(0, 3)
      data.bit(isExternal)
      data.bits(0, 2)
      data.point(base.x, base.y)
    }
  }

  /// - Parameters:
  ///   - owner: in model space where it is `nil`.
  ///   - next: the next entity of the owner; the one of the next handle where it is `nil`.
  mutating func addEntity(
    _ type: Int, _ handle: UInt64, owner: UInt64? = nil, next: UInt64? = nil, lineType: UInt64? = nil,
    _ data: (inout BitWriter) -> Void, references: (inout BitWriter) -> Void = { _ in }
  ) {
    add(type, handle) { writer in
      writer.bit(false)
      writer.bits(owner == nil ? 2 : 0, 2)
      writer.long(0)
      writer.bit(next == nil)
      writer.short(256)
      writer.number(1)
      writer.bits(lineType == nil ? 0 : 3, 2)
      writer.bits(3, 2)
      writer.short(0)
      writer.byte(0)
      data(&writer)
    } references: { writer in
      if let owner { writer.handle(owner) }
      writer.handle(0)
      if let next {
        writer.handle(0)
        writer.handle(next)
      }
      writer.handle(Self.layer)
      if let lineType { writer.handle(lineType) }
      // A plot style.
      writer.handle(0)
      references(&writer)
    }
  }

  mutating func addPoint(_ handle: UInt64, _ x: Double, _ y: Double, owner: UInt64? = nil, lineType: UInt64? = nil) {
    addEntity(27, handle, owner: owner, lineType: lineType) { data in
      data.point(x, y)
      data.bit(true)
      data.bit(true)
      data.number(0)
    }
  }

  /// - Parameter grid: columns and rows, 10 and 20 apart.
  mutating func addInsertion(
    _ handle: UInt64, of block: UInt64, at x: Double, _ y: Double, rotation: Double = 0,
    grid: (columns: Int, rows: Int)? = nil, owner: UInt64? = nil
  ) {
    addEntity(grid == nil ? 7 : 8, handle, owner: owner) { data in
      data.point(x, y)
      data.bits(3, 2)
      data.number(rotation)
      data.point(0, 0, 1)
      data.bit(false)
      if let grid {
        data.short(grid.columns)
        data.short(grid.rows)
        data.number(10)
        data.number(20)
      }
    } references: {
      $0.handle(block)
    }
  }

  // MARK: The file

  var bytes: [UInt8] {
    // Head of 6 bytes of version, 13 others, the code page, and the places of three sections.
    var bytes: [UInt8] = Array("AC1015".utf8) + [UInt8](repeating: 0, count: 13)
    bytes += Self.little(codePage, 2) + Self.little(3, 4)
    let mapPlace = bytes.count + 2 * 9 + 1
    for section in 0..<3 { bytes += [UInt8(section)] + Self.little(0, 8) }
    // No classes.
    bytes.replaceSubrange(mapPlace - 9..<mapPlace - 5, with: Self.little(bytes.count, 4))
    bytes += [UInt8](repeating: 0, count: 16) + Self.little(0, 4)
    var entries = nowhere
    for object in objects {
      entries.append((object.handle, bytes.count))
      bytes += object.bytes
    }
    bytes.replaceSubrange(mapPlace..<mapPlace + 4, with: Self.little(bytes.count, 4))
    for start in stride(from: 0, to: entries.count, by: 100) {
      var page: [UInt8] = []
      var (handle, offset) = (UInt64(0), 0)
      for entry in entries.sorted(by: { $0.handle < $1.handle })[start..<min(start + 100, entries.count)] {
        page += Self.modular(Int(entry.handle - handle), isSigned: false)
        page += Self.modular(entry.offset - offset, isSigned: true)
        (handle, offset) = entry
      }
      bytes += Self.sealed(page)
    }
    return bytes + Self.sealed([])
  }

  private static func sealed(_ page: [UInt8]) -> [UInt8] {
    let bytes = [UInt8((page.count + 2) >> 8), UInt8((page.count + 2) & 0xFF)] + page
    let sum = DrawingFile.checksum(bytes[...])
    return bytes + [UInt8(sum >> 8), UInt8(sum & 0xFF)]
  }

  private static func modular(_ value: Int, isSigned: Bool) -> [UInt8] {
    var (rest, bytes) = (abs(value), [UInt8]())
    while rest >= (isSigned ? 0x40 : 0x80) {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest) | (value < 0 ? 0x40 : 0)]
  }

  private static func packed(_ bits: [Bool]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(UInt8(0)) { byte, bit in
        byte << 1 | (start + bit < bits.count && bits[start + bit] ? 1 : 0)
      }
    }
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
