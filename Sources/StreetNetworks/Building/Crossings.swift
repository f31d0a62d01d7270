import GeometryKernel
import WorkControl

/// Where segments cross or touch, as places at which both lines are to be cut.
///
/// Segments are cut into short pieces, the pieces sorted into the cells of a grid that their boxes overlap, and those of
/// one cell compared; a pair that meets in several cells counts in the one that holds the corner of both boxes. Whether
/// two segments cross is decided exactly (`orientation`); the crossing itself is rounded to numbers, and joined with
/// other places within the tolerance.
struct Crossings {
  private let lines: Polylines
  private let tolerance: Double
  private var places: PlaceGrid
  private(set) var cuts: [Polylines.Cut] = []

  private struct Piece {
    /// The vertex at which the segment begins.
    var vertex: Int32
    var box: Box
  }

  init(_ lines: Polylines, _ places: PlaceGrid, tolerance: Double) {
    self.lines = lines
    self.places = places
    self.tolerance = tolerance
  }

  /// The lines cut at all crossings. O(n log n) where lines are spread evenly.
  ///
  /// - Throws: `Cancelled`.
  mutating func noded(_ monitor: WorkMonitor) throws(Cancelled) -> (Polylines, PlaceGrid, count: Int) {
    try find(monitor)
    // Several pairs find the same cut.
    cuts.sort { ($0.vertex, $0.place, $0.share) < ($1.vertex, $1.place, $1.share) }
    var unique: [Polylines.Cut] = []
    for cut in cuts where unique.last.map({ ($0.vertex, $0.place) != (cut.vertex, cut.place) }) ?? true {
      // A cut at an end of the segment is none.
      let vertex = Int(cut.vertex)
      if lines.places[vertex] != cut.place && lines.places[vertex + 1] != cut.place { unique.append(cut) }
    }
    return (lines.cut(at: unique), places, Set(unique.map { $0.place }).count)
  }

  private mutating func find(_ monitor: WorkMonitor) throws(Cancelled) {
    let segmentLines = lines.segmentLines()
    var extent = Box.empty
    var length = 0.0
    var segments = 0
    for vertex in 0..<segmentLines.count where segmentLines[vertex] >= 0 {
      let segment = segment(vertex)
      extent.formUnion(segment.box)
      length += distance((segment.ax, segment.ay), (segment.bx, segment.by))
      segments += 1
    }
    guard segments > 1 else { return }
    // Cells about as wide as segments are long, but not many more than there are segments.
    let side = max(
      length / Double(segments), (extent.width * extent.height / Double(4 * segments)).squareRoot(),
      max(extent.width, extent.height) / Double(4 * segments), tolerance * 4, 1e-9)
    let pieces = pieces(segmentLines, longest: side * 4)
    let columns = Int(extent.width / side) + 1
    let cellRows = Int(extent.height / side) + 1
    func cells(_ box: Box) -> (columns: ClosedRange<Int>, rows: ClosedRange<Int>) {
      func index(_ value: Double, _ count: Int) -> Int { min(max(0, Int(value / side)), count - 1) }
      return (
        index(box.minX - extent.minX, columns)...index(box.maxX - extent.minX, columns),
        index(box.minY - extent.minY, cellRows)...index(box.maxY - extent.minY, cellRows)
      )
    }
    // A piece may be in some dozens of cells: all together more than 32 bits number.
    var starts = [Int](repeating: 0, count: columns * cellRows + 1)
    for piece in pieces {
      let (across, up) = cells(piece.box)
      for row in up { for column in across { starts[row * columns + column + 1] += 1 } }
    }
    for cell in 0..<columns * cellRows { starts[cell + 1] += starts[cell] }
    var fills = starts
    var members = [Int32](repeating: 0, count: starts[columns * cellRows])
    for (number, piece) in pieces.enumerated() {
      let (across, up) = cells(piece.box)
      for row in up {
        for column in across {
          members[fills[row * columns + column]] = Int32(number)
          fills[row * columns + column] += 1
        }
      }
    }
    for row in 0..<cellRows {
      try monitor.check()
      for column in 0..<columns {
        let run = starts[row * columns + column]..<starts[row * columns + column + 1]
        for i in run.dropFirst() {
          let piece = pieces[Int(members[i])]
          for j in run.lowerBound..<i {
            let other = pieces[Int(members[j])]
            guard piece.box.intersects(other.box) else { continue }
            let corner = Box(
              minX: max(piece.box.minX, other.box.minX), minY: max(piece.box.minY, other.box.minY),
              maxX: .infinity, maxY: .infinity)
            let home = cells(Box(minX: corner.minX, minY: corner.minY, maxX: corner.minX, maxY: corner.minY))
            guard home.columns.lowerBound == column, home.rows.lowerBound == row else { continue }
            if piece.vertex != other.vertex { meet(Int(other.vertex), Int(piece.vertex)) }
          }
        }
      }
    }
  }

  /// Segments in stretches of at most a length, whose boxes are widened by the tolerance.
  private func pieces(_ segmentLines: [Int32], longest: Double) -> [Piece] {
    var pieces: [Piece] = []
    pieces.reserveCapacity(segmentLines.count)
    for vertex in 0..<segmentLines.count where segmentLines[vertex] >= 0 {
      let segment = segment(vertex)
      let length = distance((segment.ax, segment.ay), (segment.bx, segment.by))
      let count = max(1, Int((length / longest).rounded(.up)))
      for i in 0..<count {
        let first = point(segment, Double(i) / Double(count))
        let last = point(segment, Double(i + 1) / Double(count))
        let box = Segment(first.x, first.y, last.x, last.y).box
        // The points between are rounded; the box makes up for it.
        pieces.append(
          Piece(vertex: Int32(vertex), box: box.expanded(by: tolerance + (count > 1 ? longest * 1e-9 : 0))))
      }
    }
    return pieces
  }

  private func segment(_ vertex: Int) -> Segment {
    let a = places[lines.places[vertex]]
    let b = places[lines.places[vertex + 1]]
    return Segment(a.x, a.y, b.x, b.y)
  }

  private func point(_ segment: Segment, _ share: Double) -> (x: Double, y: Double) {
    if share == 0 { return (segment.ax, segment.ay) }
    if share == 1 { return (segment.bx, segment.by) }
    return (segment.ax + share * (segment.bx - segment.ax), segment.ay + share * (segment.by - segment.ay))
  }

  /// Notes where two segments cross, and where an end of one lies on the other.
  private mutating func meet(_ a: Int, _ b: Int) {
    let first = segment(a)
    let second = segment(b)
    for end in [a, a + 1] { touch(lines.places[end], b, second) }
    for end in [b, b + 1] { touch(lines.places[end], a, first) }
    let c = orientation(first.ax, first.ay, first.bx, first.by, second.ax, second.ay)
    let d = orientation(first.ax, first.ay, first.bx, first.by, second.bx, second.by)
    guard c * d < 0 else { return }
    let e = orientation(second.ax, second.ay, second.bx, second.by, first.ax, first.ay)
    let f = orientation(second.ax, second.ay, second.bx, second.by, first.bx, first.by)
    guard e * f < 0 else { return }
    // How far the ends of each lie from the other gives the shares; both denominators differ from zero in exact
    // arithmetic, and where they vanish in rounded the segments are all but one line, and the middle will do.
    let share = crossingShare(first, second)
    let otherShare = crossingShare(second, first)
    let at = point(first, share)
    let place = places.place(at.x, at.y)
    cuts.append(Polylines.Cut(vertex: Int32(a), share: share, place: place))
    cuts.append(Polylines.Cut(vertex: Int32(b), share: otherShare, place: place))
  }

  /// The share of `segment` before the line of another.
  private func crossingShare(_ segment: Segment, _ other: Segment) -> Double {
    let dx = other.bx - other.ax
    let dy = other.by - other.ay
    let first = (segment.ax - other.ax) * dy - (segment.ay - other.ay) * dx
    let last = (segment.bx - other.ax) * dy - (segment.by - other.ay) * dx
    let share = first / (first - last)
    return share.isFinite ? min(max(share, 0), 1) : 0.5
  }

  /// Notes a place that lies on a segment within the tolerance, its ends aside.
  private mutating func touch(_ place: Int32, _ vertex: Int, _ segment: Segment) {
    guard lines.places[vertex] != place, lines.places[vertex + 1] != place else { return }
    let (x, y) = places[place]
    // Without a tolerance only the exact test is sure of what lies on the segment; distances are rounded.
    guard
      segment.squaredDistance(x: x, y: y) <= tolerance * tolerance
        || orientation(segment.ax, segment.ay, segment.bx, segment.by, x, y) == 0
    else { return }
    let dx = segment.bx - segment.ax
    let dy = segment.by - segment.ay
    let share = ((x - segment.ax) * dx + (y - segment.ay) * dy) / (dx * dx + dy * dy)
    guard share > 0, share < 1 else { return }
    cuts.append(Polylines.Cut(vertex: Int32(vertex), share: share, place: place))
  }
}
