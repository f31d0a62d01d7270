/// A block in its place, once or in rows and columns (Open Design Specification for .dwg files, 20.4.9 and 20.4.10).
struct DrawingInsertion {
  /// The handle of the block's header.
  let block: UInt64
  let columns: Int
  let rows: Int
  private let place: SIMD3<Double>
  private var scale = SIMD3<Double>(repeating: 1)
  private let rotation: Double
  private let extrusion: SIMD3<Double>
  private var spacing = (column: 0.0, row: 0.0)

  /// - Throws: `Malformed`.
  init(_ entity: DrawingEntity) throws(BitReader.Malformed) {
    var (data, references) = (entity.data, entity.references)
    place = try data.point()
    switch try data.bits(2) {
    case 0:
      scale.x = try data.rawNumber()
      scale.y = try data.number(near: scale.x)
      scale.z = try data.number(near: scale.x)
    case 1:
      scale.y = try data.number(near: 1)
      scale.z = try data.number(near: 1)
    case 2: scale = SIMD3(repeating: try data.rawNumber())
    default: break
    }
    rotation = try data.number()
    extrusion = try data.point()
    _ = try data.bit()
    if entity.type == DrawingKind.insertionGrid {
      // Nothing in a row is one, as everywhere.
      columns = max(1, try data.short())
      rows = max(1, try data.short())
      spacing = (try data.number(), try data.number())
    } else {
      (columns, rows) = (1, 1)
    }
    block = try references.handle(from: entity.handle)
  }

  /// What the block is called in the drawing exchange file: its own name may be that of another one.
  static func name(_ block: UInt64) -> String { "B" + String(block, radix: 16, uppercase: true) }

  /// - Throws: `Malformed` for a place that is none.
  func write(
    to groups: inout DrawingGroups, _ entity: DrawingEntity, _ common: DrawingGroups.Common
  ) throws(BitReader.Malformed) {
    groups.begin("INSERT", entity, common)
    groups.group(2, Self.name(block))
    try groups.point(10, place)
    try groups.number(41, scale.x)
    try groups.number(42, scale.y)
    try groups.number(43, scale.z)
    try groups.angle(50, rotation)
    if columns > 1 || rows > 1 {
      groups.group(70, columns)
      groups.group(71, rows)
      try groups.number(44, spacing.column)
      try groups.number(45, spacing.row)
    }
    try groups.extrusion(extrusion)
  }
}
