import GeometryKernel
import TestSupport
import Testing

@Suite struct SegmentTests {
  @Test func distancesThatDivideEvenly() {
    let segment = Segment(0, 0, 30, 40)
    // Beside the middle (15, 20), by 25 along the normal (−4, 3) / 5.
    #expect(segment.squaredDistance(x: 15 - 20, y: 20 + 15) == 625)
    #expect(segment.squaredDistance(x: -3, y: -4) == 25)
    #expect(segment.squaredDistance(x: 33, y: 44) == 25)
    #expect(segment.squaredDistance(x: 3, y: 4) == 0)
    #expect(Segment(7, 1, 7, 1).squaredDistance(x: 4, y: 5) == 25)
  }

  /// A position exactly 500 m beside a level or an upright street is within 500 m, wherever along it.
  @Test func levelAndUprightLoseNothing() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<1000 {
      let x = Double.random(in: 4e5...6e5, using: &random)
      let y = (Double.random(in: 4e6...4.1e6, using: &random) * 4).rounded() / 4
      let length = Double.random(in: 1...9000, using: &random)
      let along = Double.random(in: 0...1, using: &random) * length
      #expect(Segment(x, y, x + length, y).squaredDistance(x: x + along, y: y + 500) == 250_000)
      #expect(Segment(y, x, y, x + length).squaredDistance(x: y - 500, y: x + along) == 250_000)
    }
  }

  /// Zero only for positions on the segment, decided on whole numbers.
  @Test func zeroExactlyOnTheSegment() {
    var random = SplitMix64(seed: 6)
    for _ in 0..<2000 {
      let v = (0..<6).map { _ in Int.random(in: -12...12, using: &random) }
      let cross = (v[2] - v[0]) * (v[5] - v[1]) - (v[3] - v[1]) * (v[4] - v[0])
      let isOn =
        cross == 0 && min(v[0], v[2]) <= v[4] && v[4] <= max(v[0], v[2]) && min(v[1], v[3]) <= v[5]
        && v[5] <= max(v[1], v[3])
      // Moved to where the decimals of real coordinates are.
      let c = v.enumerated().map { Double($1) * 0x1p-20 + ($0 % 2 == 0 ? 500_000 : 4_065_000) }
      #expect((Segment(c[0], c[1], c[2], c[3]).squaredDistance(x: c[4], y: c[5]) == 0) == isOn, "\(v)")
    }
  }

  @Test func crossingsOnWholeNumbers() {
    var random = SplitMix64(seed: 7)
    for _ in 0..<4000 {
      let v = (0..<8).map { _ in Int.random(in: 0...6, using: &random) }
      let c = v.map(Double.init)
      let a = Segment(c[0], c[1], c[2], c[3])
      let b = Segment(c[4], c[5], c[6], c[7])
      #expect(a.intersects(b) == Self.meet(v), "\(v)")
      #expect(b.intersects(a) == Self.meet(v), "\(v)")
      #expect((a.squaredDistance(to: b) == 0) == Self.meet(v), "\(v)")
      #expect(a.squaredDistance(to: b) == b.squaredDistance(to: a), "\(v)")
    }
  }

  /// Solves a + s (b − a) = c + t (d − c) in fractions; parallel ones meet where an end lies on the other.
  private static func meet(_ v: [Int]) -> Bool {
    func isOn(_ x: Int, _ y: Int, _ s: ArraySlice<Int>) -> Bool {
      let (ax, ay, bx, by) = (s[s.startIndex], s[s.startIndex + 1], s[s.startIndex + 2], s[s.startIndex + 3])
      return (bx - ax) * (y - ay) == (by - ay) * (x - ax) && min(ax, bx) <= x && x <= max(ax, bx) && min(ay, by) <= y
        && y <= max(ay, by)
    }
    let (rx, ry, sx, sy) = (v[2] - v[0], v[3] - v[1], v[6] - v[4], v[7] - v[5])
    let denominator = rx * sy - ry * sx
    if denominator == 0 {
      return isOn(v[0], v[1], v[4...7]) || isOn(v[2], v[3], v[4...7]) || isOn(v[4], v[5], v[0...3])
        || isOn(v[6], v[7], v[0...3])
    }
    let s = ((v[4] - v[0]) * sy - (v[5] - v[1]) * sx) * denominator.signum()
    let t = ((v[4] - v[0]) * ry - (v[5] - v[1]) * rx) * denominator.signum()
    return (0...abs(denominator)).contains(s) && (0...abs(denominator)).contains(t)
  }

  @Test func limitOfSquares() {
    var random = SplitMix64(seed: 8)
    for _ in 0..<2000 {
      let distance =
        Double.random(in: 0...1, using: &random) * [1e-9, 1, 500, 1e7][Int.random(in: 0..<4, using: &random)]
      let limit = squaredLimit(of: distance)
      #expect(limit.squareRoot() <= distance)
      #expect(limit.nextUp.squareRoot() > distance)
    }
    #expect(squaredLimit(of: 0) == 0)
    #expect(squaredLimit(of: .infinity) == .infinity)
    #expect(squaredLimit(of: -1) < 0)
    #expect(squaredLimit(of: .nan) < 0)
    #expect(squaredLimit(of: 1e200) == .greatestFiniteMagnitude)
  }
}
