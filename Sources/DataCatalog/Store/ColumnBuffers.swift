import FeatureTables
import GeometryKernel

/// A column as a sequence of flat buffers, little endian: first its validity, then those of its storage, in a fixed
/// order; empty where the column has none.
enum ColumnBuffers {
  /// Buffers that are missing or make no column together.
  struct Inconsistent: Error {}

  protocol Source {
    func read<Element: BitwiseCopyable>(_ buffer: Int, of _: Element.Type) throws -> [Element]
  }

  /// Hands out every buffer with its number.
  static func visit(_ column: Column, _ body: (Int, UnsafeRawBufferPointer) throws -> Void) throws {
    try column.validity.withUnsafeBytes { try body(0, $0) }
    switch column.storage {
    case .boolean(let values): try values.withUnsafeBytes { try body(1, $0) }
    case .integer(let values): try values.withUnsafeBytes { try body(1, $0) }
    case .number(let values): try values.withUnsafeBytes { try body(1, $0) }
    case .date(let values): try values.withUnsafeBytes { try body(1, $0) }
    case .text(let texts):
      try texts.bytes.withUnsafeBytes { try body(1, $0) }
      try texts.starts.withUnsafeBytes { try body(2, $0) }
    case .geometry(let geometry):
      try geometry.xs.withUnsafeBytes { try body(1, $0) }
      try geometry.ys.withUnsafeBytes { try body(2, $0) }
      try geometry.ringStarts.withUnsafeBytes { try body(3, $0) }
      try geometry.partStarts.withUnsafeBytes { try body(4, $0) }
      try geometry.rowStarts.withUnsafeBytes { try body(5, $0) }
      try geometry.kinds.withUnsafeBytes { try body(6, $0) }
      try geometry.partDimensions.withUnsafeBytes { try body(7, $0) }
      try [geometry.isKnownValid].withUnsafeBytes { try body(8, $0) }
    }
  }

  /// The column that the buffers make; nothing is believed of them. O(bytes).
  ///
  /// - Throws: `Inconsistent`, and what the source throws.
  static func column(of type: ValueType, rows: Int, from source: some Source) throws -> Column {
    let column = Column(try storage(of: type, from: source), validity: try flags(0, from: source))
    guard column.count == rows, column.validity.isEmpty || column.validity.count == rows else { throw Inconsistent() }
    return column
  }

  private static func storage(of type: ValueType, from source: some Source) throws -> Column.Storage {
    switch type {
    case .boolean: .boolean(try flags(1, from: source))
    case .integer: .integer(try source.read(1, of: Int64.self))
    case .number: .number(try source.read(1, of: Double.self))
    case .date: .date(try source.read(1, of: Int32.self))
    case .text: .text(try texts(from: source))
    case .geometry: .geometry(try geometry(from: source))
    }
  }

  private static func flags(_ buffer: Int, from source: some Source) throws -> [Bool] {
    let bytes = try source.read(buffer, of: UInt8.self)
    guard bytes.allSatisfy({ $0 < 2 }) else { throw Inconsistent() }
    return bytes.map { $0 == 1 }
  }

  private static func texts(from source: some Source) throws -> TextArray {
    let bytes = try source.read(1, of: UInt8.self)
    let starts = try source.read(2, of: Int.self)
    guard starts.first == 0, starts.last == bytes.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      throw Inconsistent()
    }
    return TextArray(bytes: bytes, starts: starts)
  }

  private static func geometry(from source: some Source) throws -> GeometryArray {
    let (xs, ys) = (try source.read(1, of: Double.self), try source.read(2, of: Double.self))
    let rowStarts = try source.read(5, of: Int32.self)
    let kinds = try source.read(6, of: UInt8.self)
    if rowStarts.isEmpty && kinds.isEmpty {
      guard xs.count == ys.count else { throw Inconsistent() }
      return GeometryArray(pointsX: xs, y: ys)
    }
    let geometry = GeometryArray(
      xs: xs, ys: ys, ringStarts: try source.read(3, of: Int32.self), partStarts: try source.read(4, of: Int32.self),
      rowStarts: rowStarts, kinds: kinds, partDimensions: try source.read(7, of: UInt8.self))
    guard let geometry else { throw Inconsistent() }
    return try flags(8, from: source) == [true] ? geometry.knownValid() : geometry
  }
}
