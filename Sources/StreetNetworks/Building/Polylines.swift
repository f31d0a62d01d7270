/// Lines as runs of places: what streets are before they are cut into edges.
struct Polylines {
  /// Offsets into `places`, one more than there are lines; a line has two places or more, neighbours always different.
  private(set) var starts: [Int32] = [0]
  private(set) var places: [Int32] = []
  /// Metres above any level, by vertex, not a number where unknown; empty where lines have no heights.
  private(set) var heights: [Float] = []
  /// The source row of each line, −1 for one that bridges a gap.
  private(set) var rows: [Int32] = []
  /// The row whose class, access and speed a line has.
  private(set) var models: [Int32] = []
  /// Neighbouring vertices that fell on one place.
  private(set) var zeroLengthCount = 0
  private var isFirst = true

  /// A place that a line passes between two of its vertices.
  struct Cut {
    /// The vertex before it, in the numbering of `places`.
    var vertex: Int32
    /// How far it is to the next vertex, 0…1.
    var share: Double
    var place: Int32
  }

  var count: Int { rows.count }
  private let hasHeights: Bool

  init(hasHeights: Bool = false) { self.hasHeights = hasHeights }

  mutating func reserve(vertices: Int) { places.reserveCapacity(vertices) }

  @inline(__always)
  mutating func append(_ place: Int32, height: Float = .nan) {
    if !isFirst, places[places.count - 1] == place {
      zeroLengthCount += 1
    } else {
      places.append(place)
      if hasHeights { heights.append(height) }
      isFirst = false
    }
  }

  /// Ends the line; one of a single place is dropped.
  mutating func endLine(row: Int32, model: Int32) {
    let first = Int(starts[starts.count - 1])
    isFirst = true
    if places.count - first < 2 {
      places.removeLast(places.count - first)
      if hasHeights { heights.removeLast(heights.count - first) }
      return
    }
    starts.append(Int32(truncatingIfNeeded: places.count))
    rows.append(row)
    models.append(model)
  }

  func vertices(of line: Int) -> Range<Int> { Int(starts[line])..<Int(starts[line + 1]) }

  /// The line of each vertex that begins a segment, −1 for the last vertex of a line.
  func segmentLines() -> [Int32] {
    var lines = [Int32](repeating: -1, count: places.count)
    for line in 0..<count { for vertex in vertices(of: line).dropLast() { lines[vertex] = Int32(line) } }
    return lines
  }

  /// The same lines through further places. O(vertices + cuts log cuts).
  func cut(at cuts: [Cut]) -> Polylines {
    let cuts = cuts.sorted { ($0.vertex, $0.share, $0.place) < ($1.vertex, $1.share, $1.place) }
    var result = Polylines(hasHeights: hasHeights)
    result.reserve(vertices: places.count + cuts.count)
    var next = 0
    for line in 0..<count {
      for vertex in vertices(of: line) {
        result.append(places[vertex], height: hasHeights ? heights[vertex] : .nan)
        while next < cuts.count, Int(cuts[next].vertex) == vertex {
          result.append(cuts[next].place)
          next += 1
        }
      }
      result.endLine(row: rows[line], model: models[line])
    }
    // What several cuts at one place repeat is no zero-length street of the source.
    result.zeroLengthCount = zeroLengthCount
    return result
  }
}
