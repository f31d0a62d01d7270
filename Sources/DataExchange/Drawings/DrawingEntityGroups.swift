/// Entities as groups of a drawing exchange file (Open Design Specification for .dwg files, 20.4; "DXF Reference",
/// "ENTITIES Section").
extension DrawingGroups {
  /// What stands in the groups of every entity.
  struct Common {
    var layer: [UInt8]
    /// `nil` where the layer tells it.
    var lineType: [UInt8]?
    var isOnPaper: Bool
  }

  mutating func begin(_ kind: String, _ entity: DrawingEntity, _ common: Common) {
    group(0, kind)
    group(5, String(entity.handle, radix: 16, uppercase: true))
    if common.isOnPaper { group(67, 1) }
    name(8, common.layer)
    if let lineType = common.lineType { name(6, lineType) }
  }

  /// Writes an entity that is made of nothing but itself.
  ///
  /// - Returns: false for kinds that are left out.
  /// - Throws: `Malformed` for one that cannot be read or drawn; some of its groups may be written then.
  mutating func add(_ entity: DrawingEntity, _ common: Common) throws(BitReader.Malformed) -> Bool {
    var data = entity.data
    let start = bytes.count
    let kind = DrawingKind.isText(entity.type) ? "TEXT" : DrawingKind.name(entity.type)
    begin(kind ?? "", entity, common)
    switch kind {
    case "TEXT": try addText(&data)
    case "MTEXT": try addLongText(&data)
    case "POINT": try addPoint(&data)
    case "LINE": try addLine(&data)
    case "LWPOLYLINE": try addLightPolyline(&data)
    case "ARC": try addArc(&data, isWhole: false)
    case "CIRCLE": try addArc(&data, isWhole: true)
    case "ELLIPSE": try addEllipse(&data)
    case "SPLINE": try addSpline(&data)
    case "SOLID", "TRACE": try addSolid(&data)
    case "3DFACE": try addFace(&data)
    default:
      cut(to: start)
      return false
    }
    return true
  }

  private mutating func addPoint(_ data: inout BitReader) throws(BitReader.Malformed) {
    try point(10, data.point())
    _ = try data.thickness()
    try extrusion(data.extrusion())
  }

  // MARK: Texts

  private mutating func addText(_ data: inout BitReader) throws(BitReader.Malformed) {
    let absent = try data.byte()
    let elevation = absent & 0x01 == 0 ? try data.rawNumber() : 0
    var place = try data.rawPoint()
    place.z = elevation
    try point(10, place)
    if absent & 0x02 == 0 {
      try point(11, [data.number(near: place.x), data.number(near: place.y), elevation])
    }
    try extrusion(data.extrusion())
    _ = try data.thickness()
    if absent & 0x04 == 0 { _ = try data.rawNumber() }
    if absent & 0x08 == 0 { try angle(50, data.rawNumber()) }
    try number(40, data.rawNumber())
    if absent & 0x10 == 0 { try number(41, data.rawNumber()) }
    text(try data.text())
    if absent & 0x20 == 0 { _ = try data.short() }
    if absent & 0x40 == 0 { group(72, try data.short()) }
    if absent & 0x80 == 0 { group(73, try data.short()) }
  }

  private mutating func addLongText(_ data: inout BitReader) throws(BitReader.Malformed) {
    try point(10, data.point())
    try extrusion(data.point())
    try point(11, data.point())
    _ = try data.number()
    try number(40, data.number())
    group(71, try data.short())
    _ = try data.short()
    _ = try data.number()
    _ = try data.number()
    text(try data.text(), code: 1, continued: 3)
  }

  // MARK: Lines

  private mutating func addLine(_ data: inout BitReader) throws(BitReader.Malformed) {
    let isFlat = try data.bit()
    var (start, end) = (SIMD3<Double>(), SIMD3<Double>())
    for axis in 0..<(isFlat ? 2 : 3) {
      start[axis] = try data.rawNumber()
      end[axis] = try data.number(near: start[axis])
    }
    try point(10, start)
    try point(11, end)
    _ = try data.thickness()
    try extrusion(data.extrusion())
  }

  private mutating func addLightPolyline(_ data: inout BitReader) throws(BitReader.Malformed) {
    let flags = try data.short()
    if flags & 4 != 0 { _ = try data.number() }
    if flags & 8 != 0 { try number(38, data.number()) }
    if flags & 2 != 0 { _ = try data.number() }
    if flags & 1 != 0 { try extrusion(data.point()) }
    let count = try data.count(ofAtLeast: 4)
    let bulgeCount = flags & 16 != 0 ? try data.count(ofAtLeast: 2) : 0
    if flags & 32 != 0 { _ = try data.count(ofAtLeast: 4) }
    guard count > 0, bulgeCount <= count else { throw BitReader.Malformed() }
    var vertices = [try data.rawPoint()]
    for index in 1..<count {
      let last = vertices[index - 1]
      vertices.append([try data.number(near: last.x), try data.number(near: last.y), 0])
    }
    let isClosed = flags & 512 != 0
    group(90, count)
    group(70, isClosed ? 1 : 0)
    for (index, vertex) in vertices.enumerated() {
      try number(10, vertex.x)
      try number(20, vertex.y)
      guard index < bulgeCount, case let bulge = try data.number(), bulge != 0 else { continue }
      guard index + 1 < count || isClosed else { continue }
      try countSegments(bulge: bulge, to: vertices[(index + 1) % count] - vertex)
      try number(42, bulge)
    }
  }

  // MARK: Faces

  private mutating func addSolid(_ data: inout BitReader) throws(BitReader.Malformed) {
    _ = try data.thickness()
    let elevation = try data.number()
    for code in 10...13 {
      var corner = try data.rawPoint()
      corner.z = elevation
      try point(code, corner)
    }
    try extrusion(data.extrusion())
  }

  private mutating func addFace(_ data: inout BitReader) throws(BitReader.Malformed) {
    _ = try data.bit()
    let isFlat = try data.bit()
    var corner = try data.rawPoint()
    if !isFlat { corner.z = try data.rawNumber() }
    try point(10, corner)
    for code in 11...13 {
      for axis in 0..<3 { corner[axis] = try data.number(near: corner[axis]) }
      try point(code, corner)
    }
  }
}
