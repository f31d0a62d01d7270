import GeometryKernel

/// One geometry, read whole before it is kept.
struct Shape {
  private(set) var hasHeights = false
  private(set) var hasOpenRing = false
  private var xs: [Double] = []
  private var ys: [Double] = []
  /// Where the coordinates of each ring or line end.
  private var ringEnds: [Int] = []
  /// The parts, each with where its rings end.
  private var parts: [(dimension: PartDimension, ringsEnd: Int)] = []

  enum Defect: Error, CustomStringConvertible {
    case noNumber
    case noObject
    case unknownType(String?)
    case lacks(GeometryKind, String)
    case nesting(GeometryKind)
    case tooDeep

    var description: String {
      switch self {
      case .noNumber: "coordinates that are no numbers"
      case .noObject: "no object"
      case .unknownType(let name?): "the type “\(name.prefix(40))”"
      case .unknownType(nil): "no type"
      case .lacks(let kind, let member): "a \(kind.name) without \(member)"
      case .nesting(let kind): "a \(kind.name) whose coordinates are not nested like one's"
      case .tooDeep: "collections within collections"
      }
    }
  }

  mutating func removeAll() {
    hasHeights = false
    hasOpenRing = false
    xs.removeAll(keepingCapacity: true)
    ys.removeAll(keepingCapacity: true)
    ringEnds.removeAll(keepingCapacity: true)
    parts.removeAll(keepingCapacity: true)
  }

  /// Adds what was read as a row; a point or area without coordinates is none, as GDAL has it (RFC 7946, 3.1, leaves
  /// it open). O(coordinates).
  func add(_ kind: GeometryKind, to builder: inout GeometryArrayBuilder) {
    if parts.isEmpty && (kind == .point || kind == .polygon) { return builder.appendNull() }
    if kind == .point { return builder.appendPoint(x: xs[0], y: ys[0]) }
    builder.beginRow(kind)
    xs.withUnsafeBufferPointer { xs in
      ys.withUnsafeBufferPointer { ys in
        var ring = 0
        var start = 0
        for part in parts {
          builder.beginPart(part.dimension)
          while ring < part.ringsEnd {
            let run = start..<ringEnds[ring]
            builder.addRing(copying: UnsafeBufferPointer(rebasing: xs[run]), UnsafeBufferPointer(rebasing: ys[run]))
            start = run.upperBound
            ring += 1
          }
        }
      }
    }
    builder.endRow()
  }

  // MARK: Reading

  private typealias Mark = JSONTape.Mark

  /// Reads a geometry; the parts of collections become one run.
  mutating func read(_ tape: JSONTape, _ object: Int, depth: Int) throws(Defect) -> GeometryKind {
    guard tape.mark(object) == Mark.object else { throw .noObject }
    guard depth < 32 else { throw .tooDeep }
    let name = tape.member("type", of: object).flatMap(tape.string)
    guard let name, let kind = ShapeCollector.kind(named: name) else { throw .unknownType(name) }
    if kind == .collection {
      guard let members = tape.member("geometries", of: object) else { throw .lacks(kind, "geometries") }
      try forEach(tape, members, kind) { shape, i throws(Defect) in
        _ = try shape.read(tape, i, depth: depth + 1)
      }
      return kind
    }
    guard let coordinates = tape.member("coordinates", of: object) else { throw .lacks(kind, "coordinates") }
    if kind.isMulti {
      try forEach(tape, coordinates, kind) { shape, i throws(Defect) in try shape.readPart(tape, i, kind) }
    } else {
      try readPart(tape, coordinates, kind)
    }
    return kind
  }

  private mutating func forEach(
    _ tape: JSONTape, _ array: Int, _ kind: GeometryKind, _ body: (inout Shape, Int) throws(Defect) -> Void
  ) throws(Defect) {
    guard tape.mark(array) == Mark.array else { throw .nesting(kind) }
    var i = array + 1
    while tape.mark(i) != Mark.arrayEnd {
      try body(&self, i)
      i = tape.next(i)
    }
  }

  /// Reads the coordinates of one point, line or area; an empty one is no part.
  private mutating func readPart(_ tape: JSONTape, _ array: Int, _ kind: GeometryKind) throws(Defect) {
    guard tape.mark(array) == Mark.array else { throw .nesting(kind) }
    if tape.mark(array + 1) == Mark.arrayEnd { return }
    let dimension = kind.partDimension ?? .point
    let rings = ringEnds.count
    switch dimension {
    case .point:
      try readPosition(tape, array, kind)
      ringEnds.append(xs.count)
    case .line: try readRing(tape, array, kind)
    case .area:
      try forEach(tape, array, kind) { shape, i throws(Defect) in
        // Without a shell there is nothing to cut holes from.
        let isHoleOfNothing = i > array + 1 && shape.ringEnds.count == rings
        let start = shape.xs.count
        try shape.readRing(tape, i, kind)
        if isHoleOfNothing { shape.dropRing(from: start) } else { shape.closeRing(from: start) }
      }
    }
    if ringEnds.count > rings { parts.append((dimension, ringEnds.count)) }
  }

  private mutating func readRing(_ tape: JSONTape, _ array: Int, _ kind: GeometryKind) throws(Defect) {
    guard tape.mark(array) == Mark.array else { throw .nesting(kind) }
    let start = xs.count
    var i = array + 1
    while tape.mark(i) != Mark.arrayEnd {
      guard tape.mark(i) == Mark.array else { throw .nesting(kind) }
      try readPosition(tape, i, kind)
      i = tape.next(i)
    }
    if xs.count > start { ringEnds.append(xs.count) }
  }

  private mutating func readPosition(_ tape: JSONTape, _ array: Int, _ kind: GeometryKind) throws(Defect) {
    let first = array + 1
    guard let x = tape.number(first) else {
      throw tape.mark(first) == Mark.array ? .nesting(kind) : .noNumber
    }
    guard let y = tape.number(first + 2) else { throw .noNumber }
    if tape.mark(first + 4) != Mark.arrayEnd, tape.number(first + 4) != 0 { hasHeights = true }
    xs.append(x)
    ys.append(y)
  }

  private mutating func dropRing(from start: Int) {
    guard xs.count > start else { return }
    xs.removeLast(xs.count - start)
    ys.removeLast(ys.count - start)
    ringEnds.removeLast()
  }

  private mutating func closeRing(from start: Int) {
    guard start < xs.count, let x = xs.last, let y = ys.last, x != xs[start] || y != ys[start] else { return }
    xs.append(xs[start])
    ys.append(ys[start])
    ringEnds[ringEnds.count - 1] = xs.count
    hasOpenRing = true
  }
}
