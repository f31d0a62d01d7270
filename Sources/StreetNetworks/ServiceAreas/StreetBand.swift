import GeometryKernel
import Glibc

/// A reached street widened to one area: a line of segments, and how far the area goes on either side of each.
///
/// Segments are taken as long as the border stays free of crossings: the line turns by less than half a circle in all,
/// and at the inner side of a bend nothing is in the way and both segments are long enough.
struct StreetBand {
  /// A segment with its heights on both sides at its stations.
  fileprivate struct Reach {
    let segment: Segment
    let side: NearerSide
    let dx: Double
    let dy: Double
    let length: Double
    let stations: [Double]
    let left: [Double]
    let right: [Double]

    /// Whether an unreached street crosses at the first or at the last station.
    func isPinched(atEnd: Bool) -> Bool {
      let i = atEnd ? stations.count - 1 : 0
      return left[i] < StreetBand.nothing && right[i] < StreetBand.nothing
    }
  }

  private let width: Double
  private var reaches: [Reach] = []
  /// The tangent of half of each bend, with the sign of the turn: positive to the left.
  private var bends: [Double] = []
  /// Radians, all bends together.
  private var turned = 0.0

  /// Eight chords of a half circle.
  private static let capDirections = (0...8).map { (cos(Double($0) * .pi / 8), sin(Double($0) * .pi / 8)) }
  /// Metres that are no height.
  static let nothing = 1e-3

  init(width: Double) { self.width = width }

  var isEmpty: Bool { reaches.isEmpty }

  /// Takes the part of a segment between two stations that goes on where the last ends; `false` where it must begin a
  /// band of its own.
  mutating func append(_ segment: Segment, _ side: NearerSide) -> Bool {
    let (dx, dy) = (segment.bx - segment.ax, segment.by - segment.ay)
    let length = (dx * dx + dy * dy).squareRoot()
    let reach = Reach(segment, side, dx / length, dy / length, length)
    if let last = reaches.last {
      let cross = last.dx * reach.dy - last.dy * reach.dx
      let turn = atan2(cross, last.dx * reach.dx + last.dy * reach.dy)
      let bend = tan(turn / 2)
      let taken = width * abs(bend)
      guard abs(turn) < 2, turned + abs(turn) < 2.6, !last.isPinched(atEnd: true), !reach.isPinched(atEnd: false),
        taken + width * abs(bends.last ?? 0) < last.length, taken < reach.length,
        last.isClear(left: turn > 0, from: last.length - taken, to: last.length),
        reach.isClear(left: turn > 0, from: 0, to: taken)
      else { return false }
      turned += abs(turn)
      bends.append(bend)
    }
    reaches.append(reach)
    return true
  }

  /// Calls `body` with the border, clockwise.
  func outline(_ body: (_ x: Double, _ y: Double) -> Void) {
    guard let first = reaches.first, let last = reaches.last else { return }
    for i in reaches.indices {
      let reach = reaches[i]
      reach.side(
        left: true, from: i > 0 ? taken(bends[i - 1] > 0, i - 1) : 0,
        to: reach.length - (i < bends.count ? taken(bends[i] > 0, i) : 0), width, body)
      if i < bends.count { turn(i, left: true, body) }
    }
    cap(last, atEnd: true, body)
    for i in reaches.indices.reversed() {
      let reach = reaches[i]
      reach.side(
        left: false, from: i > 0 ? taken(bends[i - 1] < 0, i - 1) : 0,
        to: reach.length - (i < bends.count ? taken(bends[i] < 0, i) : 0), width, body)
      if i > 0 { turn(i - 1, left: false, body) }
    }
    cap(first, atEnd: false, body)
  }

  private func taken(_ isInner: Bool, _ bend: Int) -> Double { isInner ? width * abs(bends[bend]) : 0 }

  /// A bend on one side: where the borders cross on the inner side, round on the outer.
  private func turn(_ bend: Int, left: Bool, _ body: (_ x: Double, _ y: Double) -> Void) {
    let (before, after) = (reaches[bend], reaches[bend + 1])
    let (x, y) = (before.segment.bx, before.segment.by)
    let sign = left ? 1.0 : -1.0
    if bends[bend] * sign > 0 {
      let reach = width * sign
      let along = width * abs(bends[bend])
      return body(x - before.dx * along - before.dy * reach, y - before.dy * along + before.dx * reach)
    }
    let angle = 2 * abs(atan(bends[bend]))
    let steps = Int((angle / (.pi / 8)).rounded(.up))
    guard steps > 1 else { return }
    // Clockwise from the left side before the bend, or from the right side after it.
    let from = left ? before : after
    let (nx, ny) = (-from.dy * sign, from.dx * sign)
    for step in 1..<steps {
      let (c, s) = (cos(angle * Double(step) / Double(steps)), sin(angle * Double(step) / Double(steps)))
      let (rx, ry) = (nx * c + ny * s, ny * c - nx * s)
      let height = min(before.side.height(x, y, rx, ry), after.side.height(x, y, rx, ry))
      body(x + rx * height, y + ry * height)
    }
  }

  /// The round end, clockwise; nothing where an unreached street crosses.
  private func cap(_ reach: Reach, atEnd: Bool, _ body: (_ x: Double, _ y: Double) -> Void) {
    let (x, y) = atEnd ? (reach.segment.bx, reach.segment.by) : (reach.segment.ax, reach.segment.ay)
    if reach.isPinched(atEnd: atEnd) { return }
    let (nx, ny) = atEnd ? (-reach.dy, reach.dx) : (reach.dy, -reach.dx)
    for (c, s) in Self.capDirections[1..<8] {
      let (rx, ry) = (nx * c + ny * s, ny * c - nx * s)
      let height = reach.side.height(x, y, rx, ry)
      body(x + rx * height, y + ry * height)
    }
  }
}

extension StreetBand.Reach {
  fileprivate init(_ segment: Segment, _ side: NearerSide, _ dx: Double, _ dy: Double, _ length: Double) {
    self.segment = segment
    self.side = side
    self.dx = dx
    self.dy = dy
    self.length = length
    let stations = side.stations(along: segment, dx, dy, length)
    self.stations = stations
    func heights(_ sign: Double) -> [Double] {
      stations.map {
        let (x, y) =
          $0 == length ? (segment.bx, segment.by) : (segment.ax + $0 * dx, segment.ay + $0 * dy)
        return side.height(x, y, -dy * sign, dx * sign)
      }
    }
    left = heights(1)
    right = heights(-1)
  }

  /// Whether nothing is in the way on a side between two distances along the segment and at the stations around them.
  fileprivate func isClear(left isLeft: Bool, from first: Double, to last: Double) -> Bool {
    let heights = isLeft ? left : right
    return stations.indices.allSatisfy { i in
      let ends = i + 1 < stations.count ? stations[i + 1] : length
      let begins = i > 0 ? stations[i - 1] : 0
      return ends < first || begins > last || heights[i] == side.width
    }
  }

  /// Calls `body` with the border on one side, clockwise round the segment: forward on the left, backward on the right.
  fileprivate func side(
    left isLeft: Bool, from first: Double, to last: Double, _ width: Double, _ body: (_ x: Double, _ y: Double) -> Void
  ) {
    let heights = isLeft ? left : right
    let sign = isLeft ? 1.0 : -1.0
    func emit(_ i: Int) {
      let (x, y) =
        stations[i] == length
        ? (segment.bx, segment.by) : (segment.ax + stations[i] * dx, segment.ay + stations[i] * dy)
      body(x - dy * heights[i] * sign, y + dx * heights[i] * sign)
    }
    /// Whether a station lies on the straight border between its neighbours.
    func isStraight(_ i: Int) -> Bool {
      guard i > 0, i < stations.count - 1 else { return false }
      let share = (stations[i] - stations[i - 1]) / (stations[i + 1] - stations[i - 1])
      return abs(heights[i - 1] + share * (heights[i + 1] - heights[i - 1]) - heights[i]) < 1e-9
    }
    let kept = stations.indices.filter {
      (stations[$0] >= first || first == 0) && (stations[$0] <= last || last == length) && !isStraight($0)
    }
    if isLeft { kept.forEach(emit) } else { kept.reversed().forEach(emit) }
  }
}
