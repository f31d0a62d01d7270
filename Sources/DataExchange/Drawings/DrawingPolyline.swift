/// A polyline whose vertices are entities of their own (Open Design Specification for .dwg files, 20.4.11 to 20.4.17).
struct DrawingPolyline {
  private struct Vertex {
    let place: SIMD3<Double>
    let bulge: Double
    let flags: Int
  }

  private var vertices: [Vertex] = []
  private var isClosed = false
  private var elevation = 0.0
  private var extrusion: SIMD3<Double> = [0, 0, 1]
  private let isFlat: Bool

  /// - Parameter parts: where the entities that it owns begin.
  /// - Throws: `Malformed` for one whose vertices are not linked from the first to the last.
  init(_ entity: DrawingEntity, _ parts: [Int], _ file: DrawingFile) throws(BitReader.Malformed) {
    var (data, references) = (entity.data, entity.references)
    isFlat = entity.type == DrawingKind.polyline2D
    if isFlat {
      isClosed = try data.short() & 1 != 0
      _ = try data.short()
      _ = try data.number()
      _ = try data.number()
      _ = try data.thickness()
      elevation = try data.number()
      extrusion = try data.extrusion()
    } else {
      _ = try data.byte()
      isClosed = try data.byte() & 1 != 0
    }
    let kind = isFlat ? DrawingKind.vertex2D : DrawingKind.vertex3D
    var next = try references.handle(from: entity.handle)
    let last = try references.handle(from: entity.handle)
    var rest: [UInt64: DrawingEntity] = [:]
    for part in parts {
      let vertex = try DrawingEntity(DrawingObject(file, at: part))
      rest[vertex.handle] = vertex
    }
    while let vertex = rest.removeValue(forKey: next) {
      if vertex.type == kind { vertices.append(try self.vertex(vertex)) }
      if next == last { return }
      next = vertex.next
    }
    throw BitReader.Malformed()
  }

  private func vertex(_ entity: DrawingEntity) throws(BitReader.Malformed) -> Vertex {
    var data = entity.data
    let flags = Int(try data.byte())
    var place = try data.point()
    guard isFlat else { return Vertex(place: place, bulge: 0, flags: flags) }
    place.z = elevation
    // A negative width is that of both ends.
    if try data.number() >= 0 { _ = try data.number() }
    return Vertex(place: place, bulge: try data.number(), flags: flags)
  }

  /// - Throws: `Malformed` for a place that is none.
  func write(
    to groups: inout DrawingGroups, _ entity: DrawingEntity, _ common: DrawingGroups.Common
  ) throws(BitReader.Malformed) {
    groups.begin("POLYLINE", entity, common)
    groups.group(66, 1)
    groups.group(70, (isClosed ? 1 : 0) | (isFlat ? 0 : 8))
    if isFlat { try groups.extrusion(extrusion) }
    for (index, vertex) in vertices.enumerated() {
      groups.group(0, "VERTEX")
      groups.name(8, common.layer)
      try groups.point(10, vertex.place)
      groups.group(70, vertex.flags)
      guard vertex.bulge != 0, index + 1 < vertices.count || isClosed else { continue }
      try groups.countSegments(bulge: vertex.bulge, to: vertices[(index + 1) % vertices.count].place - vertex.place)
      try groups.number(42, vertex.bulge)
    }
    groups.group(0, "SEQEND")
    groups.name(8, common.layer)
  }
}
