import GeometryKernel

/// The geometries of GeoJSON features (RFC 7946, 3.1), collected into one array as the features go by.
struct ShapeCollector {
  private var builder: GeometryArrayBuilder
  /// Of the geometry at hand, before it is known to be whole.
  private var shape = Shape()
  /// What was left out on the way.
  private(set) var losses = GeometryLosses()
  /// Rows with a coordinate that is no number, or whose geometry is none of the kinds or not built like one; their
  /// geometry is null.
  private(set) var unreadable: [UnreadableRow] = []
  /// Rows with rings that end elsewhere than they begin.
  private(set) var unclosed = 0

  init(reservingRows rows: Int = 0) { builder = GeometryArrayBuilder(reservingRows: rows) }

  mutating func finish() -> GeometryArray { builder.finish() }

  mutating func appendNull() { builder.appendNull() }

  /// True for an object that is a geometry rather than a feature.
  static func isShape(_ tape: JSONTape, _ object: Int) -> Bool {
    tape.member("type", of: object).flatMap(tape.string).flatMap(kind(named:)) != nil
  }

  /// The kind that a type's name means; `nil` for other names.
  static func kind(named name: String) -> GeometryKind? {
    GeometryKind.allCases.first { $0 != .null && $0.name == name }
  }

  /// Appends the geometry that is told at a place of the tape. O(its words).
  mutating func append(_ tape: JSONTape, _ value: Int) {
    if tape.mark(value) == JSONTape.Mark.null { return builder.appendNull() }
    if appendPoint(tape, value) { return }
    shape.removeAll()
    do {
      let kind = try shape.read(tape, value, depth: 0)
      shape.add(kind, to: &builder)
      if shape.hasHeights { losses.withZ += 1 }
      if shape.hasOpenRing { unclosed += 1 }
    } catch {
      var original = JSONText()
      tape.write(value, to: &original)
      unreadable.append(
        UnreadableRow(
          row: builder.count, reason: error.description, original: String(decoding: original.bytes, as: UTF8.self)))
      builder.appendNull()
    }
  }

  /// The way of nearly all points: a type and two numbers. False when there is more to see.
  private mutating func appendPoint(_ tape: JSONTape, _ object: Int) -> Bool {
    guard tape.mark(object) == JSONTape.Mark.object else { return false }
    var coordinates = 0
    var isPoint = false
    var i = object + 1
    while tape.mark(i) != JSONTape.Mark.objectEnd {
      let key = tape.text(i)
      let value = i + 1
      if key.isSpelt("type") {
        isPoint = tape.mark(value) == JSONTape.Mark.text && tape.text(value).isSpelt("Point")
      } else if key.isSpelt("coordinates") {
        coordinates = value
      }
      i = tape.next(value)
    }
    guard isPoint, coordinates > 0, tape.mark(coordinates) == JSONTape.Mark.array,
      let x = tape.number(coordinates + 1), let y = tape.number(coordinates + 3),
      tape.mark(coordinates + 5) == JSONTape.Mark.arrayEnd
    else { return false }
    builder.appendPoint(x: x, y: y)
    return true
  }

  /// Keeps some rows, ascending. O(coordinates).
  mutating func keep(_ rows: [Int32]) {
    builder = GeometryArrayBuilder(continuing: builder.finish().gather(rows))
    unreadable = unreadable.keeping(rows)
  }

  /// Appends the rows of another collector. O(its coordinates).
  mutating func append(_ other: consuming ShapeCollector) {
    let shift = builder.count
    var other = other
    let geometry = other.finish()
    if shift == 0 {
      builder = GeometryArrayBuilder(continuing: geometry)
    } else {
      builder.append(geometry, rows: 0..<geometry.count)
    }
    losses.add(other.losses)
    unreadable += other.unreadable.map {
      UnreadableRow(row: $0.row + shift, reason: $0.reason, original: $0.original)
    }
    unclosed += other.unclosed
  }

  /// Sentences on what was odd.
  var notes: [String] {
    var notes = losses.notes
    if unclosed > 0 { notes.append("outlines that end elsewhere than they begin were closed.") }
    return notes
  }
}
